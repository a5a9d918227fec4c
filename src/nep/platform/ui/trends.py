"""Where the points of a trend line lie; no Django."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nep.platform.ui.parts import ChartPoint

WIDTH, HEIGHT, MARGIN = 84, 26, 4


@dataclass(frozen=True)
class Trend:
    """A drawn trend: the line's points, the last one, the goal's height, and all of it in words."""

    line: str
    last_x: str
    last_y: str
    goal_y: str
    words: str


CHART_WIDTH, CHART_HEIGHT, LEFT, TOP, FOOT = 640, 180, 44, 12, 26
MOST_LABELS = 12


@dataclass(frozen=True)
class Dot:
    """A drawn point: where it lies, its label under the axis (empty where there is no room), what it says."""

    x: str
    y: str
    label: str
    point: ChartPoint


@dataclass(frozen=True)
class Chart:
    """A drawn line of periods: its pieces between gaps, its dots, the goal, the scale, all of it in words."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]
    goal_y: str
    words: str


def draw_chart(*, points: Sequence[ChartPoint], goal: float | None, unit: str) -> Chart:
    """Lay periods out from left to right; a period without a figure leaves a gap, never a zero."""
    known = [point.value for point in points if point.value is not None]
    low, high = _scale([*known, *([] if goal is None else [goal])], unit)
    step = (CHART_WIDTH - LEFT - 12) / max(len(points) - 1, 1)
    xs = [f"{LEFT + index * step:.1f}" for index in range(len(points))]

    def height(value: float) -> str:
        return f"{TOP + (high - value) / (high - low) * (CHART_HEIGHT - TOP - FOOT):.1f}"

    every = -(-len(points) // MOST_LABELS)
    dots = [
        Dot(x, height(point.value), point.label, point)
        for x, point in zip(xs, points, strict=True)
        if point.value is not None
    ]
    return Chart(
        lines=_pieces(points, xs, height),
        dots=tuple(dots),
        ticks=tuple((height(value), _shown(value)) for value in (low, (low + high) / 2, high)),
        labels=tuple((x, point.label) for x, point in list(zip(xs, points, strict=True))[::-every][::-1]),
        goal_y="" if goal is None else height(goal),
        words=_in_words([point for point in points if point.value is not None], goal, unit),
    )


def _scale(values: Sequence[float], unit: str) -> tuple[float, float]:
    """From where to where the axis goes: shares end at 100, and a single value still has room around it."""
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    room = (high - low) * 0.1 or max(abs(high) * 0.1, 1.0)
    low, high = max(low - room, 0.0) if low >= 0 else low - room, high + room
    return (low, min(high, 100.0) if unit.strip() == "%" and high - room <= 100 else high)


def _pieces(
    points: Sequence[ChartPoint], xs: Sequence[str], height: Callable[[float], str]
) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for x, point in zip(xs, points, strict=True):
        if point.value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{x},{height(point.value)}")
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


def _in_words(known: Sequence[ChartPoint], goal: float | None, unit: str) -> str:
    if not known:
        return "chưa có số"
    first, last = known[0], known[-1]
    told = f"{first.label}: {first.words}"
    told += f"; {last.label}: {last.words}" if last is not first else ""
    return told if goal is None else f"{told}; mục tiêu {_shown(goal)}{unit}"


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
