"""Pages of units: the tree of a day, and one unit on a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.org.access import visible_units_on
from nep.org.forms.recording import RECORDINGS
from nep.org.queries import tree
from nep.org.queries import units as queries
from nep.org.queries.lives import day_of_life
from nep.org.requests import acting
from nep.org.tabs import unit_tabs
from nep.org.views.allowed import right_to
from nep.org.views.days import looked_at
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.requests.asked import asks_for_part, numbers, page_number

READERS = holds(Permission.VIEW_UNITS)


@page(access=READERS)
def units(request: HttpRequest) -> HttpResponse:
    """The three lines on a day, open as far as asked, or the units found by name or code."""
    actor, words = acting(request), request.GET.get("tim", "").strip()
    at = looked_at(request, actor.on)
    asked, after = numbers([request.GET.get("mo", "")]), numbers([request.GET.get("tu", "")])
    opened = visible_units_on(actor, at.day).filter(pk__in=asked).first()
    since = after[0] if after else 0
    if opened is not None and asks_for_part(request):
        level = tree.level_of(actor, at.day, opened, since)
        return render(request, "org/tree_nodes.html", {"level": level, "at": at})
    context: dict[str, Any] = {"words": words, "at": at, "opened": opened, "clear_url": ""}
    context["may_import"] = actor.elevated_self.holds(Permission.IMPORT_STAFF)
    if words:
        context["clear_url"] = f"{request.path}?{at.query}"
        found = tree.found_units(actor, at.day, words, page_number(request.GET.get("trang", "")))
        context |= {"found": found, "hits": tree.hits(found, at.day, at.today, words)}
    else:
        context |= {"lines": tree.lines(actor, at.day, opened, since)}
    return render(request, "org/units.html", context)


@page(access=READERS)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit on a day: where it stands, what became of it, what is below it, who works there."""
    actor = acting(request)
    at = looked_at(request, actor.on)
    found = get_object_or_404(queries.units_with_a_page(actor, at.day), pk=unit_id)
    day = day_of_life(found, at.day)
    # The time line names people and the units below: who may only see that the unit is there gets none.
    shown = queries.unit_page(actor, found, day, counting=request.GET.get("dem") == "co")
    told = moments(found, limit=20, kinds=("org.",)) if shown.staff.seen else []
    context = {
        "page": shown,
        "moments": told,
        "at": at,
        "tabs": unit_tabs(actor, found, "unit", at.day if at.elsewhen and not at.ahead else None),
        "right": right_to(actor, Permission.MANAGE_UNITS, found),
        "acts": [
            {"label": act.form.title, "url": reverse(act.name, args=[found.pk])}
            for act in RECORDINGS.values()
            if act.fits(found)
        ],
    }
    return render(request, "org/unit.html", context)
