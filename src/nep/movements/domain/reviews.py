"""What a review consists of, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass

INTERIM, FINAL = "interim", "final"
DAYS_TO_WRITE = 10  # working days for the narratives, unless the leading unit says otherwise


@dataclass(frozen=True, slots=True)
class Gathered:
    """What has come in for a review: narratives by state, examples, lessons, whether it is assessed."""

    narratives: int
    accepted: int
    waiting: int
    examples: int
    chosen: int
    lessons: int
    assessed: bool


def lacking(gathered: Gathered) -> tuple[str, ...]:
    """What is still lacking before the conclusion, in sentences; it does not forbid to conclude."""
    found = []
    silent = gathered.narratives - gathered.accepted - gathered.waiting
    if silent:
        found.append(f"{silent} đơn vị chưa gửi báo cáo.")
    if gathered.waiting:
        found.append(f"{gathered.waiting} báo cáo của đơn vị chờ xét.")
    if gathered.examples and not gathered.chosen:
        found.append(f"Chưa chọn điển hình nào trong {gathered.examples} đề cử.")
    if not gathered.lessons:
        found.append("Chưa ghi bài học nào.")
    if not gathered.assessed:
        found.append("Chưa viết đánh giá chung.")
    return tuple(found)
