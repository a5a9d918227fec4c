"""Numbers and dates as they are read aloud in an office."""

from datetime import date, datetime

import pytest

from nep.platform.ui.formats import day, day_of_year, instant, rate, whole_number
from nep.platform.ui.trends import draw_trend


def test_whole_numbers_have_points_and_a_real_minus() -> None:
    assert [whole_number(value) for value in (0, 4841, -1906551)] == ["0", "4.841", "−1.906.551"]


def test_a_rate_is_cut_so_that_100_means_all() -> None:
    assert rate(4630, 4841) == "95,6\u00a0%"
    assert rate(9999, 10000) == "99,9\u00a0%"
    assert rate(4841, 4841) == "100,0\u00a0%"
    assert rate(1, 3, places=0) == "33\u00a0%"


def test_a_rate_of_nothing_is_not_a_number() -> None:
    with pytest.raises(ValueError, match="denominator"):
        rate(0, 0)


def test_dates() -> None:
    assert day(date(2026, 3, 5)) == "05/03/2026"
    assert day_of_year(date(2026, 3, 5)) == "05/03"
    assert instant(datetime(2026, 3, 5, 9, 42)) == "09:42 05/03/2026"  # noqa: DTZ001 -- already the office's time


def test_trend_puts_the_goal_on_the_same_scale() -> None:
    trend = draw_trend(points=[0, 50], goal=100, unit=" %")
    assert trend.line == "4.0,22.0 80.0,13.0"
    assert (trend.last_x, trend.last_y, trend.goal_y) == ("80.0", "13.0", "4.0")


def test_flat_and_empty_trends() -> None:
    assert draw_trend(points=[7], goal=None, unit="").line == "4.0,13.0"
    assert draw_trend(points=[], goal=None, unit="").words == "chưa có số"
