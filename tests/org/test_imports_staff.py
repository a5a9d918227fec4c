"""A file of staff: checked row by row, then committed as it was checked, whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nep.accounts.models import User
from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.org.access import Actor
from nep.org.models import ExcelImport, Grant, ImportFinding, Person, Position, Posting, Restatement
from nep.org.services import imports_staff
from nep.org.services.imports import (
    Upload,
    answer_import,
    begin_commit,
    cancel_import,
    check_import,
    commit_import,
    receive_import,
)
from nep.platform.audit.models import Event
from tests.factories.books import Rows, workbook
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
HEAD = ["Mã NV", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Đối tượng", "Email"]
HOA = ["0101", "Lò Thị Hoa", date(1990, 4, 1), "Chuyên viên", "Sở Nội vụ", "Công chức", "Hoa@vd.vn"]


@pytest.fixture
def admin(province: Province) -> Actor:
    user = province.staff("ubnd-admin", "Tẩn Láo Lở", "UBND", ADMINISTRATOR)
    return Actor(user, TODAY, elevated=True)


def sent(rows: Rows, province: Province, admin: Actor, root: str = "SNV", on: date = TODAY) -> ExcelImport:
    made = receive_import(
        Upload("ds.xlsx", [workbook(rows)]),
        kind="staff",
        root=province.units[root],
        on=on,
        actor=admin,
        at=AT,
    )
    check_import(made, actor=admin)
    made.refresh_from_db()
    return made


def committed(made: ExcelImport, admin: Actor) -> bool:
    begin_commit(made, actor=admin)
    done = commit_import(made, actor=admin, at=AT)
    made.refresh_from_db()
    return done


def told(made: ExcelImport, weight: str) -> list[tuple[int, str, str]]:
    rows = ImportFinding.objects.filter(excel_import=made, weight=weight)
    return list(rows.values_list("row", "column", "says"))


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Posting, Position, User, Grant))


def test_new_people_are_added_posted_and_told(province: Province, admin: Actor) -> None:
    made = sent([HEAD, HOA], province, admin)
    assert told(made, "change") == [(2, "", "Thêm mới Lò Thị Hoa, Chuyên viên tại Sở Nội vụ.")]
    assert (made.state, made.summary["words"]) == ("ready", "1 thêm mới")
    before = counts()
    assert committed(made, admin)
    assert [after - was for after, was in zip(counts(), before, strict=True)] == [1, 1, 0, 0, 0]
    person = Person.objects.get(staff_code="0101")
    assert (person.name, person.kind, person.born_on, person.email, person.user_id, person.search) == (
        "Lò Thị Hoa",
        "cong_chuc",
        date(1990, 4, 1),
        "hoa@vd.vn",
        None,
        "lo thi hoa 0101",
    )
    posting = Posting.objects.get(person=person)
    assert (posting.unit, posting.kind, posting.during) == (
        province.units["SNV"],
        "main",
        DateRange(TODAY, None),
    )
    (event,) = Event.objects.filter(about__contains=[f"org.person:{person.pk}"])
    assert (event.kind, event.unit_id, event.facts["changes"]) == (
        "org.staff_imported",
        province.units["SNV"].pk,
        "1 người mới",
    )
    assert f"org.excelimport:{made.pk}" in event.about
    kinds = Event.objects.filter(about__contains=[f"org.excelimport:{made.pk}"]).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "org.import_received",
        "org.staff_imported",
        "org.import_committed",
    ]


def test_somebody_is_moved_and_corrected_and_both_units_are_told(province: Province, admin: Actor) -> None:
    row = ["NV-snv-staff", "Vũ Thị Ngọc Điệp", None, "Trưởng phòng", "Sở Y tế", None, None]
    made = sent([HEAD, row], province, admin, root="UBND")
    assert told(made, "change") == [
        (
            2,
            "",
            "Vũ Thị Ngọc Diệp: họ tên “Vũ Thị Ngọc Diệp” thành “Vũ Thị Ngọc Điệp”; "
            "chuyển từ Sở Nội vụ đến Sở Y tế, Trưởng phòng, từ 02/03/2026.",
        )
    ]
    assert committed(made, admin)
    person = Person.objects.get(staff_code="NV-snv-staff")
    rows = Posting.objects.filter(person=person).order_by("during")
    assert [(row.unit.code, row.during, row.ended_because) for row in rows] == [
        ("SNV", DateRange(OPENED, TODAY), "Theo tệp ds.xlsx"),
        ("SYT", DateRange(TODAY, None), ""),
    ]
    assert (person.name, person.search) == ("Vũ Thị Ngọc Điệp", "vu thi ngoc diep nv snv staff")
    events = Event.objects.filter(kind="org.staff_imported", about__contains=[f"org.person:{person.pk}"])
    assert {event.unit_id: event.facts["changes"] for event in events} == {
        province.units["SNV"].pk: "1 người chuyển đi",
        province.units["SYT"].pk: "1 người chuyển đến, 1 người đổi thông tin hoặc chức vụ",
    }


def test_the_same_file_again_changes_nothing(province: Province, admin: Actor) -> None:
    assert committed(sent([HEAD, HOA], province, admin), admin)
    again = sent([HEAD, HOA], province, admin)
    assert (again.state, again.summary["words"], told(again, "change")) == (
        "ready",
        "không có gì thay đổi",
        [],
    )
    with pytest.raises(RuleError) as refused:
        begin_commit(again, actor=admin)
    assert refused.value.reason == "Không có gì thay đổi nên không cần ghi."


def test_errors_stop_the_commit(province: Province, admin: Actor) -> None:
    made = sent([HEAD, HOA, ["0102", "", None, "Chuyên viên", "Sở Nội vụ", None, None]], province, admin)
    assert (made.state, told(made, "error")) == ("refused", [(3, "B (Họ và tên)", "Thiếu họ và tên.")])
    with pytest.raises(Conflict):
        begin_commit(made, actor=admin)


def test_a_file_that_cannot_be_read_ends_in_one_finding(province: Province, admin: Actor) -> None:
    made = receive_import(
        Upload("ds.xlsx", [b"Ma;Ten\n1;An"]),
        kind="staff",
        root=province.units["SNV"],
        on=TODAY,
        actor=admin,
        at=AT,
    )
    check_import(made, actor=admin)
    made.refresh_from_db()
    assert (made.state, [row[2][:27] for row in told(made, "error")]) == (
        "refused",
        ["Tệp là văn bản thuần (.csv,"],
    )


def test_what_changed_meanwhile_makes_the_file_stale_and_nothing_is_written(
    province: Province, admin: Actor
) -> None:
    made = sent([HEAD, HOA], province, admin)
    Person.objects.create(staff_code="0101", name="Lò Thị Hoa", sort_key="x", search="x")
    before = counts()
    assert not committed(made, admin)
    assert (made.state, counts()) == ("stale", before)
    assert told(made, "change") == [
        (
            2,
            "",
            "Lò Thị Hoa: ngày sinh “trống” thành “01/04/1990”; thư điện tử “trống” thành “hoa@vd.vn”; "
            "Chuyên viên tại Sở Nội vụ từ 02/03/2026.",
        )
    ]


def test_questions_wait_and_their_answers_are_kept(province: Province, admin: Actor) -> None:
    made = sent(
        [HEAD, ["0101", "Lß ThÞ Hång", None, "Chuyªn viªn", "Së Néi vô", "C«ng chøc", None]], province, admin
    )
    assert (made.state, made.summary["questions"][0]["key"]) == ("asking", "legacy")
    with pytest.raises(RuleError):
        answer_import(made, {"legacy": "xyz"}, actor=admin)
    answer_import(made, {"legacy": "convert", "other": "x"}, actor=admin)
    made.refresh_from_db()
    check_import(made, actor=admin)
    made.refresh_from_db()
    assert (made.state, made.answers) == ("ready", {"legacy": "convert"})
    assert told(made, "change") == [(2, "", "Thêm mới Lò Thị Hồng, Chuyên viên tại Sở Nội vụ.")]


def test_a_failure_in_the_middle_leaves_nothing_and_can_be_tried_again(
    province: Province, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent([HEAD, HOA], province, admin)
    before = (counts(), Event.objects.count())

    def broken(*arguments: object, **more: object) -> None:
        write(*arguments, **more)
        raise IntegrityError("cut off")

    write = imports_staff.write_staff
    monkeypatch.setattr(imports_staff, "write_staff", broken)
    with pytest.raises(IntegrityError):
        committed(made, admin)
    assert (counts(), Event.objects.count()) == before
    monkeypatch.undo()
    made.refresh_from_db()
    assert made.state == "committing"
    assert committed(made, admin)
    with pytest.raises(Conflict) as refused:
        commit_import(made, actor=admin, at=AT)
    assert refused.value.reason == "Lần nhập này đang ở trạng thái “Đã ghi” nên không làm được việc này."


def test_a_day_of_the_past_restates_the_months_since(province: Province, admin: Actor) -> None:
    made = sent([HEAD, HOA], province, admin, on=date(2026, 1, 15))
    begin_commit(made, actor=admin)
    assert commit_import(made, actor=admin, at=AT + timedelta(days=56))
    root = province.units["SNV"].pk
    rows = Restatement.objects.filter(unit_id=root, measure="people").order_by("month")
    assert [(row.month, row.before, row.after) for row in rows] == [
        (date(2026, 1, 1), 3, 4),
        (date(2026, 2, 1), 3, 4),
    ]


def test_who_is_not_elevated_or_not_of_the_unit_may_do_nothing(province: Province, admin: Actor) -> None:
    made = sent([HEAD, HOA], province, admin)
    resting = Actor(admin.user, TODAY)
    stranger = Actor(province.staff("syt-admin", "Sùng Mai", "SYT", ADMINISTRATOR), TODAY, elevated=True)
    for actor in (resting, stranger):
        for act in (begin_commit, cancel_import):
            with pytest.raises(AccessDenied):
                act(made, actor=actor)
        with pytest.raises(AccessDenied):
            sent([HEAD, HOA], province, actor)
        with pytest.raises(AccessDenied):
            commit_import(made, actor=actor, at=AT)
    cancel_import(made, actor=admin)
    made.refresh_from_db()
    assert made.state == "cancelled"


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["Lò Thị Hoa", "Ma Văn Sơn", "Hà Thu", "Chu Bích Ngọc"]),
        st.dates(date(1970, 1, 1), date(2000, 12, 31)),
        st.sampled_from(["Chuyên viên", "Kế toán", "Văn thư"]),
        st.sampled_from(["Sở Nội vụ", "Sở Y tế", "Trường Tiểu học Hải Ninh"]),
        st.sampled_from([("Công chức", "cong_chuc"), ("VC", "vien_chuc"), ("HĐLĐ", "hop_dong")]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=PEOPLE, second=PEOPLE)
def test_the_roster_says_what_the_last_file_says(
    province: Province, admin: Actor, first: list[tuple], second: list[tuple]
) -> None:
    """Two files with the same codes, one day after the other: the second's people stand as it says."""
    with transaction.atomic():  # what one pair of files leaves for later is not known to the next
        _bring_in_and_compare(first, date(2026, 3, 2), province, admin)
        # A code may come to a quite different person by chance: the roster is right to refuse that.
        Person.objects.filter(staff_code__startswith="P").update(born_on=None)
        _bring_in_and_compare(second, date(2026, 3, 3), province, admin)
        transaction.set_rollback(True)


