"""Most people of the province come in as they do in life: in an Excel file that the administrator commits."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import xlsxwriter

from nep.accounts.models import User
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import ExcelImport, Person, Posting, Unit, UnitKind
from nep.org.services.imports import Upload, begin_commit, check_import, commit_import, receive_import
from nep.org.services.members import admit_members

if TYPE_CHECKING:
    from nep.sample.organisation import Builder

ADMINISTRATOR = "quantri"
FILE = "danh-sach-nhan-su-tinh-van-linh.xlsx"
HEADINGS = ("STT", "Mã nhân sự", "Họ và tên", "Ngày sinh", "Chức vụ", "Mã đơn vị", "Đơn vị", "Đối tượng")
WORKS_AS = {
    UnitKind.DEPARTMENT: ("Chuyên viên", "Công chức"),
    UnitKind.COMMUNE: ("Chuyên viên", "Công chức"),
    UnitKind.DIVISION: ("Chuyên viên", "Công chức"),
    UnitKind.SCHOOL: ("Giáo viên", "Viên chức"),
    UnitKind.SERVICE: ("Phóng viên", "Viên chức"),
}
OLDEST, YOUNGEST = date(1966, 1, 1), date(2002, 12, 31)


def bring_staff_in(build: Builder, described: dict[str, Any]) -> None:
    """Write the file, check it, commit it: the same three steps as on the pages.

    Raises: RuleError when the check stops it: a mistake in the sample.
    """
    day = build.opened + timedelta(days=2)
    actor = Actor(User.objects.get(login=ADMINISTRATOR), day, elevated=True)
    at = datetime.combine(day, time(3), UTC)
    upload = Upload(FILE, [workbook(build, described)])
    coming = receive_import(
        upload, kind=ExcelImport.Kind.STAFF, root=build.units["VL"], on=build.opened, actor=actor, at=at
    )
    check_import(coming, actor=actor)
    coming.refresh_from_db()
    if coming.state != ExcelImport.State.READY:
        raise RuleError(f"Tệp nhân sự mẫu không ghi được: {coming.get_state_display()}.")
    begin_commit(coming, actor=actor)
    commit_import(coming, actor=actor, at=at + timedelta(minutes=5))


def workbook(build: Builder, described: dict[str, Any]) -> bytes:
    """The file as an office makes it: its name and a title above the headings."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Nhân sự")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, build.units["VL"].name.upper())
    sheet.write(1, 0, "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC")
    sheet.write_row(3, 0, HEADINGS)
    for number, (code, name, born, position, unit, kind) in enumerate(_rows(build, described), start=1):
        row = 3 + number
        sheet.write_row(row, 0, (number, code, name))
        sheet.write_datetime(row, 3, datetime.combine(born, time()), day)
        sheet.write_row(row, 4, (position, unit.code, unit.name, kind))
    book.close()
    return content.getvalue()


def _rows(build: Builder, described: dict[str, Any]) -> Iterator[tuple[str, str, date, str, Unit, str]]:
    draw = random.Random(7)
    span = (YOUNGEST - OLDEST).days
    for code, count in _wanted(build, described):
        unit = build.units[code]
        position, kind = WORKS_AS[UnitKind(unit.kind)]
        for _ in range(count):
            build.counter += 1
            born = OLDEST + timedelta(days=draw.randrange(span))
            yield f"VL{build.counter:05d}", next(build.names), born, position, unit, kind


def _wanted(build: Builder, described: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """How many more people each unit has: divisions share those of their agency."""
    for group in ("departments", "communes"):
        for entry in described[group]:
            divisions = [code for code in build.units if code.startswith(f"{entry['code']}-P")]
            for code in divisions:
                yield code, described["more_staff"][group] // len(divisions)
            for code in (code for code in build.units if code.startswith(f"{entry['code']}-T")):
                yield code, described["more_staff"]["schools"]


def join_unions(build: Builder, described: dict[str, Any]) -> None:
    """Who works in an agency or below it is in its union, every fourth one in its party cell."""
    at = datetime.combine(build.opened + timedelta(days=4), time(3), UTC)
    for entry in (*described["departments"], *described["communes"]):
        below = Unit.objects.below([build.units[entry["code"]].pk], build.opened)
        working = Person.objects.posted_in(below, build.opened).order_by("pk")
        members = list(working.filter(postings__kind=Posting.Kind.MAIN).distinct())
        for root, share, position in (("union", 1, "Đoàn viên"), ("party", 4, "Đảng viên")):
            attached = build.units.get(f"{described[root]['code']}-{entry['code']}")
            if attached is not None:
                admit_members(
                    attached,
                    members[::share],
                    position=build.positions[position],
                    actor=None,
                    on=build.opened,
                    at=at,
                )
