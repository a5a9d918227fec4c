"""Pages of the trail, for auditors; that they read it is itself told there."""

from __future__ import annotations

from hashlib import sha256

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from nep.org.lists import TRAIL
from nep.org.queries import trail as queries
from nep.org.queries.trail import AUDITORS
from nep.org.requests import acting
from nep.org.services.trail_bundles import path_of
from nep.org.tasks import bundle_trail
from nep.platform.access import page
from nep.platform.audit.events import EVENT_READ, TRAIL_READ
from nep.platform.audit.readings import note_reading
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import start
from nep.platform.lists.listing import listing


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


@page(access=AUDITORS, writes=True)
def trail_export(request: HttpRequest) -> HttpResponse:
    """Start writing a signed bundle of what the auditor may read."""
    if request.method != "POST":
        return redirect("trail")
    actor = acting(request)
    run = start(bundle_trail, title="Xuất nhật ký có ký", actor=actor, user_id=actor.id)
    return redirect("job", run.pk)


@page(access=AUDITORS)
def trail_bundle(request: HttpRequest, token: str) -> HttpResponseBase:
    """A signed bundle, for who asked for it, until a day later."""
    get_object_or_404(JobRun, started_by_id=acting(request).id, result_url=request.path)
    if not path_of(token).exists():
        raise Http404
    return FileResponse(path_of(token).open("rb"), as_attachment=True, filename="nhat-ky.zip")
