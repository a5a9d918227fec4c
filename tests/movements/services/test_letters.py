"""Urging late units by letters: signed once, each unit one letter, numbers without gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.models import IssuedDocument, NumberRegister, UnitLetterhead
from nep.kernel.errors import AccessDenied, Conflict, RuleError, Unavailable
from nep.movements.access_letters import letters_to_answer, visible_letter_acts, visible_letters
from nep.movements.domain.letters import Wording
from nep.movements.models import Letter, LetterAct, LetterTerm, Occurrence
from nep.movements.queries.letters import late_units, letter_rows
from nep.movements.services import letters as acts
from nep.movements.services.letters import LetterOrder, go_on_with_letters, sign_letters, write_letter
from nep.org.services.grants import give_acting_authority
from nep.platform.audit.models import Event
from nep.platform.files.store import path_of
from nep.platform.jobs.models import JobRun
from nep.platform.notify.models import Message, Notice
from nep.platform.notify.outbox import text_of
from tests.factories.province import Province
from tests.factories.running import Running, issued, running_programme

DAY = date(2026, 4, 10)
ANSWER_BY = date(2026, 4, 17)
AT = datetime(2026, 4, 10, 2, 0, tzinfo=UTC)
WORDS = LetterheadWords("Sở Nội vụ", "SNV-XDCQ", "Vân Lĩnh", "Giám đốc", "Lưu: VT, XDCQ")


@pytest.fixture
def running(province: Province) -> Running:
    """Two communes have issued their plans in March and sent nothing since."""
    made = running_programme(province)
    for unit in ("XA1", "XA2"):
        issued(province, made, unit)
    for login in ("xa1-head", "xa2-head"):
        user = province.users[login]
        user.email = f"{login}@vanlinh.example"
        user.save(update_fields=["email"])
    return made


def order(seen: int = 2, **more: object) -> LetterOrder:
    return replace(LetterOrder(Wording(), WORDS, ANSWER_BY, seen), **more)  # type: ignore[arg-type]  # its fields


def sign(province: Province, running: Running, given: LetterOrder | None = None, **more: object) -> LetterAct:
    return sign_letters(
        running.programme,
        province.units["SNV"],
        given or order(),
        actor=province.actor(str(more.get("login", "snv-head")), DAY),
        at=AT,
        site="https://nep.example/",
    )


def late_titles(running: Running, unit: str) -> list[str]:
    rows = (
        Occurrence.objects.late(DAY).filter(adoption=running.adoptions[unit]).select_related("task", "target")
    )
    return [str(row.task or row.target) for row in rows.order_by("due_on", "pk")]


def test_late_units_are_those_that_were_asked(province: Province, running: Running) -> None:
    found = late_units(running.programme, province.units["SNV"], DAY)
    assert [(unit.name, unit.late, unit.oldest, unit.times) for unit in found] == [
        ("Ủy ban nhân dân phường Hải Ninh", 1, date(2026, 3, 19), 0),
        ("Ủy ban nhân dân xã Mường Khe", 1, date(2026, 3, 19), 0),
    ]
    assert late_units(running.programme, province.units["XA1"], DAY) == []
    assert late_units(running.programme, province.units["SNV"], date(2026, 3, 19)) == []
    named = late_units(running.programme, province.units["SNV"], DAY, words="muong khe")
    assert [unit.name for unit in named] == ["Ủy ban nhân dân xã Mường Khe"]


def test_signing_queues_one_job_and_writes_nothing_yet(province: Province, running: Running) -> None:
    act = sign(province, running)
    assert [(one.unit.code, one.state) for one in act.letters.order_by("pk")] == [
        ("XA2", "waiting"),
        ("XA1", "waiting"),
    ]
    job = ProcrastinateJob.objects.get(task_name="nep.movements.tasks.write_letters")
    run = JobRun.objects.get(pk=act.run_id)
    assert (job.args, run.job_id, run.counted) == ({"run_id": run.pk, "act_id": act.pk}, job.pk, "văn bản")
    assert (IssuedDocument.objects.count(), Message.objects.count()) == (0, 0)
    assert UnitLetterhead.objects.get().symbol == "SNV-XDCQ"
    event = Event.objects.get(kind="movements.letters_signed")
    assert (event.actor_name, event.facts) == (
        "Lò Văn Thành",
        {
            "unit": "Sở Nội vụ",
            "programme": "Công sở kiểu mẫu 2026–2030",
            "count": 2,
            "answer_by": "17/04/2026",
        },
    )


def test_each_unit_gets_one_numbered_letter_and_one_mail(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    act = sign(province, running)
    run_jobs()
    act.refresh_from_db()
    letters = list(act.letters.select_related("document", "unit").order_by("document__number"))
    assert [
        (one.document.reference, one.unit.code, one.times, one.urged) for one in letters if one.document
    ] == [
        ("01/SNV-XDCQ", "XA2", 1, 1),
        ("02/SNV-XDCQ", "XA1", 1, 1),
    ]
    assert act.finished_at is not None
    run = JobRun.objects.get(pk=act.run_id)
    assert (run.state, run.done, run.total, run.result_url) == (
        "done",
        2,
        2,
        f"/phong-trao/don-doc/dot/{act.pk}/",
    )
    mails = {message.to: message for message in Message.objects.all()}
    assert set(mails) == {"xa1-head@vanlinh.example", "xa2-head@vanlinh.example"}
    mail = mails["xa1-head@vanlinh.example"]
    assert (mail.subject, mail.key) == (
        "Công văn số 02/SNV-XDCQ: Công sở kiểu mẫu 2026–2030",
        f"letter-{letters[1].pk}-{province.users['xa1-head'].pk}",
    )
    assert f"https://nep.example/phong-trao/don-doc/{letters[1].pk}/" in text_of(mail)
    notice = Notice.objects.get(user_id=province.users["xa1-head"].pk)
    assert (notice.key, notice.url, notice.text) == (
        f"letter-{letters[1].pk}",
        f"/phong-trao/don-doc/{letters[1].pk}/",
        "Sở Nội vụ gửi công văn số 02/SNV-XDCQ đôn đốc “Công sở kiểu mẫu 2026–2030”.",
    )


def test_the_word_file_is_kept_as_it_was_issued(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    unit = province.units["XA1"]
    type(unit).objects.filter(pk=unit.pk).update(name="Ủy ban nhân dân xã A & B <c>")
    sign(province, running)
    run_jobs()
    document = Letter.objects.get(unit=unit).document
    assert document is not None
    content = path_of(document.sha256).read_bytes()
    word = Document(BytesIO(content))
    assert word.tables[0].rows[1].cells[0].text.splitlines()[0] == f"Số: {document.reference}"
    assert word.tables[0].rows[1].cells[1].text == "Vân Lĩnh, ngày 10 tháng 4 năm 2026"
    assert "Kính gửi: Ủy ban nhân dân xã A & B <c>" in [one.text for one in word.paragraphs]
    assert [[cell.text for cell in row.cells] for row in word.tables[1].rows[1:]] == [
        ["1", "Chụp ảnh bảng quy tắc tại nơi tiếp dân, kỳ đến 20/03/2026", "19/03/2026", "16"]
    ]
    assert (document.signer_name, document.addressee, document.issued_on) == (
        "Lò Văn Thành",
        "Ủy ban nhân dân xã A & B <c>",
        DAY,
    )


def test_events_of_one_letter(province: Province, running: Running, run_jobs: Callable[[], None]) -> None:
    before = Event.objects.count()
    act = sign(province, running, order(1, adoptions=frozenset({running.adoptions["XA1"].pk})))
    run_jobs()
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))[before:]
    assert kinds == [
        "documents.letterhead_confirmed",
        "movements.letters_signed",
        "documents.issued",
        "movements.letter_written",
    ]
    letter = act.letters.get()
    event = Event.objects.get(kind="movements.letter_written")
    assert (event.unit_id, event.facts, event.actor_id) == (
        province.units["XA1"].pk,
        {"unit": "Ủy ban nhân dân xã Mường Khe", "number": "01/SNV-XDCQ", "terms": 1},
        province.users["snv-head"].pk,
    )
    assert event.about[:2] == [f"movements.letter:{letter.pk}", f"movements.adoption:{letter.adoption_id}"]


def test_work_that_was_cut_goes_on_and_writes_nobody_twice(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    act = sign(province, running)
    first = act.letters.order_by("pk")[0]
    write_letter(first.pk, actor=acts.signer_of(act), at=AT)
    assert (
        write_letter(first.pk, actor=acts.signer_of(act), at=AT).document_id
        == Letter.objects.get(pk=first.pk).document_id
    )
    run_jobs()
    assert sorted(IssuedDocument.objects.values_list("number", flat=True)) == [1, 2]
    assert act.letters.written().count() == 2
    assert Message.objects.filter(key__startswith="letter-").count() == 2


def test_a_letter_that_fails_leaves_no_number_and_the_act_goes_on(
    province: Province,
    running: Running,
    run_jobs: Callable[[], None],
    settings: Settings,
    tmp_path: Path,
) -> None:
    act = sign(province, running)
    full = tmp_path / "full"
    full.write_text("a file where the folder should be: nothing can be stored")
    files = settings.NEP_FILES
    settings.NEP_FILES = full
    with pytest.raises(Unavailable):
        write_letter(act.letters.order_by("pk")[0].pk, actor=acts.signer_of(act), at=AT)
    run_jobs()
    run = JobRun.objects.get(pk=act.run_id)
    assert (run.state, NumberRegister.objects.count(), act.letters.written().count()) == ("failed", 0, 0)
    settings.NEP_FILES = files
    again = go_on_with_letters(act, actor=province.actor("snv-head", DAY))
    with pytest.raises(Conflict, match="đang lập các văn bản còn lại"):
        go_on_with_letters(act, actor=province.actor("snv-head", DAY))
    run_jobs()
    again.refresh_from_db()
    assert (again.state, act.letters.written().count()) == ("done", 2)
    with pytest.raises(AccessDenied, match="đã lập xong"):
        go_on_with_letters(act, actor=province.actor("snv-head", DAY))


def test_who_has_sent_everything_meanwhile_gets_no_letter(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    act = sign(province, running)
    Occurrence.objects.filter(adoption=running.adoptions["XA2"]).update(state="sent", sent_on=DAY)
    run_jobs()
    assert [(one.unit.code, one.state) for one in act.letters.order_by("pk")] == [
        ("XA2", "not_needed"),
        ("XA1", "written"),
    ]
    assert [one.reference for one in IssuedDocument.objects.all()] == ["01/SNV-XDCQ"]


def test_urging_twice_counts_and_recalls(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    sign(province, running)
    run_jobs()
    second = sign(province, running)
    run_jobs()
    letter = second.letters.get(unit=province.units["XA1"])
    assert (second.number, letter.times) == (2, 2)
    document = letter.document
    assert document is not None
    text = [one.text for one in Document(BytesIO(path_of(document.sha256).read_bytes())).paragraphs]
    assert "Đây là lần đôn đốc thứ 2; các văn bản trước: số 02/SNV-XDCQ ngày 10/04/2026." in text
    found = late_units(running.programme, province.units["SNV"], DAY)
    assert [(unit.times, unit.last_urged) for unit in found] == [(2, DAY), (2, DAY)]


def test_a_letter_is_answered_when_all_it_urged_is_sent(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    act = sign(province, running)
    run_jobs()
    letter = act.letters.get(unit=province.units["XA1"])
    assert letter_rows([letter])[0].answer == ("bad", "Chưa việc nào")
    assert list(letters_to_answer(province.actor("xa1-head", DAY))) == [letter]
    LetterTerm.objects.get(letter=letter)
    Occurrence.objects.filter(urged_by__letter=letter).update(state="sent", sent_on=DAY)
    assert letter_rows([letter])[0].answer == ("good", "Đã xong")
    assert list(Letter.objects.answered()) == [letter]
    assert [one.unit.code for one in Letter.objects.unanswered()] == ["XA2"]
    assert list(letters_to_answer(province.actor("xa1-head", DAY))) == []


def test_state_of_the_mails(province: Province, running: Running, run_jobs: Callable[[], None]) -> None:
    province.users["xa2-head"].email = ""
    province.users["xa2-head"].save()
    act = sign(province, running)
    for letter in act.letters.order_by("pk"):
        write_letter(letter.pk, actor=acts.signer_of(act), at=AT)
    rows = letter_rows(list(act.letters.order_by("pk")))
    assert [(row.mail_kind, row.mail_word) for row in rows] == [
        ("quiet", "Không có địa chỉ thư"),
        ("warn", "Đang gửi"),
    ]
    run_jobs()
    assert letter_rows(list(act.letters.order_by("pk")))[1].mail_word == "Đã gửi"
    Message.objects.update(state="refused")
    assert letter_rows(list(act.letters.order_by("pk")))[1].mail_word == "Có thư không gửi được"
    Message.objects.all().delete()
    assert letter_rows(list(act.letters.order_by("pk")))[1].mail_word == "Quá 30 ngày, không còn lưu"


def test_refusals_of_signing(province: Province, running: Running) -> None:
    with pytest.raises(Conflict, match="có 3 đơn vị trễ hạn, bây giờ là 2"):
        sign(province, running, order(3))
    with pytest.raises(RuleError, match="Hạn trả lời phải sau ngày ký"):
        sign(province, running, order(answer_by=DAY))
    with pytest.raises(RuleError, match="Không có ô điền"):
        sign(province, running, order(wording=Wording(opening="{ai}")))
    with pytest.raises(RuleError, match="Không còn đơn vị nào"):
        sign(province, running, order(adoptions=frozenset({0})))
    with pytest.raises(AccessDenied, match="thủ trưởng của Sở Nội vụ"):
        sign(province, running, login="snv-focal")
    with pytest.raises(AccessDenied):
        sign(province, running, login="ubnd-head")
    assert LetterAct.objects.count() == 0
    sign(province, running)
    with pytest.raises(Conflict, match="Đợt đôn đốc trước"):
        sign(province, running)


def test_a_commune_urges_only_those_to_whom_it_passed_the_programme(
    province: Province, running: Running
) -> None:
    with pytest.raises(RuleError, match="Không còn đơn vị nào"):
        sign_letters(
            running.programme,
            province.units["XA1"],
            order(),
            actor=province.actor("xa1-head", DAY),
            at=AT,
            site="https://nep.example/",
        )


def test_numbers_given_by_hand_are_passed_over(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    sign(province, running, order(numbers_given=41))
    run_jobs()
    assert sorted(IssuedDocument.objects.values_list("number", flat=True)) == [42, 43]


def test_who_acts_in_the_head_s_place_signs_so_and_keeps_no_letterhead(
    province: Province, running: Running, run_jobs: Callable[[], None]
) -> None:
    give_acting_authority(
        province.person("snv-staff"),
        actor=province.actor("snv-head", DAY),
        unit=province.units["SNV"],
        on=DAY,
        until=date(2026, 5, 1),
        reason="Đi công tác",
        at=AT,
    )
    act = sign(province, running, login="snv-staff")
    run_jobs()
    assert (act.in_place_of, UnitLetterhead.objects.count()) == ("Lò Văn Thành", 0)
    names = set(Event.objects.filter(kind="documents.issued").values_list("actor_name", flat=True))
    assert names == {"Vũ Thị Ngọc Diệp (thay Lò Văn Thành)"}


def test_who_sees_letters(province: Province, running: Running, run_jobs: Callable[[], None]) -> None:
    act = sign(province, running)
    assert visible_letters(province.actor("snv-head", DAY)).count() == 0
    run_jobs()
    seen = {
        login: sorted(one.unit.code for one in visible_letters(province.actor(login, DAY)))
        for login in ("snv-head", "xa1-head", "xa1-staff", "xa2-head", "supervisor", "th1-head", "cd-head")
    }
    assert seen == {
        "snv-head": ["XA1", "XA2"],
        "xa1-head": ["XA1"],
        "xa1-staff": ["XA1"],
        "xa2-head": ["XA2"],
        "supervisor": ["XA1", "XA2"],
        "th1-head": [],
        "cd-head": [],
    }
    acts_seen = {
        login: list(visible_letter_acts(province.actor(login, DAY)))
        for login in ("snv-head", "supervisor", "xa1-head")
    }
    assert acts_seen == {"snv-head": [act], "supervisor": [act], "xa1-head": []}
