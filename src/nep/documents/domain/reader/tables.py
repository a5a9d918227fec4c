"""Tables of activities: which cells stand in one row, and what the head of a column says of a cell.

A table is found in the original, where a row is one line with tabs or bars between its cells. Only a table
whose head names the work and who does it or when is read: letterheads and signatures are set in rows too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

# What a column holds, by the words at its top; the first pattern that fits decides.
_KINDS = tuple((kind, re.compile(words)) for kind, words in (
    ("number", r"^(?:stt|tt|số tt|số thứ tự|#|no\.?)$"),
    ("cooperate", r"phối hợp|tham gia"),
    ("lead", r"chủ trì|chịu trách nhiệm chính|đầu mối|chủ quản"),
    ("limit", r"hoàn thành|thời hạn|hạn (?:chót|cuối|nộp|xong)|^hạn"),
    ("time", r"thời gian|tiến độ|thời điểm|lịch|kỳ báo cáo|^ngày"),
    ("product", r"sản phẩm|kết quả|minh chứng|đầu ra|căn cứ đánh giá|hồ sơ"),
    ("goal", r"^(?:các )?(?:chỉ tiêu|mục tiêu)"),
    ("work", r"^(?:các |tên )?(?:nội dung|nhiệm vụ|công việc|hoạt động|đầu việc|phần việc|việc|giải pháp)"),
    ("execute", r"thực hiện|phụ trách|trách nhiệm|phân công|đơn vị|cơ quan|bộ phận|tham mưu"),
))  # fmt: skip
WHO = frozenset({"lead", "cooperate", "execute"})
WHEN = frozenset({"time", "limit"})
_GROUP_NUMBER = re.compile(r"[IVXLC]+|[A-HĐ]")
_RULE = re.compile(r"[-:|+= \t]+$")
_CLEAN = re.compile(r"[*_`\s]+")
# Rows whose cells stand on lines of their own may part a table; a head applies no farther below them.
_FARTHEST = 40
_INNER = re.compile(r"\S[^\t\n]*\t")


@dataclass(frozen=True)
class Row:
    """One row of a table of activities, in places of the original.

    `edges` are the marks between its cells; `kinds` tell for each column what it holds: number, work, goal,
    lead, cooperate, execute, time, limit (by when), product or "".
    """

    start: int
    end: int
    edges: tuple[int, ...]
    kinds: tuple[str, ...]
    is_head: bool

    def kind_at(self, place: int) -> str:
        """What the column holds in which a place of the original stands."""
        column = bisect_left(self.edges, place)
        return self.kinds[column] if column < len(self.kinds) else ""

    def is_group(self, original: str) -> bool:
        """Whether the row only names the rows below it: "I. Công tác chỉ đạo", or words in capitals."""
        number, work = self.span("number"), self.span("work")
        if work is None:
            return False
        words = original[slice(*work)].strip()
        told = original[slice(*number)].strip(" .") if number else ""
        filled = sum(bool(cell.strip()) for cell in re.split(r"[\t|]", original[self.start : self.end]))
        return filled <= 2 and (words.isupper() or bool(_GROUP_NUMBER.fullmatch(told)))

    def span(self, kind: str) -> tuple[int, int] | None:
        """The first cell of a kind, or None."""
        if kind not in self.kinds:
            return None
        column = self.kinds.index(kind)
        borders = [self.start - 1, *self.edges, self.end]
        return (borders[column] + 1, borders[column + 1]) if column + 1 < len(borders) else None


def find_rows(original: str) -> tuple[Row, ...]:
    """The rows of all tables of activities, heads included, in reading order."""
    if "\t" not in original and original.count("|") < 4:
        return ()
    found: list[Row] = []
    kinds: tuple[str, ...] = ()
    since = 0
    start = 0
    for line in original.split("\n"):
        end = start + len(line)
        edges = _edges(line, start)
        head = _head_kinds(line) if len(edges) >= 2 else ()
        if head:
            kinds, since = head, 0
            found.append(Row(start, end, edges, kinds, True))
        elif kinds and edges and _belongs(line, len(edges), len(kinds) - 1, since):
            if not _RULE.match(line):
                found.append(Row(start, end, edges, kinds, False))
            since = 0
        else:
            since += 1
            kinds = kinds if since < _FARTHEST else ()
        start = end + 1
    return tuple(found)


def _belongs(line: str, edges: int, most: int, since: int) -> bool:
    """Whether a line goes on with the table whose head has `most` edges, `since` other lines ago.

    Bars stand in every row alike; behind tabs the empty cells at the end of a row may be missing.
    """
    if "\t" not in line:
        return edges == most
    return edges <= most and (since == 0 or edges >= max(2, most - 2))


def cells_parted(original: str, rows: tuple[Row, ...]) -> str:
    """The original with a bar for every tab between cells, of the same length."""
    if "\t" not in original:
        return original
    starts = {row.start for row in rows}
    lines, at = [], 0
    for line in original.split("\n"):
        inner = len(_INNER.findall(line))
        is_row = at in starts or (inner and line.rstrip().count("\t") >= 2)
        at += len(line) + 1
        lines.append(line.replace("\t", "|") if is_row else line)
    return "\n".join(lines)


def _edges(line: str, start: int) -> tuple[int, ...]:
    mark = "\t" if "\t" in line.strip() else "|"
    if mark not in line:
        return ()
    return tuple(start + place for place, char in enumerate(line) if char == mark)


def _head_kinds(line: str) -> tuple[str, ...]:
    """What the columns of a head hold; nothing for any other row."""
    cells = re.split(r"[\t|]", line)
    if sum(len(cell.split()) for cell in cells) > 60:
        return ()
    kinds = tuple(_kind(_CLEAN.sub(" ", cell).strip().lower()) for cell in cells)
    told = set(kinds)
    names_work = "work" in told or "goal" in told
    return kinds if names_work and told & (WHO | WHEN) and _is_head(cells, kinds) else ()


def _is_head(cells: list[str], kinds: tuple[str, ...]) -> bool:
    """A head consists of short names, nearly all of them known."""
    filled = [(cell, kind) for cell, kind in zip(cells, kinds, strict=True) if cell.strip()]
    known = sum(bool(kind) for _, kind in filled)
    return known >= 2 and known * 3 >= len(filled) * 2 and all(len(cell.split()) <= 9 for cell, _ in filled)


def _kind(words: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), "") if words else ""
