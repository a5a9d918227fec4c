"""Reviews: opened and concluded with their step, gathered by the leading unit in between."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes, events
from nep.movements.domain import states
from nep.movements.domain.reviews import DAYS_TO_WRITE, FINAL, INTERIM
from nep.movements.models import GoodExample, Lesson, Narrative, Programme, Review, Target, Task
from nep.movements.queries.review_figures import review_figures
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.calendar import exact

KINDS = {"open_interim": INTERIM, "open_final": FINAL}
MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What the leading unit says in a review: dates, assessment, what comes next."""

    narratives_due_on: date
    conference_on: date | None = None
    assessment: str = ""
    directions: str = ""


@dataclass(frozen=True, slots=True)
class LessonWords:
    """A lesson: what was learned, about which task or target if about one, what it asks for next year."""

    text: str
    proposal: str = ""
    task: Task | None = None
    target: Target | None = None


def open_review(step: str, programme: Programme, *, actor: Actor, at: datetime) -> Review:
    """Begin a review: every unit with an issued plan is to write its part. Part of opening it."""
    review = Review.objects.create(
        programme=programme,
        kind=KINDS[step],
        opened_on=actor.on,
        narratives_due_on=exact().add_working(actor.on, DAYS_TO_WRITE),
    )
    plans = programme.adoptions.filter(state=states.ISSUED, ended_on__isnull=True).order_by("pk")
    made = Narrative.objects.bulk_create(
        Narrative(review=review, adoption_id=pk) for pk in plans.values_list("pk", flat=True)
    )
    tell_review(
        events.REVIEW_OPENED,
        review,
        actor=actor,
        at=at,
        units=len(made),
        day=f"{review.narratives_due_on:%d/%m/%Y}",
    )
    return review


def close_review(programme: Programme, conclusion: str, *, actor: Actor, at: datetime) -> None:
    """Keep the figures of this instant with the conclusion. Part of concluding it."""
    review = Review.objects.select_for_update().filter(programme=programme, closed_at__isnull=True).first()
    if review is None:  # opened before reviews were kept
        return
    review.figures = review_figures(programme, actor=actor, today=actor.on, now=at)
    review.conclusion, review.closed_at = conclusion.strip(), at
    review.save(update_fields=["figures", "conclusion", "closed_at"])
    tell_review(events.REVIEW_CLOSED, review, actor=actor, at=at, after={"figures": review.figures})


def tell_review(
    kind: EventType, review: Review, *, actor: Actor, at: datetime, about: Any = None, **more: Any
) -> None:
    """Record what happened to a review."""
    things = [about, review] if about is not None else [review]
    record(
        kind,
        actor=actor,
        about=[*things, review.programme],
        at=at,
        unit_id=review.programme.lead_unit_id,
        **which(kind, review),
        **more,
    )


def which(kind: EventType, review: Review) -> dict[str, Any]:
    """The fact that tells whether an event is of an interim or a final review, where its sentence asks."""
    return {"which": review.get_kind_display().lower()} if "which" in kind.fields else {}


def _gathering(review: Review, actor: Actor) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related("programme__lead_unit")
    review = rows.get(pk=review.pk)
    access_changes.may_gather(actor, review).require()
    return review


def words_of(review: Review) -> ReviewWords:
    """What a review says now."""
    return ReviewWords(review.narratives_due_on, review.conference_on, review.assessment, review.directions)


@transaction.atomic
def change_review(
    review: Review, words: ReviewWords, *, actor: Actor, at: datetime, seen: ReviewWords | None = None
) -> Review:
    """Write dates, assessment and what comes next.

    Raises: RuleError when units would have no day left; Conflict when it changed since `seen` was shown.
    """
    review = _gathering(review, actor)
    before = words_of(review)
    if seen is not None and seen != before:
        raise Conflict("Đồng nghiệp vừa sửa phần này. Mở lại trang để xem bản mới rồi sửa tiếp.")
    if words.narratives_due_on < review.opened_on:
        raise RuleError(f"Hạn gửi báo cáo phải từ ngày mở {review.opened_on:%d/%m/%Y} trở đi.")
    if words == before:
        return review
    for name, value in asdict(words).items():
        setattr(review, name, value)
    review.save(update_fields=list(asdict(words)))
    tell_review(events.REVIEW_CHANGED, review, actor=actor, at=at, before=asdict(before), after=asdict(words))
    return review


@transaction.atomic
def add_lesson(review: Review, words: LessonWords, *, actor: Actor, at: datetime) -> Lesson:
    """Write down a lesson.

    Raises: RuleError without words, or when what it concerns is not of this programme.
    """
    review = _gathering(review, actor)
    lesson = Lesson(review=review, written_by_name=actor.name[:200], written_at=at)
    _write_lesson(lesson, words)
    lesson.save()
    name = lesson.text[:MOST_NAME]
    tell_review(events.LESSON_ADDED, review, actor=actor, at=at, about=lesson, after=_said(lesson), name=name)
    return lesson


@transaction.atomic
def change_lesson(lesson: Lesson, words: LessonWords, *, actor: Actor, at: datetime) -> Lesson:
    """Write a lesson otherwise.

    Raises: RuleError without words.
    """
    review = _gathering(lesson.review, actor)
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    before = _said(lesson)
    _write_lesson(lesson, words)
    if before == _said(lesson):
        return lesson
    lesson.save()
    name, after = lesson.text[:MOST_NAME], _said(lesson)
    tell_review(
        events.LESSON_CHANGED,
        review,
        actor=actor,
        at=at,
        about=lesson,
        before=before,
        after=after,
        name=name,
    )
    return lesson


@transaction.atomic
def remove_lesson(lesson: Lesson, *, actor: Actor, at: datetime) -> None:
    """Take a lesson out before the conclusion."""
    review = _gathering(lesson.review, actor)
    name, before = lesson.text[:MOST_NAME], _said(lesson)
    tell_review(events.LESSON_REMOVED, review, actor=actor, at=at, about=lesson, before=before, name=name)
    lesson.delete()


def _write_lesson(lesson: Lesson, words: LessonWords) -> None:
    if not words.text.strip():
        raise RuleError("Ghi bài học.")
    programme_id = lesson.review.programme_id
    if any(thing and thing.programme_id != programme_id for thing in (words.task, words.target)):
        raise RuleError("Chọn nhiệm vụ hoặc chỉ tiêu của chương trình này.")
    lesson.text, lesson.proposal = words.text.strip(), words.proposal.strip()
    lesson.task, lesson.target = words.task, words.target


def _said(lesson: Lesson) -> dict[str, Any]:
    return {
        "text": lesson.text,
        "proposal": lesson.proposal,
        "task": lesson.task_id,
        "target": lesson.target_id,
    }


@transaction.atomic
def choose_example(example: GoodExample, *, chosen: bool, actor: Actor, at: datetime) -> GoodExample:
    """Take a nominated collective or person among the good examples, or take that back."""
    review = _gathering(example.narrative.review, actor)
    example = GoodExample.objects.select_for_update().get(pk=example.pk)
    if (example.chosen_at is not None) == chosen:
        return example
    example.chosen_at = at if chosen else None
    example.chosen_by_name = actor.name[:200] if chosen else ""
    example.save(update_fields=["chosen_at", "chosen_by_name"])
    tell_review(
        events.EXAMPLE_CHOSEN if chosen else events.EXAMPLE_UNCHOSEN,
        review,
        actor=actor,
        at=at,
        about=example,
        name=example.name,
        unit=example.narrative.adoption.unit.name,
    )
    return example
