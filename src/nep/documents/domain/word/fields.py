"""What every administrative letter says outside its body, and how the decree wants it written."""

import re
from dataclasses import dataclass
from datetime import date

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"

_BLANK = " " * 6
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a letter: `symbol` is what stands after the stroke of the number ("KH-UBND").

    A number or date not yet given stays a blank to be filled in by hand.
    """

    organ: str
    symbol: str
    place: str
    parent: str | None = None
    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: in whose name ("TM. …", "KT. …") where it is not his own, in which office, called what."""

    title: str
    name: str | None = None
    authority: str | None = None


def one_line(text: str) -> str:
    """Put a text from data on one line, without the characters a Word file cannot hold."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def number_line(head: Letterhead) -> str:
    """Write number and symbol; below 10 with a zero before it.

    Source: Decree 30/2020/NĐ-CP, Appendix I, part I, section II, item 3.
    """
    number = one_line(head.number or "")
    if not number:
        return f"Số:{_BLANK}/{one_line(head.symbol)}"
    return f"Số: {number.zfill(2) if number.isdecimal() else number}/{one_line(head.symbol)}"


def date_line(head: Letterhead) -> str:
    """Write place and date; days below 10 and the months 1 and 2 with a zero before them.

    Source: Decree 30/2020/NĐ-CP, Appendix I, part I, section II, item 4.
    """
    place = one_line(head.place)
    if head.issued_on is None:
        return f"{place}, ngày{_BLANK}tháng{_BLANK}năm{_BLANK}".rstrip()
    day, month = head.issued_on.day, head.issued_on.month
    written_month = f"{month:02d}" if month < 3 else str(month)
    return f"{place}, ngày {day:02d} tháng {written_month} năm {head.issued_on.year}"


def ended(items: tuple[str, ...]) -> list[str]:
    """Write items of one list: each ends with a semicolon, the last with a full stop."""
    written = [line.rstrip(" ;.,") for line in map(one_line, items)]
    written = [line for line in written if line]
    return [f"{line};" for line in written[:-1]] + [f"{line}." for line in written[-1:]]
