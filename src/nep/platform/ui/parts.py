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
    """A unit on the tile map; `tone` is empty when the unit has not reported."""

    code: str
    name: str
    value: str
    url: str
    row: int
    column: int
    tone: str = "empty"
    alarm: bool = False


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
