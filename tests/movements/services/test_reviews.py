"""Reviews: units write, the office gathers, the head concludes on the figures of that day."""

from __future__ import annotations

from datetime import date

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import Narrative, Programme, Review
from nep.movements.services.narratives import (
    NarrativeWords,
    decide_on_narrative,
    nominate,
    remove_example,
    write_narrative,
)
from nep.movements.services.reviews import (
    LessonWords,
    ReviewWords,
    add_lesson,
    change_lesson,
    change_review,
    choose_example,
    remove_lesson,
)
from nep.movements.services.steps import take_step
from nep.platform.audit.models import Event
from tests.factories.changes import plan_issued
from tests.factories.drafts import AT, launched
from tests.factories.province import TODAY, Province

WORDS = NarrativeWords("Đã niêm yết ở 12 điểm.", "Thiếu bảng.", "Mưa lũ.", "Cấp bảng.")


@pytest.fixture
def programme(province: Province) -> Programme:
    """Runs; one commune has issued its plan."""
    programme = launched(province)
    plan_issued(province, programme, "XA1", "xa1-head")
    return programme


@pytest.fixture
def review(province: Province, programme: Programme) -> Review:
    """Opened today."""
    take_step("open_interim", programme=programme, actor=province.actor("ubnd-head"), at=AT)
    return Review.objects.get(programme=programme)


def part(review: Review) -> Narrative:
    return Narrative.objects.get(review=review)


def sent(province: Province, review: Review) -> Narrative:
    return write_narrative(part(review), WORDS, send=True, actor=province.actor("xa1-focal"), at=AT)


def conclude(province: Province, programme: Programme) -> None:
    head = province.actor("ubnd-head")
    take_step("close_interim", programme=programme, actor=head, at=AT, reason="Tiếp tục.")


def test_units_with_a_plan_are_asked_for_their_part(review: Review) -> None:
    assert (review.kind, review.opened_on, review.narratives_due_on) == ("interim", TODAY, date(2026, 3, 16))
    rows = review.narratives.values_list("adoption__unit__code", "state")
    assert list(rows) == [("XA1", "open")]
    event = Event.objects.get(kind="movements.review_opened")
    assert event.facts == {"units": 1, "day": "16/03/2026", "which": "sơ kết"}


def test_a_unit_writes_and_sends(province: Province, review: Review) -> None:
    draft = NarrativeWords("Đang viết.")
    kept = write_narrative(part(review), draft, send=False, actor=province.actor("xa1-focal"), at=AT)
    assert (kept.state, kept.done, kept.sent_at) == ("open", "Đang viết.", None)
    done = sent(province, review)
    assert (done.state, done.causes, done.sent_by_name) == ("sent", "Mưa lũ.", "Ma Thị Nguyệt")


def test_nothing_told_is_not_sent(province: Province, review: Review) -> None:
    with pytest.raises(RuleError) as refused:
        write_narrative(part(review), NarrativeWords(" "), send=True, actor=province.actor("xa1-head"), at=AT)
    assert refused.value.reason == "Ghi kết quả đã làm được trước khi gửi."


def test_two_writers_do_not_overwrite_each_other(province: Province, review: Review) -> None:
    focal = province.actor("xa1-focal")
    write_narrative(part(review), NarrativeWords("Một."), send=False, actor=focal, at=AT)
    with pytest.raises(Conflict):
        write_narrative(
            part(review), NarrativeWords("Hai."), send=False, actor=focal, at=AT, seen=NarrativeWords("")
        )


def test_what_was_returned_is_sent_again(province: Province, review: Review) -> None:
    officer = province.actor("ubnd-officer")
    back = decide_on_narrative(
        sent(province, review), accept=False, actor=officer, at=AT, reason="Thêm số liệu."
    )
    assert (back.state, back.reason) == ("returned", "Thêm số liệu.")
    again = sent(province, review)
    assert decide_on_narrative(again, accept=True, actor=officer, at=AT).state == "accepted"
    with pytest.raises(Conflict):
        decide_on_narrative(again, accept=True, actor=officer, at=AT)


def test_a_return_says_why(province: Province, review: Review) -> None:
    with pytest.raises(RuleError):
        decide_on_narrative(sent(province, review), accept=False, actor=province.actor("ubnd-officer"), at=AT)


@pytest.mark.parametrize("login", ["xa1-staff", "xa2-head", "ubnd-officer", "supervisor"])
def test_only_the_unit_writes(province: Province, review: Review, login: str) -> None:
    with pytest.raises(AccessDenied):
        write_narrative(part(review), WORDS, send=True, actor=province.actor(login), at=AT)


