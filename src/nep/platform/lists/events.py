"""What the trail tells about lists."""

from nep.platform.audit.events import READING, event

EXPORTED = event("lists.exported", "{actor} tải {count} dòng của danh sách “{title}” ra Excel.", keep=READING)
