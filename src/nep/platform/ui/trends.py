"""Where the points of a trend line lie; no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 84, 26, 4


@dataclass(frozen=True)
class Trend:
    """A drawn trend: the line's points, the last one, the goal's height, and all of it in words."""

    line: str
    last_x: str
    last_y: str
    goal_y: str
    words: str


def draw_trend(*, points: Sequence[float], goal: float | None, unit: str) -> Trend:
    """Lay points out over the width, with room for the dot; the goal is part of the scale."""
    if not points:
        return Trend("", "", "", "", "chưa có số")
    scale = [*points] if goal is None else [*points, goal]
    low, high = min(scale), max(scale)

    def height(value: float) -> str:
        share = 0.5 if high == low else (value - low) / (high - low)
        return f"{HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}"

    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    places = [(f"{MARGIN + index * step:.1f}", height(value)) for index, value in enumerate(points)]
    line = " ".join(f"{x},{y}" for x, y in places)
    words = f"từ {_shown(points[0])}{unit} đến {_shown(points[-1])}{unit}"
    if goal is not None:
        words += f", mục tiêu {_shown(goal)}{unit}"
    return Trend(line, *places[-1], "" if goal is None else height(goal), words)


def _shown(value: float) -> str:
    return f"{value:g}".replace(".", ",")
