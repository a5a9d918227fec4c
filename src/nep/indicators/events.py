"""What the trail tells about indicators and their figures."""

from nep.platform.audit.events import event

INDICATOR_MADE = event("indicators.made", "{actor} đặt chỉ số “{name}” cho {unit}.")
INDICATOR_CHANGED = event("indicators.changed", "{actor} sửa định nghĩa chỉ số “{name}”.")
INDICATOR_REPLACED = event(
    "indicators.replaced", "{actor} thay chỉ số “{name}” bằng bản mới “{new_name}” từ {day}."
)
FIGURES_ASKED = event(
    "indicators.figures_asked", "{actor} yêu cầu báo cáo “{name}” từ {period}: {units} đơn vị."
)
ASKING_ENDED = event("indicators.asking_ended", "{actor} thôi yêu cầu báo cáo “{name}” từ {period}.")
FIGURE_ENTERED = event("indicators.figure_entered", "{actor} nhập “{name}” {period} của {unit}: {figure}.")
NOTHING_ENTERED = event(
    "indicators.nothing_entered", "{actor} báo {unit} không phát sinh “{name}” trong {period}."
)
FIGURE_TAKEN_BACK = event(
    "indicators.figure_taken_back", "{actor} rút số liệu “{name}” {period} của {unit} để báo cáo lại."
)
FIGURES_IMPORTED = event(
    "indicators.figures_imported", "{actor} nhập “{name}” {period} từ tệp {file}: {figures} đơn vị."
)
