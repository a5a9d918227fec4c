"""The expressions: sums of people, levels, and cuts. The same for every engine, and exact on all of them.

A year's points are known as an interval of integers: `key_low` is surely reached, `key_high` may have been;
they are equal where every denominator divides the scale. Where the interval lets two answers stand, an
expression says so instead of choosing.

Doubles occur only where they are exact. Both engines divide integers as doubles and round correctly. The
scale is below 2^53, so its quotient by a denominator is off by less than 1 / denominator, and the next whole
number above is at least so far away: its floor is right. And doubles add integers exactly up to 2^53, which
twelve months stay below, in any order; above, where somebody has too many rows to be ranked, none fails.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from nep.evaluation.bulk.scale import ALIKE, MISSES, MOST_PERIODS, Scale
from nep.evaluation.domain.levels import RANKED, Level
from nep.regulations.domain.rulesets import PeopleLevels, Veto

PLACE = ("agency_id", "group_id")
LEVELS = (*RANKED, Level.NOT_RANKED)
HTXS, HTT, _, KHT, NOT_RANKED = range(len(LEVELS))
VETOED = len(LEVELS)  # the worst level, whether there are points or not

# What a person's rows add up to in one integer: 2^(month - 1) for each, then how many have points, how many
# of those have a spilling denominator (in units of what such a row misses at most), and how many there are.
# Up to twelve rows no part runs over into the next; more than twelve show in the last part in any case.
PERIOD, SPILL, ROW = 1 << 16, MISSES, 1 << 31
SEEN, PERIODS, SPILLS = PERIOD - 1, 15 * PERIOD, 15 * SPILL
MOST_SUM = 2**53


@dataclass(frozen=True, slots=True)
class Quota:
    """The part of the good ones that may be excellent; `or_better`: of the good and the excellent."""

    percent: int = 20
    or_better: bool = False


def share(months: ir.Table, scale: Scale) -> ir.IntegerValue:
    """How often a month's denominator goes into the scale."""
    often: ir.IntegerValue = (ibis.literal(scale.value, "int64") / months.points_den).floor()
    return often


def spills(months: ir.Table, scale: Scale) -> ir.BooleanValue:
    """Whether a month's denominator leaves a rest."""
    leaves: ir.BooleanValue = share(months, scale) * months.points_den != scale.value
    return leaves


def year_sums(months: ir.Table, scale: Scale) -> ir.Table:
    """Per person: the sum of the scaled points as far as they are whole, and the `tally` of the rows."""
    with_points = ibis.literal(ROW + PERIOD, "int64")
    if scale.spills:
        with_points = ibis.ifelse(
            spills(months, scale), ibis.literal(ROW + PERIOD + SPILL, "int64"), with_points
        )
    row = ibis.ifelse(months.points_num.isnull(), ibis.literal(ROW, "int64"), with_points)
    seen = ibis.literal(1, "int64") << (months.month - 1)
    return months.group_by("person_id").agg(
        points=_sum(months.points_num * share(months, scale)), tally=_sum(row + seen)
    )


def _sum(numbers: ir.IntegerValue) -> ir.IntegerScalar:
    """The sum, cut off where it is more than a year can have."""
    total = numbers.cast("float64").sum().fill_null(0)
    cut_off: ir.IntegerScalar = ibis.least(total, ibis.literal(MOST_SUM, "int64")).cast("int64")
    return cut_off


