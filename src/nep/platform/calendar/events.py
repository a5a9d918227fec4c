"""What the trail tells about the calendar."""

from nep.platform.audit.events import event

DAYS_ADDED = event(
    "calendar_days.added",
    "{actor} ghi {days} là {said}, “{name}”; dời {deadlines} hạn đang chạy của {units} đơn vị.",
)
DAY_TAKEN_BACK = event(
    "calendar_days.taken_back",
    "{actor} bỏ {said} {days}, “{name}”; dời {deadlines} hạn đang chạy của {units} đơn vị.",
)
