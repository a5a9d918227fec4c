"""Pages that tell what somebody may do, over which units and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org.access import Actor, may_read_rights, visible_people
from nep.org.models import Unit
from nep.org.queries.rights import lent_by, rights_page
from nep.org.requests import acting
from nep.platform.access import holds, page, signed_in


@page(access=signed_in())
def rights(request: HttpRequest) -> HttpResponse:
    """What I may do and why."""
    actor = acting(request)
    context = {
        "page": rights_page(actor),
        "on": actor.on,
        "person": None,
        "leads": Unit.objects.filter(pk__in=actor.unit_ids_at(Permission.DELEGATE)).order_by("sort_key"),
        "lent": lent_by(actor),
    }
    return render(request, "org/rights.html", context)


@page(access=holds(Permission.VIEW_PEOPLE))
def person_rights(request: HttpRequest, person_id: int) -> HttpResponse:
    """What somebody may do and why, for who gives roles there and who audits."""
    actor = acting(request)
    person = get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)
    may_read_rights(actor, person).require()
    told = rights_page(Actor(person.user, actor.on)) if person.user else None
    context = {"page": told, "on": actor.on, "person": person, "leads": (), "lent": ()}
    return render(request, "org/rights.html", context)
