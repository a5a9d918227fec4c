"""The pages of imports: a file is sent, checked, answered, committed; who may not is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nep.accounts.elevation import KEY
from nep.accounts.roles import ADMINISTRATOR
from nep.org.models import ExcelImport, Person
from nep.org.services.imports_columns import STAFF, UNITS
from nep.platform.clock import now
from nep.platform.imports.headings import find_heading
from nep.platform.imports.reading import read_book
from tests.factories.books import Rows, workbook
from tests.factories.province import Province

pytestmark = pytest.mark.django_db
HEAD = ["Mã NV", "Họ và tên", "Chức vụ", "Đơn vị", "Đối tượng"]
ROWS: Rows = [HEAD, ["0101", "LÒ THỊ HOA", "Chuyên viên", "Sở Nội vụ", "Công chức"]]


def elevated(client: Client) -> Client:
    session = client.session
    session[KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return client


@pytest.fixture
def admin(province: Province) -> Client:
    client = Client()
    client.force_login(province.staff("snv-admin", "Tẩn Láo Lở", "SNV", ADMINISTRATOR))
    return client


def send(client: Client, province: Province, rows: Rows = ROWS, root: str = "SNV") -> object:
    content = SimpleUploadedFile("danh-sach.xlsx", workbook(rows))
    sent = {"kind": "staff", "root": province.units[root].pk, "on": "2026-03-02", "file": content}
    return client.post(reverse("import_new"), sent)


def test_a_file_is_sent_checked_and_committed(
    admin: Client, province: Province, run_jobs: Callable[[], None]
) -> None:
    elevated(admin)
    answer = send(admin, province)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    run_jobs()
    made = ExcelImport.objects.get()
    shown = admin.get(reverse("import", args=[made.pk])).content.decode()
    assert "Thêm mới Lò Thị Hoa, Chuyên viên tại Sở Nội vụ." in shown
    assert "Nếu ghi: 1 thêm mới." in shown
    assert admin.post(reverse("import_commit", args=[made.pk])).status_code == 302
    run_jobs()
    shown = admin.get(reverse("import", args=[made.pk])).content.decode()
    assert "Đã ghi trọn vẹn: 1 thêm mới." in shown
    assert Person.objects.get(staff_code="0101").name == "Lò Thị Hoa"
    listed = admin.get(reverse("imports")).content.decode()
    assert "danh-sach.xlsx" in listed


def test_without_elevated_mode_the_acts_are_locked_and_refused(admin: Client, province: Province) -> None:
    shown = admin.get(reverse("import_new")).content.decode()
    assert "Bật chế độ quản trị" in shown
    assert send(admin, province).status_code == 403  # type: ignore[attr-defined]
    assert ExcelImport.objects.count() == 0


def test_a_file_for_a_unit_out_of_reach_is_refused(admin: Client, province: Province) -> None:
    elevated(admin)
    answer = send(admin, province, root="SYT")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert ExcelImport.objects.count() == 0
    assert admin.get(reverse("import_new") + f"?don-vi={province.units['SYT'].pk}").status_code == 404


@pytest.mark.parametrize("login", ["snv-head", "snv-focal", "supervisor"])
def test_who_does_not_administer_is_refused(
    province: Province, signed_in: Callable[[str], Client], login: str
) -> None:
    client = elevated(signed_in(login))
    assert client.get(reverse("imports")).status_code == 403
    assert send(client, province).status_code == 403  # type: ignore[attr-defined]


def test_another_administrator_sees_only_files_of_the_own_units(
    admin: Client, province: Province, run_jobs: Callable[[], None]
) -> None:
    elevated(admin)
    send(admin, province)
    other = Client()
    other.force_login(province.staff("syt-admin", "Sùng Thị Mai", "SYT", ADMINISTRATOR))
    elevated(other)
    made = ExcelImport.objects.get()
    for name in ("import", "import_findings", "import_file"):
        assert other.get(reverse(name, args=[made.pk])).status_code == 404
    for name in ("import_answer", "import_commit", "import_recheck", "import_cancel"):
        assert other.post(reverse(name, args=[made.pk])).status_code == 404
    assert "danh-sach.xlsx" not in other.get(reverse("imports")).content.decode()


@pytest.mark.parametrize("kind", ["staff", "units"])
def test_a_filled_template_is_read(admin: Client, province: Province, kind: str) -> None:
    answer = admin.get(reverse("import_template", args=[kind, province.units["SNV"].pk]))
    book = read_book(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [sheet.name for sheet in book.sheets] == ["Danh sách", "Hướng dẫn", "Đơn vị có sẵn"]
    wanted = STAFF if kind == "staff" else UNITS
    heading = find_heading(book.sheets[0], wanted)
    assert heading is not None
    expected = {
        "staff": {"code", "name", "born", "position", "unit_code", "unit", "kind", "email"},
        "units": {"code", "name", "short", "kind", "parent_code", "line", "host_code"},
    }
    assert set(heading.columns) == expected[kind]
