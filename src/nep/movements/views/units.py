"""What one unit does for programmes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements.lists_of_units import READERS
from nep.movements.queries.unit_work import unit_work as work_of
from nep.movements.views.days import looked_at
from nep.org.access import Actor
from nep.org.models import Unit, UnitClosure
from nep.org.requests import acting
from nep.org.sight import has_page
from nep.org.tabs import unit_tabs
from nep.platform.access import page
from nep.platform.ui.parts import Crumb


def work_tab(actor: Actor, unit: Unit) -> tuple[str, str, str] | None:
    """The tab over the page of a unit."""
    if not actor.holds(Permission.VIEW_PROGRAMMES):
        return None
    return "unit_work", "Phong trào", reverse("unit_work", args=[unit.pk])


@page(access=READERS)
def unit_work(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The programmes of a unit, what is late and due next, its indicators and lessons, on a day."""
    actor = acting(request)
    at = looked_at(request, actor.on)
    unit = get_object_or_404(Unit.objects.filter(has_page(actor, at.day)).named_on(at.day), pk=unit_id)
    above = UnitClosure.objects.filter(descendant=unit, during__contains=at.day, depth__gt=0)
    path = [Crumb(row.ancestor.short_name) for row in above.select_related("ancestor").order_by("-depth")]
    context = {
        "unit": unit,
        "at": at,
        "crumbs": [Crumb("Tổ chức", reverse("units")), *path],
        "tabs": unit_tabs(actor, unit, "unit_work", at.past),
        "work": work_of(actor, unit, at.past),
    }
    return render(request, "movements/unit_work.html", context)
