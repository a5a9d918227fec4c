"""Pages on which a draft is made and changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.movements import access
from nep.movements.domain.readiness import lacks, worth_a_look
from nep.movements.forms.actors import actor_rows
from nep.movements.forms.parts import PartForm, form_of
from nep.movements.forms.programmes import HeadForm, NewProgrammeForm, ParentsForm, ScopeForm
from nep.movements.models import Programme, Task
from nep.movements.models.content import Part
from nep.movements.queries.draft import draft_page
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.parts import KINDS, PartKind
from nep.movements.queries.readiness import content_of
from nep.movements.queries.sources import source_of
from nep.movements.services import content as acts
from nep.movements.services.programmes import change_head, create_programme, set_parents
from nep.movements.services.scopes import set_scopes
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now, today

DRAFTERS = holds(Permission.DRAFT_PROGRAMMES)


def found_draft(request: HttpRequest, programme_id: int) -> tuple[Actor, Programme]:
    """Who acts, and the draft that they may change; a refusal says why not."""
    actor, found = found_programme(request, programme_id)
    access.may_edit(actor, found).require()
    return actor, found


@page(access=DRAFTERS, writes=True)
def programme_new(request: HttpRequest) -> HttpResponse:
    """A programme by hand; from a document is the quicker way."""
    actor = acting(request)
    days = {"starts_on": today(), "ends_on": today().replace(month=12, day=31), "kind": "plan"}
    form = NewProgrammeForm(actor, request.POST or None, initial=days)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = create_programme(
                form.head(given["lead_unit"]), actor=actor, at=now(), document=given["document"]
            )
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã lập {made.code}. Thêm chỉ tiêu và nhiệm vụ.")
            return redirect("programme_edit", made.pk)
    return render(request, "movements/programme_new.html", {"form": form})


@page(access=DRAFTERS)
def programme_edit(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The whole draft with a way to change each part, and what is still lacking first."""
    actor, found = found_draft(request, programme_id)
    content = content_of(found, actor.on)
    return render(
        request,
        "movements/programme_edit.html",
        {
            "frame": programme_frame(found, actor, ""),
            "draft": draft_page(found, actor.on),
            "lacks": lacks(content),
            "look": worth_a_look(content, actor.on),
        },
    )


@page(access=DRAFTERS, writes=True)
def programme_head(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Name, kind and days of a draft."""
    actor, found = found_draft(request, programme_id)
    form = HeadForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_head(
                found, form.head(found.lead_unit), actor=actor, at=now(), seen=form.cleaned_data["seen"]
            )
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_edit", found.pk)
    return render(
        request,
        "movements/programme_head.html",
        {
            "frame": programme_frame(found, actor, ""),
            "form": form,
            "guessed": request.GET.get("ky") == "doan",
        },
    )


@page(access=DRAFTERS, writes=True)
def programme_parents(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Which programmes and documents a draft carries out."""
    actor, found = found_draft(request, programme_id)
    words = request.GET.get("q", "")[:200]
    form = ParentsForm(actor, found, words, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_parents(
                found, programmes=given["programmes"], documents=given["documents"], actor=actor, at=now()
            )
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_edit", found.pk)
    return render(
        request,
        "movements/programme_parents.html",
        {
            "frame": programme_frame(found, actor, ""),
            "form": form,
            "words": words,
        },
    )


@page(access=DRAFTERS, writes=True)
def programme_scope(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Whom a draft reaches, line by line, with the number of units as it is chosen."""
    actor, found = found_draft(request, programme_id)
    counting = request.GET if "dem" in request.GET else None
    form = ScopeForm(actor, found, request.POST or counting)
    if counting:
        return render(request, "movements/programme_scope.html#lines", {"form": form, "programme": found})
    if request.method == "POST" and form.is_valid():
        try:
            set_scopes(found, form.scopes(), actor=actor, at=now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_edit", found.pk)
    return render(
        request,
        "movements/programme_scope.html",
        {
            "frame": programme_frame(found, actor, ""),
            "form": form,
            "programme": found,
        },
    )


def _kind(slug: str) -> PartKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _back_to(programme: Programme, kind: PartKind) -> HttpResponse:
    """The draft again, at the section of this kind, which stands open."""
    return redirect(f"{reverse('programme_edit', args=[programme.pk])}?mo={kind.slug}#{kind.slug}")


def _found_part(kind: PartKind, programme: Programme, part_id: int) -> Part:
    return get_object_or_404(kind.model._default_manager.filter(programme=programme), pk=part_id)


@page(access=DRAFTERS, writes=True)
def programme_part_new(request: HttpRequest, programme_id: int, kind: str) -> HttpResponse:
    """Add one part of a kind."""
    actor, found = found_draft(request, programme_id)
    return _part_page(request, actor, found, _kind(kind), None)


@page(access=DRAFTERS, writes=True)
def programme_part(request: HttpRequest, programme_id: int, kind: str, part_id: int) -> HttpResponse:
    """Change one part; the words of the plan stand beside it."""
    actor, found = found_draft(request, programme_id)
    sort = _kind(kind)
    return _part_page(request, actor, found, sort, _found_part(sort, found, part_id))


def _part_page(
    request: HttpRequest, actor: Actor, programme: Programme, kind: PartKind, part: Part | None
) -> HttpResponse:
    form = form_of(kind.model, programme, part, request.POST or None)
    task = part if isinstance(part, Task) else None
    rows = actor_rows(actor, programme, task, request.POST or None) if kind.model is Task else None
    if request.method == "POST" and form.is_valid() and (rows is None or rows.is_valid()):
        try:
            _save(actor, programme, kind, part, form, rows)
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return _back_to(programme, kind)
    heading = f"Sửa {kind.noun}" if part else f"Thêm {kind.noun}"
    return render(
        request,
        "movements/programme_part.html",
        {
            "heading": heading,
            "frame": programme_frame(programme, actor, ""),
            "kind": kind,
            "part": part,
            "form": form,
            "rows": rows,
            "source": source_of(part.item_id) if part else None,
        },
    )


def _save(
    actor: Actor, programme: Programme, kind: PartKind, part: Part | None, form: PartForm, rows: Any
) -> None:
    actors = [given for row in rows if (given := row.actor())] if rows is not None else []
    if part is None:
        acts.add_part(kind, form.values(), programme=programme, actor=actor, at=now(), actors=actors)
    else:
        acts.change_part(
            part, form.values(), actor=actor, at=now(), actors=actors, seen=form.cleaned_data["seen"]
        )


@page(access=DRAFTERS, writes=True)
def programme_part_remove(request: HttpRequest, programme_id: int, kind: str, part_id: int) -> HttpResponse:
    """Take one part out, after asking once."""
    actor, found = found_draft(request, programme_id)
    sort = _kind(kind)
    part = _found_part(sort, found, part_id)
    if request.method == "POST":
        acts.remove_part(part, actor=actor, at=now())
        return _back_to(found, sort)
    return render(
        request,
        "movements/programme_part_remove.html",
        {
            "frame": programme_frame(found, actor, ""),
            "kind": sort,
            "part": part,
            "name": sort.name(part),
        },
    )


@page(access=DRAFTERS, writes=True)
def programme_part_move(request: HttpRequest, programme_id: int, kind: str, part_id: int) -> HttpResponse:
    """Change places with the part before (`len`) or after it."""
    actor, found = found_draft(request, programme_id)
    sort = _kind(kind)
    if request.method == "POST":
        part = _found_part(sort, found, part_id)
        acts.move_part(part, up=request.POST.get("len") == "1", actor=actor, at=now())
    return _back_to(found, sort)
