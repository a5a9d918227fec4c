"""Acts on many rows: shown first, done for a reason, refused rows told one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from nep.movements.models import Evidence
from nep.movements.services.evidence import accept_evidence, send_for_task
from nep.platform.audit.models import Event
from tests.factories.evidence import photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued, running_programme

pytestmark = pytest.mark.django_db

SignIn = Callable[[str], Client]
ACCEPT, RETURN = "/danh-sach/minh-chung/viec/nhan/", "/danh-sach/minh-chung/viec/tra-lai/"


@pytest.fixture
def waiting(province: Province, monkeypatch: pytest.MonkeyPatch) -> list[Evidence]:
    """Two pieces of evidence of a commune that wait for the department."""
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)
    running: Running = running_programme(province)
    plan, focal = issued(province, running, "XA1"), province.actor("xa1-focal")
    first = send_for_task(adopted(plan, "NV2"), told(), [photo_file()], actor=focal, at=AT)
    later = AT + timedelta(hours=1)
    return [first, send_for_task(adopted(plan, "NV4"), told(), actor=focal, at=later)]


def states() -> list[str]:
    return list(Evidence.objects.order_by("pk").values_list("state", flat=True))


def picked(rows: list[Evidence], **more: str) -> dict[str, object]:
    return {"chon": [str(row.pk) for row in rows], **more}


def test_the_list_offers_boxes_and_acts_without_scripts(waiting: list[Evidence], signed_in: SignIn) -> None:
    client = signed_in("snv-head")
    page = client.get("/phong-trao/minh-chung/?chuong-trinh=0&sap=-nop").content.decode()
    assert page.count('type="checkbox" name="chon"') == 2
    assert (page.count(f'formaction="{ACCEPT}"'), page.count(f'formaction="{RETURN}"')) == (1, 1)
    assert page.count(" checked>") == 0
    assert client.get("/phong-trao/minh-chung/?chon=het").content.decode().count(" checked>") == 2


def test_the_act_says_what_it_will_do_and_asks_why(waiting: list[Evidence], signed_in: SignIn) -> None:
    page = signed_in("snv-head").get(ACCEPT, picked(waiting) | {"ve": "sap=-nop"})
    assert [row.pk for row in page.context["seen"].rows] == [row.pk for row in waiting]
    assert (page.context["back"], states()) == ("/phong-trao/minh-chung/?sap=-nop", ["sent", "sent"])
    missing = signed_in("snv-head").post(ACCEPT, picked(waiting, reason=" "))
    assert (missing.status_code, states()) == (200, ["sent", "sent"])


def test_all_are_done_and_each_is_told_with_the_reason(waiting: list[Evidence], signed_in: SignIn) -> None:
    answer = signed_in("snv-head").post(f"{ACCEPT}?ve=sap%3D-nop", picked(waiting, reason="Đủ ảnh và ngày."))
    assert (answer["Location"], states()) == ("/phong-trao/minh-chung/?sap=-nop", ["accepted", "accepted"])
    told_of = Event.objects.filter(kind="movements.evidence_accepted")
    assert list(told_of.values_list("reason", flat=True)) == ["Đủ ảnh và ngày.", "Đủ ảnh và ngày."]
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Đã nhận 2 minh chứng."]


def test_many_are_returned_with_one_reason(waiting: list[Evidence], signed_in: SignIn) -> None:
    signed_in("snv-head").post(RETURN, picked(waiting, reason="Ảnh không rõ."))
    rows = Evidence.objects.order_by("pk").values_list("state", "reason")
    assert list(rows) == [("returned", "Ảnh không rõ."), ("returned", "Ảnh không rõ.")]


def test_a_refused_row_is_told_and_the_others_are_done(
    waiting: list[Evidence], signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, province: Province
) -> None:
    first = waiting[0]

    def settled_meanwhile(*_: object) -> None:
        accept_evidence(first, actor=province.actor("snv-head"), at=AT)

    monkeypatch.setattr("nep.platform.lists.views.now", lambda: settled_meanwhile() or AT)  # type: ignore[func-returns-value]
    answer = signed_in("snv-head").post(RETURN, picked(waiting, reason="Ảnh không rõ."))
    messages = [str(message) for message in get_messages(answer.wsgi_request)]
    assert messages == [
        "Đã trả lại 1 minh chứng kèm lý do.",
        f"{first.adoption.unit.name}: {first.task.title}: "  # type: ignore[union-attr]  # sent for a task
        "Lò Văn Thành đã xét minh chứng này. Mở lại trang để xem kết quả.",
    ]
    assert states() == ["accepted", "returned"]


def test_rows_out_of_sight_are_neither_shown_nor_done(
    waiting: list[Evidence], signed_in: SignIn, province: Province
) -> None:
    page = signed_in("xa2-head").get(ACCEPT, picked(waiting))
    assert (page.status_code, page.context["gone"], len(page.context["seen"].rows)) == (200, 2, 0)
    assert "Mường Khe" not in page.content.decode()
    assert signed_in("xa2-head").post(ACCEPT, picked(waiting, reason="Đủ.")).status_code == 409
    assert states() == ["sent", "sent"]


def test_an_act_that_the_list_does_not_have_is_not_found(waiting: list[Evidence], signed_in: SignIn) -> None:
    assert signed_in("snv-head").get("/danh-sach/minh-chung/viec/xoa/").status_code == 404
    assert signed_in("snv-head").get("/danh-sach/khong-co/viec/nhan/").status_code == 404
