"""Templates are copies of values; the programme that follows is drafted from the one before."""

from __future__ import annotations

from datetime import date

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.access_changes import visible_templates
from nep.movements.models import Aim, Programme, Review, Task
from nep.movements.queries.parts import KINDS
from nep.movements.services.content import change_part
from nep.movements.services.next_year import AS_AIM, AS_TASK, NextYears, draft_next, years_after
from nep.movements.services.reviews import LessonWords, add_lesson
from nep.movements.services.steps import take_step
from nep.movements.services.templates_of import (
    TemplateHead,
    change_template,
    draft_from_template,
    renew_template,
    save_template,
    withdraw_template,
)
from tests.factories.drafts import AT, draft, head, launched
from tests.factories.province import Province

HEAD = TemplateHead("Công sở nền nếp", "Cho phong trào một năm.")
ALL = list(KINDS)


@pytest.fixture
def programme(province: Province) -> Programme:
    """Runs since today."""
    return launched(province)


def tasks(programme: Programme) -> list[tuple[str, str, str, list[str]]]:
    rows = Task.objects.filter(programme=programme).prefetch_related("actors")
    return [(row.code, row.title, row.rule, [one.name for one in row.actors.all()]) for row in rows]


def test_a_template_is_shared_with_all_who_draft(province: Province, programme: Programme) -> None:
    made = save_template(programme, HEAD, ALL, actor=province.actor("ubnd-officer"), at=AT)
    assert [item["kind"] for item in made.content] == ["chi-tieu", "nhiem-vu", "nhiem-vu"]
    seen = {login: visible_templates(province.actor(login)).count() for login in ("cd-officer", "xa1-head")}
    assert seen == {"cd-officer": 1, "xa1-head": 0}


def test_a_part_of_a_programme_makes_a_template(province: Province, programme: Programme) -> None:
    made = save_template(programme, HEAD, ["chi-tieu"], actor=province.actor("ubnd-officer"), at=AT)
    assert [item["values"]["code"] for item in made.content] == ["CT1"]


def test_a_draft_from_a_template_moves_its_days(province: Province, programme: Programme) -> None:
    made = save_template(programme, HEAD, ALL, actor=province.actor("ubnd-officer"), at=AT)
    union = head(
        province, unit="CD", title="Của công đoàn", starts_on=date(2028, 1, 1), ends_on=date(2028, 12, 31)
    )
    drafted = draft_from_template(made, union, actor=province.actor("cd-officer"), at=AT)
    assert tasks(drafted) == [
        ("NV1", "Niêm yết quy tắc tại trụ sở", "before:2028-06-30", ["UBND các xã, phường"]),
        ("NV2", "Tổng hợp báo cáo năm", "yearly:before:12-15", ["Sở Nội vụ"]),
    ]
    assert (drafted.state, drafted.targets.get().rule) == ("draft", "in:2028")


def test_a_changed_template_does_not_touch_its_drafts(province: Province, programme: Programme) -> None:
    officer = province.actor("ubnd-officer")
    made = save_template(programme, HEAD, ALL, actor=officer, at=AT)
    drafted = draft_from_template(made, head(province, title="Từ mẫu"), actor=officer, at=AT)
    before = tasks(drafted)
    other = draft(province, title="Khác")
    row = other.tasks.first()
    assert row is not None
    change_part(row, {"title": "Việc mới"}, actor=officer, at=AT)
    renewed = renew_template(made, other, ["nhiem-vu"], actor=officer, at=AT)
    assert [item["values"]["title"] for item in renewed.content] == ["Việc mới", "Tổng hợp báo cáo năm"]
    assert tasks(drafted) == before


