"""Numbers of documents: without gaps, without doubles, and documents that stay as they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction

from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.models import IssuedDocument, NumberRegister, OutsideNumbers, UnitLetterhead
from nep.documents.queries.letterheads import letterhead_of
from nep.documents.services.issuing import NewDocument, confirm_letterhead, issue_document
from nep.documents.services.numbers import Taken, next_number, note_outside_numbers, take_number
from nep.kernel.errors import RuleError
from nep.platform.audit.models import Event
from nep.platform.files.store import path_of
from tests.factories.province import Province, small_province

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def new(province: Province, to: str = "Sở Y tế", on: date = DAY, unit: str = "SNV") -> NewDocument:
    return NewDocument(
        unit=province.units[unit],
        symbol="SNV-XDCQ",
        organ="Sở Nội vụ",
        title="đôn đốc nộp báo cáo",
        addressee=to,
        signer_title="Giám đốc",
        signer_name="Lò Văn Thành",
        on=on,
    )


def bytes_of(taken: Taken) -> bytes:
    return f"công văn số {taken.number} ngày {taken.on}".encode()


def issue(province: Province, write: Callable[[Taken], bytes] = bytes_of, **more: object) -> IssuedDocument:
    actor = province.actor("snv-head")
    return issue_document(new(province, **more), write, actor=actor, at=AT)  # type: ignore[arg-type]  # of `new`


def test_numbers_follow_each_other_per_unit_and_year(province: Province) -> None:
    issued = [
        issue(province),
        issue(province),
        issue(province, on=date(2027, 1, 4)),
        issue(province, unit="SYT"),
    ]
    assert [(one.register.year, one.register.unit.code, one.reference) for one in issued] == [
        (2026, "SNV", "01/SNV-XDCQ"),
        (2026, "SNV", "02/SNV-XDCQ"),
        (2027, "SNV", "01/SNV-XDCQ"),
        (2026, "SYT", "01/SNV-XDCQ"),
    ]


def test_a_document_keeps_its_file_by_content_and_tells_the_trail(province: Province) -> None:
    issued = issue(province)
    assert path_of(issued.sha256).read_bytes() == "công văn số 1 ngày 2026-03-02".encode()
    assert (issued.file.sha256, issued.signed_by_id) == (issued.sha256, province.users["snv-head"].pk)
    event = Event.objects.get(kind="documents.issued")
    assert (event.unit_id, event.facts) == (
        province.units["SNV"].pk,
        {
            "what": "công văn",
            "number": "01/SNV-XDCQ",
            "unit": "Sở Nội vụ",
            "to": "Sở Y tế",
            "sha256": issued.sha256,
        },
    )


def test_a_number_whose_document_fails_is_given_again(province: Province) -> None:
    def failing(taken: Taken) -> bytes:
        raise RuleError(f"hỏng ở số {taken.number}")

    issue(province)
    with pytest.raises(RuleError, match="hỏng ở số 2"):
        issue(province, failing)
    assert next_number(province.units["SNV"], "dispatch", 2026) == 2
    assert issue(province).number == 2


def test_days_never_run_against_numbers(province: Province) -> None:
    later = issue(province, on=date(2026, 3, 5))
    earlier = issue(province, on=date(2026, 3, 3))
    assert [(one.number, one.issued_on) for one in (later, earlier)] == [
        (1, date(2026, 3, 5)),
        (2, date(2026, 3, 5)),
    ]


def test_numbers_given_by_hand_are_passed_over(province: Province) -> None:
    head, unit = province.actor("snv-head"), province.units["SNV"]
    note_outside_numbers(unit, 57, year=2026, actor=head, at=AT)
    assert issue(province).number == 58
    noted = note_outside_numbers(unit, 60, year=2026, actor=head, at=AT)
    assert (noted.first, noted.last, issue(province).number) == (59, 60, 61)
    with pytest.raises(RuleError, match="đã đến số 61"):
        note_outside_numbers(unit, 61, year=2026, actor=head, at=AT)
    told = Event.objects.filter(kind="documents.numbers_noted").order_by("pk").first()
    assert told is not None
    assert told.facts == {"first": 1, "last": 57, "year": 2026, "unit": "Sở Nội vụ"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_issueddocument SET title = 'khác'",
        "UPDATE documents_issueddocument SET number = number",
        "DELETE FROM documents_issueddocument",
        "DELETE FROM documents_outsidenumbers",
    ],
)
def test_issued_documents_are_neither_changed_nor_removed(province: Province, statement: str) -> None:
    note_outside_numbers(province.units["SNV"], 3, year=2026, actor=province.actor("snv-head"), at=AT)
    issue(province)
    with pytest.raises(DatabaseError, match="keeps its rows"), transaction.atomic(), connection.cursor() as c:
        c.execute(statement)


def test_a_number_is_not_taken_without_a_document(province: Province) -> None:
    take_number(province.units["SNV"], "dispatch", DAY)
    with pytest.raises(IntegrityError, match="without documents"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_gaps_and_wrong_numbers(province: Province) -> None:
    issued = issue(province)
    with pytest.raises(IntegrityError, match="not the last one"), transaction.atomic():
        IssuedDocument.objects.create(
            register=issued.register,
            number=9,
            symbol="SNV",
            issued_on=DAY,
            unit=issued.unit,
            organ="Sở Nội vụ",
            title="x",
            addressee="y",
            signer_title="Giám đốc",
            signer_name="A",
            signed_by_id=1,
            file=issued.file,
            sha256=issued.sha256,
            issued_at=AT,
        )
    NumberRegister.objects.update(last=5)
    with pytest.raises(IntegrityError, match="without documents"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_letterhead_is_usual_until_it_is_confirmed(province: Province) -> None:
    unit, head = province.units["SNV"], province.actor("snv-head")
    usual, confirmed = letterhead_of(unit, DAY)
    assert (usual, confirmed) == (
        LetterheadWords(
            organ="Sở Nội vụ",
            parent="Ủy ban nhân dân tỉnh Vân Lĩnh",
            symbol="SNV",
            place="Vân Lĩnh",
            signer_title="Thủ trưởng",
            archive="Lưu: VT",
        ),
        False,
    )
    own = LetterheadWords("Sở Nội vụ", "SNV - XDCQ", "Vân Lĩnh", "Giám đốc", "Lưu: VT, XDCQ")
    confirm_letterhead(unit, own, actor=head, at=AT)
    assert letterhead_of(unit, DAY) == (
        LetterheadWords("Sở Nội vụ", "SNV-XDCQ", "Vân Lĩnh", "Giám đốc", "Lưu: VT, XDCQ"),
        True,
    )
    confirm_letterhead(unit, own, actor=head, at=AT)
    assert Event.objects.filter(kind="documents.letterhead_confirmed").count() == 1
    with pytest.raises(RuleError, match="chữ viết tắt in hoa"):
        confirm_letterhead(unit, LetterheadWords("A", "số 5", "B", "C", "D"), actor=head, at=AT)
    assert UnitLetterhead.objects.get().symbol == "SNV-XDCQ"


def test_a_council_signs_in_the_name_of_the_council(province: Province) -> None:
    words, _ = letterhead_of(province.units["XA1"], DAY)
    assert (words.symbol, words.authority, words.place) == ("UBND", "TM. ỦY BAN NHÂN DÂN", "Mường Khe")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_every_number_once() -> None:
    province = small_province()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                issue(province)
        except BaseException as error:
            failures.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(IssuedDocument.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert (NumberRegister.objects.get().last, OutsideNumbers.objects.count()) == (20, 0)
