"""Units open: on a decision of their own, or as successors in a merger or a split."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import sort_key
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.changes import Facts, may_attach, may_stand_below
from nep.org.domain.tree import Span
from nep.org.models import Line, Unit, UnitHost, UnitKind, UnitLink, UnitName
from nep.org.services.changes_frame import (
    NOT_GIVEN,
    Act,
    Decided,
    Kind,
    Part,
    changing,
    facts,
    fresh,
    lock_tree,
    may_manage,
    or_refuse,
)
from nep.org.services.changes_ledger import days
from nep.platform.audit.trail import record
from nep.platform.search import search_text


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
    decision: Decided = NOT_GIVEN,
) -> Unit:
    """Open a unit on a day under a parent of the same line, with a host if it is a union or party unit.

    Raises: RuleError when the code is taken, or parent or host do not fit; AccessDenied.
    """
    lock_tree()
    if actor is not None and parent is None and host is None:
        raise RuleError("Chọn đơn vị cấp trên, hoặc cơ quan mà tổ chức này gắn với.")
    may_manage(actor, parent or host)
    with changing(Kind.OPEN, on=on, actor=actor, at=at, decision=decision, touches=[parent]) as act:
        unit = opened(act, new, parent=parent, host=host)
        act.part(unit, Part.SUBJECT)
        if parent is not None:
            act.part(parent, Part.NEW_PARENT)
        if host is not None:
            act.part(host, Part.NEW_HOST)
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


def opened(act: Act, new: NewUnit, *, parent: Unit | None, host: Unit | None = None) -> Unit:
    """A unit that opens in a change, with its first name, parent and host.

    Raises: RuleError when the code is taken, or parent or host do not fit.
    """
    if Unit.objects.filter(code=new.code).exists():
        raise RuleError(f"Mã đơn vị {new.code} đã có.")
    life = Span(act.on)
    wanted = Facts(new.name, new.line, life)
    if host is not None:
        or_refuse(may_attach(wanted, facts(fresh(host)), life))
    if parent is not None:
        or_refuse(may_stand_below(wanted, facts(fresh(parent)), life))
    short = new.short_name or new.name
    unit = Unit.objects.create(
        code=new.code,
        name=new.name,
        short_name=short,
        kind=new.kind,
        line=new.line,
        host=host,
        during=days(life),
        sort_key=sort_key(new.name)[:1000],
        search=search_text(new.name, short, new.code),
    )
    act.ledger.note_inserted(unit)
    act.ledger.insert(UnitName(unit=unit, name=new.name, short_name=short, during=days(life)))
    if parent is not None:
        act.ledger.insert(UnitLink(child=unit, parent=parent, during=days(life)))
    if host is not None:
        act.ledger.insert(UnitHost(unit=unit, host=host, during=days(life)))
    act.ledger.flush()
    act.relinked.add(unit.pk)
    act.counted.add(unit.pk)
    return unit
