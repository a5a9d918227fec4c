"""Words that are meant to harm whoever reads them are only words."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document as Word

from nep.movements.models import Evidence, EvidenceFile
from tests.factories.evidence import photo_bytes
from tests.factories.province import TODAY, Province
from tests.factories.running import Running, adopted, issued, prepared

Browser = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


def send(client: Client, url: str, **values: object) -> None:
    given = {"happened_on": f"{TODAY:%d/%m/%Y}", "text": SCRIPT, "once": str(uuid4())}
    client.post(url, given | values)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JaVaScRiPt://%0aalert(1)", "data:text/html,x", "ftp://a.vn/x", "//a.vn\n@b"],
)
def test_a_link_leads_to_a_page_of_the_web_or_is_refused(
    browser: Browser, province: Province, running: Running, link: str
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    send(browser("xa1-focal"), reverse("evidence_new", args=[task.pk]), link=link)
    assert [row.link for row in Evidence.objects.all() if not row.link.startswith("https://")] == []


def test_evidence_with_script_in_words_and_names(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    name = '"><img src=x onerror=alert(1)>\r\nSet-Cookie: a=b.jpg'
    file = SimpleUploadedFile("x.jpg", photo_bytes(), content_type="text/html")
    send(browser("xa1-focal"), reverse("evidence_new", args=[task.pk]), attached=file)
    sent = EvidenceFile.objects.get()
    EvidenceFile.objects.update(name=name)
    decider = browser("snv-head")
    for url in (
        reverse("evidence", args=[sent.evidence_id]),
        reverse("adopted_task", args=[task.pk]),
        reverse("evidence_return", args=[sent.evidence_id]),
    ):
        page = decider.get(url).content.decode()
        assert "&lt;script&gt;" in page
        assert SCRIPT not in page
        assert "<img src=x" not in page
    answer = decider.get(reverse("evidence_file", args=[sent.pk]))
    assert "Set-Cookie" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_a_plan_with_signs_that_word_does_not_know_can_be_written(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption, client = prepared(province, running, "XA1"), browser("xa1-focal")
    own = {
        "rieng-title": f"Việc {SCRIPT} \x0b\x1f\ufffe]]>",
        "rieng-evidence_kind": "any",
        "once": str(uuid4()),
    }
    client.post(reverse("adoption_own_task", args=[adoption.pk]), own)
    assert adoption.tasks.filter(task=None).count() == 1
    answer = client.get(reverse("adoption_draft_docx", args=[adoption.pk]))
    assert answer.status_code == 200
    cells = [
        cell.text
        for table in Word(io.BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any(SCRIPT in text for text in cells)


def test_pages_say_what_they_may_load(browser: Browser, running: Running) -> None:
    answer = browser("xa1-focal").get(reverse("programme", args=[running.programme.pk]))
    assert set(answer["Content-Security-Policy"].split("; ")) == {
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")
