"""A plan of our own writing, with a number that jumps, a unit that nobody knows and a date to be found."""

from __future__ import annotations

from datetime import UTC, datetime

from nep.documents.domain.intake import open_bytes
from nep.documents.models import Document, Reading, ReviewItem
from nep.documents.services.intake import Arrival, receive_document
from nep.documents.services.reading import keep_reading, read_text
from tests.factories.province import Province

AT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)

PLAN = """ỦY BAN NHÂN DÂN TỈNH VÂN LĨNH

Số: 41/KH-UBND

Vân Lĩnh, ngày 09 tháng 02 năm 2026

KẾ HOẠCH

Xây dựng nếp chào hỏi nơi công sở giai đoạn 2026-2028

Thực hiện Kế hoạch số 12/KH-BNV ngày 05/01/2026 của Bộ Nội vụ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

1. 90% công chức, viên chức được tập huấn cách đón tiếp người dân.

II. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ chủ trì, phối hợp với Sở Y tế biên soạn sổ tay đón tiếp, hoàn thành trước ngày 31/3/2026.

2. Sở Cơ khí in và phát sổ tay đến từng bàn tiếp dân.

4. Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Nội vụ trước ngày 15/12 hằng năm.

Nơi nhận:
- Sở Nội vụ;
- UBND các xã, phường.
"""
PARENT = """BỘ NỘI VỤ

Số: 12/KH-BNV

Hà Nội, ngày 05 tháng 01 năm 2026

KẾ HOẠCH

Đổi mới cách tiếp dân

Các sở tổ chức một buổi trao đổi về cách tiếp dân trước ngày 30/6/2026.
"""


def arrival(text: str = PLAN, name: str = "ke-hoach-41.txt") -> Arrival:
    """A text file as it comes in."""
    content = text.encode()
    return Arrival(name, content, open_bytes(content, name=name))


def received(province: Province, text: str = PLAN, name: str = "ke-hoach-41.txt") -> Document:
    """A document in the store of the province."""
    return receive_document(
        arrival(text, name), actor=province.actor("ubnd-officer"), unit=province.units["UBND"], at=AT
    )


def reading_of(province: Province, text: str = PLAN, name: str = "ke-hoach-41.txt") -> Reading:
    """A document received and read."""
    actor = province.actor("ubnd-officer")
    document = received(province, text, name)
    return keep_reading(document.pk, read_text(document, actor=actor), actor=actor, at=AT)


def the(reading: Reading, field: str, words: str = "") -> ReviewItem:
    """The item of a field whose value holds some words."""
    return next(item for item in reading.items.filter(field=field) if words in str(item.value))
