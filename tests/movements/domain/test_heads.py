"""What a plan says about itself, codes, readiness."""

from datetime import date

import pytest

from nep.kernel.errors import RuleError
from nep.movements.domain.heads import ProgrammeDays, programme_days, programme_kind
from nep.movements.domain.numbering import TASK, part_code, programme_code
from nep.movements.domain.readiness import Content, Lack, lacks, require_ready, worth_a_look

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Kế hoạch triển khai phong trào thi đua nơi công sở", "movement"),
        ("Cuộc vận động nói không với phiền hà và phong trào thi đua", "campaign"),
        ("Kế hoạch phổ biến quy tắc ứng xử", "plan"),
        ("", "plan"),
    ],
)
def test_the_kind_is_what_the_title_names_first(title: str, kind: str) -> None:
    assert programme_kind(title) == kind


@pytest.mark.parametrize(
    ("first", "last", "issued", "days"),
    [
        (2026, 2030, None, ProgrammeDays(date(2026, 1, 1), date(2030, 12, 31), guessed=False)),
        (2026, None, None, ProgrammeDays(date(2026, 1, 1), date(2026, 12, 31), guessed=False)),
        (2030, 2026, None, ProgrammeDays(date(2026, 1, 1), date(2030, 12, 31), guessed=False)),
        (None, None, date(2025, 4, 8), ProgrammeDays(date(2025, 4, 8), date(2025, 12, 31), guessed=True)),
        (None, None, None, ProgrammeDays(TODAY, date(2026, 12, 31), guessed=True)),
        (1, 99999, None, ProgrammeDays(TODAY, date(2026, 12, 31), guessed=True)),
    ],
)
def test_days_of_a_programme(
    first: int | None, last: int | None, issued: date | None, days: ProgrammeDays
) -> None:
    assert programme_days(first_year=first, last_year=last, issued_on=issued, today=TODAY) == days


def test_codes_go_on_from_the_greatest() -> None:
    assert programme_code(2026, []) == "PT-2026-001"
    assert programme_code(2026, ["PT-2026-009", "PT-2026-104", "PT-2025-900", "khác"]) == "PT-2026-105"
    assert part_code(TASK, ["NV2", "NV10", "CT77"]) == "NV11"


FULL = Content(targets=1, tasks=2, units=3, ends_on=date(2026, 12, 31))


def test_nothing_is_lacking() -> None:
    assert lacks(FULL) == ()
    require_ready(FULL)


def test_all_that_is_lacking_is_told_at_once() -> None:
    empty = Content(targets=0, tasks=0, units=0, ends_on=date(2025, 12, 31))
    assert lacks(empty) == (
        Lack("Chưa có chỉ tiêu hoặc nhiệm vụ nào.", "content"),
        Lack("Phạm vi chưa có đơn vị nào.", "scope"),
    )
    with pytest.raises(RuleError) as refused:
        require_ready(empty)
    assert refused.value.reason == "Chưa có chỉ tiêu hoặc nhiệm vụ nào. Phạm vi chưa có đơn vị nào."


def test_a_movement_of_the_past_may_be_entered_but_is_pointed_out() -> None:
    past = Content(targets=1, tasks=2, units=3, ends_on=date(2025, 12, 31))
    assert lacks(past) == ()
    assert worth_a_look(past, TODAY) == (
        Lack(
            "Thời gian của chương trình đã hết ngày 31/12/2025; phát động lúc này là để ghi lại việc đã làm.",
            "head",
        ),
    )


def test_what_is_worth_a_look_does_not_forbid() -> None:
    content = Content(1, 3, 3, date(2026, 12, 31), ("NV2",), ("Đài Phát thanh", "Hội Cựu giáo chức"), 1)
    assert lacks(content) == ()
    assert worth_a_look(content, TODAY) == (
        Lack("1 nhiệm vụ chưa giao được cho đơn vị nào: NV2.", "content"),
        Lack("Chưa rõ đơn vị nào trong tổ chức: Đài Phát thanh; Hội Cựu giáo chức.", "content"),
        Lack("1 nhiệm vụ không có thời hạn.", "content"),
    )
