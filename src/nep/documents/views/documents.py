"""The store of documents: list, bringing in, one document and its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.documents.access import may_bring_in, visible_documents
from nep.documents.forms.intake import HeadForm, IntakeForm
from nep.documents.lists import DOCUMENTS
from nep.documents.models import Document
from nep.documents.queries.document import document_page, head_facts
from nep.documents.services.head import correct_head, head_of
from nep.documents.services.intake import AlreadyHere, receive_document
from nep.documents.services.reading import check_may_be_read_again
from nep.documents.tasks import read_document
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.files.store import file_response
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import start
from nep.platform.lists.listing import listing
from nep.platform.ui.parts import Crumb, Moment, Step

STEPS = (Step("Tải văn bản"), Step("Xem lại"), Step("Giao đơn vị"), Step("Phát động"))


def visible_document(request: HttpRequest, document_id: int) -> Document:
    """The document, or 404 when it is out of the actor's sight."""
    rows = visible_documents(acting(request)).select_related("owner_unit", "file")
    return get_object_or_404(rows, pk=document_id)


@page(access=holds(Permission.VIEW_DOCUMENTS))
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that one may see, searched without diacritics, by kind, year and unit."""
    may_bring_in = acting(request).holds(Permission.UPLOAD_DOCUMENTS)
    shown = {"documents": listing(request, DOCUMENTS), "may_bring_in": may_bring_in}
    return render(request, "documents/documents.html", shown)


@page(access=holds(Permission.UPLOAD_DOCUMENTS), writes=True)
def document_new(request: HttpRequest) -> HttpResponse:
    """Bring a document in: a file or pasted text; it is read at once, and the review follows."""
    actor = acting(request)
    units = Unit.objects.filter(pk__in=actor.unit_ids_at(Permission.UPLOAD_DOCUMENTS))
    form = IntakeForm(units, request.POST or None, request.FILES or None)
    existing: Document | None = None
    if request.method == "POST" and form.is_valid() and form.arrival:
        try:
            unit = form.cleaned_data["unit"]
            document = receive_document(form.arrival, actor=actor, unit=unit, at=now())
            return redirect("job", _queue_reading(document, actor).pk)
        except AlreadyHere as here:
            existing = here.document
            form.add_error(None, here.reason)
        except RuleError as refused:
            form.add_error(None, refused.reason)
    return render(
        request,
        "documents/document_new.html",
        {
            "form": form,
            "existing": existing,
            "crumbs": _crumbs("Tải văn bản"),
            "steps": STEPS,
        },
    )


@page(access=holds(Permission.UPLOAD_DOCUMENTS), writes=True)
def document_read(request: HttpRequest, document_id: int) -> HttpResponse:
    """Read a document again, as long as nobody has worked on what was read."""
    document = visible_document(request, document_id)
    if request.method != "POST":
        return redirect("document", document_id)
    may_bring_in(acting(request), document.owner_unit).require()
    check_may_be_read_again(document)
    return redirect("job", _queue_reading(document, acting(request)).pk)


@page(access=holds(Permission.VIEW_DOCUMENTS))
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: its head, its text with marks, what it has to do with others, what happened."""
    actor = acting(request)
    shown = document_page(visible_document(request, document_id), actor)
    return render(
        request,
        "documents/document.html",
        {
            "shown": shown,
            "document": shown.document,
            "facts": head_facts(shown.document),
            "may_bring_in": may_bring_in(actor, shown.document.owner_unit),
            "crumbs": _crumbs(shown.document.get_kind_display()),
            "moments": [Moment(entry.at, entry.sentence, entry.reason) for entry in shown.moments],
        },
    )


@page(access=holds(Permission.UPLOAD_DOCUMENTS), writes=True)
def document_head(request: HttpRequest, document_id: int) -> HttpResponse:
    """Correct kind, number, date, issuer or title, with the reason."""
    document, actor = visible_document(request, document_id), acting(request)
    may_bring_in(actor, document.owner_unit).require()
    form = HeadForm(request.POST) if request.method == "POST" else HeadForm.showing(head_of(document))
    if request.method == "POST" and form.is_valid():
        try:
            correct_head(
                document,
                form.head(),
                seen=form.seen_head(),
                reason=form.cleaned_data["reason"],
                actor=actor,
                at=now(),
            )
            messages.success(request, "Đã sửa thông tin văn bản.")
            return redirect("document", document_id)
        except RuleError as refused:
            form.add_error(None, refused.reason)
    return render(
        request,
        "documents/document_head.html",
        {
            "form": form,
            "document": document,
            "crumbs": _crumbs("Sửa thông tin"),
        },
    )


@page(access=holds(Permission.VIEW_DOCUMENTS))
def document_file(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The file as it came in."""
    document = visible_document(request, document_id)
    if document.file is None:
        raise Http404
    return file_response(document.file, name=document.file_name)


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb("Văn bản", reverse("documents")), Crumb(here)]


def _queue_reading(document: Document, actor: Actor) -> JobRun:
    """Queue the reading in the transaction of the act."""
    arguments: dict[str, Any] = {"document_id": document.pk, "user_id": actor.id}
    return start(
        read_document,
        title=f"Đọc văn bản {document.file_name or document.reference}"[:200],
        actor=actor,
        **arguments,
    )
