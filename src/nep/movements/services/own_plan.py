"""A unit's own signed plan comes in as a file with number and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from nep.documents.domain.intake import Refused, open_bytes
from nep.documents.models import Document, DocumentKind
from nep.documents.services.head import correct_head, head_of
from nep.documents.services.intake import AlreadyHere, Arrival, receive_document
from nep.kernel.errors import RuleError
from nep.movements.models import Adoption
from nep.movements.services.adoptions import attach_plan
from nep.org.access import Actor

REASON = "Đính kèm làm kế hoạch của đơn vị"


def receive_signed_plan(
    adoption: Adoption, name: str, content: bytes, *, number: str, issued_on: date, actor: Actor, at: datetime
) -> Document:
    """Keep the unit's signed plan in its store and attach it to its plan for the programme.

    The same file sent again is taken from the store.

    Raises: RuleError with the sentence of the intake when the file is not taken; AccessDenied.
    """
    try:
        intake = open_bytes(content, name=name)
    except Refused as refused:
        raise RuleError(refused.sentence) from refused
    with transaction.atomic():
        document = _kept(Arrival(name, content, intake), adoption, actor=actor, at=at)
        seen = head_of(document)
        head = replace(
            seen,
            kind=DocumentKind.PLAN,
            number=number.strip(),
            issued_on=issued_on,
            issuer=seen.issuer or adoption.unit.name,
        )
        if head != seen:
            document = correct_head(document, head, seen=seen, reason=REASON, actor=actor, at=at)
        attach_plan(adoption, document, actor=actor, at=at)
    return document


def _kept(arrival: Arrival, adoption: Adoption, *, actor: Actor, at: datetime) -> Document:
    try:
        return receive_document(arrival, actor=actor, unit=adoption.unit, at=at)
    except AlreadyHere as here:
        return here.document
