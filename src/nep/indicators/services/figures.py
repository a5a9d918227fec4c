"""Figures are told, replaced and taken back; what was told before stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction

from nep.accounts.roles import Permission
from nep.indicators import access, events
from nep.indicators.domain.figures import Said, problems
from nep.indicators.domain.periods import Period, period_of
from nep.indicators.domain.sums import MISSING, NOTHING, TOLD
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.opening import is_open
from nep.indicators.queries.words import figure_words
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record
from nep.platform.clock import local
from nep.platform.files.models import StoredFile

Key = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of one unit for one period: a figure, nothing to report, or silence after all."""

    indicator_id: int
    unit_id: int
    period: Period
    state: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    origin: str = Figure.Origin.ENTERED
    source: str = ""
    evidence_id: int | None = None
    file: StoredFile | None = None

    @property
    def key(self) -> Key:
        return (self.indicator_id, self.unit_id, self.period.starts_on)


@transaction.atomic(savepoint=False)
def put(tellings: Collection[Telling], *, by: Actor | None, at: datetime) -> int:
    """Write what became known, by whichever way; how many figures it changed.

    For upper apps and providers, which have decided before: nobody's rights are asked, nothing is recorded.
    What is the same as what stands is left as it is. Takes any number of figures in three statements.
    """
    told = {telling.key: telling for telling in tellings}
    return _write(told, _standing(told), by=by, at=at)


def _write(told: dict[Key, Telling], rows: Iterable[Figure], *, by: Actor | None, at: datetime) -> int:
    """Write what differs from the rows that stand, which are held; how many figures it changed."""
    standing = {(row.indicator_id, row.unit_id, row.starts_on): row for row in rows}
    changed = [one for key, one in told.items() if not _same(standing.get(key), one)]
    replaced = [standing[one.key] for one in changed if one.key in standing]
    _replace([row.pk for row in replaced], at)
    Figure.objects.bulk_create(
        (_figure(one, standing.get(one.key), by=by, at=at) for one in changed), batch_size=5000
    )
    return len(changed)


def expect(indicator: Indicator, unit_ids: Iterable[int], period: Period, *, at: datetime) -> None:
    """Say that units owe a figure: who has told nothing stands as silent from now on."""
    expect_all([(indicator.pk, unit, period) for unit in unit_ids], at=at)


def expect_all(owed: Iterable[tuple[int, int, Period]], *, at: datetime) -> None:
    """The same for several indicators and periods."""
    rows = (
        _figure(Telling(one, unit, period, MISSING, origin=Figure.Origin.ASKED), None, by=None, at=at)
        for one, unit, period in owed
    )
    Figure.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def expect_no_more(owed: Iterable[tuple[int, int, Period]], *, at: datetime) -> None:
    """Units owe these figures no more: who is still silent is not counted as silent; what was told stays."""
    keys = {(one, unit, period.starts_on): Telling(one, unit, period, MISSING) for one, unit, period in owed}
    _replace([row.pk for row in _standing(keys) if row.state == MISSING], at)


@transaction.atomic
def enter_figure(
    indicator: Indicator, unit: Unit, period: Period, said: Said, source: str, *, actor: Actor, at: datetime
) -> None:
    """Enter the figure of one's unit with where it comes from, or say that there was nothing to count.

    Raises: RuleError when it is no figure, names no source, or the period takes none; AccessDenied.
    """
    access.may_enter(actor, indicator, unit).require()
    check_period(indicator, unit, period, actor)
    if found := problems(said, share=indicator.is_share):
        raise RuleError(" ".join(problem.sentence for problem in found))
    if not source.strip():
        raise RuleError("Ghi số liệu lấy từ văn bản, báo cáo hoặc hệ thống nào.")
    telling = Telling(
        indicator.pk,
        unit.pk,
        period,
        NOTHING if said.nothing else TOLD,
        said.numerator,
        said.denominator,
        source=source.strip()[:500],
    )
    told = {telling.key: telling}
    standing = _standing(told)
    if not _write(told, standing, by=actor, at=at):
        return
    before = standing[0] if standing else None
    record(
        events.NOTHING_ENTERED if said.nothing else events.FIGURE_ENTERED,
        actor=actor.standing_at(Permission.ENTER_FIGURES, unit),
        about=[indicator, unit],
        at=at,
        unit_id=unit.pk,
        unit=unit.name,
        name=indicator.name,
        period=period.name.lower(),
        figure=figure_words(telling.numerator, telling.denominator),
        source=telling.source,
        before=_told(before) if before else None,
        after={"numerator": said.numerator, "denominator": said.denominator, "nothing": said.nothing},
    )


