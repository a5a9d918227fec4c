"""Pages of the organisation: units and people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org import queries
from nep.org.access import units_whose_people_are_seen, visible_people, visible_units
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.requests.asked import numbers, page_number


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


@page(access=holds(Permission.VIEW_UNITS))
def people(request: HttpRequest) -> HttpResponse:
    """People within the actor's roles, by given name."""
    actor = acting(request)
    words, asked = request.GET.get("tim", "").strip(), numbers([request.GET.get("don-vi", "")])
    chosen = get_object_or_404(visible_units(actor), pk=asked[0]) if asked else None
    rows = queries.people_list(
        actor, words=words, unit=chosen, page=page_number(request.GET.get("trang", ""))
    )
    return render(request, "org/people.html", {"people": rows, "words": words, "unit": chosen})


@page(access=holds(Permission.VIEW_UNITS))
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: postings and roles."""
    actor = acting(request)
    found = get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)
    context = {
        "person": found,
        "postings": queries.postings_of(found),
        "grants": queries.grants_of(found, actor.on),
        "moments": moments(found, limit=20, kinds=("org.",)),
    }
    return render(request, "org/person.html", context)
