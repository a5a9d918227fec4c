"""Figures and sums as they stand on pages and in the trail."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from nep.indicators.domain.sums import MISSING, NOTHING, Sum
from nep.indicators.models import Indicator
from nep.kernel.figures import write_figure

ABSENT = {MISSING: "Chưa báo cáo", NOTHING: "Không phát sinh"}


def figure_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """A figure of one unit: 45/50, or 12; empty without one."""
    if numerator is None:
        return ""
    return (
        f"{write_figure(numerator)}/{write_figure(denominator)}" if denominator else write_figure(numerator)
    )


def value_words(indicator: Indicator, total: Sum) -> str:
    """A sum at its head: 87,4 %, or 1.250; empty when nobody told a figure. Shares are cut, not rounded."""
    if not total.told:
        return ""
    if not indicator.is_share:
        return write_figure(total.numerator)
    if total.share is None:
        return ""
    return f"{write_figure(total.share.quantize(Decimal('0.1'), ROUND_DOWN))} %"


def shown_words(indicator: Indicator, total: Sum) -> str:
    """The value, or the word for its absence; nobody asked is a dash."""
    if not total.expected:
        return "–"
    return value_words(indicator, total) or ABSENT[total.state]


def spoken_words(total: Sum) -> str:
    """How many units spoke: “5 trong 8 đơn vị đã báo cáo, 1 không phát sinh, 2 chưa báo cáo”."""
    if not total.expected:
        return "Chưa yêu cầu đơn vị nào báo cáo"
    if total.expected == 1:
        return ABSENT.get(total.state, "Có số liệu")
    parts = [f"{total.told} trong {total.expected} đơn vị có số liệu"]
    parts += [f"{total.nothing} không phát sinh"] if total.nothing else []
    parts += [f"{total.missing} chưa báo cáo"] if total.missing else []
    return ", ".join(parts)
