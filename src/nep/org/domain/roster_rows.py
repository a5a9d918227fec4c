"""Rows of a staff file as the people they speak of; what cannot be read becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar

from nep.kernel.legacy import Legacy, legacy_of, signs_of, to_unicode
from nep.kernel.vietnamese import fold
from nep.org.domain.roster_findings import WHOLE_FILE, Findings, Option, Question, Row, Value
from nep.org.domain.roster_values import (
    Unreadable,
    check_name,
    name_in_case,
    read_birth,
    read_code,
    read_email,
    tidy,
)

T = TypeVar("T")
LEGACY = "legacy"
CONVERT, KEEP = "convert", "keep"
_KIND_WORDS = {
    "can_bo": ("can bo", "cb"),
    "cong_chuc": ("cong chuc", "cc", "cong chuc xa", "cong chuc cap xa"),
    "vien_chuc": ("vien chuc", "vc", "vien chuc quan ly"),
    "hop_dong": (
        "hop dong",
        "hop dong lao dong",
        "lao dong hop dong",
        "nguoi lao dong hop dong",
        "nguoi lao dong",
        "hd",
        "hdld",
        "ldhd",
    ),
    "khac": ("khac",),
}
# Ranks tell the standing too: those of officials, and those of teaching, medicine and the like.
_RANKS = {
    "cong_chuc": ("chuyen vien", "can su", "thanh tra vien", "kiem tra vien", "ke toan vien", "van thu"),
    "vien_chuc": ("giao vien", "giang vien", "bac si", "duoc si", "dieu duong", "ho sinh", "y si"),
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What one row says; empty text where it says nothing."""

    number: int
    code: str
    code_is_number: bool
    name: str
    kind: str
    born_on: date | None
    only_year: bool
    email: str
    position: str
    unit_code: str
    unit: str
    readable: bool = True


def in_unicode(rows: Sequence[Row], answers: Mapping[str, str], findings: Findings) -> Callable[[str], str]:
    """How texts of the file are to be read: as they are, or converted when the person has said so.

    Asks when the file seems typed for an old font; until the answer is there texts stay as they are.
    """
    texts = [value for row in rows for value in row.values.values() if isinstance(value, str)]
    legacy = legacy_of(texts)
    if legacy is None:
        return lambda text: text
    beyond = [text for text in texts if not text.isascii()]
    doubtful = [text for text in beyond if signs_of(text).likely]
    examples = tuple((text, to_unicode(text, legacy)) for text in list(dict.fromkeys(doubtful))[:5])
    answer = findings.ask(
        Question(
            LEGACY,
            f"{len(doubtful):,} ô có vẻ gõ bằng bảng mã cũ {legacy}. Chuyển sang Unicode?".replace(",", "."),
            (Option(CONVERT, f"Chuyển từ {legacy} sang Unicode"), Option(KEEP, "Giữ nguyên như trong tệp")),
            examples,
        ),
        answers,
        WHOLE_FILE,
    )
    if answer != CONVERT:
        return lambda text: text
    # Where most of the file is old text, words that look like Unicode by chance are old text too.
    return _converter(legacy, all_of_it=len(doubtful) * 2 >= len(beyond))


def _converter(legacy: Legacy, *, all_of_it: bool) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if text.isascii():
            return text
        signs = signs_of(text)
        return to_unicode(text, legacy) if signs.likely or (all_of_it and not signs.unicode) else text

    return convert


class RowReader:
    """Reads rows one by one; remarks that hold for many rows are told once."""

    def __init__(self, findings: Findings, convert: Callable[[str], str], today: date) -> None:
        self.findings, self.convert, self.today = findings, convert, today
        self.kind_of = cache(kind_of)

    def read(self, row: Row) -> StaffRow:
        """What the row says."""
        before = len(self.findings.rows)
        code = row.values.get("code")
        born = self._read(row, "born", lambda value: read_birth(value, self.today))
        if born and born.only_year:
            self.findings.tally(
                row.number, "born", "Chỉ có năm sinh nên ghi ngày 01/01", f"{born.day:%d/%m/%Y}"
            )
        if born and born.from_number:
            self.findings.tally(
                row.number, "born", "Ngày ghi thành số của Excel được đọc lại", f"{born.day:%d/%m/%Y}"
            )
        told = StaffRow(
            number=row.number,
            code=self._read(row, "code", read_code) or "",
            code_is_number=isinstance(code, int),
            name=self._name(row),
            kind=self._kind(row),
            born_on=born.day if born else None,
            only_year=bool(born and born.only_year),
            email=self._read(row, "email", read_email) or "",
            position=self._text(row, "position")[:200],
            unit_code=self._read(row, "unit_code", read_code) or "",
            unit=self._text(row, "unit") or self.convert(tidy(row.band)),
        )
        return told if len(self.findings.rows) == before else replace(told, readable=False)

    def _read(self, row: Row, key: str, read: Callable[[Value], T]) -> T | None:
        value = row.values.get(key)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except Unreadable as error:
            self.findings.error(row.number, key, str(error))
            return None

    def _text(self, row: Row, key: str) -> str:
        written = row.values.get(key)
        text = tidy(written)
        converted = self.convert(text)
        return converted if converted is text else tidy(converted)

    def _name(self, row: Row) -> str:
        written = row.values.get("name") or " ".join(
            part for key in ("family", "given") if (part := tidy(row.values.get(key)))
        )
        text = tidy(written)
        if not text:
            self.findings.error(row.number, "name", "Thiếu họ và tên.")
            return ""
        self._tell_tidied(row.number, written, text)
        converted = tidy(self.convert(text))
        if converted != text:
            self.findings.tally(row.number, "name", "Đã chuyển sang Unicode", f"“{text}” thành “{converted}”")
        name = name_in_case(converted)
        if name != converted:
            self.findings.tally(
                row.number, "name", "Viết lại chữ hoa, chữ thường", f"“{converted}” thành “{name}”"
            )
        try:
            check_name(name)
        except Unreadable as error:
            self.findings.error(row.number, "name", str(error))
        return name

    def _tell_tidied(self, number: int, written: Value, text: str) -> None:
        if not isinstance(written, str) or written == text:
            return
        if " ".join(written.split()) != written:
            self.findings.tally(number, "name", "Bỏ khoảng trắng thừa", f"“{text}”")
        else:
            self.findings.tally(number, "name", "Dấu rời được ghép thành chữ (Unicode dựng sẵn)", f"“{text}”")

    def _kind(self, row: Row) -> str:
        text = self._text(row, "kind")
        if not text:
            return ""
        kind, by_rank = self.kind_of(text)
        if not kind:
            known = "Cán bộ, Công chức, Viên chức, Người lao động hợp đồng, Khác"
            self.findings.error(row.number, "kind", f"Không rõ đối tượng “{text}”. Ghi một trong: {known}.")
        elif by_rank:
            self.findings.tally(row.number, "kind", "Suy đối tượng từ ngạch", f"“{text}”")
        return kind


def kind_of(text: str) -> tuple[str, bool]:
    """The standing that a text names, and whether it was told from a rank; empty when unknown.

    >>> kind_of("VC"), kind_of("Chuyên viên chính"), kind_of("Hợp đồng 111")
    (('vien_chuc', False), ('cong_chuc', True), ('hop_dong', False))
    """
    folded = fold(text)
    for kind, words in _KIND_WORDS.items():
        if folded in words or any(" " in word and folded.startswith(f"{word} ") for word in words):
            return kind, False
    for kind, ranks in _RANKS.items():
        if any(folded == rank or folded.startswith(f"{rank} ") for rank in ranks):
            return kind, True
    return "", False