def test_a_template_is_renamed_and_withdrawn(province: Province, programme: Programme) -> None:
    officer = province.actor("ubnd-officer")
    made = save_template(programme, HEAD, ALL, actor=officer, at=AT)
    renamed = change_template(made, TemplateHead("Nền nếp", ""), actor=officer, at=AT)
    assert (renamed.name, renamed.description) == ("Nền nếp", "")
    withdraw_template(made, actor=officer, at=AT)
    with pytest.raises(Conflict):
        draft_from_template(made, head(province), actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        change_template(made, HEAD, actor=officer, at=AT)


@pytest.mark.parametrize("login", ["cd-officer", "ubnd-head", "xa1-focal"])
def test_who_drafts_elsewhere_does_not_change_it(
    province: Province, programme: Programme, login: str
) -> None:
    made = save_template(programme, HEAD, ALL, actor=province.actor("ubnd-officer"), at=AT)
    with pytest.raises(AccessDenied):
        change_template(made, HEAD, actor=province.actor(login), at=AT)


@pytest.mark.parametrize(
    ("told", "kinds", "reason"),
    [
        (TemplateHead(" "), ALL, "Ghi tên mẫu."),
        (HEAD, ["mo-hinh"], "Chọn ít nhất một phần có nội dung để lưu vào mẫu."),
    ],
)
def test_what_a_template_needs(
    province: Province, programme: Programme, told: TemplateHead, kinds: list[str], reason: str
) -> None:
    with pytest.raises(RuleError) as refused:
        save_template(programme, told, kinds, actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == reason


def test_the_next_programme_follows_with_its_lessons(province: Province, programme: Programme) -> None:
    officer = province.actor("ubnd-officer")
    take_step("open_interim", programme=programme, actor=province.actor("ubnd-head"), at=AT)
    review = Review.objects.get(programme=programme)
    aim = add_lesson(review, LessonWords("Giao sớm.", "Giao từ tháng một."), actor=officer, at=AT)
    work = add_lesson(review, LessonWords("Cần kiểm tra chéo."), actor=officer, at=AT)
    left = add_lesson(review, LessonWords("Không đưa vào."), actor=officer, at=AT)
    title, first, last = years_after(programme)
    assert (title, first, last) == ("Công sở nền nếp", date(2027, 1, 1), date(2027, 12, 31))
    wanted = NextYears("Công sở nền nếp 2027", first, last, {aim.pk: AS_AIM, work.pk: AS_TASK})
    made = draft_next(programme, wanted, actor=officer, at=AT)
    assert (made.follows, made.state, made.starts_on) == (programme, "draft", date(2027, 1, 1))
    assert tasks(made) == [
        ("NV1", "Niêm yết quy tắc tại trụ sở", "before:2027-06-30", ["UBND các xã, phường"]),
        ("NV2", "Tổng hợp báo cáo năm", "yearly:before:12-15", ["Sở Nội vụ"]),
        ("NV3", "Cần kiểm tra chéo.", "", []),
    ]
    assert [row.text for row in Aim.objects.filter(programme=made)] == ["Giao từ tháng một."]
    assert left.pk not in wanted.lessons
    assert [scope.root_id for scope in made.scopes.all()] == [
        scope.root_id for scope in programme.scopes.all()
    ]


def test_the_next_programme_is_drafted_once(province: Province, programme: Programme) -> None:
    officer, (title, first, last) = province.actor("ubnd-officer"), years_after(programme)
    made = draft_next(programme, NextYears(title, first, last, {}), actor=officer, at=AT)
    with pytest.raises(Conflict) as refused:
        draft_next(programme, NextYears(title, first, last, {}), actor=officer, at=AT)
    assert refused.value.reason == f"Đã có bản nháp tiếp theo: {made.code}. Mở bản nháp đó để soạn."


def test_the_next_programme_comes_later(province: Province, programme: Programme) -> None:
    wanted = NextYears("Sớm", programme.starts_on, programme.ends_on, {})
    with pytest.raises(RuleError):
        draft_next(programme, wanted, actor=province.actor("ubnd-officer"), at=AT)


@pytest.mark.parametrize("login", ["ubnd-head", "cd-officer", "xa1-head"])
def test_who_does_not_draft_does_not_follow(province: Province, programme: Programme, login: str) -> None:
    title, first, last = years_after(programme)
    with pytest.raises(AccessDenied):
        draft_next(programme, NextYears(title, first, last, {}), actor=province.actor(login), at=AT)


def test_a_draft_is_not_followed(province: Province) -> None:
    drafted = draft(province)
    title, first, last = years_after(drafted)
    with pytest.raises(AccessDenied):
        draft_next(drafted, NextYears(title, first, last, {}), actor=province.actor("ubnd-officer"), at=AT)
