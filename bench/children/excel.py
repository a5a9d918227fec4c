"""What the workers of `bench/excel.py` do, each in a process that may be killed; one line of JSON each."""

from __future__ import annotations

import io
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from django.core.management import call_command
from django.db import connection

from nep.accounts.models import User
from nep.accounts.roles import ADMINISTRATOR
from nep.org.access import Actor
from nep.org.models import ExcelImport, Line, Person, Posting, Unit, UnitKind
from nep.org.services.grants import grant_role
from nep.org.services.imports import Upload, begin_commit, check_import, commit_import, receive_import
from nep.org.services.units import NewUnit, open_unit
from nep.platform.clock import now

PEOPLE, UNITS = 10_000, 300
OPENED, ON = date(2025, 7, 1), date(2026, 11, 2)
HEADINGS = ("STT", "Mã nhân sự", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Ngạch", "Thư điện tử")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Lò", "Giàng", "Ma", "Nông")
MIDDLES = ("Văn", "Thị", "Đức", "Thu", "Minh", "Hải", "Ngọc", "Quốc", "Thanh", "Xuân")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Diệp",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lan",
    "Nguyệt",
    "Phúc",
    "Sơn",
    "Tuyết",
    "Yến",
)


def main() -> None:
    """Do the part that the command line names."""
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "prepare": prepare,
        "commit": commit,
        "again": again,
        "insert": insert,
    }
    print(json.dumps(parts[sys.argv[1]](), ensure_ascii=False), flush=True)


def prepare() -> dict[str, Any]:
    """Make a province and an administrator; check a file of 10,000 people up to where it may be committed."""
    call_command("migrate", verbosity=0)
    root = _province()
    user = User.objects.create_user("quan-tri", "Tẩn Láo Lở")
    grant_role(user, ADMINISTRATOR, actor=None, unit=root, on=OPENED, at=now())
    actor = Actor(user, ON, elevated=True)
    made = receive_import(
        Upload("danh-sach.xlsx", [staff_file()]), kind="staff", root=root, on=ON, actor=actor, at=now()
    )
    seconds = _timed(lambda: check_import(made, actor=actor))
    begin_commit(made, actor=actor)
    return {"check": seconds}


def commit() -> dict[str, Any]:
    """Commit it, after telling the number of the session that may be killed."""
    made, actor = ExcelImport.objects.select_related("root", "file").get(), _administrator()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        print(cursor.fetchone()[0], flush=True)
    return {"commit": _timed(lambda: commit_import(made, actor=actor, at=now()))}


def again() -> dict[str, Any]:
    """Check the same file once more, now that it has been committed."""
    actor = _administrator()
    upload = Upload("danh-sach.xlsx", [staff_file()])
    root = Unit.objects.get(code="TINH")
    made = receive_import(upload, kind="staff", root=root, on=ON, actor=actor, at=now())
    check_import(made, actor=actor)
    made.refresh_from_db()
    return {"words": made.summary["words"]}


def insert() -> dict[str, Any]:
    """Insert the same people and postings, row by row, into bare copies of the two tables."""
    columns = {model: [field.attname for field in model._meta.concrete_fields] for model in (Person, Posting)}
    rows = {model: list(model._default_manager.values_list(*names)) for model, names in columns.items()}

    def write() -> None:
        with connection.cursor() as cursor:
            for model, names in columns.items():
                table = f"bare_{model._meta.db_table}"
                cursor.execute(f"CREATE TABLE {table} (LIKE {model._meta.db_table})")
                into, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
                cursor.executemany(f"INSERT INTO {table} ({into}) VALUES ({marks})", rows[model])

    return {"insert": _timed(write)}


def staff_file() -> bytes:
    """A list as an office sends it: a title above, a signature below, days and codes as text."""
    chance = random.Random(335)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.merge_range("A1:H1", "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC")
    sheet.write_row(2, 0, HEADINGS)
    for number in range(1, PEOPLE + 1):
        name = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
        born = date(1968, 1, 1) + timedelta(days=chance.randrange(12_000))
        unit = f"Phòng chuyên môn số {number % UNITS + 1}"
        post = "Trưởng phòng" if number <= UNITS else "Chuyên viên"
        mail = f"nv{number:05d}@vanlinh.example"
        sheet.write_row(
            number + 2,
            0,
            (number, f"{number:05d}", name, f"{born:%d/%m/%Y}", post, unit, "Chuyên viên", mail),
        )
    sheet.write(PEOPLE + 5, 5, "NGƯỜI LẬP BIỂU")
    book.close()
    return content.getvalue()


def _province() -> Unit:
    root = open_unit(
        NewUnit("TINH", "Ủy ban nhân dân tỉnh Vân Lĩnh", UnitKind.PROVINCE, Line.AUTHORITY),
        actor=None,
        on=OPENED,
        at=now(),
    )
    for number in range(1, UNITS + 1):
        new = NewUnit(f"P{number}", f"Phòng chuyên môn số {number}", UnitKind.DIVISION, Line.AUTHORITY)
        open_unit(new, actor=None, on=OPENED, at=now(), parent=root)
    return root


def _administrator() -> Actor:
    return Actor(User.objects.get(login="quan-tri"), ON, elevated=True)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 2)
