"""Pages of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org.access import visible_people, visible_units
from nep.org.queries import people as queries
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.requests.asked import numbers, page_number


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
