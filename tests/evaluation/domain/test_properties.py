"""What holds for every score: bounded, monotone, and free of the order in which things are given."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.domain.collectives import CollectiveFacts, Tasks, rank_collective
from nep.evaluation.domain.levels import RANKED, Level
from nep.evaluation.domain.numbers import truncated
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.periods import Leadership, Period, PeriodGiven, PeriodScore, mean, period_score
from nep.evaluation.domain.quotas import Candidate, Kept, cut, room
from nep.evaluation.domain.work import Work, ratios
from nep.regulations.domain.shelf import rule_set_named

RULES = rule_set_named("nd-335-2025")
assert RULES.score is not None
assert RULES.people_levels is not None
assert RULES.collective_levels is not None
SCORE, PEOPLE, COLLECTIVES = RULES.score, RULES.people_levels, RULES.collective_levels
JANUARY = Period(2026, 1)

units = st.fractions(min_value=Fraction(1, 10), max_value=50, max_denominator=30)
pieces = st.builds(
    Work, units, st.booleans(), st.integers(0, 6), st.integers(0, 6), st.booleans(), st.booleans()
)
works = st.lists(pieces, max_size=8)
halves = st.sampled_from([Fraction(100), Fraction(50)])
leaderships = st.none() | st.builds(Leadership, halves, halves, halves)
generals = st.fractions(min_value=0, max_value=30, max_denominator=40)
points = st.fractions(min_value=0, max_value=100, max_denominator=840)


def score(general: Fraction, work: list[Work], led: Leadership | None = None) -> PeriodScore:
    return period_score(PeriodGiven(JANUARY, general, tuple(work), led), SCORE)


@given(generals, works, leaderships)
def test_points_are_between_zero_and_a_hundred(
    general: Fraction, work: list[Work], led: Leadership | None
) -> None:
    found = score(general, work, led).points
    assert (found is None) == all(each.extra for each in work)
    assert found is None or general <= found <= 100


@given(generals, works, leaderships, st.randoms(use_true_random=False))
def test_the_order_of_work_does_not_matter(general, work, led, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(work, len(work))
    assert score(general, shuffled, led).points == score(general, work, led).points


@given(generals, st.lists(pieces, min_size=1, max_size=8), leaderships)
def test_doing_more_and_better_never_lowers_points(
    general: Fraction, work: list[Work], led: Leadership | None
) -> None:
    first, *rest = work
    before = score(general, work, led).points
    for better in (
        replace(first, done=True),
        replace(first, failed_reviews=max(first.failed_reviews - 1, 0)),
        replace(first, delays=max(first.delays - 1, 0)),
        replace(first, reassigned_away=False),
    ):
        after = score(general, [better, *rest], led).points
        assert (before is None) == (after is None)
        assert before is None or after is None or before <= after


@given(works)
def test_quality_and_progress_never_exceed_quantity(work: list[Work]) -> None:
    found = ratios(work, SCORE)
    assert found is None or (0 <= found.b <= found.a and 0 <= found.c <= found.a)


@given(works, pieces)
def test_extra_work_never_lowers_points(work: list[Work], more: Work) -> None:
    before = score(Fraction(20), work).points
    after = score(Fraction(20), [*work, replace(more, extra=True)]).points
    assert before is None or (after is not None and before <= after)


@given(st.lists(points, min_size=1, max_size=12), st.integers(0, 3))
def test_empty_periods_do_not_move_the_mean(found: list[Fraction], empty: int) -> None:
    scores = [PeriodScore(JANUARY, None, None, each, ()) for each in found]
    nothing = [PeriodScore(JANUARY, None, None, None, ())] * empty
    year = mean(scores)
    assert mean([*nothing, *scores]) == year == sum(found, Fraction(0)) / len(found)
    assert year is not None
    assert min(found) <= year <= max(found)


@given(points, points, st.sampled_from(RANKED), st.booleans())
def test_more_points_never_mean_a_lower_level(
    one: Fraction, other: Fraction, unit: Level, head: bool
) -> None:
    facts = PersonFacts(is_leader=head, is_head=head, unit_level=unit)
    low, high = (rank_person(each, facts, PEOPLE).level for each in sorted((one, other)))
    assert not low.is_above(high)
    assert not (head and high.is_above(unit))


tasks = st.tuples(st.integers(1, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)).map(
    lambda each: Tasks(each[0], min(each[:2]), min(each[:3]), min(each[0], each[1], each[3]))
)
collective_facts = st.builds(CollectiveFacts, st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(points, tasks, collective_facts)
def test_a_collective_above_its_band_or_without_a_level_goes_to_the_authority(
    found: Fraction, done: Tasks, facts: CollectiveFacts
) -> None:
    ranked = rank_collective(found, done, facts, COLLECTIVES)
    band = next(Level(each.level) for each in COLLECTIVES.levels if found >= each.points)
    assert not ranked.level.is_above(band)
    if ranked.level is not Level.KHT and ranked.level is not band:
        assert ranked.needs_authority
    if ranked.level in (Level.HTXS, Level.HTT):
        assert done.assigned == done.done == done.on_time
    assert ranked.because


candidates = st.lists(
    st.tuples(
        st.integers(88, 93).map(Fraction) | st.fractions(80, 100, max_denominator=3) | st.just(Fraction(40)),
        st.sampled_from(["x", "y"]),
        st.sampled_from([None, "g", "h"]),
    ),
    max_size=40,
).map(
    lambda found: [
        Candidate(str(at), rank_person(each, PersonFacts(), PEOPLE).level, each, pool, group)
        for at, (each, pool, group) in enumerate(found)
    ]
)
percents = st.sampled_from([Fraction(20), Fraction(25)])


@given(candidates, percents, st.booleans(), st.randoms(use_true_random=False))
def test_quotas_do_not_depend_on_order(rated, percent, better, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(rated, len(rated))
    assert cut(shuffled, percent, or_better=better) == cut(rated, percent, or_better=better)


@given(candidates, percents)
def test_quotas_hold_in_every_group_and_pool(rated: list[Candidate], percent: Fraction) -> None:
    kept = cut(rated, percent)
    # A later fall in the pool only adds good ones to a group, so both hold at the end.
    for place in {(each.pool, None) for each in rated} | {(e.pool, e.group) for e in rated if e.group}:
        inside = [e for e in rated if e.pool == place[0] and place[1] in (None, e.group)]
        excellent = sum(kept[each.key].level is Level.HTXS for each in inside)
        good = sum(kept[each.key].level is Level.HTT for each in inside)
        assert 100 * excellent <= percent * good


@given(candidates, percents)
def test_only_the_excellent_fall_and_only_to_good(rated: list[Candidate], percent: Fraction) -> None:
    kept = cut(rated, percent)
    for each in rated:
        if each.level is Level.HTXS:
            assert kept[each.key].level in (Level.HTXS, Level.HTT)
        else:
            assert kept[each.key] == Kept(each.level)


@given(st.integers(0, 300), st.integers(0, 300), percents, st.booleans())
def test_room_is_the_largest_number_that_holds(
    excellent: int, good: int, percent: Fraction, better: bool
) -> None:
    def holds(stay: int) -> bool:
        return 100 * stay <= percent * (good + excellent - (0 if better else stay))

    found = room(excellent, good, percent, or_better=better)
    assert holds(found)
    assert found == excellent or not holds(found + 1)


@given(st.fractions())
def test_decimals_are_cut_off_towards_zero(value: Fraction) -> None:
    shown = Fraction(truncated(value))
    assert abs(shown) <= abs(value) < abs(shown) + Fraction(1, 10**6)
    assert shown * value >= 0
