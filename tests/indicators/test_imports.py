"""Files of figures: tested row by row, committed whole."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest

from nep.indicators.domain.figures import Said
from nep.indicators.domain.periods import Period
from nep.indicators.domain.sheet import Place, check_rows
from nep.indicators.models import Figure, FigureImport, Indicator
from nep.indicators.services.figures import enter_figure
from nep.indicators.services.imports import Upload, commit_figures, receive_figures
from nep.indicators.services.templates import figures_template
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.platform.audit.models import Event
from nep.platform.imports.reading import read_book
from tests.factories.books import workbook
from tests.factories.province import Province
from tests.indicators.conftest import AT

HEADS = ["Mã đơn vị", "Tên đơn vị", "Số đạt được", "Tổng số", "Không phát sinh"]
SOURCE = "Hệ thống một cửa của tỉnh"


def receive(
    province: Province, online: Indicator, period: Period, rows: list[list[object]], **given: str
) -> FigureImport:
    book = workbook([HEADS, *rows])
    return receive_figures(
        Upload("so-lieu.xlsx", [book]),
        online,
        province.units[given.get("root", "UBND")],
        period,
        given.get("source", SOURCE),
        actor=province.actor(given.get("login", "ubnd-officer")),
        at=AT,
    )


def test_a_file_is_tested_then_the_same_file_committed(
    province: Province, online: Indicator, february: Period
) -> None:
    rows: list[list[object]] = [
        ["XA1", "", 45, "50", None],
        ["", "Ủy ban nhân dân phường Hải Ninh", "1.204", 1300, None],
        ["SNV", "", None, None, "x"],
        ["SYT", "Sở Y tế", None, None, None],
    ]
    found = receive(province, online, february, rows)
    assert (found.state, found.figures, Figure.objects.count()) == ("ready", 3, 0)
    assert [finding["weight"] for finding in found.findings] == ["note"]
    assert commit_figures(found, actor=province.actor("ubnd-officer"), at=AT) == 3
    rows_told = Figure.objects.order_by("unit__code").values_list(
        "unit__code", "state", "numerator", "denominator", "origin", "source"
    )
    assert list(rows_told) == [
        ("SNV", "nothing", None, None, "imported", SOURCE),
        ("XA1", "told", 45, 50, "imported", SOURCE),
        ("XA2", "told", 1204, 1300, "imported", SOURCE),
    ]
    assert set(Figure.objects.values_list("file", flat=True)) == {found.file_id}
    event = Event.objects.latest("pk")
    assert (event.kind, event.facts["figures"], event.facts["file"]) == (
        "indicators.figures_imported",
        3,
        "so-lieu.xlsx",
    )
    found.refresh_from_db()
    with pytest.raises(RuleError, match="đã ghi"):
        commit_figures(found, actor=province.actor("ubnd-officer"), at=AT)


def test_one_wrong_row_stops_the_whole_file(province: Province, online: Indicator, february: Period) -> None:
    found = receive(province, online, february, [["XA1", "", 45, 50, ""], ["XA2", "", 60, 50, ""]])
    assert (found.state, [finding["row"] for finding in found.findings]) == ("refused", [3])
    with pytest.raises(RuleError, match="không ghi được"):
        commit_figures(found, actor=province.actor("ubnd-officer"), at=AT)
    assert not Figure.objects.exists()


def test_a_figure_that_changed_in_between_asks_for_a_new_test(
    province: Province, online: Indicator, february: Period
) -> None:
    found = receive(province, online, february, [["XA1", "", 45, 50, ""]])
    focal, unit = province.actor("xa1-focal"), province.units["XA1"]
    later = AT + timedelta(minutes=5)
    enter_figure(online, unit, february, Said(Decimal(1), Decimal(2)), "Sổ", actor=focal, at=later)
    with pytest.raises(Conflict, match="Tải tệp lên lại"):
        commit_figures(found, actor=province.actor("ubnd-officer"), at=later)
    assert Figure.objects.current().get().numerator == 1


def test_units_out_of_reach_are_not_known(province: Province, online: Indicator, february: Period) -> None:
    rows: list[list[object]] = [["XA2", "", 4, 5, ""], ["CD2", "", 4, 5, ""], ["TH1", "", 4, 5, ""]]
    found = receive(province, online, february, rows, root="XA1", login="xa1-head")
    assert [finding["row"] for finding in found.findings] == [2, 3]
    with pytest.raises(AccessDenied):
        receive(province, online, february, rows, login="xa1-head")
    with pytest.raises(RuleError, match="Ghi số liệu lấy từ"):
        receive(province, online, february, rows, source=" ")


def test_a_file_without_the_columns_is_refused(
    province: Province, online: Indicator, february: Period
) -> None:
    book = workbook([["Mã đơn vị", "Số đạt được"], ["XA1", 5]])
    upload, officer = Upload("x.xlsx", [book]), province.actor("ubnd-officer")
    with pytest.raises(RuleError, match="thiếu cột “Tổng số”"):
        receive_figures(upload, online, province.units["UBND"], february, SOURCE, actor=officer, at=AT)


def test_the_template_is_read_back(province: Province, online: Indicator, february: Period) -> None:
    content = figures_template(online, province.units["UBND"], february)
    sheet = read_book(content).sheets[0]
    assert [sheet.at(3, column) for column in range(5)] == HEADS
    codes = {sheet.at(row, 0) for row in range(4, len(sheet.rows))}
    assert codes == {"UBND", "SNV", "SYT", "XA1", "XA2", "TH1", "TH2"}
    assert io.BytesIO(content).read(2) == b"PK"


A, B = Place(1, "xã A"), Place(2, "xã B", Said(Decimal(3), Decimal(4)))
CODES = {"a": A, "b": B}
NAMES = {"xa a": A, "xa b": B, "xa c": None}


@pytest.mark.parametrize(
    ("row", "figures", "weights", "says"),
    [
        ({"code": "A", "numerator": 3, "denominator": 4}, {1: Said(Decimal(3), Decimal(4))}, [], ""),
        ({"code": "A", "numerator": "1.204,5", "denominator": 2000.0}, None, [], ""),
        ({"code": "A", "nothing": "Không phát sinh"}, {1: Said(nothing=True)}, [], ""),
        ({"code": "B", "numerator": 3, "denominator": 4}, {}, [], ""),
        ({"code": "B", "numerator": 2, "denominator": 4}, None, ["change"], "thay số đã báo cáo"),
        ({"code": "A"}, {}, ["note"], "để trống"),
        ({"code": "Z", "numerator": 1}, {}, ["error"], "không có trong phạm vi"),
        ({"name": "Xã C", "numerator": 1}, {}, ["error"], "nhiều đơn vị"),
        ({"name": "Xã Đ", "numerator": 1}, {}, ["error"], "Không có đơn vị tên"),
        ({"numerator": 1}, {}, ["error"], "không ghi mã"),
        ({"code": "A", "numerator": "hai", "denominator": 4}, {}, ["error"], "không phải là số"),
        ({"code": "A", "numerator": 1.005, "denominator": 4}, {}, ["error"], "hai chữ số lẻ"),
        ({"code": "A", "numerator": float("inf"), "denominator": 4}, {}, ["error"], "không phải là số"),
        ({"code": "A", "numerator": 5, "denominator": 4}, {}, ["error"], "lớn hơn tổng số"),
        ({"code": "A", "numerator": 5, "denominator": 4, "nothing": "x"}, {}, ["error"], "bỏ trống"),
    ],
)
def test_rows_are_checked_one_by_one(
    row: dict[str, object], figures: dict[int, Said] | None, weights: list[str], says: str
) -> None:
    checked = check_rows([(7, row)], by_code=CODES, by_name=NAMES, share=True)  # type: ignore[list-item]
    assert [finding.weight for finding in checked.findings] == weights
    assert figures is None or checked.figures == figures
    if says:
        assert says in checked.findings[0].says


def test_a_unit_told_twice_is_an_error() -> None:
    row = {"code": "A", "numerator": 1, "denominator": 2}
    checked = check_rows([(5, row), (9, row)], by_code=CODES, by_name={}, share=True)  # type: ignore[list-item]
    assert [(finding.row, "dòng 5" in finding.says) for finding in checked.findings] == [(9, True)]
