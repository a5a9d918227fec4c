"""What a posting must be, by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nep.org.domain.spans import in_words


class PostingKind(StrEnum):
    """In which way somebody works in a unit; the values stand in the rows."""

    MAIN = "main"
    CONCURRENT = "concurrent"
    SECONDMENT = "secondment"
    ACTING = "acting"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A posting as it is asked for: from `first` on, `end` the first day without it, if any."""

    kind: str
    heads: bool
    first: date
    end: date | None
    unit: str
    in_authority: bool
    unit_first: date
    unit_end: date | None
    born_on: date | None
    has_main: bool


YOUNGEST = 15  # nobody works for the organisation before this age; catches mistyped years


def problem(wanted: Wanted) -> str:
    """The first thing that a posting breaks, in a sentence; empty when it may be written."""
    return _days(wanted) or _kind(wanted)


def _days(wanted: Wanted) -> str:
    first, end = wanted.first, wanted.end
    if end is not None and end <= first:
        return "Ngày thôi giữ phải sau ngày bắt đầu."
    if wanted.born_on is not None and first.year - wanted.born_on.year < YOUNGEST:
        return f"Ngày bắt đầu {first:%d/%m/%Y} quá gần ngày sinh {wanted.born_on:%d/%m/%Y}. Kiểm tra lại năm."
    if first < wanted.unit_first:
        return f"{wanted.unit} thành lập ngày {wanted.unit_first:%d/%m/%Y}, sau ngày bắt đầu của vị trí này."
    if wanted.unit_end is not None and first >= wanted.unit_end:
        return f"{wanted.unit} đã kết thúc từ ngày {wanted.unit_end:%d/%m/%Y}."
    if wanted.unit_end is not None and (end is None or end > wanted.unit_end):
        last = f"{wanted.unit_end:%d/%m/%Y}"
        return f"{wanted.unit} kết thúc từ ngày {last}; ghi ngày thôi giữ muộn nhất là ngày đó."
    return ""


def _kind(wanted: Wanted) -> str:
    if wanted.kind == PostingKind.SECONDMENT and wanted.end is None:
        return "Biệt phái phải có ngày kết thúc; hết ngày đó người biệt phái trở về đơn vị cử đi."
    if wanted.kind == PostingKind.SECONDMENT and not wanted.has_main:
        return "Biệt phái cần một vị trí chính thức ở đơn vị cử đi trong cùng thời gian."
    if wanted.kind == PostingKind.ACTING and not wanted.heads:
        return "Giao quyền, phụ trách chỉ dùng cho chức vụ đứng đầu đơn vị."
    if wanted.kind == PostingKind.MEMBER and wanted.in_authority:
        return "Thành viên chỉ dùng cho tổ chức công đoàn và tổ chức đảng."
    return ""


def overlap(name: str, unit: str, position: str, first: date | None, end: date | None, *, same: bool) -> str:
    """Why a posting collides with another one, with the days of the other one."""
    days = in_words(first, end)
    if same:
        return f"{name} đã có vị trí tại {unit} trong thời gian này: {position}, {days}."
    return (
        f"{name} đang giữ vị trí chính thức khác trong thời gian này: {position} tại {unit}, {days}. "
        "Ghi điều động, hoặc ghi thôi giữ vị trí đó trước."
    )


def headed(unit: str, head: str, position: str, first: date | None, end: date | None) -> str:
    """Why a unit cannot have a second head."""
    return (
        f"{unit} đã có người đứng đầu trong thời gian này: {head}, {position}, {in_words(first, end)}. "
        "Ghi người đó thôi giữ trước."
    )
