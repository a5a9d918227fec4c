"""The rows of the one table in a workbook: without titles, totals, group headings and signatures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import fold
from nep.platform.imports.book import Book, Sheet, Value
from nep.platform.imports.headings import Column, Heading, find_heading

MAX_FILLED = 2_000_000
"""Most cells into which merged ranges may be filled: real files have thousands."""

_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|cộng|tổng|ấn định danh sách|danh sách (?:này )?(?:gồm )?có)(?:[\s:.,\d]|$)"
)
_TOTAL_FOLDED = frozenset({"tong cong", "tong so", "cong", "tong"})
_SIGNATURE = re.compile(
    r"noi nhan|nguoi lap|nguoi tong hop|thu truong|giam doc|hieu truong|chu tich|truong phong|chanh van phong"
    r"|ky ten|ky ghi ro|tm |kt |tl |tuq |q |ngay \d* ?thang|xac nhan cua|\w[\w ]* ngay \d* ?thang \d* ?nam"
)
_ORDINAL = re.compile(r"(?:[ivxlc]+|[a-z]|\d+(?:\.\d+)*)[.)]?", re.IGNORECASE)
_COUNTED = re.compile(r"[(\[]?(?:\d{1,2}|[a-z])[)\]]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the headings: its number as Excel shows it, its values by the key of the column.

    `band` is the last group heading above it ("I. Phòng Tổ chức").
    """

    number: int
    values: Mapping[str, Value]
    band: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The table that was found; `skipped` says which rows were passed over and why, in words for people."""

    sheet: str
    heading: Heading
    rows: tuple[TableRow, ...]
    skipped: tuple[tuple[int, str], ...]
    other_sheets: tuple[str, ...]


def find_table(book: Book, wanted: Sequence[Column], needed: Sequence[tuple[str, ...]] = ()) -> Table:
    """The rows of the sheet whose headings fit best; the first such sheet when several do.

    Of each tuple in `needed` the sheet must have one column.

    Raises: RuleError when no sheet has such headings, one that is needed is missing, or no rows follow.
    """
    fitting = [(sheet, heading) for sheet in book.sheets if (heading := find_heading(sheet, wanted))]
    if not fitting:
        looked_for = ", ".join(f"“{column.label}”" for column in wanted[:4])
        raise RuleError(
            f"Không tìm thấy dòng tiêu đề có các cột như {looked_for}. Dùng tệp mẫu hoặc sửa tên cột."
        )
    sheet, heading = max(fitting, key=lambda found: len(found[1].columns))
    for keys in needed:
        if not set(keys) & heading.columns.keys():
            missing = next(column.label for column in wanted if column.key == keys[0])
            raise RuleError(f"Trang tính “{sheet.name}” thiếu cột “{missing}”. Thêm cột rồi tải lên lại.")
    others = tuple(other.name for other, _ in fitting if other is not sheet)
    rows, skipped = _Body(sheet, heading, wanted).read()
    if not rows:
        raise RuleError(f"Trang tính “{sheet.name}” có tiêu đề cột nhưng không có dòng dữ liệu nào.")
    return Table(sheet.name, heading, tuple(rows), tuple(skipped), others)


class _Body:
    """The part of a sheet below its headings."""

    def __init__(self, sheet: Sheet, heading: Heading, wanted: Sequence[Column]) -> None:
        self.sheet, self.heading = sheet, heading
        self.joined = {column.key for column in wanted if column.joins}
        self.mapped = {at for columns in heading.columns.values() for at in columns}
        self.titles = {text.casefold() for text in heading.texts.values()}
        self.filled = self._filled_by_merges()

    def read(self) -> tuple[list[TableRow], list[tuple[int, str]]]:
        """The rows of people or units, and the rows passed over."""
        rows: list[TableRow] = []
        skipped: list[tuple[int, str]] = []
        band, last = "", self._last_full_row()
        for at in range(self.heading.bottom + 1, len(self.sheet.rows)):
            texts = self._texts(at)
            if not texts:
                continue
            if at == self.heading.bottom + 1 and _only_counts(texts):
                continue
            if at > last and self._is_signature(texts):
                skipped.append((at + 1, "phần ký tên ở cuối"))
                break
            if why := self._passed_over(texts):
                skipped.append((at + 1, why))
            elif told := self._band(texts):
                band = told
            elif values := self._values(at):
                rows.append(TableRow(at + 1, values, band))
        return rows, skipped

    def _filled_by_merges(self) -> dict[tuple[int, int], Value]:
        """Values that a merged cell spreads over the rows below it."""
        filled: dict[tuple[int, int], Value] = {}
        for merge in self.sheet.merges:
            if merge.left not in self.mapped or merge.top <= self.heading.bottom:
                continue
            bottom = min(merge.bottom, len(self.sheet.rows) - 1)
            if len(filled) + bottom - merge.top > MAX_FILLED:
                raise RuleError("Tệp có quá nhiều ô trộn. Bỏ trộn ô (Unmerge) rồi tải lên lại.")
            value = self.sheet.at(merge.top, merge.left)
            for row in range(merge.top + 1, bottom + 1):
                filled[row, merge.left] = value
        return filled

    def _values(self, row: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        own = False
        for key, columns in self.heading.columns.items():
            found = []
            for column in columns:
                written = self.sheet.at(row, column)
                own |= written is not None and not _blank(written)
                value = self.filled.get((row, column)) if written is None else written
                if value is not None and not _blank(value):
                    found.append(value)
            if found:
                several = key in self.joined and len(found) > 1
                values[key] = " ".join(str(value).strip() for value in found) if several else found[0]
        return values if own else {}

    def _texts(self, row: int) -> list[str]:
        return [str(cell).strip() for cell in self.sheet.rows[row] if cell is not None and not _blank(cell)]

    def _last_full_row(self) -> int:
        """The last row with values in most of the recognised columns: nothing above it is a signature."""
        needed = max(2, (len(self.mapped) + 1) // 2)
        for row in range(len(self.sheet.rows) - 1, self.heading.bottom, -1):
            if sum(self.sheet.at(row, column) is not None for column in self.mapped) >= needed:
                return row
        return self.heading.bottom

    def _passed_over(self, texts: list[str]) -> str:
        words = [text for text in texts if not _is_number(text)]
        first = unicodedata.normalize("NFC", words[0]).casefold() if words else ""
        if len(words) == 1 and (_TOTAL.match(first) or fold(first) in _TOTAL_FOLDED):
            return "dòng tổng cộng"
        same = sum(" ".join(text.split()).casefold() in self.titles for text in words)
        return "tiêu đề cột lặp lại" if same >= 2 else ""

    def _is_signature(self, texts: list[str]) -> bool:
        return len(texts) <= 4 and any(_SIGNATURE.match(fold(text)) for text in texts)

    def _band(self, texts: list[str]) -> str:
        """The text of a group heading: alone in its row, or behind its ordinal."""
        if len(texts) == 1 and not _is_number(texts[0]):
            alone = texts[0]
        elif len(texts) == 2 and _ORDINAL.fullmatch(texts[0]) and not texts[0].isdecimal():
            alone = texts[1]
        else:
            return ""
        return re.sub(r"^(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.)]\s+", "", " ".join(alone.split()))


def _blank(value: Value) -> bool:
    return isinstance(value, str) and not value.strip()


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s%/()-]+", text))


def _only_counts(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    return len(texts) >= 2 and all(_COUNTED.fullmatch(text) for text in texts)