@transaction.atomic
def take_back(
    indicator: Indicator, unit: Unit, period: Period, reason: str, *, actor: Actor, at: datetime
) -> None:
    """Take an entered figure back: the unit stands as silent again, what it had told stays in the past.

    Raises: RuleError without a reason, or when nothing was told; AccessDenied.
    """
    access.may_enter(actor, indicator, unit).require()
    check_period(indicator, unit, period, actor)
    if not reason.strip():
        raise RuleError("Ghi lý do rút số liệu.")
    before = (
        Figure.objects.current().filter(indicator=indicator, unit=unit, starts_on=period.starts_on).first()
    )
    if before is None or before.state == MISSING:
        raise RuleError(f"{unit.name} chưa báo cáo {period.name.lower()}, không có gì để rút.")
    put([Telling(indicator.pk, unit.pk, period, MISSING, source=reason.strip()[:500])], by=actor, at=at)
    record(
        events.FIGURE_TAKEN_BACK,
        actor=actor.standing_at(Permission.ENTER_FIGURES, unit),
        about=[indicator, unit],
        at=at,
        unit_id=unit.pk,
        unit=unit.name,
        name=indicator.name,
        period=period.name.lower(),
        reason=reason.strip(),
        before=_told(before),
    )


def check_period(indicator: Indicator, unit: Unit, period: Period, actor: Actor) -> None:
    """Refuse a period that takes no figures of a unit.

    Raises: RuleError when it has not begun, is locked, the unit existed on none of its days, or it is of
    another grain.
    """
    name = period.name.lower()
    if period != period_of(indicator.grain, period.starts_on):
        raise RuleError(f"Chỉ số này tính {indicator.get_grain_display().lower()}.")
    if period.starts_on > actor.on:
        raise RuleError(f"{period.name} chưa bắt đầu.")
    first, end = unit.during.lower, unit.during.upper
    if unit.during.isempty or (first and first > period.ends_on) or (end and end <= period.starts_on):
        raise RuleError(f"{unit.name} không hoạt động trong {name}.")
    if not is_open(unit, period):
        raise RuleError(f"Số liệu {name} của {unit.name} đã khóa. Cấp trên mở lại kỳ thì mới nhập được.")


def _current(indicator: Indicator, unit: Unit, period: Period) -> Figure | None:
    rows = Figure.objects.current().filter(indicator=indicator, unit=unit)
    return rows.filter(starts_on=period.starts_on).first()


_STANDING = """
SELECT figure.* FROM indicators_figure figure
JOIN unnest(%s::bigint[], %s::bigint[], %s::date[]) asked(indicator_id, unit_id, starts_on)
  ON figure.unit_id = asked.unit_id AND figure.indicator_id = asked.indicator_id
 AND figure.starts_on = asked.starts_on
WHERE figure.replaced_at IS NULL
ORDER BY figure.id FOR UPDATE OF figure
"""
_REPLACE = """
UPDATE indicators_figure SET replaced_at = greatest(told_at, %s), replaced_on = greatest(told_on, %s)
WHERE id = ANY(%s)
"""


def _standing(told: dict[Key, Telling]) -> list[Figure]:
    """What stands for these keys, held to the end of the transaction."""
    columns: list[list[object]] = [[], [], []]
    for key in told:
        for column, value in zip(columns, key, strict=True):
            column.append(value)
    return list(Figure.objects.raw(_STANDING, columns)) if told else []


def _same(row: Figure | None, told: Telling) -> bool:
    if row is None:
        return False
    figure = (row.state, row.numerator, row.denominator)
    where = (row.origin, row.source, row.evidence_id, row.file_id)
    file = told.file.pk if told.file else None
    return figure == (told.state, told.numerator, told.denominator) and (
        row.state == MISSING or where == (told.origin, told.source, told.evidence_id, file)
    )


def _replace(ids: list[int], at: datetime) -> None:
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_REPLACE, [at, local(at).date(), ids])


def _figure(told: Telling, before: Figure | None, *, by: Actor | None, at: datetime) -> Figure:
    """A row that holds from now on; never from before what it replaces."""
    at = max(at, before.told_at) if before else at
    return Figure(
        indicator_id=told.indicator_id,
        unit_id=told.unit_id,
        line="",  # written by the database, with counted_on
        starts_on=told.period.starts_on,
        ends_on=told.period.ends_on,
        state=told.state,
        numerator=told.numerator,
        denominator=told.denominator,
        origin=told.origin,
        source=told.source,
        evidence_id=told.evidence_id,
        file=told.file,
        told_by_id=by.id if by else None,
        told_by_name=by.name[:200] if by else "",
        told_at=at,
        told_on=local(at).date(),
    )


def _told(row: Figure) -> dict[str, object]:
    return {"numerator": row.numerator, "denominator": row.denominator, "nothing": row.state == NOTHING}
