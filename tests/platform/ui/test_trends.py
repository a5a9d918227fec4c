"""Where points of a line lie."""

from __future__ import annotations

from nep.platform.ui.parts import ChartPoint
from nep.platform.ui.trends import draw_chart

MONTHS = (
    ChartPoint("1/2026", 50.0, "50 %"),
    ChartPoint("2/2026", None, "Chưa báo cáo"),
    ChartPoint("3/2026", 80.0, "80 %"),
    ChartPoint("4/2026", 100.0, "100 %"),
)


def test_a_month_without_a_figure_is_a_gap_and_no_zero() -> None:
    chart = draw_chart(points=MONTHS, goal=None, unit=" %")
    assert len(chart.lines) == 1
    assert chart.lines[0].count(",") == 2
    assert [dot.label for dot in chart.dots] == ["1/2026", "3/2026", "4/2026"]


def test_shares_end_at_a_hundred_and_the_goal_is_on_the_scale() -> None:
    chart = draw_chart(points=MONTHS, goal=100, unit=" %")
    assert [label for _, label in chart.ticks] == ["45", "72,5", "100"]
    assert (chart.goal_y, chart.dots[-1].y) == ("12.0", "12.0")


def test_it_is_told_in_words() -> None:
    assert draw_chart(points=MONTHS, goal=95, unit=" %").words == "1/2026: 50 %; 4/2026: 100 %; mục tiêu 95 %"
    assert draw_chart(points=MONTHS[1:2], goal=None, unit=" %").words == "chưa có số"


def test_every_label_of_a_year_has_room_and_of_three_years_every_third() -> None:
    points = [ChartPoint(f"{number}", 1.0, "1") for number in range(36)]
    assert len(draw_chart(points=points[:12], goal=None, unit="").labels) == 12
    assert [label for _, label in draw_chart(points=points, goal=None, unit="").labels][-1] == "35"
    assert len(draw_chart(points=points, goal=None, unit="").labels) == 12
