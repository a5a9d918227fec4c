"""A workbook of the units that owe figures, to fill in and send back."""

from __future__ import annotations

import io

import xlsxwriter

from nep.indicators.domain.periods import Period
from nep.indicators.models import Indicator
from nep.org.models import Unit, UnitClosure

WIDTHS = (18, 50, 16, 16, 18)


def figures_template(indicator: Indicator, root: Unit, period: Period) -> bytes:
    """One row for each unit below a unit at the end of a period, with what is to be counted above."""
    rows = UnitClosure.objects.filter(ancestor=root, during__contains=period.ends_on)
    units = Unit.objects.filter(pk__in=rows.values("descendant_id"), line__in=indicator.lines)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    sheet = book.add_worksheet("Số liệu")
    sheet.write_string(0, 0, f"{indicator.name} – {period.name}")
    sheet.write_string(1, 0, _what(indicator))
    titles = ["Mã đơn vị", "Tên đơn vị", "Số đạt được", "Tổng số", "Không phát sinh"]
    for column, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, title, bold)
    for row, (code, name) in enumerate(units.order_by("sort_key", "pk").values_list("code", "name"), start=4):
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, name)
    sheet.freeze_panes(4, 2)
    book.close()
    return content.getvalue()


def _what(indicator: Indicator) -> str:
    whole = f"; tổng số: {indicator.denominator_words}" if indicator.is_share else "; để trống cột tổng số"
    return f"Số đạt được: {indicator.numerator_words}{whole}. Không có gì để đếm thì ghi x ở cột cuối."
