"""What the page of a new act of letters shows: who is late, what stands on the letterhead, a preview."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from nep.accounts.roles import Permission
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import Dispatch
from nep.documents.models import DocumentKind
from nep.documents.queries.letterheads import letterhead_of
from nep.documents.services.numbers import next_number
from nep.movements.domain.letters import Wording, answer_day, composed
from nep.movements.models import Adoption, LetterAct, Programme
from nep.movements.queries import letters as reads
from nep.movements.queries.letters import LateUnit
from nep.org.access import Actor
from nep.org.models import Unit

SHOWN = 200
"""Units that are shown to be ticked; further ones are found by their names."""


@dataclass(frozen=True, slots=True)
class NewLetters:
    """The page before anything is typed."""

    programme: Programme
    unit: Unit
    late: list[LateUnit]
    words: LetterheadWords
    confirmed: bool
    next_number: int
    answer_by: date
    at_work: LetterAct | None

    @property
    def more(self) -> int:
        """Late units that are not shown to be ticked."""
        return max(0, len(self.late) - SHOWN)


def new_letters(programme: Programme, unit: Unit, actor: Actor) -> NewLetters:
    """What there is to sign now."""
    words, confirmed = letterhead_of(unit, actor.on)
    lender = actor.standing_at(Permission.URGE_UNITS, unit).in_place_of
    if lender:
        words = replace(words, authority=f"KT. {words.signer_title}", signer_title=actor.role)
    at_work = LetterAct.objects.filter(programme=programme, unit=unit, finished_at=None).first()
    return NewLetters(
        programme=programme,
        unit=unit,
        late=reads.late_units(programme, unit, actor.on),
        words=words,
        confirmed=confirmed and not lender,
        next_number=next_number(unit, DocumentKind.DISPATCH, actor.on.year),
        answer_by=answer_day(actor.on, reads.calendar()),
        at_work=at_work,
    )


def preview(
    adoption_id: int,
    unit: Unit,
    *,
    wording: Wording,
    words: LetterheadWords,
    answer_by: date,
    actor: Actor,
) -> Dispatch:
    """The letter to one unit as it would be written now, without its number."""
    adoption = Adoption.objects.select_related("programme", "unit").get(pk=adoption_id)
    urging, _ = reads.urging_of(adoption, unit, day=actor.on, answer_by=answer_by)
    return composed(urging, wording, words, signer=actor.user.name, number=None, on=actor.on)


def written_to(late: Collection[LateUnit], chosen: frozenset[int] | None) -> list[LateUnit]:
    """Those that are late and were chosen; all without a choice."""
    return [unit for unit in late if chosen is None or unit.adoption_id in chosen]
