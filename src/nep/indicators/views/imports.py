"""Files of figures: sent, tested, committed."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from nep.accounts.roles import Permission
from nep.indicators import access
from nep.indicators.domain.periods import period_of
from nep.indicators.forms.figures import ImportForm
from nep.indicators.models import FigureImport
from nep.indicators.queries.seen import asked_period
from nep.indicators.services.imports import commit_figures, receive_figures
from nep.indicators.services.templates import figures_template
from nep.indicators.views.found import READERS, address, crumbs, found_unit, named_period, offered_periods
from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import fold
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import page
from nep.platform.clock import now
from nep.platform.files.store import file_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(access=READERS, writes=True)
def indicator_import(request: HttpRequest, code: str, unit_id: int) -> HttpResponse:
    """Send a file of figures of the units below; it is tested at once and nothing is written."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_ask(actor, indicator, unit).require()
    chosen = asked_period(indicator, request.GET.get("ky", ""), actor.on)
    periods = offered_periods(indicator, actor)
    form = ImportForm(indicator, periods, request.POST or None, request.FILES or None, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        try:
            made = receive_figures(form.upload, indicator, unit, form.chosen, source, actor=actor, at=now())
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect("indicator_imported", made.pk)
    context = {"form": form, "indicator": indicator, "unit": unit, "period": chosen}
    context["crumbs"] = crumbs(indicator, "Nhập từ tệp")
    return render(request, "indicators/import_new.html", context)


@page(access=READERS)
def indicator_imported(request: HttpRequest, import_id: int) -> HttpResponse:
    """What the test of a file found."""
    _, found = _found(request, import_id)
    period = period_of(found.indicator.grain, found.starts_on)
    context = {"found": found, "period": period, "crumbs": crumbs(found.indicator, found.file_name)}
    context["url"] = address(found.indicator, found.root, period)
    return render(request, "indicators/import_page.html", context)


@page(access=READERS, writes=True)
def indicator_import_commit(request: HttpRequest, import_id: int) -> HttpResponse:
    """Write the figures of the file that was tested."""
    actor, found = _found(request, import_id)
    access.may_ask(actor, found.indicator, found.root).require()
    if request.method != "POST":
        return redirect("indicator_imported", import_id)
    count = commit_figures(found, actor=actor, at=now())
    messages.success(request, f"Đã ghi số liệu của {count} đơn vị.")
    return redirect(address(found.indicator, found.root, period_of(found.indicator.grain, found.starts_on)))


@page(access=READERS)
def indicator_import_file(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The file as it was sent."""
    _, found = _found(request, import_id)
    return file_response(found.file, name=found.file_name)


@page(access=READERS)
def indicator_template(request: HttpRequest, code: str, unit_id: int, period: str) -> HttpResponseBase:
    """A workbook of the units below, to fill in."""
    actor, indicator, unit = found_unit(request, code, unit_id)
    access.may_ask(actor, indicator, unit).require()
    named = named_period(indicator, period, actor)
    content = io.BytesIO(figures_template(indicator, unit, named))
    name = f"{indicator.code}-{named.key}-{slugify(fold(unit.short_name))[:40]}.xlsx"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, import_id: int) -> tuple[Actor, FigureImport]:
    """Who acts, and a file of units for which they import; 404 for any other."""
    actor = acting(request)
    rows = FigureImport.objects.filter(root__in=actor.unit_ids_at(Permission.MANAGE_INDICATORS))
    return actor, get_object_or_404(rows.select_related("indicator__owner", "root", "file"), pk=import_id)
