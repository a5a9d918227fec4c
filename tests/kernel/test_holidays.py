"""The shipped days off: by notice, by law, against another source; each with its own source."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from nep.kernel.holidays import NOT_DECIDED, VIETNAM

ELSEWHERE = yaml.safe_load(Path(__file__).with_name("holidays_elsewhere.yml").read_text("utf-8"))
# Found in Official Dispatch 12729/VPCP-KGVX of 25/12/2025; the other source does not have it.
WE_KNOW_MORE = {date(2026, 1, 2): False, date(2026, 1, 10): True}


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", ELSEWHERE["rest"])
def test_each_day_is_worked_or_off_as_the_other_source_says(year: int) -> None:
    off = {date.fromisoformat(f"{year}-{day}") for day in ELSEWHERE["rest"][year].split()}
    for day in _days(year):
        theirs = day in ELSEWHERE["work"] or (day.weekday() < 5 and day not in off)
        assert VIETNAM.is_working(day) == WE_KNOW_MORE.get(day, theirs), day


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2018, 2, 14), date(2018, 2, 20), "Tết Nguyên đán"),
        (date(2019, 2, 4), date(2019, 2, 8), "Tết Nguyên đán"),
        (date(2020, 1, 23), date(2020, 1, 29), "Tết Nguyên đán"),
        (date(2021, 2, 10), date(2021, 2, 16), "Tết Nguyên đán"),
        (date(2022, 1, 31), date(2022, 2, 4), "Tết Nguyên đán"),
        (date(2023, 1, 20), date(2023, 1, 26), "Tết Nguyên đán"),
        (date(2024, 2, 8), date(2024, 2, 14), "Tết Nguyên đán"),
        (date(2025, 1, 27), date(2025, 1, 31), "Tết Nguyên đán"),
        (date(2026, 2, 16), date(2026, 2, 20), "Tết Nguyên đán"),
        (date(2021, 9, 2), date(2021, 9, 3), "Quốc khánh"),
        (date(2022, 9, 1), date(2022, 9, 2), "Quốc khánh"),
        (date(2024, 9, 2), date(2024, 9, 3), "Quốc khánh"),
        (date(2025, 9, 1), date(2025, 9, 2), "Quốc khánh"),
        (date(2026, 9, 1), date(2026, 9, 2), "Quốc khánh"),
    ],
)
def test_a_decided_stretch_is_off_from_its_first_to_its_last_day(first: date, last: date, name: str) -> None:
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    assert [VIETNAM.is_working(day) for day in days] == [False] * len(days)
    named = {special.name for special in VIETNAM.special_days(first - timedelta(days=1), last)}
    assert {name} <= named <= {name, f"nghỉ bù {name}"}
    assert all(not special.note for special in VIETNAM.special_days(first - timedelta(days=1), last))


@pytest.mark.parametrize(
    ("rest", "work"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swapped_day_rests_and_its_weekend_day_works(rest: date, work: date) -> None:
    assert (VIETNAM.is_working(rest), VIETNAM.is_working(work)) == (False, True)
    assert (rest.weekday() < 5, work.weekday() >= 5) == (True, True)
    assert VIETNAM.days[rest].name == f"nghỉ hoán đổi với ngày làm bù {work:%d/%m/%Y}"


def test_tet_of_a_year_without_decision_says_so() -> None:
    assert {VIETNAM.days[date(2027, 2, day)].note for day in range(4, 11)} == {NOT_DECIDED}
    assert VIETNAM.days[date(2027, 4, 30)].note == ""


def test_the_day_of_culture_is_to_be_confirmed_from_2026() -> None:
    assert VIETNAM.is_working(date(2025, 11, 24))
    assert VIETNAM.why_off(date(2026, 11, 24)) == (
        "Ngày Văn hóa Việt Nam (Nghị quyết 80-NQ/TW năm 2026 của Bộ Chính trị; "
        "chưa đối chiếu được văn bản pháp luật quy định ngày nghỉ này)"
    )


@pytest.mark.parametrize("year", range(2018, 2051))
def test_every_year_has_the_days_of_the_law_each_with_a_source(year: int) -> None:
    specials = VIETNAM.special_days(date(year - 1, 12, 31), date(year, 12, 31))
    assert all(special.source and special.name for special in specials)
    count = dict.fromkeys(("Tết Nguyên đán", "Quốc khánh", "Giỗ Tổ Hùng Vương", "Ngày Chiến thắng"), 0)
    for special in specials:
        if special.name in count:
            count[special.name] += 1
    national = 1 if year <= 2020 else 2
    assert count == {
        "Tết Nguyên đán": 5,
        "Quốc khánh": national,
        "Giỗ Tổ Hùng Vương": 1,
        "Ngày Chiến thắng": 1,
    }


@pytest.mark.parametrize("year", range(2018, 2051))
def test_each_holiday_at_a_weekend_gives_one_day_off_in_the_week(year: int) -> None:
    specials = VIETNAM.special_days(date(year - 1, 12, 31), date(year, 12, 31))
    at_weekend = [each for each in specials if each.off and each.day.weekday() >= 5]
    given = [each for each in specials if each.name.startswith("nghỉ bù")]
    assert len(at_weekend) == len(given)
    assert all(each.day.weekday() < 5 for each in given)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 2, 18), "Tết Nguyên đán"),
        (date(2026, 2, 21), "thứ Bảy, ngày nghỉ hằng tuần (Quyết định 188/1999/QĐ-TTg)"),
        (date(2026, 4, 27), "nghỉ bù Giỗ Tổ Hùng Vương (Bộ luật Lao động 2019, Điều 111 khoản 3)"),
        (date(2026, 8, 22), ""),
        (date(2026, 3, 2), ""),
    ],
)
def test_why_a_day_is_off(day: date, why: str) -> None:
    assert VIETNAM.why_off(day)[: len(why)] == why
    assert bool(VIETNAM.why_off(day)) == (not VIETNAM.is_working(day))
