"""What may be done to the tree on a day, in the sentences that people read."""

from datetime import date

import pytest

from nep.org.domain.changes import Facts, Left, is_open, may_attach, may_close, may_stand_below
from nep.org.domain.tree import Span

JULY = date(2025, 7, 1)
LIFE = Span(date(2020, 1, 1))
COMMUNE = Facts("Xã Mường Khe", "authority", LIFE)
DISTRICT = Facts("Huyện Mường Lò", "authority", Span(date(2020, 1, 1), JULY))
UNION = Facts("Công đoàn xã Mường Khe", "union", LIFE)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (may_stand_below(COMMUNE, DISTRICT, Span(date(2024, 1, 1), JULY)), ""),
        (
            may_stand_below(COMMUNE, DISTRICT, Span(date(2024, 1, 1))),
            "Huyện Mường Lò đóng từ ngày 01/07/2025, trước khi thời gian ghi nhận kết thúc.",
        ),
        (
            may_stand_below(COMMUNE, DISTRICT, Span(JULY)),
            "Huyện Mường Lò chưa có hoặc đã đóng vào ngày 01/07/2025.",
        ),
        (
            may_stand_below(UNION, COMMUNE, Span(JULY)),
            "Công đoàn xã Mường Khe và Xã Mường Khe không cùng hệ thống, không thể là cấp dưới của nhau.",
        ),
        (may_attach(UNION, COMMUNE, Span(JULY)), ""),
        (
            may_attach(COMMUNE, DISTRICT, Span(JULY)),
            "Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền.",
        ),
        (
            is_open(Facts("Phòng Nội vụ", "authority", None), Span(JULY)),
            "Việc thành lập Phòng Nội vụ đã bị hủy ghi nhận.",
        ),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(decision: object, sentence: str) -> None:
    assert (bool(decision), decision.reason) == (sentence == "", sentence)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("unit", "on", "later", "left", "sentence"),
    [
        (COMMUNE, JULY, None, Left(), ""),
        (
            COMMUNE,
            date(2020, 1, 1),
            None,
            Left(),
            "Xã Mường Khe không hoạt động ngay trước ngày 01/01/2020 nên không thể đóng ngày này.",
        ),
        (
            DISTRICT,
            date(2024, 1, 1),
            None,
            Left(),
            "Huyện Mường Lò đã được ghi là đóng từ ngày 01/07/2025.",
        ),
        (
            COMMUNE,
            JULY,
            date(2025, 9, 1),
            Left(),
            "Đã có biến động của Xã Mường Khe ghi từ ngày 01/09/2025; hủy ghi nhận biến động đó trước.",
        ),
        (
            COMMUNE,
            JULY,
            None,
            Left(["Trường A", "Trường B"], ["Chi bộ C"], 3),
            "Xã Mường Khe còn 2 đơn vị trực thuộc (Trường A, Trường B), 1 tổ chức gắn với đơn vị (Chi bộ C), "
            "3 người đang giữ vị trí công tác: chọn nơi tiếp nhận trước khi đóng.",
        ),
        (
            COMMUNE,
            JULY,
            None,
            Left([f"Trường {number}" for number in range(1, 8)]),
            "Xã Mường Khe còn 7 đơn vị trực thuộc (Trường 1, Trường 2, Trường 3, Trường 4, Trường 5 "
            "và 2 đơn vị khác): chọn nơi tiếp nhận trước khi đóng.",
        ),
    ],
)
def test_a_unit_closes_when_nothing_is_left_in_it(
    unit: Facts, on: date, later: date | None, left: Left, sentence: str
) -> None:
    decision = may_close(unit, on, later=later, left=left)
    assert (bool(decision), decision.reason) == (sentence == "", sentence)
