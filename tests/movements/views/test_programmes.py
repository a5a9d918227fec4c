"""Pages of programmes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.movements.models import Adoption, Programme, ProgrammeParent, Target, Task
from nep.movements.queries.parts import KINDS
from nep.movements.services.content import add_part
from nep.movements.services.steps import take_step
from tests.factories.drafts import AT, document, draft, launched, submitted
from tests.factories.province import Province

SignIn = Callable[[str], Client]
TABS = ("programme", "programme_tasks", "programme_rules", "programme_document", "programme_timeline")


def address(name: str, programme: Programme, *more: Any) -> str:
    return reverse(name, args=[programme.pk, *more])


@pytest.mark.parametrize("begin", [draft, submitted, launched])
@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_in_every_state(
    province: Province, signed_in: SignIn, begin: Callable[[Province], Programme], name: str
) -> None:
    assert signed_in("ubnd-officer").get(address(name, begin(province))).status_code == 200


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("ubnd-officer", 200),
        ("ubnd-head", 200),
        ("supervisor", 200),
        ("xa1-head", 200),
        ("xa1-staff", 200),
        ("th1-head", 200),
        ("cd-head", 404),
        ("stranger", 403),
    ],
)
def test_who_sees_a_launched_programme(
    province: Province, signed_in: SignIn, login: str, status: int
) -> None:
    programme, browser = launched(province), signed_in(login)
    assert [browser.get(address(name, programme)).status_code for name in TABS] == [status] * len(TABS)


@pytest.mark.parametrize(("login", "status"), [("ubnd-officer", 200), ("xa1-head", 404), ("snv-head", 404)])
def test_a_draft_is_seen_only_by_the_leading_unit(
    province: Province, signed_in: SignIn, login: str, status: int
) -> None:
    assert signed_in(login).get(address("programme", draft(province))).status_code == status


def test_the_list_shows_state_period_and_coverage(province: Province, signed_in: SignIn) -> None:
    running, quiet = launched(province, title="Phong trào đang chạy"), draft(province, title="Bản nháp mới")
    Adoption.objects.filter(programme=running, unit=province.units["XA1"]).update(
        state="issued", issued_by_id=1, issued_on=running.launched_on
    )
    rows = signed_in("ubnd-officer").get(reverse("programmes")).context["programmes"].rows
    assert [(row.programme, row.state_word, row.period, row.coverage) for row in rows] == [
        (quiet, "Bản nháp", "2026", ""),
        (running, "Đang thực hiện", "2026", "1/4"),
    ]
    own = signed_in("xa1-head").get(reverse("programmes")).context["programmes"].rows
    assert [(row.programme, row.coverage) for row in own] == [(running, "1/1")]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("tim=phong trao", ["Phong trào đọc sách"]),
        ("trang-thai=draft", ["Kế hoạch năm sau"]),
        ("trang-thai=launched", ["Phong trào đọc sách"]),
        ("nam=2026", ["Kế hoạch năm sau", "Phong trào đọc sách"]),
        ("nam=2031", ["Kế hoạch năm sau", "Phong trào đọc sách"]),
        ("he-thong=union", []),
        ("he-thong=authority", ["Kế hoạch năm sau", "Phong trào đọc sách"]),
        ("trang-thai=khong-co", ["Kế hoạch năm sau", "Phong trào đọc sách"]),
        ("sau=99", ["Kế hoạch năm sau", "Phong trào đọc sách"]),
    ],
)
def test_the_list_is_narrowed(province: Province, signed_in: SignIn, asked: str, titles: list[str]) -> None:
    launched(province, title="Phong trào đọc sách")
    draft(province, title="Kế hoạch năm sau")
    rows = signed_in("ubnd-officer").get(f"{reverse('programmes')}?{asked}").context["programmes"].rows
    assert [row.programme.title for row in rows] == titles


def test_an_empty_list_teaches_the_next_step(province: Province, signed_in: SignIn) -> None:
    told = signed_in("ubnd-officer").get(reverse("programmes")).content.decode()
    assert told.count("Lập từ văn bản") == 2
    assert signed_in("xa1-head").get(reverse("programmes")).content.decode().count("Lập từ văn bản") == 0


def test_a_programme_is_made_by_hand_and_opened_for_editing(province: Province, signed_in: SignIn) -> None:
    unit = province.units["UBND"]
    given = {
        "lead_unit": unit.pk,
        "kind": "campaign",
        "title": "Nói không với phiền hà",
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
    }
    answer = signed_in("ubnd-officer").post(reverse("programme_new"), given)
    made = Programme.objects.get()
    assert answer.headers["Location"] == address("programme_edit", made)
    assert (made.title, made.kind, made.lead_unit, str(made.starts_on)) == (
        "Nói không với phiền hà",
        "campaign",
        unit,
        "2026-04-01",
    )


def test_wrong_days_are_told_and_nothing_typed_is_lost(province: Province, signed_in: SignIn) -> None:
    given = {
        "lead_unit": province.units["UBND"].pk,
        "kind": "plan",
        "title": "Giữ lại tên này",
        "starts_on": "2026-04-01",
        "ends_on": "2026-03-01",
    }
    answer = signed_in("ubnd-officer").post(reverse("programme_new"), given)
    assert answer.context["form"].errors == {"ends_on": ["Chọn ngày bằng hoặc sau ngày bắt đầu."]}
    assert answer.context["form"]["title"].value() == "Giữ lại tên này"
    assert Programme.objects.count() == 0


@pytest.mark.parametrize("login", ["ubnd-head", "xa1-focal", "supervisor"])
def test_who_does_not_draft_does_not_open_the_form(province: Province, signed_in: SignIn, login: str) -> None:
    assert signed_in(login).get(reverse("programme_new")).status_code == 403


def test_the_head_is_changed_on_its_page(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    browser = signed_in("ubnd-officer")
    page = browser.get(address("programme_head", programme) + "?ky=doan")
    assert page.context["guessed"] is True
    given = {
        "kind": "movement",
        "title": "Tên mới",
        "starts_on": "2026-01-01",
        "ends_on": "2028-12-31",
        "seen": page.context["form"]["seen"].value(),
    }
    assert browser.post(address("programme_head", programme), given).status_code == 302
    programme.refresh_from_db()
    assert (programme.title, programme.kind, programme.ends_on.year) == ("Tên mới", "movement", 2028)
    assert browser.post(address("programme_head", programme), given | {"title": "Bản cũ"}).status_code == 409


def test_a_task_is_added_with_actors(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    unit = province.units["SYT"]
    given = {
        "title": "Tập huấn văn hóa công vụ",
        "deadline": "yearly_before",
        "when": "15/12",
        "evidence_kind": "photo",
        "actors-TOTAL_FORMS": "3",
        "actors-INITIAL_FORMS": "0",
        "actors-0-name": "Sở Y tế tỉnh",
        "actors-0-role": "lead",
        "actors-0-means": f"{unit.pk}:",
        "actors-1-name": "UBND các xã, phường",
        "actors-1-role": "execute",
        "actors-1-means": "ten",
        "actors-2-name": "",
        "actors-2-role": "execute",
        "actors-2-means": "ten",
    }
    answer = signed_in("ubnd-officer").post(address("programme_part_new", programme, "nhiem-vu"), given)
    assert answer.headers["Location"] == address("programme_edit", programme) + "?mo=nhiem-vu#nhiem-vu"
    task = Task.objects.get(code="NV3")
    assert (task.title, task.rule, task.evidence_kind) == (
        "Tập huấn văn hóa công vụ",
        "yearly:before:12-15",
        "photo",
    )
    assert list(task.actors.values_list("name", "role", "unit__code", "group")) == [
        ("Sở Y tế tỉnh", "lead", "SYT", ""),
        ("UBND các xã, phường", "execute", None, "commune"),
    ]


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_of_part_has_its_form(province: Province, signed_in: SignIn, slug: str) -> None:
    programme = draft(province)
    browser = signed_in("ubnd-officer")
    assert browser.get(address("programme_part_new", programme, slug)).status_code == 200
    answer = browser.post(
        address("programme_part_new", programme, slug),
        {"actors-TOTAL_FORMS": "0", "actors-INITIAL_FORMS": "0"},
    )
    assert answer.status_code == 200
    assert answer.context["form"].is_valid() is False


def test_a_deadline_that_is_not_right_is_told_at_its_field(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    target = Target.objects.get()
    given = {
        "name": "Phổ biến",
        "value": "97,5",
        "unit": "%",
        "subject": "people",
        "deadline": "before_day",
        "when": "cuối năm",
    }
    browser = signed_in("ubnd-officer")
    answer = browser.post(address("programme_part", programme, "chi-tieu", target.pk), given)
    assert answer.context["form"].errors == {"when": ["Trước một ngày: nhập theo mẫu 30/11/2026."]}
    browser.post(address("programme_part", programme, "chi-tieu", target.pk), given | {"when": "30/11/2026"})
    target.refresh_from_db()
    assert (str(target.value), target.rule) == ("97.50", "before:2026-11-30")


def test_a_part_opens_with_what_it_holds(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    task = Task.objects.get(code="NV2")
    page = signed_in("ubnd-officer").get(address("programme_part", programme, "nhiem-vu", task.pk))
    form, rows = page.context["form"], page.context["rows"]
    assert [form[name].value() for name in ("title", "deadline", "when")] == [
        "Tổng hợp báo cáo năm",
        "yearly_before",
        "15/12",
    ]
    assert [(row["name"].value(), row["role"].value(), row["means"].value()) for row in rows][:1] == [
        ("Sở Nội vụ", "lead", f"{province.units['SNV'].pk}:")
    ]


def test_parts_move_and_go(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    browser = signed_in("ubnd-officer")
    first, second = Task.objects.all()
    browser.post(address("programme_part_move", programme, "nhiem-vu", second.pk), {"len": "1"})
    assert list(Task.objects.all()) == [second, first]
    assert browser.get(address("programme_part_remove", programme, "nhiem-vu", first.pk)).status_code == 200
    assert Task.objects.count() == 2
    browser.post(address("programme_part_remove", programme, "nhiem-vu", first.pk))
    assert list(Task.objects.all()) == [second]


def test_a_part_of_another_programme_is_not_here(province: Province, signed_in: SignIn) -> None:
    programme, other = draft(province), draft(province)
    task = other.tasks.first()
    assert task is not None
    browser = signed_in("ubnd-officer")
    assert browser.get(address("programme_part", programme, "nhiem-vu", task.pk)).status_code == 404
    assert browser.get(address("programme_part_new", programme, "khong-co")).status_code == 404


def test_the_scope_counts_units_as_it_is_chosen(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    browser = signed_in("ubnd-officer")
    root = province.units["UBND"].pk
    page = browser.get(address("programme_scope", programme))
    assert [(line, count) for line, _, _, count in page.context["form"].lines] == [
        ("authority", 4),
        ("union", 0),
        ("party", 0),
    ]
    asked = {"dem": "1", "root_authority": root, "reach_authority": "all"}
    live = browser.get(address("programme_scope", programme), asked, headers={"HX-Request": "true"})
    told = live.content.decode()
    assert re.findall(r"(\d+) đơn vị", told) == ["6", "0", "0"]
    assert told.count("<html") == 0
    browser.post(
        address("programme_scope", programme),
        {
            "root_authority": root,
            "reach_authority": "all",
            "root_union": province.units["CD"].pk,
            "reach_union": "direct",
            "root_party": "khong",
            "reach_party": "direct",
        },
    )
    assert list(programme.scopes.order_by("line").values_list("line", "reach")) == [
        ("authority", "all"),
        ("union", "direct"),
    ]


def test_parents_are_chosen(province: Province, signed_in: SignIn) -> None:
    programme, parent, plan = draft(province), draft(province, title="Cấp trên"), document(province)
    browser = signed_in("ubnd-officer")
    assert browser.get(address("programme_parents", programme) + "?q=cap").status_code == 200
    browser.post(address("programme_parents", programme), {"programmes": [parent.pk], "documents": [plan.pk]})
    rows = ProgrammeParent.objects.filter(programme=programme).order_by("pk")
    assert list(rows.values_list("parent", "document")) == [(parent.pk, None), (None, plan.pk)]


def test_a_long_section_of_a_draft_is_folded_until_it_is_asked_for(
    province: Province, signed_in: SignIn
) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    for number in range(9):
        rule = {"kind": "must", "text": f"Điều {number}"}
        add_part(KINDS["quy-tac"], rule, programme=programme, actor=officer, at=AT)
    browser = signed_in("ubnd-officer")

    def folded(query: str = "") -> list[bool]:
        text = browser.get(address("programme_edit", programme) + query).content.decode()
        return [" open" not in opening for opening in re.findall(r"<details class=\"nep-card[^>]*>", text)]

    assert folded() == [False, False, True]  # a target, two tasks, nine rules
    assert folded("?mo=quy-tac") == [False, False, False]


def test_who_carries_a_programme_out_finds_the_plan_of_their_unit(
    province: Province, signed_in: SignIn
) -> None:
    programme = launched(province)
    adoption = programme.adoptions.get(unit__code="XA1")

    def plans(login: str) -> list[tuple[str, str, bool]]:
        found = signed_in(login).get(address("programme", programme)).context["frame"].own_plans
        return [(plan.label, plan.url, plan.is_due) for plan in found]

    label, url = "Kế hoạch của Ủy ban nhân dân xã Mường Khe", reverse("adoption", args=[adoption.pk])
    assert plans("xa1-head") == [(label, url, True)]
    assert plans("xa1-staff") == [(label, url, False)]
    assert plans("ubnd-head") == []


def test_pages_of_a_programme_differ_in_the_name_of_the_tab(province: Province, signed_in: SignIn) -> None:
    programme, browser = launched(province), signed_in("ubnd-officer")
    names = ("programme", "programme_tasks", "programme_units", "programme_rules")
    titles = [browser.get(address(name, programme)).context["frame"].page_title for name in names]
    assert titles == [
        "Công sở nền nếp",
        "Nhiệm vụ: Công sở nền nếp",
        "Đơn vị: Công sở nền nếp",
        "Quy tắc, mô hình: Công sở nền nếp",
    ]


def test_a_submitted_programme_is_not_edited(province: Province, signed_in: SignIn) -> None:
    programme = submitted(province)
    browser = signed_in("ubnd-officer")
    names = ("programme_edit", "programme_head", "programme_scope", "programme_parents")
    assert [browser.get(address(name, programme)).status_code for name in names] == [403] * 4


def test_the_whole_way_from_draft_to_launch(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    officer, boss = signed_in("ubnd-officer"), signed_in("ubnd-head")
    assert officer.get(address("programme_edit", programme)).context["lacks"] == ()
    officer.post(address("programme_step", programme, "submit"), {"state": "draft"})
    locked = officer.get(address("programme_step", programme, "launch"))
    assert (locked.status_code, bool(locked.context["decision"])) == (200, False)
    boss.post(address("programme_step", programme, "launch"), {"state": "submitted", "reason": "Đồng ý."})
    programme.refresh_from_db()
    assert (programme.state, Adoption.objects.filter(programme=programme).count()) == ("launched", 4)


@pytest.mark.parametrize(
    "step", ["submit", "return", "launch", "open_interim", "close_interim", "open_final", "close"]
)
def test_every_step_has_its_page(province: Province, signed_in: SignIn, step: str) -> None:
    programme = launched(province)
    assert signed_in("ubnd-head").get(address("programme_step", programme, step)).status_code == 200
    assert signed_in("xa1-head").get(address("programme_step", programme, step)).status_code == 404


def test_a_reason_is_asked_at_its_field(province: Province, signed_in: SignIn) -> None:
    programme, boss = submitted(province), signed_in("ubnd-head")
    answer = boss.post(address("programme_step", programme, "return"), {"state": "submitted"})
    assert list(answer.context["form"].errors) == ["reason"]
    programme.refresh_from_db()
    assert programme.state == "submitted"


def test_a_stale_step_is_a_conflict(province: Province, signed_in: SignIn) -> None:
    programme = submitted(province)
    boss = signed_in("ubnd-head")
    take_step("return", programme=programme, actor=province.actor("ubnd-head"), at=AT, reason="Sửa.")
    answer = boss.post(address("programme_step", programme, "launch"), {"state": "submitted"})
    assert answer.status_code == 409


def test_the_same_form_acts_once(province: Province, signed_in: SignIn) -> None:
    programme = draft(province)
    given = {"text": "Một mục đích.", "once": "6f1b6a52-74a5-4cb0-9a3f-3f6b0d3c1e11"}
    browser = signed_in("ubnd-officer")
    answers = [browser.post(address("programme_part_new", programme, "muc-dich"), given) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [
        address("programme_edit", programme) + "?mo=muc-dich#muc-dich"
    ] * 2
    assert programme.aims.count() == 1


def test_the_trail_is_told_by_kind(province: Province, signed_in: SignIn) -> None:
    programme = launched(province)
    browser = signed_in("ubnd-officer")
    steps = browser.get(address("programme_timeline", programme) + "?loai=buoc").context["shown"].moments
    assert [moment.sentence for moment in steps] == [
        "Hà Đức Thuận phát động chương trình, giao cho 4 đơn vị.",
        "Đặng Thị Hoài Thu trình phát động chương trình.",
        "Đặng Thị Hoài Thu lập chương trình PT-2026-001 “Công sở nền nếp”.",
    ]
    content = browser.get(address("programme_timeline", programme) + "?loai=noi-dung").context["shown"]
    assert len(content.moments) == 3


def test_lists_ask_the_same_number_of_questions_for_one_and_for_thirty(
    province: Province, signed_in: SignIn
) -> None:
    browser = signed_in("ubnd-officer")
    programme = draft(province)
    names = ("programme_edit", "programme_tasks", "programme_rules")
    pages = [reverse("programmes"), *(address(name, programme) for name in names)]
    before = [count(browser, page) for page in pages]
    officer = province.actor("ubnd-officer")
    for number in range(30):
        add_part(KINDS["nhiem-vu"], {"title": f"Việc {number}"}, programme=programme, actor=officer, at=AT)
        add_part(
            KINDS["quy-tac"],
            {"kind": "must", "text": f"Điều {number}"},
            programme=programme,
            actor=officer,
            at=AT,
        )
        Programme.objects.create(
            kind="plan",
            code=f"X{number}",
            title="Nhiều",
            lead_unit=province.units["UBND"],
            created_by_id=1,
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            created_at=AT,
            search="nhieu",
        )
    assert [count(browser, page) for page in pages] == before


def count(browser: Client, page: str) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(page).status_code == 200
    return len(queries)
