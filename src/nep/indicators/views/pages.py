"""Pages of indicators to look at: the list, one indicator for a unit, what stands behind a figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nep.accounts.roles import Permission
from nep.indicators import access
from nep.indicators.lists import FIGURES, INDICATORS
from nep.indicators.queries.drawer import drawer_facts
from nep.indicators.queries.seen import IndicatorPage, asked_period, home_of, indicator_page
from nep.indicators.views.found import (
    READERS,
    chosen_unit,
    crumbs,
    found_indicator,
    found_unit,
    named_period,
    offered_periods,
    unit_choices,
)
from nep.kernel.decisions import Decision
from nep.org.access import Actor
from nep.org.models import Line
from nep.org.requests import acting
from nep.org.views.days import LookedAt, looked_at
from nep.platform.access import page
from nep.platform.clock import now
from nep.platform.lists.listing import listing
from nep.platform.ui.parts import Choice


@page(access=READERS)
def indicators(request: HttpRequest) -> HttpResponse:
    """The registry: what is counted how, with what is known of one's own unit."""
    actor = acting(request)
    makes = bool(actor.unit_ids_at(Permission.MANAGE_INDICATORS))
    shown = {"indicators": listing(request, INDICATORS), "makes": makes, "home": home_of(actor)}
    return render(request, "indicators/indicator_list.html", shown)


@page(access=READERS)
def indicator_figures(request: HttpRequest) -> HttpResponse:
    """All figures that the person may see, with those that are still owed."""
    shown = {"figures": listing(request, FIGURES), "crumbs": crumbs(here="Số liệu")}
    return render(request, "indicators/figure_list.html", shown)


@page(access=READERS)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its definition, the value of a unit in a period, the trend, the units below."""
    actor, found = found_indicator(request, code)
    unit = chosen_unit(request, actor)
    context = {"indicator": found, "crumbs": crumbs(found), "may_change": access.may_change(actor, found)}
    if unit is None:
        return render(request, "indicators/indicator_bare.html", context)
    looked = looked_at(request, actor.on)
    day = min(looked.day, actor.on)
    period = asked_period(found, request.GET.get("ky", ""), day)
    line = request.GET.get("he-thong", "")
    shown = indicator_page(actor, found, unit, period, line=line, on=day if day < actor.on else None)
    context |= {"shown": shown, "looked": looked, "units": unit_choices(actor, unit)}
    context |= {"lines": _lines(shown), "past": day if day < actor.on else None}
    context |= {"periods": [Choice(one.key, one.name) for one in reversed(offered_periods(found, actor))]}
    return render(request, "indicators/indicator_page.html", context | _acts(actor, shown, looked))


@page(access=READERS)
def indicator_figure(request: HttpRequest, code: str, unit_id: int, period: str) -> HttpResponse:
    """What stands behind a figure, in the drawer or as a page of its own."""
    actor, found, unit = found_unit(request, code, unit_id)
    named = named_period(found, period, actor)
    looked = looked_at(request, actor.on)
    on = looked.day if looked.day < actor.on else None
    line = request.GET.get("he-thong", "")
    facts = drawer_facts(actor, found, unit, named, now=now(), line=line, on=on)
    may_enter = access.may_enter(actor, found, unit)
    context = {"facts": facts, "indicator": found, "unit": unit, "may_enter": may_enter}
    return render(request, "indicators/indicator_figure.html", context)


def _acts(actor: Actor, shown: IndicatorPage, looked: LookedAt) -> dict[str, Decision | str]:
    found, unit = shown.indicator, shown.unit
    query = "&".join(part for part in (looked.query, f"he-thong={shown.line}") if part)
    return {
        "may_enter": access.may_enter(actor, found, unit),
        "may_ask": access.may_ask(actor, found, unit),
        "query": query,
    }


def _lines(shown: IndicatorPage) -> list[Choice]:
    """The lines among which the reader may choose; nothing to choose where there is one."""
    offered = [line for line in shown.seen.lines if line in shown.indicator.lines]
    return [Choice(line, Line(line).label) for line in offered] if len(offered) > 1 else []
