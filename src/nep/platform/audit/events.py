"""Kinds of events: a code and the Vietnamese sentence that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

REGISTRY: dict[str, EventType] = {}

# Classes by which events are kept; how long each is kept is data, see `models.RetentionRule`.
BUSINESS = "business"
SECURITY = "security"
READING = "reading"
KEEPS = {
    BUSINESS: "việc đã làm trong phong trào và tổ chức",
    SECURITY: "đăng nhập, vai trò và quyền",
    READING: "việc đọc dữ liệu nhạy cảm",
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event; `sentence` names the facts it needs as {fields}, `{actor}` is always there."""

    code: str
    sentence: str
    keep: str = BUSINESS

    @property
    def fields(self) -> frozenset[str]:
        """The facts that the sentence needs."""
        named = {field for _, field, _, _ in Formatter().parse(self.sentence) if field}
        return frozenset(named - {"actor"})


def event(code: str, sentence: str, *, keep: str = BUSINESS) -> EventType:
    """Declare a kind of event and the class by which it is kept.

    Raises: ValueError when the code is taken or the class is unknown.
    """
    if code in REGISTRY:
        raise ValueError(f"event declared twice: {code}")
    if keep not in KEEPS:
        raise ValueError(f"unknown class: {keep}")
    return REGISTRY.setdefault(code, EventType(code, sentence, keep))


TRAIL_READ = event("audit.trail_read", "{actor} đọc nhật ký {what}.", keep=READING)
TRAIL_EXPORTED = event(
    "audit.trail_exported", "{actor} tải bản xuất có ký của nhật ký: {rows} mã băm.", keep=READING
)
EVENT_READ = event("audit.event_read", "{actor} đọc sự kiện số {number} trong nhật ký.", keep=READING)
EVENTS_REMOVED = event(
    "audit.events_removed",
    "{actor} bỏ {rows} sự kiện loại “{name}” đã quá hạn lưu giữ {years} năm, trước {day}.",
    keep=SECURITY,
)
RETENTION_SET = event(
    "audit.retention_set",
    "{actor} đặt hạn lưu giữ sự kiện loại “{name}” là {years} năm kể từ {day}; căn cứ: {source}.",
    keep=SECURITY,
)
