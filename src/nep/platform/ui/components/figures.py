"""Figures and charts: every figure that opens has the dotted line, every chart its words."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from nep.platform.ui.components.base import STATE_KINDS, TONES, ComponentError, icon, one_of
from nep.platform.ui.parts import BarLine, BarPart, ChartPoint, LegendKey, RankBar, Tile
from nep.platform.ui.trends import Trend, draw_chart, draw_trend

register = template.Library()

SIZES = ("m", "l", "xl")
ABSENCES = {"missing": "Chưa báo cáo", "nothing": "Không phát sinh", "few": "dưới 5 lượt"}
CELL_ICONS = {
    "good": "tick",
    "open": "dash-circle",
    "warn": "clock",
    "bad": "alert",
    "quiet": "minus-circle",
    "none": "",
}


@register.inclusion_tag("ui/figure.html")
def figure(
    *,
    value: str | int = "",
    url: str = "",
    label: str = "",
    absent: str = "",
    size: str = "m",
    open: bool = False,
) -> dict[str, object]:
    """A figure; with an address it opens its evidence. `absent`: missing, nothing or few, never a zero."""
    one_of("size", size, SIZES)
    if absent:
        one_of("absent", absent, ABSENCES)
    elif value == "":
        raise ComponentError("figure needs a value, or absent= when there is none")
    return {
        "value": value,
        "url": url,
        "label": label,
        "absent": absent,
        "word": ABSENCES.get(absent, ""),
        "size": size,
        "open": open,
    }


@register.simple_block_tag(end_name="endfigure_strip")
def figure_strip(content: SafeString) -> SafeString:
    """Up to five figures in a row; its content are `figure_cell`."""
    return SafeString(f'<ul class="nep-strip">{content}</ul>')


@register.inclusion_tag("ui/figure_cell.html")
def figure_cell(
    *,
    label: str,
    value: str | int = "",
    url: str = "",
    absent: str = "",
    base: str = "",
    points: Sequence[float] = (),
    goal: float | None = None,
    unit: str = "",
    state_kind: str = "",
    state_word: str = "",
    icon_name: str = "",
) -> dict[str, object]:
    """A figure of the strip: label, figure, trend, its base in words, its state."""
    if state_kind:
        one_of("state_kind", state_kind, STATE_KINDS)
    return {
        "label": label,
        "value": value,
        "url": url,
        "absent": absent,
        "base": base,
        "points": points,
        "goal": goal,
        "unit": unit,
        "state_kind": state_kind,
        "state_word": state_word,
        "icon_name": icon_name,
    }


@register.inclusion_tag("ui/trend.html")
def trend(
    *, points: Sequence[float], label: str, goal: float | None = None, unit: str = ""
) -> dict[str, Trend | str]:
    """A small line of the last periods with the goal dashed; its words give first, last and goal."""
    return {"trend": draw_trend(points=points, goal=goal, unit=unit), "label": label}


@register.inclusion_tag("ui/trend_chart.html")
def trend_chart(
    *, points: Sequence[ChartPoint], label: str, goal: float | None = None, unit: str = "", head: str = "Kỳ"
) -> dict[str, object]:
    """A line of periods with its table behind it; what was not told is a gap and says so in the table."""
    chart = draw_chart(points=points, goal=goal, unit=unit)
    return {"chart": chart, "points": points, "label": label, "head": head}


@register.inclusion_tag("ui/rank_bars.html")
def rank_bars(
    *, items: Sequence[RankBar], label: str, head: str = "Số", whose: str = "Đơn vị"
) -> dict[str, object]:
    """Units by rank, each with its figure in words and as a bar; equal ones share a place."""
    return {"items": items, "label": label, "head": head, "whose": whose}


@register.inclusion_tag("ui/state_bar.html")
def state_bar(*, parts: Sequence[BarPart], label: str, words: bool = True) -> dict[str, object]:
    """Counts as one bar; `words` under the parts, or give a `legend`."""
    return {"parts": _weighed(parts), "label": label, "words": words}


@register.inclusion_tag("ui/state_bars.html")
def state_bars(*, lines: Sequence[BarLine], label: str) -> dict[str, object]:
    """Bars one under the other with one legend, to compare periods or units."""
    legend = {part.tone: part.word for line in lines for part in line.parts}
    drawn = [{"label": line.label, "parts": _weighed(line.parts)} for line in lines]
    keys = [LegendKey(tone, word) for tone, word in legend.items()]
    return {"lines": drawn, "label": label, "legend": keys}


@register.inclusion_tag("ui/legend.html")
def legend(*, items: Sequence[LegendKey]) -> dict[str, object]:
    """The colours of a chart in words."""
    return {"items": items}


@register.inclusion_tag("ui/tile_map.html")
def tile_map(
    *, tiles: Sequence[Tile], label: str, items: Sequence[LegendKey] = (), title: str = "", note: str = ""
) -> dict[str, object]:
    """Units as tiles where they lie on the map; every tile is a link with full name and value.

    Tiles without a row and a column stand one after the other in the order given.
    """
    for tile in tiles:
        one_of("tone", tile.tone, TONES)
    placed = all(tile.row and tile.column for tile in tiles)
    return {
        "drawn": SafeString("".join(_tile(tile, placed=placed) for tile in tiles)),
        "label": label,
        "items": items,
        "title": title,
        "note": note,
        "placed": placed,
    }


def _tile(tile: Tile, *, placed: bool) -> str:
    """One tile, written directly: a map has hundreds."""
    place = f' class="nep-col-{tile.column} nep-row-{tile.row}"' if placed else ""
    alarm = " nep-tile-alarm" if tile.alarm else ""
    code, name, value, url = (conditional_escape(one) for one in (tile.code, tile.name, tile.value, tile.url))
    return (
        f'<li{place}><a class="nep-tile nep-tone-{tile.tone}{alarm}" href="{url}" title="{name}: {value}">'
        f'<span aria-hidden="true">{code}</span><b>{value}</b>'
        f'<span class="nep-unseen"> {name}</span></a></li>'
    )


@register.inclusion_tag("ui/coverage_cell.html")
def coverage_cell(
    *, kind: str, label: str, url: str = "", value: str | int = "", icon_name: str = ""
) -> dict[str, object]:
    """A cell of a grid. Kinds: good, open (under way), warn, bad, quiet, none (does not bind this unit)."""
    default = CELL_ICONS[one_of("kind", kind, CELL_ICONS)]
    return {"kind": kind, "label": label, "url": url, "value": value, "icon_name": icon_name or default}


def square(*, kind: str, label: str, url: str = "", value: str = "") -> SafeString:
    """The same cell written directly: a grid has hundreds, and a template for each would be slow."""
    name = CELL_ICONS[one_of("kind", kind, CELL_ICONS)]
    words = conditional_escape(label)
    drawn = icon(name=name, size=16) if name else ""
    inside = f'{drawn}{conditional_escape(value)}<span class="nep-unseen"> {words}</span>'
    if url:
        href = conditional_escape(url)
        return SafeString(f'<a class="nep-cell nep-cell-{kind}" href="{href}" title="{words}">{inside}</a>')
    return SafeString(f'<span class="nep-cell nep-cell-{kind}" title="{words}">{inside}</span>')


@register.inclusion_tag("ui/progress.html")
def progress(*, done: int, total: int, label: str, accent: bool = False) -> dict[str, object]:
    """How much of a countable whole is done."""
    return {"done": done, "total": max(total, 1), "label": label, "accent": accent}


@register.inclusion_tag("ui/job.html")
def job(
    *,
    id: str,
    name: str,
    done: int = 0,
    total: int = 0,
    unit: str = "dòng",
    where: str = "",
    url: str = "",
    poll_url: str = "",
    finished: bool = False,
    failed: str = "",
) -> dict[str, object]:
    """A job in the background: name, count in words, bar, where its result will be found."""
    return {
        "id": id,
        "name": name,
        "done": done,
        "total": total,
        "unit": unit,
        "where": where,
        "url": url,
        "poll_url": poll_url,
        "finished": finished,
        "failed": failed,
    }


@register.simple_block_tag(end_name="enddrawer")
def drawer(
    content: SafeString,
    *,
    title: str,
    close_url: str,
    kicker: str = "Căn cứ của số",
    figure: str = "",
    against: str = "",
    id: str = "evidence",
) -> str:
    """The evidence behind a figure: what it stands against, then `drawer_part` and `drawer_acts`."""
    return render_to_string(
        "ui/drawer.html",
        {
            "title": title,
            "close_url": close_url,
            "kicker": kicker,
            "figure": figure,
            "against": against,
            "id": id,
            "content": content,
        },
    )


@register.simple_block_tag(end_name="enddrawer_acts")
def drawer_acts(content: SafeString) -> SafeString:
    """The acts at the foot of the drawer; they stay in sight while the rest scrolls."""
    return SafeString(f'<footer class="nep-drawer-foot">{content}</footer>')


@register.simple_block_tag(end_name="enddrawer_part")
def drawer_part(content: SafeString, *, title: str = "", count: int | None = None) -> str:
    """A part of the drawer under its own small title."""
    return render_to_string("ui/drawer_part.html", {"title": title, "count": count, "content": content})


@register.inclusion_tag("ui/fraction.html")
def fraction(
    *, numerator: str | int, numerator_words: str, denominator: str | int, denominator_words: str
) -> dict[str, object]:
    """Numerator and denominator, each with the sentence that says what it counts."""
    return {
        "numerator": numerator,
        "numerator_words": numerator_words,
        "denominator": denominator,
        "denominator_words": denominator_words,
    }


def _weighed(parts: Sequence[BarPart]) -> list[dict[str, object]]:
    """Parts that hold something, each with its share in whole hundredths, at least one."""
    whole = sum(part.count for part in parts) or 1
    for part in parts:
        one_of("tone", part.tone, TONES)
    return [{"part": part, "grow": max(1, part.count * 100 // whole)} for part in parts if part.count]
