"""Pages of letters that urge: choosing, previewing, signing, following, reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from nep.movements.domain.letters import USUAL_CLOSING, USUAL_OPENING, USUAL_SUBJECT
from nep.movements.models import Adoption, Letter, LetterAct, Occurrence
from nep.org.models import UnitKind
from nep.platform.jobs.models import JobRun
from tests.factories.province import Province
from tests.factories.running import Running, issued

DAY = date(2026, 4, 10)

Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _late_in_april(province: Province, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two communes have issued their plans in March; the clock stands in April."""
    for unit in ("XA1", "XA2"):
        issued(province, running, unit)
    monkeypatch.setattr("nep.org.access.today", lambda: DAY)


def page_of(running: Running) -> str:
    return f"/phong-trao/{running.programme.pk}/don-doc/"


def typed(**more: Any) -> dict[str, Any]:
    """The form as it stands before anything is changed."""
    return {
        "whom": "tat-ca",
        "subject": USUAL_SUBJECT,
        "opening": USUAL_OPENING,
        "closing": USUAL_CLOSING,
        "answer_by": "2026-04-17",
        "organ": "Sở Nội vụ",
        "parent": "Ủy ban nhân dân tỉnh Vân Lĩnh",
        "symbol": "SNV-XDCQ",
        "place": "Vân Lĩnh",
        "authority": "",
        "signer_title": "Giám đốc",
        "archive": "Lưu: VT",
        "numbers_given": "",
        "viec": "xem",
        **more,
    }


def seen(answer: HttpResponse) -> str:
    """The stamp of the preview on a page."""
    found = re.search(r'name="da-xem" value="(\w+)"', answer.content.decode())
    assert found is not None
    return found[1]


def text_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def sign(client: Client, running: Running, **more: Any) -> LetterAct:
    """Look at the preview, then sign."""
    stamp = seen(client.post(page_of(running), typed(**more)))
    answer = client.post(page_of(running), typed(**more, **{"da-xem": stamp}) | {"viec": "ky"})
    act = LetterAct.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, f"/viec-nen/{act.run_id}/")
    return act


def test_the_page_proposes_text_day_and_letterhead(browser: Browser, running: Running) -> None:
    text = text_of(browser("snv-head").get(page_of(running)))
    assert text.count('name="don-vi"') == 2
    assert 'value="2026-04-17"' in text  # five working days
    assert "Cần xác nhận" in text
    assert 'value="SNV"' in text
    assert "Xem trước một văn bản" in text
    assert "Ký và gửi" not in text
    assert "Số tiếp theo trong sổ công văn của Sở Nội vụ: <b>1</b>" in text


def test_a_preview_writes_nothing_and_shows_one_letter(browser: Browser, running: Running) -> None:
    text = text_of(browser("snv-head").post(page_of(running), typed()))
    assert "Ký và gửi 2 văn bản" in text
    assert "V/v đôn đốc việc quá hạn thuộc “Công sở kiểu mẫu 2026–2030”" in text
    assert "Kính gửi: Ủy ban nhân dân phường Hải Ninh" in text
    assert "<td>19/03/2026</td><td>16</td>" in text
    assert (LetterAct.objects.count(), JobRun.objects.count()) == (0, 0)


