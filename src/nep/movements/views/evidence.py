"""Pages of evidence: a unit shows what it did, the unit above accepts or returns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from nep.kernel.errors import NepError
from nep.movements import access
from nep.movements.access import visible_evidence
from nep.movements.domain.attachments import small_photo
from nep.movements.domain.evidence import Asked
from nep.movements.events import EVIDENCE_FILE_READ, EVIDENCE_READ
from nep.movements.forms.adoptions import ReasonForm
from nep.movements.forms.evidence import EvidenceForm
from nep.movements.lists import WAITING
from nep.movements.models import Evidence, EvidenceFile, Occurrence
from nep.movements.queries import evidence as reads
from nep.movements.queries.adoptions import goal_words, rule_words
from nep.movements.queries.duties import what_is_shown
from nep.movements.queries.terms import choices
from nep.movements.services import evidence as acts
from nep.movements.views.adopted_tasks import found_task
from nep.movements.views.adoptions import READERS, found_adoption
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import page
from nep.platform.audit.readings import note_reading
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.files.store import file_response, path_of
from nep.platform.lists.listing import listing
from nep.platform.requests.asked import asks_for_part
from nep.platform.ui.parts import Shortcut

KEYS = (
    Shortcut("N", "Nhận, sang mục kế"),
    Shortcut("T", "Trả lại kèm lý do"),
    Shortcut("K", "Để sau, sang mục kế"),
)


@page(access=READERS)
def adopted_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task of a unit's plan: what, why, by when, by whom, and what was shown term by term."""
    actor, found = found_task(request, task_id)
    may_send = access.may_send_evidence(actor, found.adoption, found)
    shown = reads.task_page(found, actor, may_send=bool(may_send))
    follows = bool(may_send or shown.terms) or access.follows(actor, found.adoption)
    return render(
        request,
        "movements/task_page.html",
        {
            "page": shown,
            "adoption": found.adoption,
            "follows": follows,
            "may_send": may_send,
            "moments": moments(found, limit=20) if follows else [],
        },
    )


@page(access=READERS, writes=True)
def evidence_new(request: HttpRequest, task_id: int) -> HttpResponse:
    """Send evidence for a task."""
    actor, found = found_task(request, task_id)
    access.may_send_evidence(actor, found.adoption, found).require()
    terms = reads.terms_to_answer(found.occurrences.all(), actor.on)
    form = _form(request, actor, acts.asked_of_task(found), terms, found.rule)
    if request.method == "POST" and form.is_valid():
        try:
            term = reads.numbered(terms, form.term)
            acts.send_for_task(found, form.content, form.attachments, actor=actor, at=now(), term=term)
        except NepError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã nộp. Đơn vị cấp trên xét xong sẽ báo lại tại đây.")
            return redirect("adopted_task", task_id)
    return render(
        request,
        "movements/evidence_new.html",
        {
            "form": form,
            "task": found,
            "adoption": found.adoption,
            "what": found.title,
            "rule": rule_words(found.rule),
            "returned": _returned(visible_evidence(actor).filter(task=found)),
        },
    )


def _form(
    request: HttpRequest, actor: Actor, asked: Asked, terms: Sequence[Occurrence], rule: str
) -> EvidenceForm:
    """The form; it offers every term that may be answered, the one asked for in the address first."""
    return EvidenceForm(
        request.POST or None,
        request.FILES or None,
        asked=asked,
        on=actor.on,
        terms=choices(terms, on=actor.on, rule=rule),
        chosen=request.GET.get("ky", ""),
    )


def _returned(rows: Any) -> Evidence | None:
    """The last version, if it came back."""
    last: Evidence | None = rows.order_by("-sent_at", "-pk").first()
    return last if last is not None and last.state == Evidence.State.RETURNED else None


@page(access=READERS, writes=True)
def evidence_new_target(request: HttpRequest, adoption_id: int, target_id: int) -> HttpResponse:
    """Send the unit's figures for a target."""
    actor, found = found_adoption(request, adoption_id)
    target = get_object_or_404(found.programme.targets, pk=target_id)
    access.may_send_evidence(actor, found).require()
    terms = reads.terms_to_answer(found.occurrences.filter(target=target), actor.on)
    form = _form(request, actor, acts.asked_of_target(target), terms, target.rule)
    if request.method == "POST" and form.is_valid():
        try:
            term = reads.numbered(terms, form.term)
            acts.send_for_target(
                found, target, form.content, form.attachments, actor=actor, at=now(), term=term
            )
        except NepError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã nộp số liệu. Đơn vị cấp trên xét xong sẽ báo lại.")
            return redirect("adoption", adoption_id)
    told = visible_evidence(actor).filter(adoption=found, target=target)
    return render(
        request,
        "movements/evidence_new.html",
        {
            "form": form,
            "target": target,
            "goal": goal_words(target),
            "adoption": found,
            "what": target.name,
            "rule": rule_words(target.rule),
            "returned": _returned(told),
            "terms": reads.evidence_of_target(found, target, actor),
        },
    )


