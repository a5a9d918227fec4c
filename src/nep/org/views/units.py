"""Pages of units."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org.access import units_whose_people_are_seen, visible_units
from nep.org.queries import units as queries
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.requests.asked import page_number


@page(access=holds(Permission.VIEW_UNITS))
def units(request: HttpRequest) -> HttpResponse:
    """The three lines from their topmost units down, or the units found by name."""
    actor, words = acting(request), request.GET.get("tim", "").strip()
    context: dict[str, Any] = {"words": words}
    if words:
        context |= {"found": queries.found_units(actor, words, page_number(request.GET.get("trang", "")))}
    else:
        context |= {"trees": queries.trees(actor)}
    return render(request, "org/units.html", context)


@page(access=holds(Permission.VIEW_UNITS))
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: where it stands, what is below it, who works there."""
    actor = acting(request)
    found = get_object_or_404(visible_units(actor), pk=unit_id)
    # The time line names people and the units below: who may only see that the unit is there gets none.
    known = units_whose_people_are_seen(actor).filter(pk=found.pk).exists()
    told = moments(found, limit=20, kinds=("org.",)) if known else []
    context = {"page": queries.unit_page(actor, found), "moments": told}
    return render(request, "org/unit.html", context)
