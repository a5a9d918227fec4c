"""Documents and programmes beside a programme."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from nep.documents.access import visible_documents
from nep.documents.models import Document, DocumentRelation
from nep.movements import access
from nep.movements.domain import states
from nep.movements.models import Programme
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class Named:
    """A document or programme beside this one; without `url` it is not here or not to be seen."""

    words: str
    name: str
    under: str
    url: str


RELATIONS = {
    "carries_out": "Thực hiện",
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "cites": "Căn cứ, viện dẫn",
}


def documents_tab(programme: Programme, actor: Actor) -> list[Named]:
    """The plan itself, what it carries out and names, who carries it out, what its steps rest on."""
    return [
        *_own_plan(programme),
        *_parents(programme, actor),
        *_documents_carried_out(programme, actor),
        *_relations(programme, actor),
        *_children(programme, actor),
        *_steps(programme, actor),
    ]


def _own_plan(programme: Programme) -> list[Named]:
    plan = programme.document
    return [_document("Văn bản của chương trình", plan)] if plan is not None else []


def _document(words: str, document: Document) -> Named:
    return Named(words, document.reference, document.title, reverse("document", args=[document.pk]))


def _parents(programme: Programme, actor: Actor) -> list[Named]:
    """The programmes that it carries out; of one out of sight the name, unless it is still a draft."""
    visible = access.visible_programmes(actor).filter(children__programme=programme)
    seen = set(visible.values_list("pk", flat=True))
    rows = Programme.objects.filter(children__programme=programme).order_by("code")
    return [
        Named(
            "Thực hiện chương trình",
            row.title,
            row.code,
            reverse("programme", args=[row.pk]) if row.pk in seen else "",
        )
        for row in rows
        if row.pk in seen or row.state not in access.PREPARED_IN_QUIET
    ]


def _documents_carried_out(programme: Programme, actor: Actor) -> list[Named]:
    """Those that the plan itself does not name: chosen by hand."""
    named = DocumentRelation.objects.filter(source=programme.document_id, target__isnull=False)
    chosen = visible_documents(actor).filter(carried_out_by__programme=programme)
    rows = chosen.exclude(pk__in=named.values("target_id")).defer("text", "search")
    return [_document("Thực hiện", row) for row in rows]


def _relations(programme: Programme, actor: Actor) -> list[Named]:
    """What the plan names; a document out of sight stands as if it were not in the store."""
    if programme.document_id is None:
        return []
    rows = DocumentRelation.objects.filter(source=programme.document_id).select_related("target")
    rows = rows.defer("target__text", "target__search")
    targets = [row.target_id for row in rows if row.target_id]
    seen = set(visible_documents(actor).filter(pk__in=targets).values_list("pk", flat=True))
    return [_relation(row, seen) for row in rows]


def _relation(row: DocumentRelation, seen: set[int]) -> Named:
    words = RELATIONS[row.kind]
    if row.target is not None and row.target_id in seen:
        return _document(words, row.target)
    day = f"ngày {row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    return Named(words, row.name or row.number, day, "")


def _children(programme: Programme, actor: Actor) -> list[Named]:
    rows = access.visible_programmes(actor).filter(parents__parent=programme).order_by("code")
    return [
        Named("Được thực hiện bởi", row.title, row.code, reverse("programme", args=[row.pk])) for row in rows
    ]


def _steps(programme: Programme, actor: Actor) -> list[Named]:
    seen = visible_documents(actor).values("pk")
    steps = programme.steps.filter(document__in=seen).select_related("document")
    return [
        _document(states.PROGRAMME.named(step.name).label, step.document) for step in steps if step.document
    ]
