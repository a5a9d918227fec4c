"""What a verification finds, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Of one event.
CHANGED = "changed"
REHASHED = "rehashed"
MISSING = "missing"
INSERTED = "inserted"
REMOVED_EARLY = "removed_early"
# Of seals, told as spans.
SEAL_MISSING = "seal_missing"
SEAL_CHANGED = "seal_changed"
BROKEN = "broken"
BATCH = "batch"
UNSIGNED = "unsigned"
FOREIGN_KEY = "foreign_key"
RECOMPUTED = "recomputed"
CUT_TAIL = "cut_tail"
# Of the whole.
BAD_HEADS = "bad_heads"
REMOVAL_UNTOLD = "removal_untold"
BAD_BUNDLE = "bad_bundle"

OF_EVENTS: Mapping[str, str] = {
    CHANGED: "Sự kiện {event} đã bị sửa: nội dung không khớp mã băm của chính nó.",
    REHASHED: "Sự kiện {event} đã bị sửa và tính lại mã băm: không khớp dấu niêm phong số {seal}.",
    MISSING: "Sự kiện {event} đã bị xóa: dấu niêm phong số {seal} còn ghi mã băm của nó.",
    INSERTED: "Sự kiện {event} bị chèn vào sau: số của nó đã qua mốc niêm phong mà không dấu nào ghi nó.",
    REMOVED_EARLY: "Sự kiện {event} bị bỏ khi chưa đến hạn: được niêm phong sau mốc bỏ.",
}
OF_SEALS: Mapping[str, str] = {
    SEAL_MISSING: "Thiếu dấu niêm phong {span}.",
    SEAL_CHANGED: "Dấu niêm phong {span} đã bị sửa: không khớp mã băm của chính nó.",
    BROKEN: "Chuỗi đứt tại dấu niêm phong {span}: không nối với dấu đứng trước.",
    BATCH: "Danh sách mã băm trong dấu niêm phong {span} đã bị sửa, thêm hoặc bớt.",
    UNSIGNED: "Chữ ký của dấu niêm phong {span} không đúng: chuỗi đã bị tính lại mà không có khóa.",
    FOREIGN_KEY: "Dấu niêm phong {span} do khóa lạ ký: chuỗi đã bị tính lại bằng khóa khác.",
    RECOMPUTED: "Dấu niêm phong {span} khác với đầu chuỗi đã xuất: chuỗi đã bị tính lại từ đó.",
    CUT_TAIL: "Đuôi nhật ký bị cắt: đã xuất đầu chuỗi của dấu niêm phong {span} mà nay không còn.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed; `event` or the seals `first` to `last` where it names one."""

    code: str
    sentence: str
    event: int | None = None
    seal: int | None = None
    last_seal: int | None = None

    def plain(self) -> dict[str, Any]:
        """For JSON, without what is empty."""
        named = {"event": self.event, "seal": self.seal, "last_seal": self.last_seal}
        told = {name: value for name, value in named.items() if value is not None}
        return {"code": self.code, "sentence": self.sentence} | told


def of_event(code: str, event: int, seal: int | None = None) -> Finding:
    """A finding about one event."""
    return Finding(code, OF_EVENTS[code].format(event=event, seal=seal), event=event, seal=seal)


def of_seals(code: str, numbers: Iterable[int]) -> Iterator[Finding]:
    """Findings about seals, one for each unbroken span of numbers."""
    for first, last in spans(numbers):
        span = f"số {first}" if first == last else f"từ số {first} đến số {last}"
        yield Finding(code, OF_SEALS[code].format(span=span), seal=first, last_seal=last)


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Unbroken spans of ascending numbers."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last


@dataclass(slots=True)
class Report:
    """What a verification read, found, and cannot know.

    `removed` are events that retention took, `waiting` those not sealed yet, the oldest of them of
    `waiting_since`, `withheld` those that a partial export does not hold.
    """

    rows: int = 0
    seals: int = 0
    removed: int = 0
    waiting: int = 0
    waiting_since: str = ""
    withheld: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "intact": self.intact,
            "rows": self.rows,
            "seals": self.seals,
            "removed_by_retention": self.removed,
            "waiting": self.waiting,
            "waiting_since": self.waiting_since or None,
            "withheld": self.withheld,
            "findings": [finding.plain() for finding in self.findings],
            "notes": self.notes,
        }

    def lines(self, most: int = 50) -> Iterator[str]:
        """In sentences, the findings first; at most so many of them."""
        for finding in self.findings[:most]:
            yield f"SAI   {finding.sentence}"
        if len(self.findings) > most:
            yield f"SAI   … và {len(self.findings) - most} điều nữa."
        for note in self.notes:
            yield f"LƯU Ý {note}"
        counted = f"{self.rows} sự kiện trong {self.seals} dấu niêm phong"
        if self.removed:
            counted += f", {self.removed} sự kiện đã bỏ đúng hạn lưu giữ (mã băm còn giữ)"
        yield f"Đã kiểm tra {counted}."
        yield (
            "Nhật ký nguyên vẹn trong phạm vi đã kiểm tra."
            if self.intact
            else (f"NHẬT KÝ KHÔNG CÒN NGUYÊN VẸN: {len(self.findings)} điều sai.")
        )