@pytest.mark.parametrize("login", ["xa1-head", "xa2-head", "supervisor"])
def test_only_the_unit_above_decides(province: Province, review: Review, login: str) -> None:
    row = sent(province, review)
    with pytest.raises(AccessDenied):
        decide_on_narrative(row, accept=True, actor=province.actor(login), at=AT)


def test_good_examples_are_nominated_and_chosen(province: Province, review: Review) -> None:
    focal, officer = province.actor("xa1-focal"), province.actor("ubnd-officer")
    row = nominate(part(review), "person", " Lừu  Thị Mai ", "Trực trưa.", actor=focal, at=AT)
    other = nominate(part(review), "collective", "Bộ phận một cửa", "Hẹn giờ.", actor=focal, at=AT)
    remove_example(other, actor=focal, at=AT)
    chosen = choose_example(row, chosen=True, actor=officer, at=AT)
    assert (chosen.name, chosen.nominated_by_name, chosen.chosen_by_name) == (
        "Lừu Thị Mai",
        "Ma Thị Nguyệt",
        "Đặng Thị Hoài Thu",
    )
    assert choose_example(row, chosen=False, actor=officer, at=AT).chosen_at is None
    kinds = Event.objects.filter(kind__startswith="movements.example").order_by("pk")
    assert [event.kind.removeprefix("movements.example_") for event in kinds] == [
        "nominated",
        "nominated",
        "removed",
        "chosen",
        "unchosen",
    ]


def test_lessons_concern_tasks_and_targets(province: Province, programme: Programme, review: Review) -> None:
    officer = province.actor("ubnd-officer")
    task = programme.tasks.first()
    row = add_lesson(review, LessonWords("Giao sớm.", "Giao từ đầu năm.", task=task), actor=officer, at=AT)
    assert (row.task, row.written_by_name) == (task, "Đặng Thị Hoài Thu")
    changed = change_lesson(row, LessonWords("Giao sớm hơn."), actor=officer, at=AT)
    assert (changed.text, changed.task) == ("Giao sớm hơn.", None)
    remove_lesson(row, actor=officer, at=AT)
    assert review.lessons.count() == 0


def test_a_lesson_of_another_programme_is_refused(province: Province, review: Review) -> None:
    other = launched(province, title="Chương trình khác")
    with pytest.raises(RuleError):
        add_lesson(
            review,
            LessonWords("Nhầm.", task=other.tasks.first()),
            actor=province.actor("ubnd-officer"),
            at=AT,
        )


def test_a_review_stays_as_it_stood_when_closed(
    province: Province, programme: Programme, review: Review
) -> None:
    conclude(province, programme)
    review.refresh_from_db()
    assert (review.conclusion, review.closed_at) == ("Tiếp tục.", AT)
    assert review.figures is not None
    assert review.figures["units"] == {"key": "units", "issued": 1, "expected": 4}
    assert [row["code"] for row in review.figures["targets"]] == ["CT1"]
    plan_issued(province, programme, "XA2", "xa2-head")
    review.refresh_from_db()
    assert review.figures["units"] == {"key": "units", "issued": 1, "expected": 4}


def test_nothing_is_written_into_a_closed_review(
    province: Province, programme: Programme, review: Review
) -> None:
    conclude(province, programme)
    review.refresh_from_db()
    officer = province.actor("ubnd-officer")
    with pytest.raises(AccessDenied):
        add_lesson(review, LessonWords("Muộn."), actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        change_review(review, ReviewWords(TODAY), actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        sent(province, review)


def test_dates_and_assessment_are_written(province: Province, review: Review) -> None:
    words = ReviewWords(date(2026, 3, 20), date(2026, 4, 1), "Khá.", "Giữ nhịp.")
    changed = change_review(review, words, actor=province.actor("ubnd-officer"), at=AT)
    assert (changed.conference_on, changed.assessment) == (date(2026, 4, 1), "Khá.")
    with pytest.raises(RuleError):
        change_review(review, ReviewWords(date(2026, 3, 1)), actor=province.actor("ubnd-officer"), at=AT)


@pytest.mark.parametrize("login", ["snv-head", "xa1-head", "supervisor", "stranger"])
def test_only_the_leading_unit_gathers(province: Province, review: Review, login: str) -> None:
    with pytest.raises(AccessDenied):
        add_lesson(review, LessonWords("Khác."), actor=province.actor(login), at=AT)
