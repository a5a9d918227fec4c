"""Several units become one, or one becomes several; what they had is handed over on the same day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.tree import Span
from nep.org.models import Person, Posting, Unit, UnitChange, UnitHost, UnitLink
from nep.org.services.changes import parents_since
from nep.org.services.changes_frame import (
    NOT_GIVEN,
    Act,
    Decided,
    Kind,
    Part,
    changing,
    fresh,
    life_of,
    lock_tree,
    may_manage,
)
from nep.org.services.changes_handover import (
    NOBODY,
    Handover,
    close_in,
    give_attached,
    give_child,
    give_people,
)
from nep.org.services.changes_ledger import days
from nep.org.services.units import NewUnit, opened
from nep.platform.audit.trail import record


@transaction.atomic
def merge_units(
    units: Sequence[Unit],
    into: NewUnit | Unit,
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    parent: Unit | None = None,
    host: Unit | None = None,
    handover: Handover = NOBODY,
    decision: Decided = NOT_GIVEN,
) -> tuple[Unit, UnitChange]:
    """Close units into one: a new one under `parent` ("hợp nhất"), or an existing one ("sáp nhập").

    The successor takes all that the handover gives to nobody else. Without `parent` a new unit stands below
    the parent of the first one.

    Raises: RuleError as for closing and opening; AccessDenied.
    """
    lock_tree()
    closing = [fresh(unit) for unit in units]
    if not closing:
        raise RuleError("Chọn ít nhất một đơn vị để sáp nhập.")
    existing = fresh(into) if isinstance(into, Unit) else None
    _same_line(closing, into)
    if existing is not None and existing in closing:
        raise RuleError(f"{existing.name} không thể nhập vào chính mình.")
    above = parent or _parent_on(closing[0], on)
    may_manage(actor, *closing, existing or above, *handover.takers)
    touches = [*closing, existing, above, *handover.takers]
    touches += [one for unit in closing for one in parents_since(unit, on)]
    with changing(Kind.MERGE, on=on, actor=actor, at=at, decision=decision, touches=touches) as act:
        successor = _successor(act, into, closing, above, host)
        for unit in closing:
            close_in(act, fresh(unit), handover.or_all_to(successor))
            act.part(unit, Part.PREDECESSOR)
        act.part(successor, Part.SUCCESSOR)
        act.successors.append(successor)
    record(
        events.UNITS_MERGED,
        actor=actor,
        about=[successor, *closing],
        at=at,
        unit_id=successor.pk,
        reason=decision.note,
        units=", ".join(unit.name for unit in closing),
        successor=successor.name,
        day=f"{on:%d/%m/%Y}",
    )
    return successor, act.change


@dataclass(frozen=True, slots=True)
class Share:
    """A unit that a split makes, with the children, attached units and people (by id) that it takes.

    Without `parent` it stands below the parent of the unit that is split.
    """

    new: NewUnit
    units: Collection[int] = ()
    people: Collection[int] = ()
    parent: Unit | None = None


@transaction.atomic
def split_unit(
    unit: Unit,
    into: Sequence[Share],
    *,
    actor: Actor | None,
    on: date,
    at: datetime,
    closes: bool,
    rest_to: int | None = None,
    handover: Handover = NOBODY,
    decision: Decided = NOT_GIVEN,
) -> tuple[list[Unit], UnitChange]:
    """Make new units of one: it closes ("chia"), or goes on without what they take ("tách").

    When it closes, the share number `rest_to` takes what no share names, else the handover says who does.

    Raises: RuleError as for closing and opening, or when a share takes what the unit does not have;
        AccessDenied.
    """
    lock_tree()
    unit = fresh(unit)
    life_of(unit, on)
    if not into:
        raise RuleError("Ghi ít nhất một đơn vị được lập từ việc chia, tách.")
    above = _parent_on(unit, on)
    may_manage(actor, unit, *(share.parent or above for share in into), *handover.takers)
    touches = [unit, above, *parents_since(unit, on), *(share.parent for share in into), *handover.takers]
    with changing(Kind.SPLIT, on=on, actor=actor, at=at, decision=decision, touches=touches) as act:
        host = _host_on(unit, on)
        made = [opened(act, share.new, parent=share.parent or above, host=host) for share in into]
        shared = _shared(into, made, handover, rest_to)
        _has_what_is_named(unit, shared, on)
        if closes:
            close_in(act, unit, shared)
        else:
            _give_named(act, unit, shared)
        act.part(unit, Part.PREDECESSOR)
        for one in made:
            act.part(one, Part.SUCCESSOR)
        act.successors.extend(made)
    record(
        events.UNIT_SPLIT,
        actor=actor,
        about=[unit, *made],
        at=at,
        unit_id=unit.pk,
        reason=decision.note,
        unit=unit.name,
        successors=", ".join(one.name for one in made),
        day=f"{on:%d/%m/%Y}",
    )
    return made, act.change


def _shared(into: Sequence[Share], made: list[Unit], rest: Handover, rest_to: int | None) -> Handover:
    shared = Handover(
        rest.units_to,
        rest.people_to,
        {**rest.units, **{key: one for share, one in zip(into, made, strict=True) for key in share.units}},
        {**rest.people, **{key: one for share, one in zip(into, made, strict=True) for key in share.people}},
        rest.postings_end,
    )
    return shared if rest_to is None else shared.or_all_to(made[rest_to])


def _has_what_is_named(unit: Unit, shared: Handover, on: date) -> None:
    """Raises: RuleError when the unit does not have on the day or later what somebody is to take."""
    after = days(Span(on))
    known = {*UnitLink.objects.filter(parent=unit, during__overlap=after).values_list("child_id", flat=True)}
    known |= {*UnitHost.objects.filter(host=unit, during__overlap=after).values_list("unit_id", flat=True)}
    if foreign := set(shared.units) - known:
        name = Unit.objects.get(pk=min(foreign)).name
        raise RuleError(f"{name} không trực thuộc và không gắn với {unit.name} từ ngày {on:%d/%m/%Y}.")
    posted = Posting.objects.filter(unit=unit, during__overlap=after).values_list("person_id", flat=True)
    if foreign := set(shared.people) - {*posted}:
        name = Person.objects.get(pk=min(foreign)).name
        raise RuleError(f"{name} không có vị trí công tác tại {unit.name} từ ngày {on:%d/%m/%Y}.")


def _give_named(act: Act, unit: Unit, shared: Handover) -> None:
    """What is named for a share goes there from a unit that goes on."""
    after = days(Span(act.on))
    for link in UnitLink.objects.filter(parent=unit, during__overlap=after, child__in=shared.units):
        give_child(act, link, shared.unit_for(link.child_id), former=unit)
    for held in UnitHost.objects.filter(host=unit, during__overlap=after, unit__in=shared.units):
        give_attached(act, held, shared.unit_for(held.unit_id))
    postings = Posting.objects.filter(unit=unit, during__overlap=after, person__in=shared.people)
    give_people(act, list(postings.select_related("person")), shared)


def _same_line(closing: Sequence[Unit], into: NewUnit | Unit) -> None:
    for unit in closing:
        if unit.line != into.line:
            raise RuleError(f"{unit.name} và {into.name} không cùng hệ thống, không thể sáp nhập.")


def _successor(
    act: Act, into: NewUnit | Unit, closing: list[Unit], parent: Unit | None, host: Unit | None
) -> Unit:
    """The existing unit, or the new one: below the parent, attached to the host of the first one."""
    if isinstance(into, Unit):
        life_of(fresh(into), act.on)
        return fresh(into)
    return opened(act, into, parent=parent, host=host or _host_on(closing[0], act.on))


def _parent_on(unit: Unit, on: date) -> Unit | None:
    link = UnitLink.objects.filter(child=unit, during__contains=on).select_related("parent").first()
    return link.parent if link else None


def _host_on(unit: Unit, on: date) -> Unit | None:
    row = UnitHost.objects.filter(unit=unit, during__contains=on).select_related("host").first()
    return row.host if row else None
