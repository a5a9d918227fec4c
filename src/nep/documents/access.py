"""Who may see and bring in documents."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from nep.accounts.roles import Permission
from nep.documents.models import Document
from nep.documents.models.documents import DocumentQuerySet
from nep.kernel.decisions import Decision
from nep.org.access import Actor
from nep.org.models import Unit

# Upper apps add why a document may be seen: a unit sees the plan of a programme that it carries out.
_further_reasons: list[Callable[[Actor], Q]] = []


def register_reason_to_see(reason: Callable[[Actor], Q]) -> None:
    """An upper app lets more documents be seen: a condition on Document for an actor."""
    if reason not in _further_reasons:
        _further_reasons.append(reason)


def visible_documents(actor: Actor) -> DocumentQuerySet:
    """Documents of units within the actor's roles and of units they work in, and what upper apps add."""
    seen = Q(owner_unit__in=actor.units_with(Permission.VIEW_DOCUMENTS)) | Q(
        owner_unit__in=actor.posted_unit_ids
    )
    for reason in _further_reasons:
        seen |= reason(actor)
    return Document.objects.filter(pk__in=Document.objects.filter(seen).values("pk"))


def may_bring_in(actor: Actor, unit: Unit) -> Decision:
    """Whether the actor may put documents into the store of a unit."""
    return actor.may_at(Permission.UPLOAD_DOCUMENTS, unit)


def may_review(actor: Actor, document: Document) -> Decision:
    """Whether the actor may decide on what was read in a document: who drafts programmes for its unit."""
    return actor.may_at(Permission.DRAFT_PROGRAMMES, document.owner_unit)
