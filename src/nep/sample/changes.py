"""Tells what changed after a launch, what reviews gathered, and what was drafted from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from nep.movements.models import Amendment, Lesson, Narrative, Programme, Proposal, Review
from nep.movements.queries.parts import KINDS
from nep.movements.services.amendments import AmendmentHead, put_item, start_amendment, step_amendment
from nep.movements.services.amendments_in_effect import put_in_effect
from nep.movements.services.content import NewActor
from nep.movements.services.narratives import NarrativeWords, decide_on_narrative, nominate, write_narrative
from nep.movements.services.next_year import AS_AIM, AS_TASK, NextYears, draft_next, years_after
from nep.movements.services.proposals import accept_proposal, object_to_proposal, rule_on_objection
from nep.movements.services.reviews import (
    LessonWords,
    ReviewWords,
    add_lesson,
    change_review,
    choose_example,
)
from nep.movements.services.templates_of import TemplateHead, save_template

if TYPE_CHECKING:
    from nep.sample.history import Teller

CODED = {"NV": "nhiem-vu", "CT": "chi-tieu"}
MOST_NOMINATED = 6


def tell_amendments(teller: Teller, told: dict[str, Any], programme: Programme) -> None:
    """Each amendment is drafted, approved and answered; on its day, if that has come, it is in effect."""
    for entry in told.get("amendments", ()):
        officer = teller.actor(told["officer"], entry["drafted"])
        head = AmendmentHead(entry["because"], entry["effective"])
        amendment = start_amendment(programme, head, actor=officer, at=teller.at(entry["drafted"]))
        for change in entry["changes"]:
            _put(teller, amendment, change, told["officer"], entry["drafted"])
        step_amendment("submit", amendment, actor=officer, at=teller.at(entry["drafted"]))
        chief = teller.actor(told["head"], entry["approved"])
        step_amendment("approve", amendment, actor=chief, at=teller.at(entry["approved"]))
        _answer(teller, told, entry, amendment)
        if entry.get("applied"):
            put_in_effect(on=entry["effective"], at=teller.at(entry["effective"]))


def _put(teller: Teller, amendment: Amendment, change: dict[str, Any], login: str, day: date) -> None:
    """One item, by its code; without a code a new task for all units."""
    code, values = change.get("code", ""), dict(change["values"])
    kind = KINDS[CODED[code[:2]] if code else "nhiem-vu"]
    coded: Any = kind.model
    row = coded.objects.filter(programme=amendment.programme, code=code).first()
    actors: Sequence[NewActor] = ()
    if row is not None and hasattr(row, "actors"):
        actors = [NewActor(one.name, one.role, one.unit, one.group) for one in row.actors.all()]
    actor, at = teller.actor(login, day), teller.at(day)
    put_item(amendment, kind, row.pk if row else 0, values, actors=actors, actor=actor, at=at)


def _answer(teller: Teller, told: dict[str, Any], entry: dict[str, Any], amendment: Amendment) -> None:
    """Heads of units say yes or no; the unit above rules on what it has ruled on."""
    rows = Proposal.objects.filter(amendment=amendment).select_related("adoption__unit")
    for code in entry.get("accepted", ()):
        day = entry["approved"] + timedelta(days=1)
        proposal = rows.get(adoption__unit__code=code)
        accept_proposal(proposal, actor=teller.head_of(proposal.adoption.unit, day), at=teller.at(day))
    for answer in entry.get("objected", ()):
        day = entry["approved"] + timedelta(days=2)
        proposal = rows.get(adoption__unit__code=answer["unit"])
        head = teller.head_of(proposal.adoption.unit, day)
        object_to_proposal(proposal, answer["reason"], actor=head, at=teller.at(day))
        if "ruling" in answer:
            later = day + timedelta(days=3)
            rule_on_objection(
                proposal,
                exempt=answer["exempt"],
                ruling=answer["ruling"],
                actor=teller.actor(told["head"], later),
                at=teller.at(later),
            )


def tell_review(
    teller: Teller, told: dict[str, Any], programme: Programme, step: dict[str, Any], until: date
) -> None:
    """Units write their parts, the officer gathers, before the review is concluded."""
    review = Review.objects.get(programme=programme, closed_at__isnull=True)
    words, nominated = told["review"], 0
    rows = Narrative.objects.filter(review=review).select_related("adoption__unit", "adoption__parent")
    for place, narrative in enumerate(rows.order_by("adoption__level", "pk")):
        day = step["day"] + timedelta(days=2 + teller.draw.randrange(6))
        if day >= until or teller.draw.random() > step.get("told", 1):
            continue
        sender, at = teller.sender_of(narrative.adoption.unit, day), teller.at(day)
        if nominated < MOST_NOMINATED and teller.draw.random() < 0.6:
            deed = words["examples"][nominated % len(words["examples"])]
            nominate(narrative, deed["kind"], deed["name"], deed["deed"], actor=sender, at=at)
            nominated += 1
        chosen = {name: texts[place % len(texts)] for name, texts in words["parts"].items()}
        sent = write_narrative(narrative, NarrativeWords(**chosen), send=True, actor=sender, at=at)
        decided = day + timedelta(days=1)
        if decided < until and narrative.adoption.parent is None and teller.draw.random() < 0.8:
            officer = teller.actor(told["officer"], decided)
            decide_on_narrative(sent, accept=True, actor=officer, at=teller.at(decided))
    _gather(teller, told, review, step)


def _gather(teller: Teller, told: dict[str, Any], review: Review, step: dict[str, Any]) -> None:
    day = step["day"] + timedelta(days=3)
    officer, at, programme = teller.actor(told["officer"], day), teller.at(day), review.programme
    if "assessment" in step:
        words = ReviewWords(
            review.narratives_due_on, step.get("conference"), step["assessment"], step["directions"]
        )
        change_review(review, words, actor=officer, at=at)
        for example in [row for part in review.narratives.all() for row in part.examples.all()][:3]:
            choose_example(example, chosen=True, actor=officer, at=at)
    for lesson in step.get("lessons", ()):
        code = lesson.get("about", "")
        task = programme.tasks.filter(code=code).first()
        target = programme.targets.filter(code=code).first()
        said = LessonWords(lesson["text"], lesson["proposal"], task=task, target=target)
        add_lesson(review, said, actor=officer, at=at)


def tell_what_follows(teller: Teller, told: dict[str, Any], programme: Programme) -> None:
    """A template is kept, the next programme drafted."""
    if kept := told.get("template"):
        officer, at = teller.actor(told["officer"], kept["day"]), teller.at(kept["day"])
        head = TemplateHead(kept["name"], kept["description"])
        save_template(programme, head, list(KINDS), actor=officer, at=at)
    if following := told.get("next"):
        officer, at = teller.actor(told["officer"], following["day"]), teller.at(following["day"])
        title, first, last = years_after(programme)
        lessons = list(Lesson.objects.filter(review__programme=programme).order_by("pk"))
        carried = {row.pk: (AS_AIM, AS_TASK)[place % 2] for place, row in enumerate(lessons)}
        draft_next(programme, NextYears(title, first, last, carried), actor=officer, at=at)
