"""Pages of programmes to look at: the list, one programme with its tabs, the evidence behind a figure."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nep.accounts.roles import Permission
from nep.movements.access import programme_seen
from nep.movements.domain.readiness import lacks, worth_a_look
from nep.movements.lists import PROGRAMMES
from nep.movements.models import Programme
from nep.movements.queries.counted import counted_in
from nep.movements.queries.draft import draft_page
from nep.movements.queries.figures import figure_facts
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.overview import overview
from nep.movements.queries.readiness import content_of
from nep.movements.queries.related import documents_tab
from nep.movements.queries.rules import rules_tab
from nep.movements.queries.standings import standings
from nep.movements.queries.tasks import tasks_tab
from nep.movements.queries.timeline import EVENT_KINDS, timeline_tab
from nep.movements.views.bars import compared, task_bar
from nep.movements.views.days import looked_at
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.lists.listing import listing
from nep.platform.ui.parts import Tab

READERS = holds(Permission.VIEW_PROGRAMMES)


def found_programme(request: HttpRequest, programme_id: int) -> tuple[Actor, Programme]:
    """Who acts, and the programme they may see; 404 for any other."""
    actor = acting(request)
    return actor, programme_seen(actor, programme_id)


@page(access=READERS)
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that the person may see."""
    drafts = acting(request).holds(Permission.DRAFT_PROGRAMMES)
    shown = {"programmes": listing(request, PROGRAMMES), "drafts": drafts}
    return render(request, "movements/programme_list.html", shown)


@page(access=READERS)
def programme(request: HttpRequest, programme_id: int) -> HttpResponse:
    """A programme at a glance; before the launch what is still lacking."""
    actor, found = found_programme(request, programme_id)
    frame = programme_frame(found, actor, "overview")
    if frame.is_quiet:
        content = content_of(found, actor.on)
        return render(
            request,
            "movements/programme_quiet.html",
            {
                "frame": frame,
                "draft": draft_page(found, actor.on),
                "lacks": lacks(content),
                "look": worth_a_look(content, actor.on),
            },
        )
    at = looked_at(request, actor.on, since=found.launched_on)
    frame = frame if at.past is None else programme_frame(found, actor, "overview", at.past)
    asked = {"block": request.GET.get("khoi", ""), "measure": request.GET.get("theo", "")}
    context = {
        "frame": frame,
        "at": at,
        "seen": (seen := overview(found, actor=actor, today=actor.on, now=now(), day=at.past)),
        "task_bar": task_bar(seen, found, at),
        "compared": compared(standings(counted_in(actor, found, at.past), actor.on, **asked), found, at),
    }
    return render(request, "movements/programme_page.html", context)


@page(access=READERS)
def programme_tasks(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The tasks by line of work, each with who has it, by when, and how it goes."""
    actor, found = found_programme(request, programme_id)
    return render(
        request,
        "movements/programme_tasks.html",
        {
            "frame": programme_frame(found, actor, "tasks"),
            "shown": tasks_tab(found, actor, actor.on),
        },
    )


@page(access=READERS)
def programme_rules(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Rules, named sets and models of a programme."""
    actor, found = found_programme(request, programme_id)
    return render(
        request,
        "movements/programme_rules.html",
        {
            "frame": programme_frame(found, actor, "rules"),
            "shown": rules_tab(found),
        },
    )


@page(access=READERS)
def programme_document(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The plan of a programme and the documents and programmes beside it."""
    actor, found = found_programme(request, programme_id)
    return render(
        request,
        "movements/programme_documents.html",
        {
            "frame": programme_frame(found, actor, "documents"),
            "named": documents_tab(found, actor),
        },
    )


@page(access=READERS)
def programme_timeline(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What happened, in sentences, of all kinds or of one."""
    actor, found = found_programme(request, programme_id)
    kind = request.GET.get("loai", "")
    shown = timeline_tab(found, actor, kind, request.GET.dict())
    kinds = [
        Tab(label, f"?loai={code}" if code else "?", current=code == kind)
        for code, (label, _) in EVENT_KINDS.items()
    ]
    return render(
        request,
        "movements/programme_timeline.html",
        {
            "frame": programme_frame(found, actor, "timeline"),
            "shown": shown,
            "kind": kind,
            "kinds": kinds,
        },
    )


@page(access=READERS)
def programme_figure(request: HttpRequest, programme_id: int, key: str) -> HttpResponse:
    """The evidence behind a figure, in the drawer or as a page of its own."""
    actor, found = found_programme(request, programme_id)
    at = looked_at(request, actor.on, since=found.launched_on)
    facts = figure_facts(found, key, actor=actor, today=actor.on, now=now(), day=at.past)
    if facts is None:
        raise Http404
    return render(request, "movements/programme_figure.html", {"facts": facts, "programme": found, "at": at})
