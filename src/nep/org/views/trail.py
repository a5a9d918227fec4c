"""Pages of the trail, for auditors; that they read it is itself told there."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.accounts.roles import Permission
from nep.org.lists import TRAIL
from nep.org.queries import trail as queries
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.events import EVENT_READ, TRAIL_READ
from nep.platform.audit.readings import note_reading
from nep.platform.lists.listing import listing

AUDITORS = holds(Permission.READ_TRAIL)


@page(access=AUDITORS, reads=(TRAIL_READ,))
def trail(request: HttpRequest) -> HttpResponse:
    """Events within the auditor's scope, the latest first, and how the sealing stands."""
    actor, shown = acting(request), listing(request, TRAIL)
    what = "; ".join(chip.words for chip in shown.chips) or "toàn bộ phạm vi được giao"
    home = actor.home_unit
    note_reading(
        request,
        TRAIL_READ,
        about=[],
        thing=f"audit.trail:{sha256(what.encode()).hexdigest()[:16]}",
        unit_id=home.pk if home else None,
        what=f"({what})",
    )
    return render(request, "org/trail.html", {"events": shown, "sealing": queries.sealing_state()})


@page(access=AUDITORS, reads=(EVENT_READ,))
def trail_event(request: HttpRequest, event_id: int) -> HttpResponse:
    """One event: what it changed, why, and whether it is still as it was sealed."""
    actor = acting(request)
    found = get_object_or_404(queries.visible_events(actor), pk=event_id)
    note_reading(request, EVENT_READ, about=[found], unit_id=found.unit_id, number=found.pk)
    return render(request, "org/trail_event.html", {"page": queries.event_page(found, actor)})
