"""What the day of a change means, in words."""

from datetime import date

import pytest

from nep.org.domain.effects import effect_in_words, months_in_words
from nep.org.domain.months import last_day, month_of, months_back, next_month

TODAY = date(2026, 11, 21)


def months(*numbers: int, year: int = 2026) -> list[date]:
    return [date(year, number, 1) for number in numbers]


@pytest.mark.parametrize(
    ("on", "recounted", "kept", "words"),
    [
        (TODAY, [], [], "Có hiệu lực ngay hôm nay."),
        (
            date(2026, 12, 31),
            [],
            [],
            "Có hiệu lực từ 31/12/2026, sau 40 ngày nữa. Đến ngày đó tổ chức vẫn như hiện nay.",
        ),
        (date(2026, 11, 1), [], [], "Ghi chậm 20 ngày; chưa tháng nào phải tính lại."),
        (
            date(2026, 7, 15),
            months(10, 7, 8, 9),
            [],
            "Ghi chậm 4 tháng: số liệu các tháng 7, 8, 9, 10/2026 được tính lại.",
        ),
        (
            date(2026, 8, 1),
            months(9, 10),
            months(8),
            "Ghi chậm 3 tháng: số liệu các tháng 9, 10/2026 được tính lại. Tháng 8/2026 đã khóa, giữ nguyên.",
        ),
        (date(2026, 9, 1), [], months(9, 10), "Ghi chậm 2 tháng. Các tháng 9, 10/2026 đã khóa, giữ nguyên."),
    ],
)
def test_the_day_of_a_change_in_words(on: date, recounted: list[date], kept: list[date], words: str) -> None:
    assert effect_in_words(on, TODAY, recounted, kept) == words


def test_many_months_are_told_by_the_first_and_the_last() -> None:
    spread = [*months(*range(1, 13), year=2025), *months(1)]
    assert months_in_words(spread) == "13 tháng từ 1/2025 đến 1/2026"
    assert months_in_words(spread[-2:]) == "các tháng 12/2025; 1/2026"


def test_months_end_and_follow_one_another() -> None:
    assert (month_of(TODAY), next_month(TODAY), last_day(TODAY)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2026, 11, 30),
    )
    assert last_day(date(2028, 2, 1)) == date(2028, 2, 29)
    assert months_back(date(2026, 2, 9), 3) == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]
