"""What programmes tell about indicators: figures from accepted evidence, terms that were answered in time.

Figures that evidence brings are written in the transaction that accepts it. What else changes terms (plans
that are issued or taken back, units that close, days that move) leaves marks, written by a trigger, which
`catch_up` works off within a minute.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction

from nep.indicators.domain.periods import MONTH, QUARTER, YEAR, Period, period_of
from nep.indicators.domain.sums import MISSING, NOTHING, TOLD
from nep.indicators.models import Figure, Indicator
from nep.indicators.services.computing import telling
from nep.indicators.services.figures import Telling, expect_all, expect_no_more, put
from nep.indicators.services.registry import Definition, new_indicator
from nep.indicators.services.shipped import load_shipped
from nep.kernel.rhythm import Rule
from nep.movements.domain import states
from nep.movements.models import Evidence, Occurrence, Programme, Reopening, Target
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.clock import local, today

ON_TIME = "viec-dung-han"
MOST_MARKS = 50_000
_GRAINS = {"monthly": MONTH, "weekly": MONTH, "quarterly": QUARTER}
_COUNTED = {"people": "người", "units": "đơn vị", "other": "trường hợp"}
UnitMonth = tuple[int, date]
Owed = tuple[int, int, Period]

_ON_TIME = """
SELECT term.unit_id, asked.month,
    count(*) FILTER (WHERE term.state = 'accepted' AND term.sent_on <= term.due_on), count(*)
FROM unnest(%s::bigint[], %s::date[]) asked(unit_id, month)
JOIN movements_occurrence term ON term.unit_id = asked.unit_id AND term.task_id IS NOT NULL
  AND term.due_on >= asked.month AND term.due_on < asked.month + interval '1 month'
WHERE term.state <> 'ended'
GROUP BY term.unit_id, asked.month
"""
_TAKE_MARKS = """
DELETE FROM movements_termmark WHERE id IN (SELECT id FROM movements_termmark ORDER BY id LIMIT %s)
RETURNING unit_id, target_id, day
"""


def give_indicators(programme: Programme, *, on: date) -> None:
    """Give every target of a programme an indicator: of its own, where the draft names none."""
    lacking = Target.objects.filter(programme=programme, indicator__isnull=True)
    for target in lacking.select_related("programme__lead_unit").order_by("position", "pk"):
        indicator_of(target, on=on)


def indicator_of(target: Target, *, on: date) -> Indicator:
    """What a target counts; made from the target where nobody chose one."""
    if target.indicator is None:
        programme = target.programme
        code = f"{programme.code}-{target.code}"
        made = new_indicator(_definition(target), owner=programme.lead_unit, on=on, code=code)
        target.indicator = made
        target.save(update_fields=["indicator"])
    return target.indicator


def note_accepted(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """Evidence was accepted: its figure counts, or its term counts as answered in time."""
    unit = evidence.adoption.unit_id
    if evidence.target is not None:
        indicator = indicator_of(evidence.target, on=by.on)
        period = period_of(indicator.grain, day_of(evidence))
        put([figure_of(evidence.target, indicator, unit, period)], by=by, at=at)
    elif evidence.occurrence is not None and evidence.occurrence.due_on is not None:
        count_on_time([(unit, evidence.occurrence.due_on.replace(day=1))], at=at)


def figure_of(target: Target, indicator: Indicator, unit: int, period: Period) -> Telling:
    """The figure that accepted evidence of a unit gives: the latest share, or the sum of counts.

    Without any the unit is silent again.
    """
    rows = Evidence.objects.filter(target=target, adoption__unit=unit, state=states.ACCEPTED)
    told = rows.select_related("occurrence").order_by("decided_at", "pk")
    told_in = [one for one in told if period_of(period.grain, day_of(one)) == period]
    if not told_in:
        return Telling(indicator.pk, unit, period, MISSING, origin=Figure.Origin.EVIDENCE)
    last = told_in[-1]
    counted = [last] if indicator.is_share else told_in
    numbers = [one.numerator for one in counted if one.numerator is not None]
    return Telling(
        indicator.pk,
        unit,
        period,
        TOLD if numbers else NOTHING,
        sum(numbers, Decimal(0)) if numbers else None,
        last.denominator if indicator.is_share else None,
        origin=Figure.Origin.EVIDENCE,
        source=f"Minh chứng nộp ngày {local(last.sent_at):%d/%m/%Y}",
        evidence_id=last.pk,
    )


def day_of(evidence: Evidence) -> date:
    """The day by which evidence belongs to a period: when it was done, within the term that it answers."""
    term, day = evidence.occurrence, evidence.happened_on
    return day if term is None else max(term.starts_on, min(term.ends_on, day))


@transaction.atomic(savepoint=False)
def count_on_time(asked: Collection[UnitMonth], *, at: datetime) -> None:
    """Count anew, by unit and month, the terms of tasks that fell due and those answered in time."""
    indicator = _on_time()
    pairs = sorted(set(asked))
    units, months = [unit for unit, _ in pairs], [month for _, month in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_ON_TIME, [units, months])
        found = {(unit, month): (unit, done, due) for unit, month, done, due in cursor.fetchall()}
    lacking = [pair for pair in pairs if pair not in found]
    if lacking:
        rows = Figure.objects.current().filter(indicator=indicator, unit__in=units, starts_on__in=months)
        known = set(rows.values_list("unit_id", "starts_on"))
        found |= {pair: (pair[0], 0, 0) for pair in lacking if pair in known}
    put([telling(indicator, row, Period(month, MONTH)) for (_, month), row in found.items()], by=None, at=at)


@transaction.atomic
def catch_up(at: datetime) -> int:
    """Work off the marks that changed terms left; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_MARKS, [MOST_MARKS])
        marks: list[tuple[int, int | None, date]] = cursor.fetchall()
    months = [(unit, day) for unit, target, day in marks if target is None]
    if months:
        count_on_time(months, at=at)
    _expect_figures([(unit, target, day) for unit, target, day in marks if target is not None], at)
    return len(marks)


