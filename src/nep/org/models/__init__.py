"""Rows of the organisation."""

from nep.org.models.grants import Grant
from nep.org.models.people import Person, Position, Posting
from nep.org.models.units import Line, Unit, UnitClosure, UnitKind, UnitLink, UnitName

__all__ = [
    "Grant",
    "Line",
    "Person",
    "Position",
    "Posting",
    "Unit",
    "UnitClosure",
    "UnitKind",
    "UnitLink",
    "UnitName",
]
