"""Entering the figures of one's unit, and taking them back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nep.indicators import access
from nep.indicators.domain.periods import Period
from nep.indicators.forms.figures import FigureForm, TakeBackForm, initial_of
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.seen import asked_period
from nep.indicators.services.figures import enter_figure, take_back
from nep.indicators.views.found import (
    READERS,
    address,
    crumbs,
    found_unit,
    named_period,
    offered_periods,
)
from nep.kernel.errors import RuleError
from nep.org.models import Unit
from nep.platform.access import page
from nep.platform.clock import now


@page(access=READERS, writes=True)
def indicator_enter(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    """Enter the figure of one's unit for a period, with where it comes from."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_enter(actor, indicator, unit).require()
    chosen = asked_period(indicator, request.GET.get("ky", ""), actor.on)
    standing = _standing(indicator, unit, chosen)
    form = FigureForm(
        indicator,
        offered_periods(indicator, actor),
        request.POST or None,
        chosen=chosen,
        initial=initial_of(standing),
    )
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        try:
            enter_figure(indicator, unit, form.chosen, form.said, source, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Đã ghi số liệu {form.chosen.name.lower()} của {unit.short_name}.")
            return redirect(address(indicator, unit, form.chosen))
    context = {"form": form, "indicator": indicator, "unit": unit, "standing": standing, "period": chosen}
    context["crumbs"] = crumbs(indicator, "Nhập số liệu")
    return render(request, "indicators/figure_enter.html", context)


@page(access=READERS, writes=True)
def indicator_take_back(request: HttpRequest, code: str, unit_id: int, period: str) -> HttpResponse:
    """Take back what was entered, with a reason."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_enter(actor, indicator, unit).require()
    named = named_period(indicator, period, actor)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            take_back(indicator, unit, named, reason, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Đã rút số liệu {named.name.lower()} của {unit.short_name}.")
            return redirect(address(indicator, unit, named))
    context = {"form": form, "indicator": indicator, "unit": unit, "period": named}
    context["crumbs"] = crumbs(indicator, "Rút số liệu")
    return render(request, "indicators/figure_take_back.html", context)


def _standing(indicator: Indicator, unit: Unit, period: Period) -> Figure | None:
    rows = Figure.objects.current().filter(indicator=indicator, unit=unit)
    return rows.filter(starts_on=period.starts_on).first()