def reopened(unit: Unit, period: Period) -> bool:
    """Whether a closed period was opened again for a plan of the unit: it takes figures for a while."""
    rows = Reopening.objects.open_on(today()).filter(adoption__unit=unit)
    return rows.filter(first__lte=period.ends_on, last__gte=period.starts_on).exists()


def mark_running_terms() -> None:
    """Look at the figures of all targets again: a term of several years owes one in each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO movements_termmark (unit_id, target_id, day) "
            "SELECT unit_id, target_id, ends_on FROM movements_occurrence "
            "WHERE target_id IS NOT NULL AND state IN ('open', 'returned')"
        )


def _expect_figures(marks: Collection[tuple[int, int, date]], at: datetime) -> None:
    """Say which units owe a figure of which indicator, and which owe it no more."""
    on = local(at).date()
    targets = Target.objects.filter(pk__in={target for _, target, _ in marks})
    by_target = {
        target.pk: indicator_of(target, on=on)
        for target in targets.select_related("indicator", "programme__lead_unit")
    }
    owed: set[Owed] = set()
    gone = {_owed(by_target[target], unit, day) for unit, target, day in marks if target in by_target}
    known = {one.pk: one for one in by_target.values()}
    terms = Occurrence.objects.filter(unit__in={unit for unit, _, _ in marks}, target__indicator__in=known)
    columns = ("target__indicator", "unit", "starts_on", "ends_on", "state")
    for one, unit, first, last, state in terms.values_list(*columns):
        key = _owed(known[one], unit, min(last, max(first, on)))
        (gone if state == states.ENDED else owed).add(key)
    expect_all(sorted(owed, key=str), at=at)
    expect_no_more(gone - owed, at=at)


def _owed(indicator: Indicator, unit: int, day: date) -> Owed:
    return (indicator.pk, unit, period_of(indicator.grain, day))


def _on_time() -> Indicator:
    found = Indicator.objects.filter(code=ON_TIME).first()
    if found is None:
        load_shipped()
        found = Indicator.objects.get(code=ON_TIME)
    return found


def _definition(target: Target) -> Definition:
    """The indicator that a target means when its draft names none."""
    programme = target.programme
    share = target.unit == "%"
    lines: Iterable[str] = programme.scopes.values_list("line", flat=True)
    what = _COUNTED[target.subject]
    latest, all_of_them = (
        "Lấy số của lần báo cáo được nhận sau cùng trong kỳ",
        "Cộng các lần được nhận trong kỳ",
    )
    shown = latest if share else all_of_them
    return Definition(
        name=target.name[:300],
        definition=f"{shown}, theo chỉ tiêu {target.code} của chương trình {programme.code}.",
        unit_of_count=what if share else target.unit,
        numerator_words=f"{what} đạt yêu cầu" if share else target.unit,
        denominator_words=f"{what} phải tính" if share else "",
        lines=tuple(sorted(set(lines))) or (programme.lead_unit.line,),
        source=f"{programme.code} – {programme.title}"[:500],
        grain=_GRAINS.get(Rule(target.rule).rhythm, YEAR) if target.rule else YEAR,
        provider=Indicator.Provider.EVIDENCE,
    )
