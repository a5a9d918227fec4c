"""What a cell of a list holds: one value, shown on the page and written to a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from nep.platform.clock import local
from nep.platform.ui import formats
from nep.platform.ui.components.base import state
from nep.platform.ui.components.figures import square

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to a page, with a line of small words `under` them; without an address plain words."""

    text: str
    url: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A state: kind (good, warn, bad, quiet), word and icon together."""

    kind: str
    word: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that opens the rows behind it; `about` is spoken after it."""

    text: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a grid: kind (good, warn, bad, quiet, none), its words, where it leads, a short value."""

    kind: str
    words: str
    url: str = ""
    value: str = ""


Cell = str | int | date | datetime | Linked | Standing | Counted | Square | None


def shown(cell: Cell) -> SafeString:
    """A cell as the page shows it."""
    match cell:
        case Linked():
            return _linked(cell)
        case Standing():
            return state(kind=cell.kind, word=cell.word, icon_name=cell.icon)
        case Counted():
            return format_html(
                '<a class="nep-figure" href="{}" data-nep-drawer>{}<span class="nep-unseen"> {}</span></a>',
                cell.url,
                cell.text,
                cell.about,
            )
        case Square():
            return square(kind=cell.kind, label=cell.words, url=cell.url, value=cell.value)
    return conditional_escape(_words(cell))


def _linked(cell: Linked) -> SafeString:
    words = conditional_escape(cell.text)
    head = format_html('<a href="{}">{}</a>', cell.url, words) if cell.url else words
    return format_html('{}<span class="nep-under">{}</span>', head, cell.under) if cell.under else head


def _words(value: str | int | date | datetime | None) -> str:
    if isinstance(value, datetime):
        return formats.instant(local(value))
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int):
        return formats.whole_number(value)
    return value or NOTHING


def plain(cell: Cell) -> str | int | date | datetime:
    """A cell as a sheet keeps it: numbers and days as such, everything else in words."""
    match cell:
        case Linked():
            return f"{cell.text}\n{cell.under}" if cell.under else cell.text
        case Standing():
            return cell.word
        case Counted():
            return cell.text
        case Square():
            return cell.words if cell.kind != "none" else ""
        case datetime():
            return local(cell).replace(tzinfo=None)
        case None:
            return ""
    return cell
