"""What anybody may send to any address, and what it must not do to the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories.province import Province

pytestmark = pytest.mark.django_db


def test_a_visitor_cannot_fill_the_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NEP_MAX_REQUEST = 100_000
    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", pytest.fail)
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("sign_in"))
    file = SimpleUploadedFile("lon.bin", b"0" * 200_000)
    answer = client.post(reverse("sign_in"), {"file": file})
    assert answer.status_code == 413
    assert "Gửi ít tệp hơn." in answer.content.decode()


@pytest.mark.parametrize(
    "words", ["a" * 3000, "x:* | !y & (", "'; DROP TABLE org_unit; --", "\\", "đ\u0000d", "ﬁ²٣"]
)
@pytest.mark.parametrize(
    ("name", "key"), [("units", "tim"), ("people", "tim"), ("documents", "tim"), ("programmes", "tim")]
)
def test_any_words_can_be_searched(
    province: Province, signed_in: Callable[[str], Client], name: str, key: str, words: str
) -> None:
    assert signed_in("ubnd-officer").get(reverse(name), {key: words}).status_code == 200


@pytest.mark.parametrize("value", ["²", "٣", "9" * 30, "9" * 5000, "-1", "1 OR 1=1", "\u0000", ""])
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("units", ("trang",)),
        ("people", ("don-vi", "kieu", "vi-tri", "sap", "sau", "truoc", "dem", "cach-xem")),
        ("documents", ("sau", "nam", "loai", "den-ngay-tu", "den-ngay-den", "don-vi")),
        ("programmes", ("truoc", "nam", "trang-thai", "he-thong")),
        ("evidence_waiting", ("sau", "chuong-trinh", "don-vi")),
    ],
)
def test_any_value_can_be_asked_for(
    province: Province, signed_in: Callable[[str], Client], name: str, keys: tuple[str, ...], value: str
) -> None:
    client = signed_in("ubnd-officer")
    for key in keys:
        assert client.get(reverse(name), {key: value}).status_code in {200, 404}, key
