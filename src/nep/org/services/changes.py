"""Changes of one unit on a day: it closes, is renamed, gets another parent or another host.

Each takes any day: past (recorded late), today or ahead. A value recorded for a day lasts until the next one
that is already recorded. Several units at once: `changes_merging`; taking one back: `changes_withdrawal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.changes import may_attach, may_stand_below
from nep.org.domain.tree import Held, window
from nep.org.models import Unit, UnitChange, UnitHost, UnitLink, UnitName
from nep.org.services.changes_frame import (
    NOT_GIVEN,
    Decided,
    Kind,
    Part,
    changing,
    facts,
    fresh,
    life_of,
    lock_tree,
    may_manage,
    or_refuse,
)
from nep.org.services.changes_handover import COLUMNS, NOBODY, Handover, close_in
from nep.org.services.changes_ledger import span_of
from nep.platform.audit.trail import record

__all__ = ["Decided", "Handover", "close_unit", "move_unit", "reattach_unit", "rename_unit"]

Dated = UnitLink | UnitHost | UnitName


@transaction.atomic
def close_unit(
    unit: Unit,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    handover: Handover = NOBODY,
    decision: Decided = NOT_GIVEN,
) -> UnitChange:
    """Close a unit on a day, its last one being the day before; roles given for it end with it.

    Raises: RuleError when something still stands in it that the handover gives no place; AccessDenied.
    """
    lock_tree()
    unit = fresh(unit)
    may_manage(actor, unit, *handover.takers)
    touches = [unit, *parents_since(unit, on), *handover.takers]
    with changing(Kind.CLOSE, on=on, actor=actor, at=at, decision=decision, touches=touches) as act:
        close_in(act, unit, handover)
        act.part(unit, Part.SUBJECT)
        for taker in handover.takers:
            act.part(taker, Part.SUCCESSOR)
        act.successors.extend(handover.takers)
    record(
        events.UNIT_CLOSED,
        actor=actor,
        about=[unit, *handover.takers],
        at=at,
        unit_id=unit.pk,
        reason=decision.note,
        unit=unit.name,
        day=f"{on:%d/%m/%Y}",
    )
    return act.change


@transaction.atomic
def rename_unit(
    unit: Unit,
    name: str,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    short_name: str = "",
    decision: Decided = NOT_GIVEN,
) -> UnitChange:
    """Give a unit another name from a day on; `short_name` empty means the name itself.

    Raises: RuleError without a name, when it is called so already, or does not exist then; AccessDenied.
    """
    lock_tree()
    unit = fresh(unit)
    may_manage(actor, unit)
    name, short = name.strip(), short_name.strip() or name.strip()
    if not name:
        raise RuleError("Ghi tên mới của đơn vị.")
    rows = list(UnitName.objects.filter(unit=unit))
    span = window(_held(rows), life_of(unit, on), on)
    former = next(row for row in rows if on in row.during)
    if (former.name, former.short_name) == (name, short):
        raise RuleError(f"Từ ngày {on:%d/%m/%Y} đơn vị đã có tên {name}.")
    before = {"name": former.name, "short_name": former.short_name}
    with changing(Kind.RENAME, on=on, actor=actor, at=at, decision=decision, touches=[]) as act:
        act.ledger.lay(rows, span, (name, short), columns=COLUMNS[UnitName], new=UnitName(unit=unit))
        act.shown.add(unit.pk)
        act.part(unit, Part.SUBJECT)
    record(
        events.UNIT_RENAMED,
        actor=actor,
        about=[unit],
        at=at,
        unit_id=unit.pk,
        reason=decision.note,
        before=before,
        after={"name": name, "short_name": short},
        former=before["name"],
        unit=name,
        day=f"{on:%d/%m/%Y}",
    )
    return act.change


@transaction.atomic
def move_unit(
    unit: Unit,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    parent: Unit | None,
    until: date | None = None,
    decision: Decided = NOT_GIVEN,
) -> UnitChange:
    """Put a unit, with all below it, under another parent from a day on; None makes it a topmost unit.

    It lasts until the next move that is already recorded, or to the day before `until`.

    Raises: RuleError when the parent does not fit, is closed in those days or stands below the unit itself;
        AccessDenied.
    """
    lock_tree()
    unit = fresh(unit)
    may_manage(actor, unit, parent)
    rows = list(UnitLink.objects.filter(child=unit).select_related("parent"))
    span = window(_held(rows), life_of(unit, on), on, until)
    former = next((row.parent for row in rows if on in row.during), None)
    _is_another(unit, former, parent, on, "trực thuộc")
    if parent == unit:
        raise RuleError(f"{unit.name} không thể trực thuộc chính mình.")
    if parent is not None:
        or_refuse(may_stand_below(facts(unit), facts(fresh(parent)), span))
    touches = [unit, former, parent]
    with changing(Kind.MOVE, on=on, actor=actor, at=at, decision=decision, touches=touches) as act:
        value = (parent.pk,) if parent else None
        act.ledger.lay(rows, span, value, columns=COLUMNS[UnitLink], new=UnitLink(child=unit))
        act.relinked.add(unit.pk)
        act.part(unit, Part.SUBJECT)
        if former is not None:
            act.part(former, Part.FORMER_PARENT)
        if parent is not None:
            act.part(parent, Part.NEW_PARENT)
    record(
        events.UNIT_MOVED,
        actor=actor,
        about=[unit, *(one for one in (former, parent) if one)],
        at=at,
        unit_id=unit.pk,
        reason=decision.note,
        before={"parent": former.name if former else ""},
        after={"parent": parent.name if parent else ""},
        unit=unit.name,
        parent=parent.name if parent else "cấp cao nhất",
        day=f"{on:%d/%m/%Y}",
    )
    return act.change


@transaction.atomic
def reattach_unit(
    unit: Unit,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    host: Unit | None,
    until: date | None = None,
    decision: Decided = NOT_GIVEN,
) -> UnitChange:
    """Attach a union or party unit to another authority unit from a day on; None attaches it to none.

    Raises: RuleError when the host does not fit or is closed in those days; AccessDenied.
    """
    lock_tree()
    unit = fresh(unit)
    may_manage(actor, unit, host)
    rows = list(UnitHost.objects.filter(unit=unit).select_related("host"))
    span = window(_held(rows), life_of(unit, on), on, until)
    former = next((row.host for row in rows if on in row.during), None)
    _is_another(unit, former, host, on, "gắn với")
    if host is not None:
        or_refuse(may_attach(facts(unit), facts(fresh(host)), span))
    with changing(Kind.REATTACH, on=on, actor=actor, at=at, decision=decision, touches=[]) as act:
        value = (host.pk,) if host else None
        act.ledger.lay(rows, span, value, columns=COLUMNS[UnitHost], new=UnitHost(unit=unit))
        act.shown.add(unit.pk)
        act.part(unit, Part.SUBJECT)
        if former is not None:
            act.part(former, Part.FORMER_HOST)
        if host is not None:
            act.part(host, Part.NEW_HOST)
    record(
        events.UNIT_REATTACHED,
        actor=actor,
        about=[unit, *(one for one in (former, host) if one)],
        at=at,
        unit_id=unit.pk,
        reason=decision.note,
        before={"host": former.name if former else ""},
        after={"host": host.name if host else ""},
        unit=unit.name,
        host=host.name if host else "không cơ quan nào",
        day=f"{on:%d/%m/%Y}",
    )
    return act.change


def parents_since(unit: Unit, on: date) -> list[Unit]:
    """The parents that a unit has on a day or later."""
    rows = UnitLink.objects.filter(child=unit, during__overlap=(on, None)).select_related("parent")
    return [row.parent for row in rows]


def _held(rows: Iterable[Dated]) -> list[Held]:
    return [Held(row.pk, (), span_of(row.during)) for row in rows]


def _is_another(unit: Unit, former: Unit | None, wanted: Unit | None, on: date, verb: str) -> None:
    if former == wanted:
        where = f"{verb} {wanted.name}" if wanted else f"không {verb} đơn vị nào"
        raise RuleError(f"Vào ngày {on:%d/%m/%Y} {unit.name} đã {where}.")
