"""What `@page` promises: policies, GET that cannot write, forms that act once."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import InternalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.kernel.errors import AccessDenied
from nep.org.models import Position
from nep.platform.access import holds, page, public, signed_in
from nep.platform.requests.errors import refusal
from nep.platform.requests.models import FormReceipt
from tests.factories.province import Province

pytestmark = pytest.mark.django_db


@page(access=public("Chỉ để thử trong bài kiểm tra."))
def writes_on_get(request: HttpRequest) -> HttpResponse:
    Position.objects.create(name="không được có")
    return HttpResponse("x")


@page(access=signed_in(), writes=True)
def adds(request: HttpRequest) -> HttpResponse:
    position = Position.objects.create(name=request.POST["name"] + str(Position.objects.count()))
    if request.POST["name"] == "sai":
        return HttpResponse("form with errors")
    return HttpResponseRedirect(f"/{position.pk}/")


@page(access=holds(Permission.DRAFT_PROGRAMMES))
def drafts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


def post(user: User, **values: str) -> HttpRequest:
    request = RequestFactory().post("/them/", values)
    request.user, request.session = user, {}
    return request


def get(user: User | AnonymousUser, path: str = "/them/?a=1") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user, request.session = user, {}
    return request


def test_get_cannot_write() -> None:
    with pytest.raises(InternalError, match="read-only"):
        writes_on_get(get(AnonymousUser()))


def test_a_visitor_is_led_to_the_sign_in_and_back() -> None:
    answer = adds(get(AnonymousUser()))
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap/?next=/them/%3Fa%3D1")


def test_post_is_refused_where_the_page_does_not_write(province: Province) -> None:
    assert drafts(post(province.users["ubnd-officer"])).status_code == 405


def test_a_permission_is_asked_for(province: Province) -> None:
    assert drafts(get(province.users["ubnd-officer"])).status_code == 200
    with pytest.raises(AccessDenied):
        drafts(get(province.users["snv-staff"]))


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page(province: Province) -> None:
    user, token, before = province.users["snv-staff"], str(uuid4()), Position.objects.count()
    first, second = (adds(post(user, name="Đội trưởng", once=token)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Position.objects.count() == before + 1


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/phong-trao/1/?mo=moc", "/phong-trao/1/?mo=moc"),
        ("http://testserver//evil.example/", ""),
        ("https://evil.example/phong-trao/1/", ""),
        ("", ""),
    ],
)
def test_a_refused_form_leads_back_to_its_own_page_only(came_from: str, back: str) -> None:
    sent = RequestFactory(HTTP_HOST="testserver").post("/them/", HTTP_REFERER=came_from)
    sent.user = AnonymousUser()
    page = refusal(sent, status=409, reason="Đã đổi.").content.decode()
    assert ("Mở lại trang vừa rồi" in page, f'href="{back}"' in page) == (bool(back), bool(back))


def test_the_token_of_somebody_else_does_not_hide_a_form(province: Province) -> None:
    token, before = str(uuid4()), Position.objects.count()
    for login in ("snv-staff", "xa1-staff"):
        adds(post(province.users[login], name="Đội phó", once=token))
    assert Position.objects.count() == before + 2


def test_a_form_with_errors_leaves_nothing_and_can_be_sent_again(province: Province) -> None:
    user, token, before = province.users["snv-staff"], str(uuid4()), Position.objects.count()
    assert adds(post(user, name="sai", once=token)).status_code == 200
    assert (Position.objects.count(), FormReceipt.objects.count()) == (before, 0)
    assert adds(post(user, name="đúng", once=token)).status_code == 302
