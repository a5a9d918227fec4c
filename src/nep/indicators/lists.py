"""The lists of indicators and of figures."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.indicators.access import visible_figures, visible_indicators
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.listing import FigureRow, IndicatorRow, figure_rows, indicator_rows
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import Line, UnitClosure
from nep.platform.access import holds
from nep.platform.lists.cells import Counted, Linked, Standing
from nep.platform.lists.filters import Choose
from nep.platform.lists.spec import Column, ListSpec, listed
from nep.platform.search import matching

READERS = holds(Permission.VIEW_PROGRAMMES)


def _name(row: IndicatorRow) -> Linked:
    one = row.indicator
    version = " · đã có bản mới" if one.retired_on else ""
    return Linked(one.name, reverse("indicator", args=[one.code]), f"{one.unit_of_count}{version}")


def _value(row: IndicatorRow) -> Counted | str:
    return Counted(row.shown, row.url, row.indicator.name) if row.url else row.shown


def _grain(rows: QuerySet[Indicator], grain: str, actor: Actor) -> QuerySet[Indicator]:
    return rows.filter(grain=grain)


INDICATORS = listed(
    ListSpec(
        code="chi-so",
        title="Chỉ số",
        noun="chỉ số",
        access=READERS,
        rows=lambda actor, within: visible_indicators(actor).select_related("owner"),
        url=lambda within: reverse("indicators"),
        columns=(
            Column("ten", "Chỉ số", _name, order=("name",), width=60),
            Column("gia-tri", "Đơn vị tôi", _value, kind="num"),
            Column("ky", "Kỳ gần nhất", lambda row: row.period.name if row.period else ""),
            Column("bao-cao", "Báo cáo", lambda row: row.spoken, width=40),
            Column("nhip", "Nhịp", lambda row: row.indicator.get_grain_display(), order=("grain",)),
            Column("nguon", "Lấy từ", lambda row: row.indicator.get_provider_display(), on=False, width=40),
            Column(
                "chu",
                "Đặt bởi",
                lambda row: row.indicator.owner.short_name if row.indicator.owner else "Có sẵn trong Nếp",
                width=30,
            ),
            Column("can-cu", "Căn cứ", lambda row: row.indicator.source, on=False, width=60),
        ),
        order=("name",),
        filters=(
            Choose("nhip-bao", "Nhịp báo cáo", Indicator.Grain.choices, _grain),
            Choose(
                "lay-tu",
                "Lấy từ",
                Indicator.Provider.choices,
                lambda rows, provider, actor: rows.filter(provider=provider),
            ),
            Choose(
                "he-thong",
                "Hệ thống",
                Line.choices,
                lambda rows, line, actor: rows.filter(lines__contains=[line]),
            ),
            Choose(
                "ban",
                "Bản",
                (("dang-dung", "Đang dùng"), ("da-thay", "Đã có bản mới")),
                lambda rows, which, actor: rows.filter(retired_on__isnull=which == "dang-dung"),
            ),
        ),
        search=matching,
        search_label="Tìm tên, không cần gõ dấu",
        fill=indicator_rows,
        counts=True,  # a registry has hundreds of rows at most
        empty="Chưa có chỉ số nào",
    )
)


def _below(rows: QuerySet[Figure], unit_id: str, actor: Actor) -> QuerySet[Figure]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(unit__in=below.values("descendant_id"))


def _of_indicator(rows: QuerySet[Figure], indicator_id: str, actor: Actor) -> QuerySet[Figure]:
    return rows.filter(indicator=int(indicator_id))


def _indicators(actor: Actor) -> Sequence[tuple[str, str]]:
    rows = visible_indicators(actor).order_by("name", "pk").values_list("pk", "name")[:200]
    return [(str(pk), name) for pk, name in rows]


def _figures(actor: Actor, within: int | None) -> QuerySet[Figure]:
    seen = visible_indicators(actor).values("pk")
    rows = visible_figures(actor).filter(replaced_at__isnull=True, indicator__in=seen)
    return rows.select_related("indicator", "unit")


def _unit(row: FigureRow) -> Linked:
    return Linked(row.figure.unit.short_name, row.url, row.figure.indicator.name)


FIGURES = listed(
    ListSpec(
        code="so-lieu-chi-so",
        title="Số liệu chỉ số",
        noun="số liệu",
        access=READERS,
        rows=_figures,
        url=lambda within: reverse("indicator_figures"),
        columns=(
            Column("don-vi-bao", "Đơn vị", _unit, width=50),
            Column("chi-so-ten", "Chỉ số", lambda row: row.figure.indicator.name, on=False, width=60),
            Column("ky", "Kỳ", lambda row: row.period.name, order=("starts_on",)),
            Column("so", "Số liệu", lambda row: row.says, kind="num"),
            Column(
                "tinh-trang",
                "Tình trạng",
                lambda row: Standing(row.kind, row.figure.get_state_display()),
            ),
            Column("nguon", "Nguồn", lambda row: row.figure.source, width=50),
            Column("nguoi", "Người báo", lambda row: row.figure.told_by_name, on=False),
            Column(
                "luc", "Ghi lúc", lambda row: row.figure.told_at, order=("told_at",), kind="when", on=False
            ),
        ),
        order=("-starts_on",),
        filters=(
            Choose("chi-so", "Chỉ số", _indicators, _of_indicator),
            Choose(
                "trang-thai",
                "Tình trạng",
                Figure.State.choices,
                lambda rows, state, actor: rows.filter(state=state),
            ),
            unit_filter(_below),
        ),
        fill=figure_rows,
        empty="Chưa có số liệu nào",
    )
)