@page(access=READERS)
def evidence_waiting(request: HttpRequest) -> HttpResponse:
    """Evidence that waits for the actor's decision, the longest waiting first."""
    return render(request, "movements/evidence_waiting.html", {"waiting": listing(request, WAITING)})


def _found_evidence(request: HttpRequest, evidence_id: int) -> tuple[Actor, Evidence]:
    actor = acting(request)
    rows = visible_evidence(actor).select_related(
        "adoption__programme__lead_unit", "adoption__unit", "adoption__parent__unit", "task", "target"
    )
    return actor, get_object_or_404(rows, pk=evidence_id)


def _note(request: HttpRequest, actor: Actor, found: Evidence, file: EvidenceFile | None = None) -> None:
    """Evidence that others sent is sensitive: that it was read is recorded."""
    if found.sent_by_id == actor.id:
        return
    unit, belongs = found.adoption.unit, [found, found.adoption, found.adoption.programme]
    if file is None:
        what = what_is_shown(found)
        note_reading(request, EVIDENCE_READ, about=belongs, unit_id=unit.pk, unit=unit.name, what=what)
    else:
        note_reading(
            request,
            EVIDENCE_FILE_READ,
            about=[file, *belongs],
            unit_id=unit.pk,
            unit=unit.name,
            file=file.name,
        )


@page(access=READERS, reads=(EVIDENCE_READ,))
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """One piece of evidence, to read or to decide; the waiting ones follow one after another."""
    actor, found = _found_evidence(request, evidence_id)
    _note(request, actor, found)
    template = "evidence_drawer" if asks_for_part(request) else "evidence_page"
    return render(request, f"movements/{template}.html", _decision_page(actor, found))


def _decision_page(actor: Actor, found: Evidence, form: ReasonForm | None = None) -> dict[str, Any]:
    rule = found.task.rule if found.task else found.target.rule if found.target else ""
    before = visible_evidence(actor).filter(adoption=found.adoption, task=found.task, target=found.target)
    return {
        "evidence": found,
        "version": reads.Version(found),
        "what": what_is_shown(found),
        "rule": rule_words(rule),
        "adoption": found.adoption,
        "goal": goal_words(found.target) if found.target else "",
        "earlier": reads.terms_of(before.exclude(pk=found.pk)),
        "may_decide": access.may_decide(actor, found),
        "next": reads.next_waiting(actor, found),
        "left": reads.waiting(actor).count(),
        "form": form or ReasonForm(label="Lý do trả lại"),
        "keys": KEYS,
        "moments": moments(found, limit=10),
    }


def _onward(request: HttpRequest, actor: Actor, done: Evidence) -> HttpResponse:
    """On to the next waiting evidence, or to the empty list."""
    following = reads.next_waiting(actor, done)
    return redirect("evidence", following.pk) if following else redirect("evidence_waiting")


@page(access=READERS, writes=True)
def evidence_accept(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Accept evidence and go on to the next."""
    actor, found = _found_evidence(request, evidence_id)
    if request.method != "POST":
        return redirect("evidence", evidence_id)
    acts.accept_evidence(found, actor=actor, at=now())
    messages.success(request, f"Đã nhận minh chứng của {found.adoption.unit.short_name}.")
    return _onward(request, actor, found)


@page(access=READERS, writes=True, reads=(EVIDENCE_READ,))
def evidence_return(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Return evidence with a reason and go on to the next."""
    actor, found = _found_evidence(request, evidence_id)
    access.may_decide(actor, found).require()
    form = ReasonForm(request.POST or None, label="Lý do trả lại")
    if request.method == "POST" and form.is_valid():
        acts.return_evidence(found, form.cleaned_data["reason"], actor=actor, at=now())
        messages.success(request, f"Đã trả lại minh chứng của {found.adoption.unit.short_name} kèm lý do.")
        return _onward(request, actor, found)
    _note(request, actor, found)
    return render(request, "movements/evidence_return.html", _decision_page(actor, found, form))


@page(access=READERS, reads=(EVIDENCE_READ, EVIDENCE_FILE_READ))
def evidence_file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file given as evidence; `?nho=1` a small copy of a photo."""
    actor = acting(request)
    seen = visible_evidence(actor).values("pk")
    belongs = ("adoption__unit", "adoption__programme", "task", "target")
    rows = EvidenceFile.objects.filter(evidence__in=seen).select_related(
        "file", *(f"evidence__{each}" for each in belongs)
    )
    found = get_object_or_404(rows, pk=file_id)
    small_copy = bool(request.GET.get("nho")) and found.file.media_type.startswith("image/")
    # Small copies stand on the evidence's own page: they are part of reading that.
    _note(request, actor, found.evidence, None if small_copy else found)
    if small_copy:
        small = small_photo(path_of(found.file.sha256).read_bytes())
        response = HttpResponse(small, content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=3600"
        return response
    return file_response(found.file, name=found.name)
