"""Pages of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org.access import visible_people
from nep.org.lists import PEOPLE
from nep.org.queries import people as queries
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.lists.listing import listing


@page(access=holds(Permission.VIEW_UNITS))
def people(request: HttpRequest) -> HttpResponse:
    """People within the actor's roles, by given name."""
    return render(request, "org/people.html", {"people": listing(request, PEOPLE)})


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
