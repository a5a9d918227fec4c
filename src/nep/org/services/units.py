"""The life of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import sort_key
from nep.org import events
from nep.org.models import Line, Unit, UnitClosure, UnitKind, UnitLink, UnitName
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.search import search_text

TREE_LOCK = 7_310_001  # one lock on the tree: whoever changes its shape waits for the one before


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What a unit is when it opens; `short_name` empty means the name itself."""

    code: str
    name: str
    kind: UnitKind
    line: Line
    short_name: str = ""


@transaction.atomic
def open_unit(
    new: NewUnit,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    parent: Unit | None = None,
    host: Unit | None = None,
) -> Unit:
    """Open a unit on a day under a parent of the same line, with a host if it is a union or party unit.

    Raises: RuleError when the code is taken, or parent or host do not fit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
    _check(new, parent=parent, host=host, on=on)
    short = new.short_name or new.name
    unit = Unit.objects.create(
        code=new.code,
        name=new.name,
        short_name=short,
        kind=new.kind,
        line=new.line,
        host=host,
        during=DateRange(on, None),
        sort_key=sort_key(new.name)[:1000],
        search=search_text(new.name, short, new.code),
    )
    UnitName.objects.create(unit=unit, name=new.name, short_name=short, during=DateRange(on, None))
    UnitClosure.objects.create(ancestor=unit, descendant=unit, depth=0, during=DateRange(on, None))
    if parent is not None:
        UnitLink.objects.create(child=unit, parent=parent, during=DateRange(on, None))
        _join_closure(unit, parent, on)
    record(
        events.UNIT_OPENED,
        actor=actor,
        about=[unit, *([parent] if parent else [])],
        at=at,
        unit_id=unit.pk,
        unit=unit.name,
        day=f"{on:%d/%m/%Y}",
    )
    return unit


def _check(new: NewUnit, *, parent: Unit | None, host: Unit | None, on: date) -> None:
    if Unit.objects.filter(code=new.code).exists():
        raise RuleError(f"Mã đơn vị {new.code} đã có.")
    if parent is not None and parent.line != new.line:
        raise RuleError(f"{new.name} và {parent.name} không cùng hệ thống, không thể là cấp dưới của nhau.")
    if parent is not None and on not in parent.during:
        raise RuleError(f"{parent.name} chưa có hoặc đã đóng vào ngày {on:%d/%m/%Y}.")
    if host is not None and (new.line == Line.AUTHORITY or host.line != Line.AUTHORITY):
        raise RuleError("Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền.")


def _join_closure(unit: Unit, parent: Unit, on: date) -> None:
    """A new leaf is below all that are above its parent, from the day on."""
    above = UnitClosure.objects.filter(descendant=parent, during__overlap=DateRange(on, None))
    UnitClosure.objects.bulk_create(
        UnitClosure(
            ancestor_id=row.ancestor_id,
            descendant=unit,
            depth=row.depth + 1,
            during=DateRange(max(on, row.during.lower or on), row.during.upper),
        )
        for row in above
    )
