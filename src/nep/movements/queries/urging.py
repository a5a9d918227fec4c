"""What everybody is to be reminded of on a day: set-based, for one school or a whole province."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.calendar import Calendar
from nep.movements.domain import states
from nep.movements.domain.urging import (
    USUAL,
    Item,
    Level,
    Policy,
    days_told,
    doers_level,
    waits_too_long,
)
from nep.movements.models import Evidence, Occurrence, Programme, UrgingPolicy
from nep.movements.queries.acting import acting_at
from nep.movements.queries.duties import form_address
from nep.movements.queries.words import short_title
from nep.org.models import Posting
from nep.platform.clock import local

DOERS = frozenset({Level.BEFORE, Level.DUE, Level.AFTER})
_WORDS = {
    Level.BEFORE: "Còn {} ngày làm việc: {}",
    Level.DUE: "Hạn hôm nay: {1}",
    Level.AFTER: "Trễ {} ngày làm việc: {}",
    Level.HEAD: "Đơn vị trễ {} ngày làm việc: {}",
}


@dataclass(slots=True)
class Told:
    """By account: what it is reminded of. Terms are looked at one by one, people only at the end.

    `since`: rungs that spoke from this day on are told, in the words of `day`.
    """

    day: date
    calendar: Calendar
    since: date
    by_user: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))
    by_unit: dict[Permission, dict[int, list[Item]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def days(self, due_on: date) -> int:
        """Working days between today and a last day, in either direction."""
        first, last = min(due_on, self.day), max(due_on, self.day)
        return self.calendar.working_days(first, last)


def policies() -> dict[Policy, list[int]]:
    """The running programmes, by the ladder that they follow."""
    own = {row.programme_id: row.policy for row in UrgingPolicy.objects.all()}
    found: dict[Policy, list[int]] = defaultdict(list)
    for programme in Programme.objects.running().values_list("pk", flat=True):
        found[own.get(programme, USUAL)].append(programme)
    return found


def policy_of(programme: Programme) -> Policy:
    """The ladder that a programme follows."""
    own = UrgingPolicy.objects.filter(programme=programme).first()
    return own.policy if own else USUAL


def told_on(day: date, calendar: Calendar, *, since: date | None = None) -> dict[int, list[Item]]:
    """Who is reminded of what on a day, by account; the queries are as many for one unit as for thousands.

    `since`: with what they were to be told from that day on and is still owed, for whom no letter reached.
    """
    told = Told(day, calendar, since or day)
    for policy, programmes in policies().items():
        _terms(told, policy, programmes)
        _waiting(told, policy, programmes)
    _to_people(told)
    return dict(told.by_user)


def _terms(told: Told, policy: Policy, programmes: Collection[int]) -> None:
    rungs = _rungs(told, policy)
    above: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for row in _owed(programmes, rungs, told.day):
        speaking = rungs[row.due_on]
        level = doers_level(row.due_on, told.day, told.calendar)
        item = _item(told, row, level) if speaking & DOERS else None
        if item is not None and row.person_user:
            told.by_user[row.person_user].append(item)
        elif item is not None:
            told.by_unit[Permission.SUBMIT_EVIDENCE][row.unit_id].append(item)
        if Level.HEAD in speaking:
            told.by_unit[Permission.ISSUE_ADOPTIONS][row.unit_id].append(_item(told, row, Level.HEAD))
        if Level.ABOVE in speaking:
            above[row.asking, row.programme_id][row.unit_id] += 1
    titles = dict(Programme.objects.filter(pk__in=programmes).values_list("pk", "title"))
    for (asking, programme), late in above.items():
        text = f"{len(late)} đơn vị trễ {late.total()} việc: {short_title(titles[programme])}"
        item = Item(Level.ABOVE, text, reverse("programme_late", args=[programme]), late.total())
        told.by_unit[Permission.DECIDE_EVIDENCE][asking].append(item)


def _rungs(told: Told, policy: Policy) -> dict[date, frozenset[Level]]:
    """The last days of which somebody is told, and by which rungs."""
    found: dict[date, frozenset[Level]] = {}
    for back in range((told.day - told.since).days + 1):
        spoken = days_told(told.day - timedelta(days=back), policy, told.calendar)
        found |= {due: found.get(due, frozenset()) | levels for due, levels in spoken.items()}
    return found


class _Owed(NamedTuple):
    """What is read of a term; `person_user`: the account of who answers, if they work there."""

    unit_id: int
    programme_id: int
    adoption_id: int
    task_id: int | None
    target_id: int | None
    number: int
    due_on: date
    person_user: int | None
    asking: int
    title: str
    programme_title: str


def _owed(programmes: Collection[int], rungs: Collection[date], day: date) -> Iterable[_Owed]:
    """Terms owed by one of these last days."""
    works = Posting.objects.filter(
        person=OuterRef("task__person"),
        during__contains=day,
        unit__closure_up__ancestor=OuterRef("unit"),
        unit__closure_up__during__contains=day,
    )
    rows = Occurrence.objects.running().owed().filter(programme__in=programmes, due_on__in=list(rungs))
    rows = rows.filter(adoption__ended_on__isnull=True).order_by()
    found = rows.annotate(
        person_user=Case(
            When(Exists(works) & Q(task__person__user__is_active=True), then=F("task__person__user"))
        ),
        asking=Coalesce("adoption__parent__unit", "programme__lead_unit"),
        title=Case(
            When(task__isnull=False, then=F("task__title")),
            default=F("target__name"),
            output_field=CharField(),
        ),
        programme_title=F("programme__title"),
    )
    return (_Owed(*row) for row in found.values_list(*_Owed._fields).iterator())


def _item(told: Told, row: _Owed, level: Level) -> Item:
    what = row.title if row.task_id else f"Báo số liệu: {row.title}"
    days = told.days(row.due_on)
    text = _WORDS[level].format(days, f"{what} ({short_title(row.programme_title)})")
    url = form_address(row.task_id, row.adoption_id, row.target_id, row.number)
    if level is Level.HEAD and row.task_id:  # a head looks at it first
        url = reverse("adopted_task", args=[row.task_id])
    return Item(level, text, url, -days if level is Level.BEFORE else days)


def _waiting(told: Told, policy: Policy, programmes: Collection[int]) -> None:
    """Evidence that waits too long, told to the unit that decides."""
    rows = Evidence.objects.filter(state=states.SENT, adoption__programme__in=programmes).order_by()
    asking = Coalesce("adoption__parent__unit", "adoption__programme__lead_unit")
    found: dict[int, list[int]] = defaultdict(list)
    for unit, sent_at in rows.annotate(asking=asking).values_list("asking", "sent_at"):
        since = local(sent_at).date()
        days = [told.since + timedelta(days=step) for step in range((told.day - told.since).days + 1)]
        if any(waits_too_long(since, day, policy, told.calendar) for day in days):
            found[unit].append(told.days(since))
    for unit, waited in found.items():
        text = f"{len(waited)} minh chứng chờ xét, lâu nhất {max(waited)} ngày làm việc"
        item = Item(None, text, reverse("evidence_waiting"), max(waited))
        told.by_unit[Permission.DECIDE_EVIDENCE][unit].append(item)


def _to_people(told: Told) -> None:
    """Hand what units are told to those who act for them in their own line."""
    for permission, by_unit in told.by_unit.items():
        for unit, users in acting_at(list(by_unit), permission, told.day).items():
            for mine in (told.by_user[user] for user in users):
                mine += [item for item in by_unit[unit] if item not in mine]
