"""Rows of the organisation."""

from nep.org.models.changes import UnitChange, UnitChangePart
from nep.org.models.grants import Grant
from nep.org.models.imports import ExcelImport, ImportFinding
from nep.org.models.people import Person, Position, Posting, StaffKind
from nep.org.models.periods import LockedFigure, LockedPeriod, Restatement
from nep.org.models.units import Line, Unit, UnitClosure, UnitHost, UnitKind, UnitLink, UnitName

__all__ = [
    "ExcelImport",
    "Grant",
    "ImportFinding",
    "Line",
    "LockedFigure",
    "LockedPeriod",
    "Person",
    "Position",
    "Posting",
    "Restatement",
    "StaffKind",
    "Unit",
    "UnitChange",
    "UnitChangePart",
    "UnitClosure",
    "UnitHost",
    "UnitKind",
    "UnitLink",
    "UnitName",
]