def test_signing_leads_to_the_job_and_then_to_the_act(
    browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    head = browser("snv-head")
    act = sign(head, running)
    assert "Nếp đang lập: còn 2 văn bản" in text_of(head.get(f"/phong-trao/don-doc/dot/{act.pk}/"))
    run_jobs()
    answer = head.get(f"/viec-nen/{act.run_id}/")
    assert answer["Location"] == f"/phong-trao/don-doc/dot/{act.pk}/"
    text = text_of(head.get(answer["Location"]))
    assert "2 văn bản, số 1–2" in text
    assert f"?dot={act.pk}" in text


def test_only_ticked_units_are_written_to(browser: Browser, running: Running) -> None:
    chosen = running.adoptions["XA1"].pk
    act = sign(browser("snv-head"), running, whom="chon", **{"don-vi": [chosen]})
    assert [one.adoption_id for one in act.letters.all()] == [chosen]


def test_what_was_changed_after_the_preview_is_shown_again(browser: Browser, running: Running) -> None:
    head = browser("snv-head")
    stamp = seen(head.post(page_of(running), typed()))
    changed = typed(closing="Đề nghị báo cáo ngay.", **{"da-xem": stamp}) | {"viec": "ky"}
    text = text_of(head.post(page_of(running), changed))
    assert "khác với lần xem trước" in text
    assert "Đề nghị báo cáo ngay./." in text
    assert LetterAct.objects.count() == 0


def test_units_late_since_the_preview_are_shown_first(browser: Browser, running: Running) -> None:
    head = browser("snv-head")
    stamp = seen(head.post(page_of(running), typed()))
    Occurrence.objects.filter(adoption=running.adoptions["XA2"]).update(state="sent", sent_on=DAY)
    text = text_of(head.post(page_of(running), typed(**{"da-xem": stamp}) | {"viec": "ky"}))
    assert "Ký và gửi 1 văn bản" in text
    assert LetterAct.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"opening": "Gửi {ai}"}, "Không có ô điền {ai}"),
        ({"answer_by": "2026-04-10"}, "Hạn trả lời phải sau ngày ký"),
        ({"whom": "chon"}, "Đánh dấu ít nhất một đơn vị"),
        ({"whom": "chon", "don-vi": ["0", "x"]}, "Không đơn vị nào trong số đã chọn còn trễ hạn"),
        ({"subject": ""}, "Trích yếu"),
    ],
)
def test_what_does_not_do_is_told_and_nothing_is_lost(
    browser: Browser, running: Running, change: dict[str, Any], told: str
) -> None:
    text = text_of(browser("snv-head").post(page_of(running), typed(place="Bản Mường Lẻ", **change)))
    assert told in text
    assert 'value="Bản Mường Lẻ"' in text
    assert "Ký và gửi" not in text


def test_a_sign_that_is_none_is_told_when_signing(browser: Browser, running: Running) -> None:
    head = browser("snv-head")
    stamp = seen(head.post(page_of(running), typed(symbol="số 5")))
    given = typed(symbol="số 5", **{"da-xem": stamp}) | {"viec": "ky"}
    assert "chữ viết tắt in hoa" in text_of(head.post(page_of(running), given))
    assert LetterAct.objects.count() == 0


