"""The expressions: sums of people, levels, and cuts. Integers only, no division, the same for every engine.

A year's points are known as an interval of integers: `low` is surely reached, `high` may have been; they are
equal where every denominator divides the scale. Where the interval lets two answers stand, an expression says
so instead of choosing.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from nep.evaluation.bulk.scale import ALIKE, MOST_PERIODS, Scale
from nep.evaluation.domain.levels import RANKED, Level
from nep.regulations.domain.rulesets import PeopleLevels, Veto

LEVELS = (*RANKED, Level.NOT_RANKED)
HTXS, HTT, _, KHT, NOT_RANKED = range(len(LEVELS))
SLOT = 4  # bits that a month takes in `seen`: a second time shows in the bits above the first
TWICE = sum(0b1110 << SLOT * month for month in range(MOST_PERIODS))


def shares_of(scale: Scale) -> ir.Table:
    """The small table that turns a division into a multiplication; denominator 0 stands for no points."""
    rows = [(0, 0, 0), *((each, share, int(each in scale.spilling)) for each, share in scale.shares.items())]
    columns = [pa.array(each, pa.int64()) for each in zip(*rows, strict=True)]
    return ibis.memtable(pa.table(columns, names=["points_den", "share", "spills"]))


def year_sums(months: ir.Table, scale: Scale) -> ir.Table:
    """Per person: rows, periods with points, scaled sum of points as an interval, and the months seen."""
    scaled = months.mutate(points_den=months.points_den.fill_null(0)).join(shares_of(scale), "points_den")
    low = (scaled.points_num * scaled.share).sum().fill_null(0).cast("int64")
    missing = (scaled.points_num * scaled.spills).sum().fill_null(0).cast("int64")
    return scaled.group_by("person_id").agg(
        rows=scaled.count(),
        periods=scaled.points_num.count(),
        low=low,
        high=(low + missing) if scale.spilling else low,
        seen=_slot(scaled.month).sum().cast("int64"),
    )


def _slot(month: ir.IntegerValue) -> ir.IntegerValue:
    first, *rest = [(number, ibis.literal(1 << SLOT * (number - 1), "int64")) for number in range(1, 13)]
    slot: ir.IntegerValue = month.cases(first, *rest, else_=ibis.literal(0, "int64"))
    return slot


def rated(people: ir.Table, sums: ir.Table, scale: Scale, rules: PeopleLevels) -> ir.Table:
    """Per person: the level before quotas from what is surely reached, and whether it is `open`."""
    joined = people.left_join(sums, "person_id").drop("person_id_right")
    joined = joined.mutate(
        periods=joined.periods.fill_null(0), low=joined.low.fill_null(0), high=joined.high.fill_null(0)
    )
    level, best = (
        _level(joined, _reached(joined, sum_, scale, rules), rules) for sum_ in (joined.low, joined.high)
    )
    alike = _by_number(joined.periods, {each: ALIKE // each for each in range(1, MOST_PERIODS + 1)})
    return joined.select(
        "person_id",
        "agency_id",
        "group_id",
        "periods",
        "low",
        "high",
        given=joined.rows.notnull(),
        key_low=joined.low * alike,
        key_high=joined.high * alike,
        level=level,
        open=level != best,
    )


def _by_number(value: ir.IntegerValue, found: dict[int, int]) -> ir.IntegerValue:
    first, *rest = [(key, ibis.literal(each, "int64")) for key, each in found.items()]
    told: ir.IntegerValue = value.cases(first, *rest, else_=ibis.literal(0, "int64"))
    return told


def _reached(people: ir.Table, total: ir.IntegerValue, scale: Scale, rules: PeopleLevels) -> ir.IntegerValue:
    """The level of a sum of points, which is compared with each bound times the number of periods."""
    bounds = [
        (
            total >= people.periods * ibis.literal(int(rule.points) * scale.value, "int64"),
            LEVELS.index(Level(rule.level)),
        )
        for rule in rules.levels
    ]
    first, *rest = bounds
    reached: ir.IntegerValue = ibis.cases(first, *rest, else_=KHT)
    return reached


def _level(people: ir.Table, reached: ir.IntegerValue, rules: PeopleLevels) -> ir.IntegerValue:
    """Not ranked, vetoed, by points under the head's unit: in this order."""
    waits = people.months_worked < int(rules.not_ranked.months)
    excused = people.leave.isin(list(rules.not_ranked.unless_leave)).fill_null(False)
    under_unit = ibis.ifelse(
        people.is_head, ibis.greatest(reached, people.unit_level.fill_null(HTXS)), reached
    )
    level: ir.IntegerValue = ibis.cases(
        (waits & ~excused, NOT_RANKED),
        (functools.reduce(operator.or_, [_binds(people, veto) for veto in rules.vetoes]), KHT),
        (people.periods == 0, NOT_RANKED),
        else_=under_unit,
    ).cast("int64")
    return level


def _binds(people: ir.Table, veto: Veto) -> ir.BooleanValue:
    binds: ir.BooleanValue = (people.veto == veto.fact).fill_null(False)
    return binds & (people.is_leader | people.is_head) if veto.leaders_only else binds


def cut(people: ir.Table, place: Sequence[str], percent: int, *, or_better: bool) -> ir.Table:
    """Who of the excellent loses the level where there are too many of them: `falls`, or `open` for the core.

    The first x stay, x the largest with x ≤ percent of the good ones and those who fall. A place is open when
    who is before the cut may have as many points as who is behind it.
    """
    counted = people.group_by(list(place)).agg(
        excellent=(people.level == HTXS).sum().cast("int64"), good=(people.level == HTT).sum().cast("int64")
    )
    crowded = counted.filter(~_fits(counted, counted.excellent, percent, or_better))
    standing = people.filter(people.level == HTXS).join(crowded, list(place))
    order = [standing.key_low.desc(), standing.person_id]
    at = ibis.row_number().over(ibis.window(group_by=[standing[each] for each in place], order_by=order))
    standing = standing.mutate(stays=_fits(standing, at.cast("int64") + 1, percent, or_better))
    within = ibis.window(group_by=[standing[each] for each in place])
    last_in = ibis.ifelse(standing.stays, standing.key_low, ibis.null("int64")).min().over(within)
    first_out = ibis.ifelse(standing.stays, ibis.null("int64"), standing.key_high).max().over(within)
    return standing.select(
        "person_id",
        *place,
        "excellent",
        "good",
        "periods",
        "low",
        "high",
        falls=~standing.stays,
        open=(last_in <= first_out).fill_null(False),
    )


def _fits(counts: ir.Table, stay: ir.IntegerValue, percent: int, or_better: bool) -> ir.BooleanValue:
    """Whether so many may stay: x ≤ p % of (good + excellent − x), or of all good or better."""
    each = 100 if or_better else 100 + percent
    fits: ir.BooleanValue = stay * each <= (counts.good + counts.excellent) * percent
    return fits


def after(people: ir.Table, fallen: ir.Table) -> ir.Table:
    """The people once some have fallen to the level below; `fallen` tells who, and who in a tie."""
    joined = people.left_join(fallen, "person_id").drop("person_id_right")
    return joined.mutate(
        level=ibis.ifelse(joined.fell_in_tie.notnull(), HTT, joined.level).cast("int64"),
        tie=joined.tie | joined.fell_in_tie.fill_null(False),
    ).drop("fell_in_tie")
