"""Changes of units are looked at first, then recorded, then read and taken back, each on a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.accounts import elevation
from nep.org.models import Posting, Restatement, Unit, UnitChange, UnitKind, UnitLink, UnitName
from nep.org.services.changes import rename_unit
from nep.org.services.changes_merging import merge_units
from nep.org.services.periods import lock_period
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.factories.province import AT, TODAY, Province
from tests.factories.reorganised import administrator, reorganised

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LATER = AT.replace(month=3, day=2)
DECIDED = {"decision": "45/QĐ-UBND", "decided_on": "2026-02-27", "on": "2026-03-02"}
ACTS = ("unit_open", "unit_rename", "unit_move", "unit_merge", "unit_split", "unit_close")


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)
    monkeypatch.setattr("nep.org.views.changes.now", lambda: LATER)


@pytest.fixture
def plain_admin(province: Province, signed_in: SignIn) -> Client:
    """An administrator of the province who works as everybody else."""
    administrator(province)
    return signed_in("admin")


@pytest.fixture
def admin(plain_admin: Client) -> Client:
    """The same in elevated mode."""
    session = plain_admin.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return plain_admin


def send(client: Client, name: str, unit: Unit, /, step: str = "ghi", **fields: Any) -> HttpResponse:
    """A form of a change as a browser sends it."""
    sent = {"once": str(uuid4()), "buoc": step} | DECIDED | fields
    answer: HttpResponse = client.post(reverse(name, args=[unit.pk]), sent)
    return answer


def words(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def state() -> tuple[int, ...]:
    """How many rows the tree and its trail hold."""
    models = (Unit, UnitChange, UnitLink, UnitName, Posting, Restatement, Event)
    return tuple(model.objects.count() for model in models)


def recorded(answer: HttpResponse) -> UnitChange:
    """The change to whose page a form led."""
    change = UnitChange.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, reverse("change", args=[change.pk]))
    return change


def test_a_unit_is_opened_below_another(province: Province, admin: Client) -> None:
    given = {"name": "Phòng Kinh tế", "code": "PKT", "kind": "division"}
    change = recorded(send(admin, "unit_open", province.units["XA1"], **given))
    unit = Unit.objects.get(code="PKT")
    assert (unit.name, unit.during.lower) == ("Phòng Kinh tế", TODAY)
    assert unit.parent_links.get().parent == province.units["XA1"]
    assert (change.decision, change.decided_on) == ("45/QĐ-UBND", date(2026, 2, 27))


def test_a_unit_is_renamed(province: Province, admin: Client) -> None:
    change = recorded(send(admin, "unit_rename", province.units["SYT"], name="Sở Y tế và Dân số"))
    assert Unit.objects.get(code="SYT").name == "Sở Y tế và Dân số"
    page = words(admin.get(reverse("change", args=[change.pk])))
    assert ("<dd>Sở Y tế</dd>" in page, "<dd>Sở Y tế và Dân số</dd>" in page) == (True, True)


def test_a_unit_is_moved(province: Province, admin: Client) -> None:
    school, parent = province.units["TH1"], province.units["XA2"]
    recorded(send(admin, "unit_move", school, parent=parent.pk))
    assert school.parent_links.get(during__contains=TODAY).parent == parent


def test_a_union_is_attached_to_another_agency(province: Province, admin: Client) -> None:
    union, host = province.units["CD2"], province.units["XA2"]
    recorded(send(admin, "unit_reattach", union, host=host.pk))
    assert Unit.objects.get(pk=union.pk).host == host


def test_a_unit_is_closed_and_hands_over(province: Province, admin: Client) -> None:
    taker = province.units["XA2"].pk
    recorded(send(admin, "unit_close", province.units["XA1"], units_to=taker, people_to=taker))
    assert Unit.objects.get(code="XA1").during.upper == TODAY
    postings = Posting.objects.filter(person=province.person("xa1-staff"), during__contains=TODAY)
    assert postings.get().unit == province.units["XA2"]


def test_units_are_merged_into_one_that_is_there(province: Province, admin: Client) -> None:
    given = {"how": "into", "into": province.units["XA2"].pk}
    change = recorded(send(admin, "unit_merge", province.units["XA1"], **given))
    assert set(change.parts.filter(role="predecessor").values_list("unit__code", flat=True)) == {"XA1"}
    assert Unit.objects.get(code="XA1").during.upper == TODAY


def test_units_are_merged_into_a_new_one(province: Province, admin: Client) -> None:
    given = {"how": "new", "others": [province.units["XA2"].pk], "name": "UBND xã Khe Ninh", "code": "KN"}
    change = recorded(send(admin, "unit_merge", province.units["XA1"], **given))
    gone = set(change.parts.filter(role="predecessor").values_list("unit__code", flat=True))
    assert gone == {"XA1", "XA2"}
    assert Unit.objects.get(code="KN").kind == UnitKind.COMMUNE


def test_a_unit_is_split_and_goes_on(province: Province, admin: Client) -> None:
    commune, staff = province.units["XA1"], province.person("xa1-staff")
    given = {"how": "tach", "name_1": "UBND xã Khe Mới", "code_1": "KM"}
    taken = {f"unit_{province.units['TH1'].pk}": "1", f"person_{staff.pk}": "1"}
    recorded(send(admin, "unit_split", commune, **given, **taken))
    made = Unit.objects.get(code="KM")
    assert Unit.objects.get(pk=commune.pk).during.upper is None
    assert province.units["TH1"].parent_links.get(during__contains=TODAY).parent == made
    assert staff.postings.get(during__contains=TODAY).unit == made


def test_a_unit_is_divided_and_ends(province: Province, admin: Client) -> None:
    given = {"how": "chia", "name_1": "UBND xã A", "code_1": "A", "name_2": "UBND xã B", "code_2": "B"}
    recorded(send(admin, "unit_split", province.units["XA1"], **given))
    assert Unit.objects.get(code="XA1").during.upper == TODAY
    assert province.units["TH1"].parent_links.get(during__contains=TODAY).parent.code == "A"


def test_a_look_shows_what_would_change_and_leaves_nothing(province: Province, admin: Client) -> None:
    before, taker = state(), province.units["XA2"].pk
    late = {"how": "into", "into": taker, "on": "2026-01-15", "note": "Theo đề án."}
    page = words(send(admin, "unit_merge", province.units["XA1"], step="xem", **late))
    assert "Ghi chậm 2 tháng: số liệu các tháng 1, 2/2026 được tính lại." in page
    assert "Giàng A Sử" in page
    assert "Thủ trưởng tại Ủy ban nhân dân xã Mường Khe của Giàng A Sử" in page
    assert "Trường Trung học cơ sở Mường Khe" in page
    assert f'<input type="hidden" name="into" value="{taker}">' in page
    assert '<input type="hidden" name="note" value="Theo đề án.">' in page
    assert (state(), Unit.objects.get(code="XA1").during.upper) == (before, None)


def test_a_locked_month_is_told_and_kept(province: Province, admin: Client) -> None:
    lock_period(province.units["XA1"], date(2026, 1, 1), actor=province.actor("xa1-head"), at=LATER)
    late = {"parent": province.units["XA2"].pk, "on": "2026-01-15"}
    page = words(send(admin, "unit_move", province.units["TH1"], step="xem", **late))
    assert "Tháng 1/2026 đã khóa, giữ nguyên." in page
    assert "Đã khóa, giữ số trước" in page


def test_a_change_ahead_says_when_it_comes(province: Province, admin: Client) -> None:
    ahead = {"name": "Sở Y tế và Dân số", "on": "2026-04-01"}
    page = words(send(admin, "unit_rename", province.units["SYT"], step="xem", **ahead))
    assert "Có hiệu lực từ 01/04/2026, sau 30 ngày nữa." in page
    recorded(send(admin, "unit_rename", province.units["SYT"], **ahead))
    assert Unit.objects.get(code="SYT").name == "Sở Y tế"


def test_going_back_from_a_look_loses_nothing(province: Province, admin: Client) -> None:
    given = {"name": "Sở Y tế và Dân số", "note": "Theo đề án."}
    page = words(send(admin, "unit_rename", province.units["SYT"], step="sua", **given))
    for typed in ("Sở Y tế và Dân số", "Theo đề án.", "45/QĐ-UBND", "2026-02-27"):
        assert typed in page
    assert 'class="nep-errors"' not in page


def test_a_unit_is_searched_and_nothing_is_judged_or_lost(province: Province, admin: Client) -> None:
    typed = {"parent_tim": "hai ninh", "decision": "7/QĐ", "decided_on": ""}
    page = words(send(admin, "unit_move", province.units["TH1"], step="tim", **typed))
    assert "Ủy ban nhân dân phường Hải Ninh (Ủy ban nhân dân tỉnh Vân Lĩnh)" in page
    assert ("7/QĐ" in page, 'class="nep-errors"' in page) == (True, False)
    none = words(send(admin, "unit_move", province.units["TH1"], step="tim", parent_tim="qqq"))
    assert "Không có đơn vị nào khớp." in none


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("unit_rename", {"name": ""}, "Nhập tên mới."),
        ("unit_rename", {"name": "Khác", "decision": ""}, "Nhập số, ký hiệu quyết định."),
        ("unit_rename", {"name": "Khác", "on": "31/02/2026"}, "Nhập ngày như 30/06/2025."),
        ("unit_rename", {"name": "Sở Y tế"}, "Từ ngày 02/03/2026 đơn vị đã có tên Sở Y tế."),
        ("unit_move", {}, "Đơn vị cấp trên mới: Tìm rồi chọn một đơn vị."),
        ("unit_move", {"parent": "999999"}, "Chọn lại một đơn vị ở dưới."),
        ("unit_open", {"name": "A", "code": "SNV", "kind": "division"}, "Mã này đã có đơn vị dùng."),
        ("unit_merge", {"how": "into"}, "Tìm rồi chọn đơn vị tiếp nhận."),
        ("unit_merge", {"how": "new"}, "Nhập mã đơn vị mới."),
        ("unit_split", {"how": "chia", "name_1": "A", "code_1": "A", "name_2": "B"}, "Nhập mã đơn vị mới 2."),
        (
            "unit_split",
            {"how": "chia", "name_1": "A", "code_1": "A", "name_2": "B", "code_2": "A"},
            "Mã này trùng với đơn vị mới khác ở trên.",
        ),
        ("unit_close", {}, "chọn nơi tiếp nhận trước khi đóng."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(
    province: Province, admin: Client, name: str, fields: dict[str, str], told: str
) -> None:
    province.staff("syt-staff", "Hạng A Tủa", "SYT")
    before = state()
    page = words(send(admin, name, province.units["SYT"], note="Theo đề án.", **fields))
    assert (told in page, "Theo đề án." in page, 'class="nep-errors"' in page) == (True, True, True)
    assert state() == before


def test_nothing_goes_to_a_new_unit_that_is_not_described(province: Province, admin: Client) -> None:
    given = {"how": "tach", "name_1": "A", "code_1": "A", f"unit_{province.units['TH1'].pk}": "3"}
    page = words(send(admin, "unit_split", province.units["XA1"], **given))
    assert "Chưa nhập tên đơn vị mới 3." in page


@pytest.mark.parametrize("name", ACTS)
def test_outside_elevated_mode_the_act_is_shown_with_its_reason_and_the_way(
    province: Province, plain_admin: Client, name: str
) -> None:
    unit, before = province.units["XA1"], state()
    page = words(plain_admin.get(reverse(name, args=[unit.pk])))
    assert 'aria-disabled="true"' in page
    assert f"{reverse('elevate')}?next={reverse(name, args=[unit.pk])}" in page
    assert send(plain_admin, name, unit, name="Khác").status_code == 403
    assert state() == before


@pytest.mark.parametrize(("login", "status"), [("ubnd-head", 403), ("xa1-head", 403), ("xa2-head", 404)])
def test_others_are_refused(province: Province, signed_in: SignIn, login: str, status: int) -> None:
    client, unit, before = signed_in(login), province.units["XA1"], state()
    for name in ACTS:
        assert client.get(reverse(name, args=[unit.pk])).status_code == status
        assert send(client, name, unit, name="Khác").status_code == status
    assert state() == before


def test_the_page_of_a_unit_offers_its_acts(
    province: Province, plain_admin: Client, signed_in: SignIn
) -> None:
    address = reverse("unit", args=[province.units["XA1"].pk])
    rename = reverse("unit_rename", args=[province.units["XA1"].pk])
    locked, refused = words(plain_admin.get(address)), words(signed_in("xa1-head").get(address))
    assert (rename in locked, f"{reverse('elevate')}?next={address}" in locked) == (False, True)
    assert ("Chưa ghi được." in refused, reverse("elevate") in refused) == (True, False)


def test_acts_open_in_elevated_mode_and_fit_the_unit(province: Province, admin: Client) -> None:
    offered = {
        code: words(admin.get(reverse("unit", args=[province.units[code].pk]))) for code in ("XA1", "CD2")
    }
    for code, page in offered.items():
        for name in ACTS:
            assert reverse(name, args=[province.units[code].pk]) in page
    attach = [reverse("unit_reattach", args=[province.units[code].pk]) for code in ("XA1", "CD2")]
    assert [attach[0] in offered["XA1"], attach[1] in offered["CD2"]] == [False, True]
    assert admin.get(attach[0]).status_code == 404


def test_a_form_sent_twice_records_once(province: Province, admin: Client) -> None:
    given = {"name": "Sở Y tế và Dân số", "once": str(uuid4())}
    first, second = (send(admin, "unit_rename", province.units["SYT"], **given) for _ in range(2))
    assert (first["Location"], UnitChange.objects.filter(kind="rename").count()) == (second["Location"], 1)


def test_a_change_is_withdrawn_with_its_reason(province: Province, admin: Client) -> None:
    change = recorded(send(admin, "unit_rename", province.units["SYT"], name="Sở Y tế và Dân số"))
    address = reverse("change_withdraw", args=[change.pk])
    assert "Nhập lý do hủy ghi nhận." in words(admin.post(address, {"reason": ""}))
    answer = admin.post(address, {"reason": "Ghi nhầm.", "once": str(uuid4())})
    assert answer["Location"] == reverse("change", args=[change.pk])
    page = words(admin.get(answer["Location"]))
    assert ("Đã hủy ghi nhận lúc" in page, "Ghi nhầm." in page, address in page) == (True, True, False)
    assert Unit.objects.get(code="SYT").name == "Sở Y tế"
    again = words(admin.post(address, {"reason": "Lần nữa.", "once": str(uuid4())}))
    assert "Biến động này đã được hủy ghi nhận." in again


def test_others_do_not_withdraw(province: Province, plain_admin: Client, signed_in: SignIn) -> None:
    change = rename_unit(province.units["XA1"], "UBND xã Khác", actor=None, on=TODAY, at=AT)
    address = reverse("change_withdraw", args=[change.pk])
    locked = words(plain_admin.get(address))
    assert f"{reverse('elevate')}?next={address}" in locked
    answers = [
        client.post(address, {"reason": "Vì thế."}).status_code
        for client in (plain_admin, signed_in("xa1-head"), signed_in("xa2-head"))
    ]
    assert answers == [403, 403, 404]
    assert UnitChange.objects.get(pk=change.pk).withdrawn_at is None


def listed(client: Client, **asked: str) -> str:
    return words(client.get(reverse("unit_changes"), asked))


def test_changes_are_listed_by_kind_and_span(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client = signed_in("ubnd-head")
    merged, opened = listed(client, loai="merge"), listed(client, loai="open", tu="2026-04-01")
    assert ("huyện Yên Thủy" in merged, "Sở Y tế và Dân số" in merged) == (True, False)
    assert ("Phòng Kinh tế Mường Khe" in opened, "Sắp tới" in opened, "Sở Nội vụ" in opened) == (
        True,
        True,
        False,
    )
    assert "Không có biến động nào khớp" in listed(client, den="2024-01-01")
    wrong = listed(client, tu="2026-04-01", den="2026-01-01")
    assert "Chọn ngày bằng hoặc sau ngày bắt đầu." in wrong


def test_only_changes_of_known_units_are_listed_and_opened(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client = signed_in("xa2-head")
    shown = listed(client)
    assert ("Trường Trung học cơ sở Mường Khe" in shown, "huyện Yên Thủy" in shown) == (True, False)
    merger = UnitChange.objects.get(kind="merge")
    assert client.get(reverse("change", args=[merger.pk])).status_code == 404
    assert signed_in("xa1-head").get(reverse("change", args=[merger.pk])).status_code == 200


def test_withdrawn_changes_are_listed_when_asked_for(province: Province, admin: Client) -> None:
    change = recorded(send(admin, "unit_rename", province.units["SYT"], name="Sở Y tế và Dân số"))
    admin.post(reverse("change_withdraw", args=[change.pk]), {"reason": "Nhầm.", "once": str(uuid4())})
    address = reverse("change", args=[change.pk])
    assert [address in listed(admin, **asked) for asked in ({}, {"huy": "on"})] == [False, True]


@pytest.mark.parametrize("page", ["unit_changes", "change"])
def test_as_many_queries_for_thirty_rows_as_for_one(province: Province, signed_in: SignIn, page: str) -> None:
    client = signed_in("ubnd-head")

    def queries(change: UnitChange) -> int:
        address = reverse(page, args=[change.pk] if page == "change" else [])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def merged(count: int) -> UnitChange:
        units = [
            province.open(f"Q{count}-{number}", f"Phòng {number}", UnitKind.DIVISION, parent="XA1")
            for number in range(count)
        ]
        for number, unit in enumerate(units):
            province.staff(f"q{count}-{number}", f"Nguyễn Văn {number}", unit.code)
        return merge_units(units, province.units["XA1"], actor=None, on=TODAY, at=AT)[1]

    few = queries(merged(1))
    assert queries(merged(30)) == few
