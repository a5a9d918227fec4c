"""A file of staff: checked row by row, then committed as it was checked."""

from __future__ import annotations

from datetime import date

import pytest

from nep.org.access import Actor
from nep.org.models import ExcelImport, ImportFinding, Person, Posting
from nep.org.services.imports import Upload, begin_commit, check_import, commit_import, receive_import
from nep.platform.audit.models import Event
from tests.factories.books import Rows, workbook
from tests.factories.province import AT, TODAY, Province

pytestmark = pytest.mark.django_db
HEAD = ["Mã NV", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Đối tượng", "Email"]


@pytest.fixture
def admin(province: Province) -> Actor:
    from nep.accounts.roles import ADMINISTRATOR

    user = province.staff("ubnd-admin", "Tẩn Láo Lở", "UBND", ADMINISTRATOR)
    return Actor(user, TODAY, elevated=True)


def sent(rows: Rows, province: Province, admin: Actor, root: str = "SNV", **more: object) -> ExcelImport:
    made = receive_import(
        Upload("ds.xlsx", [workbook(rows)]),
        kind="staff",
        root=province.units[root],
        on=TODAY,
        actor=admin,
        at=AT,
    )
    check_import(made, actor=admin)
    made.refresh_from_db()
    return made


def told(made: ExcelImport, weight: str) -> list[tuple[int, str, str]]:
    rows = ImportFinding.objects.filter(excel_import=made, weight=weight)
    return list(rows.values_list("row", "column", "says"))


def test_new_people_are_added_and_posted(province: Province, admin: Actor) -> None:
    made = sent(
        [HEAD, ["0101", "Lò Thị Hoa", date(1990, 4, 1), "Chuyên viên", "Sở Nội vụ", "Công chức", "Hoa@vd.vn"]],
        province,
        admin,
    )
    assert told(made, "error") == []
    assert told(made, "change") == [(2, "", "Thêm mới Lò Thị Hoa, Chuyên viên tại Sở Nội vụ.")]
    assert made.state == "ready"
    begin_commit(made, actor=admin)
    assert commit_import(made, actor=admin, at=AT)
    person = Person.objects.get(staff_code="0101")
    assert (person.name, person.kind, person.born_on, person.email, person.user_id) == (
        "Lò Thị Hoa",
        "cong_chuc",
        date(1990, 4, 1),
        "hoa@vd.vn",
        None,
    )
    posting = Posting.objects.get(person=person)
    assert (posting.unit, posting.kind, posting.during.lower) == (province.units["SNV"], "main", TODAY)
    kinds = Event.objects.filter(about__contains=[f"org.person:{person.pk}"]).values_list("kind", flat=True)
    assert list(kinds) == ["org.staff_imported"]
