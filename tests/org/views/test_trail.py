"""The auditor's pages: what is in scope, with its seal; that they were read is told there too."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nep.accounts.roles import AUDITOR
from nep.org.queries.trail import visible_events
from nep.platform.audit.domain.bundle import Bundle
from nep.platform.audit.domain.verification import verify
from nep.platform.audit.keyring import signing_key, trusted_keys
from nep.platform.audit.models import Check, Event, Leaf
from nep.platform.audit.sealing import seal_all
from nep.platform.jobs.models import JobRun
from tests.factories.province import AT, Province

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditors(province: Province) -> Province:
    """One over the whole province, one over a commune."""
    province.staff("auditor", "Lưu Bích Ngân", "UBND", AUDITOR)
    province.staff("xa1-auditor", "Tẩn Mùi Say", "XA1", AUDITOR)
    return province


def test_the_scope_is_the_unit_and_all_below(auditors: Province) -> None:
    inside = {auditors.units[code].pk for code in ("XA1", "TH1")}
    told = visible_events(auditors.actor("xa1-auditor"))
    assert set(told.exclude(unit_id=None).values_list("unit_id", flat=True)) == inside
    assert not told.filter(unit_id=None).exists()  # Nếp itself did those: for who audits the whole province
    whole = visible_events(auditors.actor("auditor"))
    assert whole.filter(kind="org.person_registered").exists()
    assert not whole.filter(unit_id=auditors.units["CD"].pk).exists()  # another line, another role


def test_who_is_no_auditor_reads_nothing(auditors: Province, signed_in: Callable[[str], Client]) -> None:
    event = Event.objects.latest("pk")
    for login in ("ubnd-head", "supervisor", "stranger"):
        client = signed_in(login)
        assert client.get(reverse("trail")).status_code == 403
        assert client.get(reverse("trail_event", args=[event.pk])).status_code == 403
    outside = Event.objects.filter(unit_id=auditors.units["SNV"].pk).first()
    assert outside is not None
    assert signed_in("xa1-auditor").get(reverse("trail_event", args=[outside.pk])).status_code == 404


def test_the_list_tells_sentences_and_seals(auditors: Province, signed_in: Callable[[str], Client]) -> None:
    seals = seal_all(signing_key(), at=AT)
    Check.objects.create(at=AT, rows=5, seals=1, waiting=0, findings=[])
    page = signed_in("xa1-auditor").get(reverse("trail"), {"nhom": "org."}).content.decode()
    assert "Nếp lập đơn vị Trường Trung học cơ sở Mường Khe từ 01/07/2025." in page
    assert f"Dấu số {seals[0].number}" in page
    assert "nguyên vẹn" in page
    read = Event.objects.get(kind="audit.trail_read")
    assert (read.actor_name, read.facts["what"]) == ("Tẩn Mùi Say", "(Nhóm: Tổ chức và con người)")


def test_filters_narrow(auditors: Province, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("auditor")
    client.get(reverse("trail"))

    def count(**asked: str) -> int:
        return len(client.get(reverse("trail"), asked | {"dem": "co"}).context["events"].rows)

    assert count(nhom="audit.") == 1
    assert count(ai=str(auditors.users["auditor"].pk), nhom="org.") == 0
    assert (
        count(**{"don-vi": str(auditors.units["TH1"].pk)})
        == Event.objects.filter(unit_id=auditors.units["TH1"].pk).count()
    )
    assert count(**{"ngay-tu": "2026-01-06", "ngay-den": "2026-01-07"}) == 0
    assert count(tim="không có lý do nào như thế") == 0


def test_one_event_whole(auditors: Province, signed_in: Callable[[str], Client]) -> None:
    event = Event.objects.filter(unit_id=auditors.units["XA1"].pk).earliest("pk")
    client, address = signed_in("auditor"), reverse("trail_event", args=[event.pk])
    assert "chờ niêm phong" in client.get(address).content.decode()
    seal_all(signing_key(), at=AT)
    assert "khớp dấu niêm phong" in client.get(address).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change")
        cursor.execute("UPDATE audit_event SET reason = 'khác' WHERE id = %s", [event.pk])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_change")
    assert "Sự kiện này đã bị sửa sau khi niêm phong" in client.get(address).content.decode()
    assert Event.objects.filter(kind="audit.event_read").count() == 1


def test_what_the_nightly_check_found_is_shown(
    auditors: Province, signed_in: Callable[[str], Client]
) -> None:
    found = [{"code": "missing", "sentence": "Sự kiện 7 đã bị xóa."}]
    Check.objects.create(at=AT, rows=5, seals=1, waiting=0, findings=found)
    page = signed_in("auditor").get(reverse("trail")).content.decode()
    assert "Nhật ký không còn nguyên vẹn." in page
    assert "Sự kiện 7 đã bị xóa." in page


def test_queries_do_not_grow_with_rows(
    auditors: Province,
    signed_in: Callable[[str], Client],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = signed_in("auditor")
    client.get(reverse("trail"))
    few = {"don-vi": str(auditors.units["TH1"].pk)}
    client.get(reverse("trail"), few)
    for asked in ({}, few):
        with django_assert_max_num_queries(23):  # type: ignore[attr-defined]
            client.get(reverse("trail"), asked)


@pytest.mark.django_db(transaction=True)
def test_a_bundle_holds_what_the_auditor_may_read_and_can_be_verified(
    auditors: Province, signed_in: Callable[[str], Client], run_jobs: Callable[[], None], tmp_path: Path
) -> None:
    seal_all(signing_key(), at=AT)
    client = signed_in("xa1-auditor")
    client.post(reverse("trail_export"))
    run_jobs()
    run = JobRun.objects.get()
    assert run.state == JobRun.State.DONE, run.message
    answer = client.get(run.result_url)
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:  # type: ignore[attr-defined]
        packed.extractall(tmp_path / "bundle")
    bundle = Bundle(tmp_path / "bundle")
    report = verify(bundle, trusted_keys())
    visible = visible_events(auditors.actor("xa1-auditor")).filter(pk__lte=Leaf.objects.latest("pk").pk)
    assert (report.rows, report.findings) == (visible.count(), [])
    assert report.withheld == Leaf.objects.count() - visible.count() > 0
    assert bundle.wrong_with_files(trusted_keys()) == []
    assert "Sở Y tế" not in (tmp_path / "bundle" / "sealed.jsonl").read_text()
    assert signed_in("auditor").get(run.result_url).status_code == 404
    assert Event.objects.filter(kind="audit.trail_exported").count() == 1
