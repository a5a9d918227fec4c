"""A letter that urges a unit, and the act that it belongs to."""

from __future__ import annotations

from datetime import date, timedelta

from nep.documents.domain.letterheads import LetterheadWords
from nep.movements.domain.letters import Wording
from nep.movements.models import Adoption, Letter, Occurrence
from nep.movements.services.letters import LetterOrder, sign_letters, write_letter
from nep.org.access import Actor
from tests.factories.province import AT

WORDS = LetterheadWords("Sở Nội vụ", "SNV-XDCQ", "Vân Lĩnh", "Giám đốc", "Lưu: VT")


def made_late(adoption: Adoption, day: date) -> None:
    """Let the first term that a unit owes have fallen due ten days before a day."""
    first = Occurrence.objects.owed().filter(adoption=adoption).order_by("due_on", "pk")[:1].values("pk")
    Occurrence.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(
        due_on=day - timedelta(days=10)
    )


def urged(adoption: Adoption, signer: Actor) -> Letter:
    """A unit that is late is urged by who asked it: its letter is written, its act not yet closed."""
    made_late(adoption, signer.on)
    asking = adoption.parent.unit if adoption.parent else adoption.programme.lead_unit
    act = sign_letters(
        adoption.programme,
        asking,
        LetterOrder(Wording(), WORDS, signer.on + timedelta(days=7), 1, frozenset({adoption.pk})),
        actor=signer,
        at=AT,
        site="https://nep.example/",
    )
    return write_letter(act.letters.get().pk, actor=signer, at=AT)
