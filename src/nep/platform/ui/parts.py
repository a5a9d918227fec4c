"""Value types that views hand to components."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """An entry of the rail; `count` is what waits there for the reader, `current` where the reader is."""

    label: str
    icon: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class Tab:
    """One tab; `count` stands behind the label when given."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    """A step of the place line; the last one has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a journey; a finished step may link back."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """One sentence of a time line: when, what happened, why, where to read more."""

    when: datetime
    sentence: str
    reason: str = ""
    url: str = ""


@dataclass(frozen=True)
class BarPart:
    """A part of a state bar. Tones: 1 to 5, bad, quiet, empty."""

    word: str
    count: int
    tone: str
    url: str = ""


@dataclass(frozen=True)
class BarLine:
    """A state bar with its own label, for bars one under the other."""

    label: str
    parts: tuple[BarPart, ...]


@dataclass(frozen=True)
class Tile:
    """A unit on the tile map; `tone` is empty when the unit has not reported.

    Without a row and a column it takes the next place: for units of which nobody laid out a map.
    """

    code: str
    name: str
    value: str
    url: str
    row: int = 0
    column: int = 0
    tone: str = "empty"
    alarm: bool = False


@dataclass(frozen=True)
class ChartPoint:
    """One period of a line: `value` on the scale (None: nobody told anything), and what is said of it."""

    label: str
    value: float | None
    words: str
    url: str = ""


@dataclass(frozen=True)
class RankBar:
    """A unit in a ranking: its place (None: no figure), its figure, how long its bar is (0 to 100).

    `here` marks the unit that the page is about; `gap` says what is left out before it.
    """

    name: str
    words: str
    place: int | None
    share: int = 0
    url: str = ""
    figure_url: str = ""
    base: str = ""
    here: bool = False
    gap: str = ""


@dataclass(frozen=True)
class LegendKey:
    """A colour of a chart in words."""

    tone: str
    words: str
    alarm: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule of conduct with its stable number."""

    code: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Choice:
    """An option of a picker."""

    value: str
    label: str


@dataclass(frozen=True)
class Fact:
    """A line of a summary list; `url` makes the value a link."""

    term: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A key of a page and what it does, for the list of shortcuts."""

    key: str
    words: str


@dataclass(frozen=True)
class ErrorLine:
    """A line of the error summary: what is wrong and the id of the field."""

    words: str
    target: str = ""