def test_hostile_words_stay_words(browser: Browser, running: Running, run_jobs: Callable[[], None]) -> None:
    head = browser("snv-head")
    words = "<script>alert(1)</script> A & B {đơn vị}"
    text = text_of(head.post(page_of(running), typed(opening=words)))
    assert "<script>alert" not in text
    sign(head, running, opening=words)
    run_jobs()
    letter = Letter.objects.get(unit__code="XA1")
    answer = head.get(f"/phong-trao/don-doc/{letter.pk}/tep/")
    word = Document(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a file
    assert word.paragraphs[3].text == "<script>alert(1)</script> A & B Ủy ban nhân dân xã Mường Khe"


def test_the_addressee_reads_the_letter_and_its_file(
    browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    act = sign(browser("snv-head"), running)
    run_jobs()
    letter = act.letters.get(unit__code="XA1")
    mine, others = browser("xa1-staff"), browser("xa2-head")
    text = text_of(mine.get(f"/phong-trao/don-doc/{letter.pk}/"))
    assert "Công văn số 02/SNV-XDCQ" in text
    assert "Chụp ảnh bảng quy tắc tại nơi tiếp dân" in text
    assert f"/phong-trao/don-doc/dot/{act.pk}/" not in text
    file = mine.get(f"/phong-trao/don-doc/{letter.pk}/tep/")
    assert "02-SNV-XDCQ" in file["Content-Disposition"]
    assert file["Content-Type"] == "application/octet-stream"
    listed = text_of(mine.get("/phong-trao/don-doc/"))
    assert ("02/SNV-XDCQ" in listed, "01/SNV-XDCQ" in listed) == (True, False)
    for address in (f"/phong-trao/don-doc/{letter.pk}/", f"/phong-trao/don-doc/{letter.pk}/tep/"):
        assert others.get(address).status_code == 404
    assert mine.get(f"/phong-trao/don-doc/dot/{act.pk}/").status_code == 404


def test_the_list_narrows_by_programme_act_and_answer(
    browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    head = browser("snv-head")
    act = sign(head, running)
    run_jobs()
    Occurrence.objects.filter(adoption=running.adoptions["XA1"]).update(state="sent", sent_on=DAY)

    def units(query: str) -> list[str]:
        text = text_of(head.get(f"/phong-trao/don-doc/?{query}"))
        return [name for name in ("xã Mường Khe", "phường Hải Ninh") if name in text]

    assert units(f"phong-trao={running.programme.pk}&dot={act.pk}") == ["xã Mường Khe", "phường Hải Ninh"]
    assert units("thuc-hien=xong") == ["xã Mường Khe"]
    assert units("thuc-hien=con") == ["phường Hải Ninh"]
    assert units("ky-den=2026-04-09") == []


def test_pages_lead_to_signing_and_to_what_was_signed(
    browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    units = f"/phong-trao/{running.programme.pk}/don-vi/"
    assert page_of(running) in text_of(browser("snv-head").get(units))
    assert page_of(running) not in text_of(browser("supervisor").get(units))
    sign(browser("snv-head"), running)
    run_jobs()
    letter = Letter.objects.get(unit__code="XA1")
    plan = f"/phong-trao/don-vi/{letter.adoption_id}/"
    told = f'<a href="/phong-trao/don-doc/{letter.pk}/">Công văn số 02/SNV-XDCQ</a>'
    assert told in text_of(browser("xa1-head").get(plan))
    Occurrence.objects.filter(urged_by__letter=letter).update(state="sent", sent_on=DAY)
    assert told not in text_of(browser("xa1-head").get(plan))


def test_who_may_not_sign_is_refused_with_the_reason(browser: Browser, running: Running) -> None:
    for login in ("snv-focal", "ubnd-officer", "snv-staff"):
        assert browser(login).get(page_of(running)).status_code == 403, login
    refused = browser("ubnd-head").get(page_of(running))
    assert (refused.status_code, "thủ trưởng của Sở Nội vụ" in refused.content.decode()) == (403, True)
    assert browser("cd-head").get(page_of(running)).status_code == 404


def test_the_rest_of_an_act_goes_on_by_a_form(
    browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    head = browser("snv-head")
    act = sign(head, running)
    JobRun.objects.update(state=JobRun.State.FAILED)
    page = f"/phong-trao/don-doc/dot/{act.pk}/"
    assert "chưa lập vì việc bị dừng giữa chừng" in text_of(head.get(page))
    answer = head.post(f"{page}lam-tiep/")
    act.refresh_from_db()
    assert answer["Location"] == f"/viec-nen/{act.run_id}/"
    run_jobs()
    assert act.letters.written().count() == 2
    assert browser("supervisor").post(f"{page}lam-tiep/").status_code == 403


def test_as_many_queries_for_one_unit_as_for_thirty(
    province: Province, browser: Browser, running: Running, run_jobs: Callable[[], None]
) -> None:
    head = browser("snv-head")

    def counts() -> list[int]:
        asked = []
        for address in (page_of(running), "/phong-trao/don-doc/"):
            head.get(address)
            with CaptureQueriesContext(connection) as queries:
                head.get(address)
            asked.append(len(queries))
        return asked

    sign(head, running, whom="chon", **{"don-vi": [running.adoptions["XA1"].pk]})
    run_jobs()
    few = counts()
    _thirty_more(province, running)
    sign(head, running)
    run_jobs()
    assert Letter.objects.written().count() == 33
    assert counts() == few


def _thirty_more(province: Province, running: Running) -> None:
    """Thirty more communes that are late with one duty each."""
    pattern = Occurrence.objects.late(DAY).get(adoption=running.adoptions["XA1"])
    for number in range(30):
        unit = province.open(
            f"X{number + 10}", f"Ủy ban nhân dân xã {number}", UnitKind.COMMUNE, parent="UBND"
        )
        Adoption.objects.filter(unit=unit).delete()  # units that open are expected to follow by themselves
        adoption = Adoption.objects.get(pk=running.adoptions["XA1"].pk)
        adoption.pk, adoption.unit = None, unit
        adoption.save(force_insert=True)
        term = Occurrence.objects.get(pk=pattern.pk)
        task = term.task
        assert task is not None
        task.pk, task.adoption = None, adoption
        task.save(force_insert=True)
        term.pk, term.unit, term.adoption, term.task = None, unit, adoption, task
        term.save(force_insert=True)