def _bring_in_and_compare(people: list[tuple], on: date, province: Province, admin: Actor) -> None:
    rows = [
        [f"P{number}", name, born, position, unit, kind[0], None]
        for number, (name, born, position, unit, kind) in enumerate(people)
    ]
    made = sent([HEAD, *rows], province, admin, root="UBND", on=on)
    assert told(made, "error") == []
    if made.summary["writes"]:
        assert committed(made, admin)
    main = Posting.objects.filter(kind="main", during__contains=on, person__staff_code__startswith="P")
    stored = {
        row.person.staff_code: (
            row.person.name,
            row.person.born_on,
            row.position.name,
            row.unit.name,
            row.person.kind,
        )
        for row in main.select_related("person", "unit", "position")
    }
    for number, (name, born, position, unit, kind) in enumerate(people):
        assert stored[f"P{number}"] == (name, born, position, unit, kind[1])


def test_a_code_given_for_a_later_day_is_not_taken_for_somebody_else_before_it(
    province: Province, admin: Actor
) -> None:
    works = ["Chuyên viên", "Sở Nội vụ", "Công chức", None]
    later = sent([HEAD, ["P1", "Lò Thị Hoa", None, *works]], province, admin, on=TODAY + timedelta(days=1))
    assert committed(later, admin)
    sooner = sent([HEAD, ["P1", "Ma Văn Sơn", None, *works]], province, admin, on=TODAY)
    assert told(sooner, "error") == [(2, "A (Mã NV)", "Mã P1 đã cấp cho người khác tên. Xem lại mã.")]
