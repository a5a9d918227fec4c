"""A file of units is done step by step by the services of single changes, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from nep.accounts.roles import ADMINISTRATOR
from nep.org.access import Actor
from nep.org.models import ExcelImport, Unit, UnitChange, UnitClosure
from nep.org.services.imports import Upload, begin_commit, check_import, commit_import, receive_import
from nep.platform.audit.models import Event
from tests.factories.books import Rows, workbook
from tests.factories.province import AT, TODAY, Province

pytestmark = pytest.mark.django_db
HEAD = ["Mã đơn vị", "Tên đơn vị", "Loại", "Mã đơn vị cấp trên"]


@pytest.fixture
def admin(province: Province) -> Actor:
    return Actor(province.staff("snv-admin", "Tẩn Láo Lở", "SNV", ADMINISTRATOR), TODAY, elevated=True)


def sent(rows: Rows, province: Province, admin: Actor, on: date = TODAY) -> ExcelImport:
    made = receive_import(
        Upload("dv.xlsx", [workbook([HEAD, *rows])]),
        kind="units",
        root=province.units["SNV"],
        on=on,
        actor=admin,
        at=AT,
    )
    check_import(made, actor=admin)
    made.refresh_from_db()
    return made


def committed(made: ExcelImport, admin: Actor) -> bool:
    begin_commit(made, actor=admin)
    return commit_import(made, actor=admin, at=AT)


def above(code: str, day: date) -> list[str]:
    rows = UnitClosure.objects.filter(descendant__code=code, depth__gt=0, during__contains=day)
    return list(rows.order_by("depth").values_list("ancestor__code", flat=True))


def test_units_open_move_and_are_renamed(province: Province, admin: Actor) -> None:
    rows = [
        ["TO", "Tổ Lưu trữ", "Phòng, ban", "VP"],
        ["VP", "Văn phòng Sở", "Phòng", None],
        ["TC", "Phòng Tổ chức", "Phòng", None],
    ]
    made = sent(rows, province, admin)
    assert (made.state, made.summary["words"]) == ("ready", "3 lập mới")
    assert committed(made, admin)
    assert above("TO", TODAY) == ["VP", "SNV", "UBND"]
    assert UnitChange.objects.filter(kind="open", reason__startswith="Theo tệp dv.xlsx").count() == 3
    next_day = date(2026, 3, 3)
    rows[0][3], rows[2][1] = "TC", "Phòng Tổ chức cán bộ"
    again = sent(rows, province, admin, on=next_day)
    assert again.summary["words"] == "1 đổi tên, 1 đổi cấp trên, cơ quan gắn"
    assert committed(again, admin)
    assert (above("TO", TODAY), above("TO", next_day)) == (["VP", "SNV", "UBND"], ["TC", "SNV", "UBND"])
    kinds = Event.objects.filter(kind__in=["org.unit_opened", "org.unit_renamed", "org.unit_moved"])
    mine = kinds.filter(actor_id=admin.id).order_by("pk").values_list("kind", flat=True)
    assert list(mine) == ["org.unit_opened"] * 3 + ["org.unit_renamed", "org.unit_moved"]
    same = sent(rows, province, admin, on=next_day)
    assert same.summary["words"] == "không có gì thay đổi"


def test_a_step_that_the_tree_refuses_undoes_all_before_it(province: Province, admin: Actor) -> None:
    made = sent([["A", "Phòng A", "Phòng", None], ["B", "Phòng B", "Phòng", None]], province, admin)
    begin_commit(made, actor=admin)
    # The plan is checked again under the lock, so only what the check does not know can still be refused.
    plain = Actor(admin.user, TODAY, elevated=True)
    province.users["snv-admin"].grants.update(role="focal")
    before = Unit.objects.count()
    with pytest.raises(Exception, match="vai trò"):
        commit_import(made, actor=plain, at=AT)
    assert Unit.objects.count() == before


def test_a_code_of_another_unit_is_refused_without_naming_it(province: Province, admin: Actor) -> None:
    made = sent([["SYT", "Phòng A", "Phòng", None]], province, admin)
    says = [finding.says for finding in made.findings.filter(weight="error")]
    assert (made.state, says) == ("refused", ["Mã SYT đã cấp cho đơn vị ngoài Sở Nội vụ."])
