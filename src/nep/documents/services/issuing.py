"""Issuing documents: numbered, written and kept in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.documents import events
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.numbering import checked_symbol, reference
from nep.documents.models import DocumentKind, IssuedDocument, UnitLetterhead
from nep.documents.services.numbers import Taken, take_number
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record
from nep.platform.files.store import store


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be issued, besides its number; `on` is the day on which it was signed."""

    unit: Unit
    symbol: str
    organ: str
    title: str
    addressee: str
    signer_title: str
    signer_name: str
    on: date
    kind: str = DocumentKind.DISPATCH


@transaction.atomic
def confirm_letterhead(unit: Unit, words: LetterheadWords, *, actor: Actor, at: datetime) -> UnitLetterhead:
    """Keep what stands on a unit's letters, as somebody who signs for it has confirmed it.

    The upper app decides who may. Nothing is told when nothing changes.
    Raises: RuleError when a sign is no sign, or something that every letter bears is missing.
    """
    given = {
        "organ": words.organ.strip(),
        "parent": words.parent.strip(),
        "symbol": checked_symbol(words.symbol),
        "place": words.place.strip(),
        "authority": words.authority.strip(),
        "signer_title": words.signer_title.strip(),
        "archive": words.archive.strip(),
    }
    if not all(given[name] for name in ("organ", "place", "signer_title", "archive")):
        raise RuleError("Ghi đủ cơ quan ban hành, địa danh, chức vụ người ký và nơi lưu.")
    known = UnitLetterhead.objects.select_for_update().filter(unit=unit).first()
    before = {name: getattr(known, name) for name in given} if known else None
    if known is not None and before == given:
        return known
    kept, _ = UnitLetterhead.objects.update_or_create(
        unit=unit, defaults=given | {"confirmed_by_id": actor.id, "confirmed_at": at}
    )
    record(
        events.LETTERHEAD_CONFIRMED,
        actor=actor,
        about=[kept, unit],
        at=at,
        unit_id=unit.pk,
        before=before,
        after=given,
        unit=unit.name,
        symbol=kept.symbol,
    )
    return kept


@transaction.atomic
def issue_document(
    new: NewDocument, write: Callable[[Taken], bytes], *, actor: Actor, at: datetime
) -> IssuedDocument:
    """Take the next number, let `write` make the Word file that bears it, and keep both for ever.

    The upper app decides who may. Cut anywhere, neither number nor document remains.
    Raises: Unavailable when the file cannot be stored.
    """
    taken = take_number(new.unit, new.kind, new.on)
    content = write(taken)
    name = f"{reference(taken.number, new.symbol)}.docx"
    stored = store([content], name=name)
    issued = IssuedDocument.objects.create(
        register=taken.register,
        number=taken.number,
        symbol=new.symbol,
        issued_on=taken.on,
        unit=new.unit,
        organ=new.organ,
        title=new.title,
        addressee=new.addressee,
        signer_title=new.signer_title,
        signer_name=new.signer_name,
        signed_by_id=actor.id,
        file=stored,
        sha256=stored.sha256,
        issued_at=at,
    )
    record(
        events.ISSUED,
        actor=actor,
        about=[issued, new.unit],
        at=at,
        unit_id=new.unit.pk,
        what=DocumentKind(new.kind).label.lower(),
        number=issued.reference,
        unit=new.unit.name,
        to=new.addressee,
        sha256=stored.sha256,
    )
    return issued