def rated(people: ir.Table, sums: ir.Table, scale: Scale, rules: PeopleLevels) -> ir.Table:
    """Per person: the level before quotas from what is surely reached, and whether it is `open`.

    Whoever has months without being listed stands in it too, without an id; who has no points has no keys.
    """
    bound = people.select("person_id", "agency_id", "group_id", bound=_bound(people, rules))
    joined = bound.outer_join(sums, "person_id")
    of_periods = {each * PERIOD: ALIKE // each for each in range(1, MOST_PERIODS + 1)}
    alike = _by_number(joined.tally & PERIODS, of_periods)
    high = joined.points + (joined.tally & SPILLS) if scale.spills else joined.points
    joined = joined.mutate(key_low=joined.points * alike, key_high=high * alike)
    level, best = (_level(joined, key, scale, rules) for key in (joined.key_low, joined.key_high))
    return joined.select(
        "person_id",
        "agency_id",
        "group_id",
        "key_low",
        "key_high",
        given=joined.tally.notnull(),
        level=level,
        open=level != best,
    )


def _by_number(value: ir.IntegerValue, found: Mapping[int, int]) -> ir.IntegerValue:
    first, *rest = [(key, ibis.literal(each, "int64")) for key, each in found.items()]
    told: ir.IntegerValue = value.cases(first, *rest, else_=ibis.null("int64"))
    return told


def _bound(people: ir.Table, rules: PeopleLevels) -> ir.IntegerValue:
    """What facts leave of the levels: none, the worst after a veto, none above the head's unit."""
    waits = people.months_worked < int(rules.not_ranked.months)
    excused = people.leave.isin(list(rules.not_ranked.unless_leave)).fill_null(False)
    bound: ir.IntegerValue = ibis.cases(
        (waits & ~excused, NOT_RANKED),
        (functools.reduce(operator.or_, [_binds(people, veto) for veto in rules.vetoes]), VETOED),
        (people.is_head, people.unit_level.fill_null(HTXS)),
        else_=HTXS,
    ).cast("int64")
    return bound


def _level(people: ir.Table, key: ir.IntegerValue, scale: Scale, rules: PeopleLevels) -> ir.IntegerValue:
    """The level of a mean: the best whose least points it has, as far as the facts leave it."""
    unit = scale.value * ALIKE
    first, *rest = [
        (key >= ibis.literal(int(rule.points) * unit, "int64"), LEVELS.index(Level(rule.level)))
        for rule in rules.levels
    ]
    level: ir.IntegerValue = ibis.cases(
        (people.bound == VETOED, KHT),
        (key.isnull(), NOT_RANKED),
        else_=ibis.greatest(ibis.cases(first, *rest, else_=KHT), people.bound),
    ).cast("int64")
    return level


def _binds(people: ir.Table, veto: Veto) -> ir.BooleanValue:
    binds: ir.BooleanValue = (people.veto == veto.fact).fill_null(False)
    return binds & (people.is_leader | people.is_head) if veto.leaders_only else binds


def excellent(people: ir.Table) -> ir.Table:
    """The people whom quotas are about, with what the cuts ask for."""
    return people.filter(people.level == HTXS).select(*PLACE, "person_id", "key_low", "key_high")


def counted(people: ir.Table) -> ir.Table:
    """How many are excellent and how many good, by agency and group."""
    return people.group_by(list(PLACE)).agg(
        excellent=(people.level == HTXS).sum().cast("int64"), good=(people.level == HTT).sum().cast("int64")
    )


def cut(excellent: ir.Table, counts: ir.Table, place: Sequence[str], quota: Quota) -> ir.Table:
    """Which of the excellent `stay` where there are too many of them, going by what they surely have.

    The first x stay, x the largest with x ≤ percent of the good ones and those who fall.
    """
    crowded = counts.filter(~_fits(counts, counts.excellent, quota))
    standing = excellent.join(crowded, list(place))
    order = [standing.key_low.desc(), standing.person_id]
    at = ibis.row_number().over(ibis.window(group_by=[standing[each] for each in place], order_by=order))
    return standing.select(
        "person_id",
        *PLACE,
        "excellent",
        "good",
        "key_low",
        "key_high",
        stays=_fits(standing, at.cast("int64") + 1, quota),
    )


def open_places(edge: ir.Table, place: Sequence[str]) -> ir.Table:
    """The places whose cut the core decides: who is before it may have as many points as who is behind it."""
    last_in = ibis.ifelse(edge.stays, edge.key_low, ibis.null("int64")).min()
    first_out = ibis.ifelse(edge.stays, ibis.null("int64"), edge.key_high).max()
    edges = edge.group_by(list(place)).agg(last_in=last_in, first_out=first_out)
    return edges.filter((edges.last_in <= edges.first_out).fill_null(False)).select(*place)


def _fits(counts: ir.Table, stay: ir.IntegerValue, quota: Quota) -> ir.BooleanValue:
    """Whether so many may stay: x ≤ p % of (good + excellent − x), or of all good or better."""
    each = 100 if quota.or_better else 100 + quota.percent
    fits: ir.BooleanValue = stay * each <= (counts.good + counts.excellent) * quota.percent
    return fits


def counted_after(counts: ir.Table, fallen: ir.Table) -> ir.Table:
    """The counts by agency once some have fallen in their groups from excellent to good."""
    down = fallen.group_by("agency_id").agg(down=fallen.count().cast("int64"))
    sums = counts.group_by("agency_id").agg(
        excellent=counts.excellent.sum().cast("int64"), good=counts.good.sum().cast("int64")
    )
    joined = sums.left_join(down, "agency_id")
    fell = joined.down.fill_null(0)
    return joined.select("agency_id", excellent=joined.excellent - fell, good=joined.good + fell)


def told(people: ir.Table, fallen: ir.Table) -> ir.Table:
    """Everybody in the order of the ids; those in `fallen` have fallen to the level below.

    No integer is null in it: on its way out of Spark a column with nulls would become one of doubles.
    """
    joined = people.left_join(fallen, "person_id")
    return joined.select(
        "person_id",
        empty=joined.key_low.isnull(),
        key_low=joined.key_low.fill_null(0),
        spilled=(joined.key_low != joined.key_high).fill_null(False),
        level_before=joined.level,
        level=ibis.ifelse(joined.in_tie.notnull(), HTT, joined.level).cast("int64"),
        tie=joined.in_tie.fill_null(False),
    ).order_by("person_id")
