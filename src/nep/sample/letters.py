"""Letters that urge in the sample province: signed and written by the services, some of them answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from nep.documents.queries.letterheads import letterhead_of
from nep.movements.domain.letters import Wording, answer_day
from nep.movements.models import AdoptedTask, Letter, LetterAct, Programme
from nep.movements.queries.letters import calendar, late_units
from nep.movements.services.evidence import accept_evidence
from nep.movements.services.letters import LetterOrder, sign_letters, write_waiting
from nep.sample.history import Teller, decider_of, send_evidence, story

SITE = "http://127.0.0.1:8000"


def tell_letters(teller: Teller) -> None:
    """Every act of letters in the story, in its order."""
    for told in story()["letters"]:
        act = _signed(teller, told)
        if "answered" in told:
            for letter in act.letters.written():
                _answer(teller, told, letter, told["answered"])


def _signed(teller: Teller, told: dict[str, Any]) -> LetterAct:
    """The head signs, and the letters are written a minute later, in the order of names."""
    programme = Programme.objects.get(document__file_name=f"{told['document']}.txt")
    head, at = teller.actor(told["head"], told["day"]), teller.at(told["day"])
    late = late_units(programme, programme.lead_unit, head.on)[: told["most"]]
    words, _ = letterhead_of(programme.lead_unit, head.on)
    act = sign_letters(
        programme,
        programme.lead_unit,
        LetterOrder(
            wording=Wording(),
            words=words,
            answer_by=answer_day(head.on, calendar()),
            seen=len(late),
            adoptions=frozenset(unit.adoption_id for unit in late),
            numbers_given=told.get("numbers_given"),
        ),
        actor=head,
        at=at,
        site=SITE,
    )
    write_waiting(act, lambda done, total: None, _minute_after(at))
    return act


def _minute_after(at: datetime) -> Any:
    return lambda: at + timedelta(minutes=1)


def _answer(teller: Teller, told: dict[str, Any], letter: Letter, day: date) -> None:
    """The unit sends what was urged term by term, and the unit above accepts it the next day."""
    decided = day + timedelta(days=1)
    for term in letter.terms.filter(occurrence__task__isnull=False).select_related("occurrence"):
        task = AdoptedTask.objects.select_related("adoption__unit", "adoption__programme").get(
            occurrences=term.occurrence
        )
        if task.state in {AdoptedTask.State.OPEN, AdoptedTask.State.RETURNED}:
            evidence = send_evidence(teller, task, day)
            decider = decider_of(teller, told, task.adoption, decided)
            accept_evidence(evidence, actor=decider, at=teller.at(decided))
