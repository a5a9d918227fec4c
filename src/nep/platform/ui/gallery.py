"""The gallery: each component with invented samples, shown once in light and once in dark."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from nep.platform.ui.icons import icon_names
from nep.platform.ui.parts import (
    BarLine,
    BarPart,
    ChartPoint,
    Choice,
    Crumb,
    ErrorLine,
    Fact,
    LegendKey,
    Moment,
    Place,
    RankBar,
    Rule,
    Shortcut,
    Step,
    Tab,
    Tile,
)

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
LEVELS = [("xuat-sac", "Xuất sắc"), ("tot", "Tốt"), ("hoan", "Hoàn thành"), ("khong", "Không hoàn thành")]

MONTHS = (
    ChartPoint("7/2026", 71.2, "71,2 %"),
    ChartPoint("8/2026", None, "Chưa báo cáo"),
    ChartPoint("9/2026", 83.3, "83,3 %"),
    ChartPoint("10/2026", 92.0, "92,0 %", "/ui/evidence/"),
    ChartPoint("11/2026", 95.6, "95,6 %", "/ui/evidence/"),
)
RANKS = (
    RankBar("Xã Đại Nẫm", "100 %", 1, 100, base="103/103"),
    RankBar("Xã Hải Ninh", "100 %", 1, 100, base="102/102", here=True),
    RankBar("Xã Mường Khe", "62,3 %", 59, 62, base="58/93", gap="56 đơn vị ở giữa"),
    RankBar("Xã Bằng Lũng", "Chưa báo cáo", None),
)


@dataclass(frozen=True)
class Entry:
    """A box of the gallery: its title and the tags it shows; the template is named after the first tag."""

    title: str
    tags: tuple[str, ...]

    @property
    def template(self) -> str:
        return f"ui/gallery/{self.tags[0]}.html"


GALLERY = (
    Entry("Chữ và tên để thử", ("check_names",)),
    Entry("Nút", ("button", "link_button", "post_button")),
    Entry("Nút bị khóa, nói lý do", ("locked_button",)),
    Entry("Tình trạng", ("state", "chip", "icon")),
    Entry("Số có căn cứ", ("figure",)),
    Entry("Dải số", ("figure_strip", "figure_cell")),
    Entry("Thẻ và danh sách việc", ("card", "rows", "row", "duty")),
    Entry("Chờ quyết định", ("decision",)),
    Entry("Bảng dày", ("table", "filters", "pager")),
    Entry("Trường nhập", ("field", "form_fields")),
    Entry("Lỗi đầu trang", ("error_summary",)),
    Entry("Kỳ, đơn vị, ngày", ("picker", "day_picker")),
    Entry("Thông báo", ("notice",)),
    Entry("Chưa có gì", ("empty",)),
    Entry("Việc chạy nền và lưu", ("job", "save_state", "progress")),
    Entry("Bước và thẻ trang", ("steps", "tabs", "breadcrumb")),
    Entry("Ngăn căn cứ", ("drawer", "drawer_part", "drawer_acts", "fraction")),
    Entry("Đường xu hướng", ("trend",)),
    Entry("Diễn biến từng kỳ", ("trend_chart",)),
    Entry("Xếp hạng trong khối", ("rank_bars",)),
    Entry("Thanh phân bố", ("state_bar", "state_bars", "legend")),
    Entry("Bản đồ ô", ("tile_map",)),
    Entry("Ô độ phủ", ("coverage_cell",)),
    Entry("Văn bản có đánh dấu", ("document_sheet", "mark", "mark_legend")),
    Entry("Điều chưa chắc", ("doubt",)),
    Entry("Bản nháp", ("draft_row", "draft_head")),
    Entry("Phải và không được", ("must_columns",)),
    Entry("Danh sách tóm tắt", ("summary_list", "summary", "fact")),
    Entry("Diễn biến", ("timeline",)),
    Entry("Hộp hỏi lý do, phím tắt", ("act_dialog", "shortcuts", "keycap")),
)
PAGE_TAGS = ("theme_choice", "listing")  # asked by the frame, not drawn; a whole list, which needs rows


class SampleForm(forms.Form):
    """Every kind of field a page may ask for."""

    name = forms.CharField(label="Tên chương trình", help_text="Như ghi trong văn bản.")
    score = forms.DecimalField(label="Điểm II.4")
    due = forms.DateField(label="Hạn", required=False)
    unit = forms.ChoiceField(label="Đơn vị", choices=[("1", "Sở Nội vụ"), ("2", "Phường Vân An")])
    level = forms.ChoiceField(label="Mức", choices=LEVELS, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Loại minh chứng",
        choices=[("anh", "Ảnh"), ("tep", "Tệp"), ("so", "Số liệu")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Tôi đã đối chiếu với bản giấy")
    file = forms.FileField(label="Tệp minh chứng", required=False, help_text="PDF hoặc Word, tối đa 40 MB.")
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def gallery_context() -> dict[str, Any]:
    """Everything the gallery page shows."""
    return {
        "entries": GALLERY,
        "sides": (_side("light", "Nền sáng"), _side("dark", "Nền tối")),
        "rail": _places(),
        "icon_names": sorted(icon_names()),
        "shortcut_keys": (Shortcut("J", "Mục sau"), Shortcut("K", "Mục trước")),
    }


def evidence_context() -> dict[str, Any]:
    """What the sample drawer shows, with the rail for when it is a page of its own."""
    return {"facts": _samples()["facts"], "rail": _places()}


def _side(theme: str, title: str) -> dict[str, Any]:
    """One column of samples; its forms have ids of their own."""
    wrong = SampleForm({f"{theme}-wrong-score": "3"}, prefix=f"{theme}-wrong", auto_id=f"{theme}_wrong_%s")
    wrong.add_error("score", "Nhập từ 0 đến 2,5. Tiêu chí này tối đa 2,5 điểm.")
    rest = SampleForm(
        initial={"name": "Công sở nền nếp", "level": "tot", "unit": "2"}, prefix=theme, auto_id=f"{theme}_%s"
    )
    doubt = SampleForm(initial={"level": "tot"}, prefix=f"{theme}-doubt", auto_id=f"{theme}_doubt_%s")
    words = title.lower()
    return {
        "theme": theme,
        "title": title,
        "form": rest,
        "wrong": wrong,
        "doubt_form": doubt,
        "pager_label": f"Trang của danh sách, {words}",
        "place_label": f"Vị trí, {words}",
        "drawer_title": f"Người đã ký cam kết, {words}",
    } | _samples()


def _samples() -> dict[str, Any]:
    """Invented values, the same on both sides."""
    task_bar = (
        BarPart("Đã xong", 27, "5", "#"),
        BarPart("Đang làm", 12, "2", "#"),
        BarPart("Trễ hạn", 4, "bad", "#"),
        BarPart("Chưa đến kỳ", 5, "quiet"),
    )
    return {
        "tabs": (
            Tab("Tổng quan", "#", current=True),
            Tab("Nhiệm vụ", "#", count=48),
            Tab("Đơn vị", "#", count=60),
        ),
        "steps": (Step("Tải văn bản", "#"), Step("Xem lại"), Step("Giao đơn vị"), Step("Phát động")),
        "crumbs": (Crumb("Phong trào", "#"), Crumb("Kế hoạch 118/KH-UBND ngày 12/02/2026")),
        "periods": (Choice("2026-10", "Tháng 10/2026"), Choice("2026-11", "Tháng 11/2026")),
        "facts": (Fact("Tính đến", "22/11/2026, 23:00"), Fact("Quy định", "Kế hoạch 118/KH-UBND", "#")),
        "moments": (
            Moment(
                datetime(2026, 11, 22, 9, 12, tzinfo=OFFICE),
                "Nguyễn Hữu Phước gửi phiếu tự chấm tháng 11",
                url="#",
            ),
            Moment(
                datetime(2026, 11, 20, 8, 40, tzinfo=OFFICE),
                "Lò Thị Xuân trả lại minh chứng của xã Bản Lèo",
                reason="ảnh chụp không thấy bảng niêm yết.",
            ),
        ),
        "must": (Rule("P1", "Chào trước, mời ngồi", "#"), Rule("P2", "Hướng dẫn một lần cho đủ", "#")),
        "must_not": (Rule("K1", "Hẹn lại khi hồ sơ đã đủ", "#"), Rule("K2", "Đòi thêm giấy tờ", "#")),
        "points": (60, 70, 68, 83, 92, 95.6),
        "months": MONTHS,
        "ranks": RANKS,
        "task_bar": task_bar,
        "level_bars": (
            BarLine(
                "Tháng 10",
                (BarPart("Xuất sắc", 2, "5"), BarPart("Tốt", 9, "3"), BarPart("Hoàn thành", 1, "1")),
            ),
            BarLine(
                "Tháng 11",
                (BarPart("Xuất sắc", 1, "5"), BarPart("Tốt", 5, "3"), BarPart("Chưa chấm", 6, "empty")),
            ),
        ),
        "tiles": _tiles(),
        "tile_keys": (
            LegendKey("5", "đủ 100"),
            LegendKey("3", "98 đến dưới 100"),
            LegendKey("2", "95 đến dưới 98"),
            LegendKey("1", "80 đến dưới 95"),
            LegendKey("1", "dưới 80", alarm=True),
            LegendKey("empty", "chưa báo cáo"),
        ),
        "errors": (
            ErrorLine("Điểm II.4 của Lê Minh Khang: nhập từ 0 đến 2,5", "main"),
            ErrorLine("Lý do sửa điểm III.1 của Đỗ Gia Bách: chưa ghi", "main"),
        ),
        "keys": (Shortcut("J", "Mục sau"), Shortcut("K", "Mục trước"), Shortcut("Enter", "Xác nhận")),
        "list_page": Paginator(range(4841), 50).page(2),
    }


def _tiles() -> tuple[Tile, ...]:
    """A small invented map."""
    rows = (
        ("MKH", "xã Mường Khe", "62", 1, 2, "1"),
        ("BLU", "xã Bằng Lũng", "–", 1, 3, "empty"),
        ("PVA", "phường Vân An", "98", 1, 4, "3"),
        ("NPU", "xã Nậm Pục", "70", 2, 1, "1"),
        ("HSO", "xã Hải Sơn", "100", 2, 3, "5"),
        ("CLA", "xã Chợ Lạ", "94", 2, 4, "1"),
        ("AKH", "xã An Khê", "97", 2, 5, "2"),
    )
    return tuple(
        Tile(code, name, value, "#", row, column, tone, alarm=value in ("62", "70"))
        for code, name, value, row, column, tone in rows
    )


def _places() -> tuple[Place, ...]:
    """The seven places of the rail."""
    return (
        Place("Hôm nay", "home", "#hom-nay", 6, current=True),
        Place("Phong trào", "flag", "#phong-trao"),
        Place("Đánh giá", "grid", "#danh-gia", 5),
        Place("Lắng nghe", "chat", "#lang-nghe", 2),
        Place("Kiểm tra", "inspect", "#kiem-tra"),
        Place("Thi đua", "medal", "#thi-dua"),
        Place("Báo cáo", "report", "#bao-cao", 1),
    )
