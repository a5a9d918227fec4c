"""A unit closes: who takes its children, the unions and party units attached to it, and its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from nep.kernel.errors import RuleError
from nep.org.domain.changes import Left, is_open, may_attach, may_close, may_stand_below
from nep.org.domain.tree import Span
from nep.org.models import Grant, Posting, Unit, UnitHost, UnitLink, UnitName
from nep.org.services.changes_frame import Act, Part, facts, or_refuse
from nep.org.services.changes_ledger import days, span_of

COLUMNS = {UnitLink: ("parent_id",), UnitHost: ("host_id",), UnitName: ("name", "short_name")}


@dataclass(frozen=True, slots=True)
class Handover:
    """Where what a unit has goes when it closes, or when a part of it becomes a unit.

    `units` (by id: children and attached units) and `people` (by id of the person) name exceptions;
    `units_to` and `people_to` take all others; `postings_end` ends the postings of people whom nobody takes.
    """

    units_to: Unit | None = None
    people_to: Unit | None = None
    units: Mapping[int, Unit] = field(default_factory=dict)
    people: Mapping[int, Unit] = field(default_factory=dict)
    postings_end: bool = False

    def or_all_to(self, successor: Unit) -> Handover:
        """The same, where the successor takes what nobody was named for."""
        people_to = self.people_to or (None if self.postings_end else successor)
        return Handover(self.units_to or successor, people_to, self.units, self.people, self.postings_end)

    def unit_for(self, unit_id: int) -> Unit | None:
        """Who takes a child or an attached unit."""
        return self.units.get(unit_id, self.units_to)

    def unit_for_person(self, person_id: int) -> Unit | None:
        """In which unit somebody goes on."""
        return self.people.get(person_id, self.people_to)

    @property
    def takers(self) -> list[Unit]:
        """All units that take something."""
        named = [self.units_to, self.people_to, *self.units.values(), *self.people.values()]
        return list({unit.pk: unit for unit in named if unit is not None}.values())


NOBODY = Handover()


def close_in(act: Act, unit: Unit, handover: Handover) -> None:
    """Close a unit in a change: hand over, end its names, links, roles and its life.

    Raises: RuleError when it does not exist then, something later is recorded, or something has no place.
    """
    if unit in handover.takers:
        raise RuleError(f"{unit.name} đóng nên không thể tự tiếp nhận; chọn đơn vị khác.")
    after = Span(act.on)
    coming = days(after)
    children = list(UnitLink.objects.filter(parent=unit, during__overlap=coming))
    attached = list(UnitHost.objects.filter(host=unit, during__overlap=coming))
    postings = list(Posting.objects.filter(unit=unit, during__overlap=coming).select_related("person"))
    staying = [row for row in postings if not handover.unit_for_person(row.person_id)]
    left = Left(
        children=_names([row.child_id for row in children if not handover.unit_for(row.child_id)]),
        attached=_names([row.unit_id for row in attached if not handover.unit_for(row.unit_id)]),
        people=0 if handover.postings_end else len({row.person_id for row in staying}),
    )
    or_refuse(may_close(facts(unit), act.on, later=_later(unit, act.on), left=left))
    for child in children:
        give_child(act, child, handover.unit_for(child.child_id), former=unit)
    for held in attached:
        give_attached(act, held, handover.unit_for(held.unit_id))
    give_people(act, postings, handover)
    _end(act, unit, after)


def give_child(act: Act, link: UnitLink, taker: Unit | None, *, former: Unit) -> None:
    """A child goes below another unit from the day on, as long as it was to stay where it was.

    Raises: RuleError when it does not fit there.
    """
    if taker is None:
        return
    span = _from(span_of(link.during), act.on)
    child = Unit.objects.get(pk=link.child_id)
    rows = list(UnitLink.objects.filter(child=child))
    if taker.pk == child.pk:  # the successor was itself below: it takes the place of its former parent
        above = UnitLink.objects.filter(child=former, during__contains=act.on).first()
        value = None if above is None else (above.parent_id,)
    else:
        or_refuse(may_stand_below(facts(child), facts(taker), span))
        value = (taker.pk,)
    act.ledger.lay(rows, span, value, columns=COLUMNS[UnitLink], new=UnitLink(child=child))
    act.relinked.add(child.pk)
    act.part(child, Part.CARRIED)


def give_attached(act: Act, row: UnitHost, taker: Unit | None) -> None:
    """An attached union or party unit gets another host from the day on.

    Raises: RuleError when it does not fit there.
    """
    if taker is None:
        return
    span = _from(span_of(row.during), act.on)
    unit = Unit.objects.get(pk=row.unit_id)
    or_refuse(may_attach(facts(unit), facts(taker), span))
    rows = list(UnitHost.objects.filter(unit=unit))
    act.ledger.lay(rows, span, (taker.pk,), columns=COLUMNS[UnitHost], new=UnitHost(unit=unit))
    act.shown.add(unit.pk)
    act.part(unit, Part.CARRIED)


def give_people(act: Act, postings: list[Posting], handover: Handover) -> None:
    """Postings go on in the units that take the people, in the same position; of others they end on the day.

    Who already holds a post there keeps one of the two: the main one.
    """
    there = _postings_there(act, postings, handover)
    for row in postings:
        taker = handover.unit_for_person(row.person_id)
        span = _from(span_of(row.during), act.on)
        if taker is not None:
            or_refuse(is_open(facts(taker), span))
        held = (
            []
            if taker is None
            else [
                other
                for other in there.get((row.person_id, taker.pk), [])
                if span_of(other.during).common(span)
            ]
        )
        _end_posting(act, row, keep=taker is not None and not held and row.during.lower >= act.on)
        if taker is None or (held and row.kind != Posting.Kind.MAIN):
            continue
        for other in held:
            _end_posting(act, other, keep=False, on=span.since)
        if not held and row.during.lower >= act.on:
            act.ledger.alter(row, unit_id=taker.pk)
        else:
            act.ledger.insert(_continued(row, taker, span))


def _continued(row: Posting, taker: Unit, span: Span) -> Posting:
    return Posting(
        person_id=row.person_id,
        unit=taker,
        position_id=row.position_id,
        kind=row.kind,
        during=days(span),
        decision=row.decision,
    )


def _end_posting(act: Act, row: Posting, *, keep: bool, on: date | None = None) -> None:
    end = on or act.on
    if keep:
        return
    if row.during.lower >= end:
        act.ledger.delete(row)
    else:
        because = f"Đơn vị {act.change.get_kind_display().lower()}"
        act.ledger.alter(row, during=days(Span(row.during.lower, end)), ended_because=because)


def _postings_there(
    act: Act, postings: list[Posting], handover: Handover
) -> dict[tuple[int, int], list[Posting]]:
    rows = Posting.objects.filter(
        person__in={row.person_id for row in postings},
        unit__in=[unit.pk for unit in handover.takers],
        during__overlap=days(Span(act.on)),
    )
    found: dict[tuple[int, int], list[Posting]] = {}
    for row in rows:
        found.setdefault((row.person_id, row.unit_id), []).append(row)
    return found


def _end(act: Act, unit: Unit, after: Span) -> None:
    for model, key in ((UnitLink, "child"), (UnitName, "unit"), (UnitHost, "unit")):
        rows = list(model._default_manager.filter(**{key: unit}))
        act.ledger.lay(rows, after, None, columns=COLUMNS[model], new=model())
    for grant in Grant.objects.filter(unit=unit, during__overlap=days(after)):
        if grant.during.lower is not None and grant.during.lower >= act.on:
            act.ledger.delete(grant)
        else:
            act.ledger.alter(grant, during=type(grant.during)(grant.during.lower, act.on))
    act.ledger.alter(unit, during=days(Span(unit.during.lower, act.on)))
    act.ledger.flush()
    act.relinked.add(unit.pk)
    act.shown.add(unit.pk)
    act.closed.append(unit)


def _later(unit: Unit, on: date) -> date | None:
    """The first day after a day on which something of the unit is recorded: it must be withdrawn first."""
    begins = Q(during__startswith__gt=on)
    spans = [
        *UnitLink.objects.filter(begins, Q(child=unit) | Q(parent=unit)).values_list("during", flat=True),
        *UnitName.objects.filter(begins, unit=unit).values_list("during", flat=True),
        *UnitHost.objects.filter(begins, Q(unit=unit) | Q(host=unit)).values_list("during", flat=True),
    ]
    return min((during.lower for during in spans), default=None)


def _names(ids: list[int]) -> list[str]:
    return list(Unit.objects.filter(pk__in=ids).values_list("name", flat=True))


def _from(span: Span, on: date) -> Span:
    return Span(max(span.since, on), span.until)
