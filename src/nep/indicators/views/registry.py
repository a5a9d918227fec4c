"""Setting indicators and asking units for their figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.indicators import access
from nep.indicators.forms.registry import AskForm, IndicatorForm, initial_of
from nep.indicators.models import Asking
from nep.indicators.services.asking import ask_figures, end_asking
from nep.indicators.services.registry import change_indicator, make_indicator, replace_indicator
from nep.indicators.views.found import READERS, address, crumbs, found_indicator, found_unit, offered_periods
from nep.kernel.errors import RuleError
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now

MAKERS = holds(Permission.MANAGE_INDICATORS)


@page(access=MAKERS, writes=True)
def indicator_new(request: HttpRequest) -> HttpResponse:
    """Set an indicator of one's unit."""
    actor = acting(request)
    form = IndicatorForm(actor.unit_ids_at(Permission.MANAGE_INDICATORS), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owner = form.cleaned_data["owner"]
            made = make_indicator(form.told, owner=owner, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Đã đặt chỉ số “{made.name}”.")
            return redirect("indicator", made.code)
    return render(
        request, "indicators/indicator_form.html", {"form": form, "crumbs": crumbs(here="Đặt chỉ số")}
    )


@page(access=READERS, writes=True)
def indicator_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a definition; once figures stand under it, make its next version."""
    actor, found = found_indicator(request, code)
    access.may_change(actor, found).require()
    assert found.owner_id is not None, "may_change refuses shipped ones"
    has_figures = found.figures.exists()
    form = IndicatorForm([found.owner_id], request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            write = replace_indicator if has_figures else change_indicator
            written = write(found, form.told, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Đã đặt bản mới." if has_figures else "Đã sửa định nghĩa.")
            return redirect("indicator", written.code)
    context = {"form": form, "indicator": found, "has_figures": has_figures}
    context["crumbs"] = crumbs(found, "Đặt bản mới" if has_figures else "Sửa định nghĩa")
    return render(request, "indicators/indicator_form.html", context)


@page(access=READERS, writes=True)
def indicator_ask(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    """Ask one's unit and those below it for figures, from a period on."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_ask(actor, indicator, unit).require()
    form = AskForm(indicator, offered_periods(indicator, actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        kinds = form.cleaned_data["kinds"]
        try:
            count = ask_figures(indicator, unit, kinds, form.chosen, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Đã yêu cầu {count} đơn vị báo cáo.")
            return redirect(address(indicator, unit, form.chosen))
    context = {"form": form, "indicator": indicator, "unit": unit}
    context["crumbs"] = crumbs(indicator, "Yêu cầu báo cáo")
    return render(request, "indicators/indicator_ask.html", context)


@page(access=READERS, writes=True)
def indicator_ask_end(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    """Ask no more from the next period on."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_ask(actor, indicator, unit).require()
    asking = get_object_or_404(Asking, indicator=indicator, root=unit, until__isnull=True)
    if request.method == "POST":
        end_asking(asking, actor=actor, at=now())
        messages.success(request, "Từ kỳ sau không yêu cầu báo cáo chỉ số này nữa.")
        return redirect("indicator", indicator.code)
    place = crumbs(indicator, "Thôi yêu cầu báo cáo")
    context = {"indicator": indicator, "unit": unit, "asking": asking, "crumbs": place}
    return render(request, "indicators/indicator_ask_end.html", context)
