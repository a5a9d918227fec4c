"""What a unit does for programmes: plans, what is late and due next, lessons; today or on a past day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.urls import reverse

from nep.movements import access
from nep.movements.domain import coverage
from nep.movements.domain.lateness import Standing, standing
from nep.movements.models import Adoption, GoodExample, Lesson, Occurrence
from nep.movements.queries import terms_on
from nep.movements.queries.standings import terms_in_time
from nep.movements.queries.unit_indicators import IndicatorRow, indicator_rows
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.calendar import current
from nep.platform.ui.formats import rate

SHOWN = 8
AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of the unit: how it stands, how many terms were in time, how many are late."""

    plan: Adoption
    kind: str
    word: str
    in_time: str
    base: str
    figure: str
    late: int


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the unit and how its last day stands."""

    term: Occurrence
    standing: Standing
    who: str


@dataclass(frozen=True, slots=True)
class UnitWork:
    """All that the page shows."""

    plans: list[PlanRow]
    late: list[TermRow]
    late_count: int
    next: list[TermRow]
    indicators: list[IndicatorRow]
    lessons: list[Lesson]
    examples: list[GoodExample]


def unit_work(actor: Actor, unit: Unit, day: date | None = None) -> UnitWork:
    """What a unit does, as far as the actor may know; as many queries for one programme as for thirty."""
    on = day or actor.on
    plans = _plans(actor, unit, day)
    mine = access.followed_plans(actor).filter(pk__in=[plan.pk for plan in plans])
    followed = set(mine.values_list("pk", flat=True))
    told = terms_in_time(sorted(followed), actor.on, day)
    terms = Occurrence.objects.filter(adoption__in=followed)
    terms = terms.select_related("task__person", "target", "programme")
    late = terms.filter(terms_on.late(actor.on, day)).order_by("due_on", "pk")
    ahead = terms.filter(terms_on.owed(day), due_on__range=(on, on + AHEAD)).order_by("due_on", "pk")
    if day is not None:
        ahead = ahead.filter(starts_on__lte=day, adoption__issued_on__lte=day)
    return UnitWork(
        plans=[_plan_row(plan, told.get(plan.pk), day, known=plan.pk in followed) for plan in plans],
        late=[_term_row(term, on) for term in late[:SHOWN]],
        late_count=sum(behind for _, _, behind in told.values()),
        next=[_term_row(term, on) for term in ahead[:SHOWN]],
        indicators=indicator_rows(actor, unit, on, day),
        lessons=_lessons(actor, unit, on),
        examples=_examples(followed, on),
    )


def _plans(actor: Actor, unit: Unit, day: date | None) -> list[Adoption]:
    seen = access.visible_adoptions(actor).filter(unit=unit)
    rows = Adoption.objects.counting(day).filter(pk__in=seen.order_by().values("pk"))
    if day is not None:
        rows = rows.filter(expected_since__lte=day)
    return list(rows.select_related("programme").order_by("-programme__launched_on", "pk"))


def _plan_row(
    plan: Adoption, told: tuple[Fraction, Fraction, int] | None, day: date | None, *, known: bool
) -> PlanRow:
    issued = plan.issued_on is not None and (day is None or plan.issued_on <= day)
    state = plan.state if day is None else coverage.ISSUED if issued else coverage.UNISSUED
    good, due, late = told or (Fraction(0), Fraction(0), 0)
    key = reverse("programme_figure", args=[plan.programme_id, f"unit-{plan.pk}"])
    return PlanRow(
        plan,
        coverage.KINDS[state],
        coverage.WORDS[state],
        in_time=rate(int(good), int(due)) if due else "",
        base=f"{good}/{due} kỳ" if due else "",
        figure=f"{key}?ngay={day}" if day else key,
        late=late if known else 0,
    )


def _term_row(term: Occurrence, on: date) -> TermRow:
    person = term.task.person if term.task else None
    how = standing(term.due_on, on, calendar=current())
    return TermRow(term, how, person.name if person else "Chưa giao")


def _lessons(actor: Actor, unit: Unit, on: date) -> list[Lesson]:
    """Lessons of the programmes that the unit leads, for whoever follows them."""
    seen = access.within_roles(actor, "review__programme__lead_unit")
    rows = Lesson.objects.filter(seen, review__programme__lead_unit=unit, written_at__lt=terms_on.end_of(on))
    return list(rows.select_related("review__programme").order_by("-written_at", "-pk")[:SHOWN])


def _examples(plans: set[int], on: date) -> list[GoodExample]:
    """Good examples of the unit that were chosen."""
    rows = GoodExample.objects.filter(narrative__adoption__in=plans, chosen_at__lt=terms_on.end_of(on))
    return list(rows.order_by("-chosen_at", "-pk")[:SHOWN])
