"""What goes wrong on a server is written where the operator looks."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from nep.platform.access import page, public


@page(access=public("Chỉ để thử trong bài kiểm tra."))
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("lỗi không ngờ")


urlpatterns = [path("hong/", breaks)]
handler500 = "nep.platform.requests.errors.server_error"


@pytest.mark.django_db
@pytest.mark.urls("tests.platform.test_logs")
def test_an_unexpected_error_is_one_json_line_and_tells_the_user_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal = io.StringIO()
    handler = next(handler for handler in logging.getLogger().handlers if handler.get_name() == "journal")
    monkeypatch.setattr(handler, "stream", journal)
    answer = Client(raise_request_exception=False).get("/hong/")
    assert (answer.status_code, "lỗi không ngờ" in answer.content.decode()) == (500, False)
    line = json.loads(journal.getvalue())
    assert (line["level"], line["logger"]) == ("error", "django.request")
    assert "ZeroDivisionError: lỗi không ngờ" in line["exception"]
