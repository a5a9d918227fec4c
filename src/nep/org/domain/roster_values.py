"""Cells as offices fill them in, read as the values that people mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from nep.org.domain.postings import YOUNGEST
from nep.org.domain.roster_findings import Value

OLDEST = 100
_DAY = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_DAY_IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})", re.IGNORECASE)
_EXCEL_BEGINS = date(1899, 12, 30)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))


class Unreadable(ValueError):
    """A cell that cannot be meant; the text is the Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was written; `only_year` when nothing else stood there."""

    day: date
    only_year: bool = False
    from_number: bool = False


def tidy(value: Value) -> str:
    """A cell as text: composed Unicode, single blanks, nothing unseen."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = value if isinstance(value, str) else str(value)
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())


def name_in_case(name: str) -> str:
    """A name typed all in capitals or all in small letters, with a capital for each word.

    >>> name_in_case("NGUYỄN VĂN AN"), name_in_case("Lê Thị K'Rể")
    ('Nguyễn Văn An', "Lê Thị K'Rể")
    """
    if not (name.isupper() or name.islower()) or len(name) < 2:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), name)


def check_name(name: str) -> None:
    """Refuse what is no name of a person.

    Raises: Unreadable.
    """
    if len(name) > 200:
        raise Unreadable("Họ tên dài quá 200 chữ.")
    if any(char.isdigit() for char in name):
        raise Unreadable(f"Họ tên “{name}” có chữ số.")
    if not any(char.isalpha() for char in name):
        raise Unreadable(f"“{name}” không phải họ tên.")


def read_code(value: Value, longest: int = 40) -> str:
    """A code of a person or unit; a number becomes its digits.

    Raises: Unreadable.
    """
    if isinstance(value, float | bool | date):
        raise Unreadable(f"Mã “{tidy(value)}” không hợp lệ. Đặt ô ở dạng văn bản (Text) rồi nhập lại mã.")
    code = tidy(value)
    if len(code) > longest:
        raise Unreadable(f"Mã dài quá {longest} ký tự.")
    return code


def read_email(value: Value) -> str:
    """An address in small letters.

    Raises: Unreadable.
    """
    email = tidy(value).lower().removeprefix("mailto:")
    if not _EMAIL.fullmatch(email) or len(email) > 254 or ".." in email:
        raise Unreadable(f"“{tidy(value)}” không phải địa chỉ thư điện tử.")
    return email


def read_birth(value: Value, today: date) -> Day:
    """A day of birth: a day of Excel, 2/5/1980, 2.5.80, 1980, or in words.

    Raises: Unreadable when there is no such day, or nobody who works was born on it.
    """
    found = _read_day(value, today)
    age = today.year - found.day.year - ((today.month, today.day) < (found.day.month, found.day.day))
    if found.day > today:
        raise Unreadable(f"Ngày sinh {found.day:%d/%m/%Y} ở tương lai.")
    if not YOUNGEST <= age <= OLDEST:
        raise Unreadable(f"Sinh ngày {found.day:%d/%m/%Y}, tức {age} tuổi: xem lại.")
    return found


def _read_day(value: Value, today: date) -> Day:
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _day_of_number(value)
    text = tidy(value)
    if found := _YEAR.fullmatch(text):
        return _day_of_number(int(found[1]))
    if found := _ISO_DAY.fullmatch(text):
        return Day(_day(int(found[1]), int(found[2]), int(found[3])))
    if found := _DAY.fullmatch(text) or _DAY_IN_WORDS.fullmatch(text):
        return Day(_day(_full_year(found[3], today), int(found[2]), int(found[1])))
    if text.isdecimal() and len(text) <= 6:
        return _day_of_number(int(text))
    raise Unreadable(f"Không đọc được ngày “{text}”. Ghi theo dạng ngày/tháng/năm, ví dụ 02/05/1980.")


def _day_of_number(number: int) -> Day:
    """A year, or the count of days by which Excel stores a day."""
    if 1900 <= number <= 2100:
        return Day(date(number, 1, 1), only_year=True)
    if 3_000 <= number <= 80_000:
        return Day(_EXCEL_BEGINS + timedelta(days=number), from_number=True)
    raise Unreadable(f"Số {number} không phải ngày. Ghi theo dạng ngày/tháng/năm, ví dụ 02/05/1980.")


def _full_year(written: str, today: date) -> int:
    """Two digits name the last such year in which a person of working age was born."""
    if len(written) == 4:
        return int(written)
    year = today.year - today.year % 100 + int(written)
    return year if year <= today.year - YOUNGEST else year - 100


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        swapped = month > 12 and day <= 12
        hint = " Ghi ngày trước, tháng sau." if swapped else ""
        raise Unreadable(f"Không có ngày {day:02d}/{month:02d}/{year}.{hint}") from None
