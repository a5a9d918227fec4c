"""A small province reorganised: a district merged away, a school moved, a unit renamed, one planned."""

from __future__ import annotations

from datetime import date

from nep.accounts.roles import ADMINISTRATOR
from nep.org.models import Line, UnitKind
from nep.org.services.changes import move_unit, rename_unit
from nep.org.services.changes_frame import Decided
from nep.org.services.changes_merging import merge_units
from nep.org.services.grants import grant_role
from nep.org.services.units import NewUnit, open_unit
from tests.factories.province import AT, OPENED, Province

BEFORE = date(2026, 1, 15)  # before everything that is recorded here
CHANGED = date(2026, 2, 1)
AHEAD = date(2026, 4, 1)
DECISION = Decided("12/QĐ-UBND", date(2026, 1, 20))


def administrator(province: Province) -> None:
    """Somebody who administers the whole province; login `admin`."""
    province.staff("admin", "Giàng Seo Phử", "SNV", position="Quản trị viên")
    user, unit = province.users["admin"], province.units["UBND"]
    for line in Line:
        grant_role(user, ADMINISTRATOR, actor=None, unit=unit, on=OPENED, at=AT, line=line)


def reorganised(province: Province) -> None:
    """HY with its school TH3 goes into XA1, TH1 moves to XA2, SYT is renamed; PX opens below XA1 later."""
    units = province.units
    province.open("HY", "Ủy ban nhân dân huyện Yên Thủy", UnitKind.COMMUNE, parent="UBND")
    province.open("TH3", "Trường Tiểu học Yên Thủy", UnitKind.SCHOOL, parent="HY")
    province.open("CC", "Trạm Thú y Yên Thủy", UnitKind.SERVICE, parent="HY")
    province.staff("hy-staff", "Mùa A Chía", "HY")
    given = {"actor": None, "on": CHANGED, "at": AT, "decision": DECISION}
    merge_units([units["HY"]], units["XA1"], **given)  # type: ignore[arg-type]  # shared by all changes
    move_unit(units["TH1"], parent=units["XA2"], **given)  # type: ignore[arg-type]  # shared by all changes
    rename_unit(units["SYT"], "Sở Y tế và Dân số", **given)  # type: ignore[arg-type]  # shared by all changes
    new = NewUnit("PX", "Phòng Kinh tế Mường Khe", UnitKind.DIVISION, Line.AUTHORITY)
    units["PX"] = open_unit(new, actor=None, on=AHEAD, at=AT, parent=units["XA1"])
    for code in ("HY", "SYT", "TH1"):
        units[code].refresh_from_db()
