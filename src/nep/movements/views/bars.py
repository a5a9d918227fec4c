"""The charts of the programme page as the kit draws them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from nep.movements.domain.progress import DOING, DONE, LATE, NOT_DUE, TASK_WORDS, WAITING
from nep.movements.models import Programme
from nep.movements.queries.overview import Overview
from nep.movements.queries.standings import ON_TIME, Placed, Standings
from nep.movements.views.days import Looked
from nep.platform.ui.parts import BarPart, Choice, LegendKey, RankBar, Tile

TONES = {DONE: "5", WAITING: "3", DOING: "2", LATE: "bad", NOT_DUE: "quiet"}
BEST, LAST = 5, 5
# From which share on a tile has which tone; below the last one it carries the edge of alarm.
STEPS = ((Fraction(1), "5"), (Fraction(9, 10), "3"), (Fraction(8, 10), "2"))
LOW = "1"
LEGEND = [
    LegendKey("5", "đủ 100 %"),
    LegendKey("3", "90 đến dưới 100 %"),
    LegendKey("2", "80 đến dưới 90 %"),
    LegendKey("1", "dưới 80 %", alarm=True),
    LegendKey("empty", "chưa có số"),
]


def task_bar(seen: Overview, programme: Programme, at: Looked) -> list[BarPart]:
    """Where the tasks of units stand; every part opens its evidence of that day."""
    return [
        BarPart(
            TASK_WORDS[kind],
            seen.tasks[kind],
            tone,
            reverse("programme_figure", args=[programme.pk, f"tasks-{kind}"]) + at.query,
        )
        for kind, tone in TONES.items()
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """The units of one block side by side: what can be chosen, the tiles, the first and last by rank."""

    title: str
    blocks: list[Choice]
    block: str
    measures: list[Choice]
    measure: str
    tiles: list[Tile]
    ranks: list[RankBar]
    legend: list[LegendKey]
    note: str


def compared(found: Standings, programme: Programme, at: Looked) -> Compared | None:
    """The comparison as the page draws it; None where there is no block of two units or more."""
    if found.block is None or found.measure is None:
        return None
    full = sum(row.share == 1 for row in found.placed)
    return Compared(
        title=found.measure.label,
        blocks=[Choice(one.key, one.label) for one in found.blocks],
        block=found.block.key,
        measures=[Choice(one.key, one.label) for one in found.measures],
        measure=found.measure.key,
        tiles=[_tile(row, at) for row in sorted(found.placed, key=lambda row: row.plan.unit.sort_key)],
        ranks=_ranks(found, programme, at),
        legend=LEGEND,
        note=f"{full} trong {len(found.placed)} đơn vị đủ 100 %. Số của riêng đơn vị, không gộp cấp dưới.",
    )


def _tile(row: Placed, at: Looked) -> Tile:
    share = row.share
    tone = "empty" if share is None else next((tone for least, tone in STEPS if share >= least), LOW)
    value = "–" if share is None else str(int(100 * share))
    url = f"{reverse('unit_work', args=[row.plan.unit_id])}{at.query}"
    return Tile(row.plan.unit.code, row.plan.unit.name, value, url, tone=tone, alarm=tone == LOW)


def _ranks(found: Standings, programme: Programme, at: Looked) -> list[RankBar]:
    rows = found.placed
    left = len(rows) - BEST - LAST
    if left <= 1:
        return [_rank(row, found, programme, at) for row in rows]
    worst = rows[-LAST:]
    shown = [*rows[:BEST], *worst]
    gap = f"{left} đơn vị ở giữa"
    return [_rank(row, found, programme, at, gap if row is worst[0] else "") for row in shown]


def _rank(row: Placed, found: Standings, programme: Programme, at: Looked, gap: str = "") -> RankBar:
    by_terms = found.measure is not None and found.measure.key == ON_TIME
    figure = reverse("programme_figure", args=[programme.pk, f"unit-{row.plan.pk}"]) + at.query
    known = row.share is not None
    late = f" · trễ {row.late} việc" if row.late else ""
    return RankBar(
        name=row.plan.unit.name,
        words=row.words if known else "Chưa có số",
        place=row.place,
        share=int(100 * (row.share or 0)),
        url=f"{reverse('unit_work', args=[row.plan.unit_id])}{at.query}",
        figure_url=figure if by_terms and known else "",
        base=f"{row.base}{late}",
        gap=gap,
    )
