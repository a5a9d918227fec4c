"""Pages of reviews: those of a programme, one of them, what units wrote, and the sheet of its report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse

from nep.movements import access_changes
from nep.movements.domain import states
from nep.movements.domain.reviews import Gathered, lacking
from nep.movements.models import GoodExample, Lesson, Narrative, Programme, Review
from nep.movements.queries.review_figures import review_figures
from nep.org.access import Actor
from nep.platform.ui.formats import rate

SHOWN = 8


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure of a review with the evidence behind it; `url` empty where nobody but the review keeps it."""

    label: str
    value: str
    base: str
    url: str
    kind: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review: its figures with their instant, what came in, what is lacking, examples, lessons."""

    review: Review
    as_of: datetime
    targets: list[dict[str, Any]]
    figures: list[FigureWords]
    narratives: Counter[str]
    silent: list[Narrative]
    told: list[Narrative]
    examples: list[GoodExample]
    lessons: list[Lesson]
    lacks: tuple[str, ...]

    @property
    def narratives_words(self) -> str:
        """How many units have sent their part."""
        sent = self.narratives[states.SENT] + self.narratives[states.ACCEPTED]
        return f"{sent}/{self.narratives.total()} đơn vị đã gửi"

    @property
    def chosen(self) -> list[GoodExample]:
        return [example for example in self.examples if example.chosen_at]


def reviews_of(programme: Programme) -> list[Review]:
    """The reviews of a programme, the latest first."""
    return list(Review.objects.filter(programme=programme).order_by("-opened_on", "-pk"))


def review_page(review: Review, actor: Actor, now: datetime) -> ReviewPage:
    """Everything that the page of a review shows to who follows the programme as a whole."""
    rows = review.narratives.select_related("adoption__unit")
    counts = Counter(dict(rows.order_by().values_list("state").annotate(count=Count("pk"))))
    examples = list(
        GoodExample.objects.filter(narrative__review=review)
        .select_related("narrative__adoption__unit")
        .order_by("kind", "narrative__adoption__unit__sort_key", "pk")
    )
    lessons = list(review.lessons.select_related("task", "target"))
    told = review.figures or review_figures(review.programme, actor=actor, today=actor.on, now=now)
    gathered = Gathered(
        narratives=counts.total(),
        accepted=counts[states.ACCEPTED],
        waiting=counts[states.SENT],
        examples=len(examples),
        chosen=sum(example.chosen_at is not None for example in examples),
        lessons=len(lessons),
        assessed=bool(review.assessment.strip()),
    )
    return ReviewPage(
        review=review,
        as_of=review.closed_at or now,
        targets=[_target(row, review.programme) for row in told["targets"]],
        figures=_figures(told, review.programme),
        narratives=counts,
        silent=list(rows.filter(state__in=states.OWED)[:SHOWN]),
        told=list(rows.filter(state__in=[states.SENT, states.ACCEPTED]).order_by("-sent_at")[:SHOWN]),
        examples=examples,
        lessons=lessons,
        lacks=() if review.closed_at else lacking(gathered),
    )


def _target(row: dict[str, Any], programme: Programme) -> dict[str, Any]:
    return row | {"url": reverse("programme_figure", args=[programme.pk, row["key"]])}


def _figures(told: dict[str, Any], programme: Programme) -> list[FigureWords]:
    units, on_time = told["units"], told["on_time"]
    found = [
        FigureWords(
            "Đơn vị đã ban hành kế hoạch",
            f"{units['issued']}/{units['expected']}",
            "đơn vị được giao",
            _opens(programme, units["key"]),
        ),
        FigureWords(
            "Nộp đúng hạn",
            rate(on_time["in_time"], on_time["whole"]) if on_time["whole"] else "",
            f"{on_time['in_time']} trong {on_time['whole']} kỳ đến hạn",
            reverse("programme_late", args=[programme.pk]),
        ),
    ]
    return found + [
        FigureWords(row["word"], str(row["count"]), "việc", _opens(programme, row["key"]))
        for row in told["tasks"]
    ]


def _opens(programme: Programme, key: str) -> str:
    return reverse("programme_figure", args=[programme.pk, key])


@dataclass(frozen=True, slots=True)
class OwnReview:
    """A review as an adopting unit sees it: its own part, and what was concluded."""

    review: Review
    narratives: list[Narrative]
    lessons: list[Lesson]
    chosen: list[GoodExample]


def own_review(review: Review, actor: Actor) -> OwnReview:
    """The parts of the units that the actor follows; conclusions once there are any."""
    rows = access_changes.visible_narratives(actor).filter(review=review).select_related("adoption__unit")
    closed = review.closed_at is not None
    return OwnReview(
        review,
        list(rows[:SHOWN]),
        list(review.lessons.select_related("task", "target")) if closed else [],
        list(
            GoodExample.objects.filter(narrative__review=review, chosen_at__isnull=False).select_related(
                "narrative__adoption__unit"
            )
        )
        if closed
        else [],
    )


def all_parts(review: Review) -> list[Narrative]:
    """What every unit wrote and the unit above accepted, for the report."""
    examples = Prefetch("examples", queryset=GoodExample.objects.order_by("kind", "pk"))
    rows = review.narratives.filter(state=states.ACCEPTED, adoption__parent__isnull=True)
    return list(rows.select_related("adoption__unit").prefetch_related(examples))


def lessons_about(programme: Programme) -> dict[tuple[str, int], list[Lesson]]:
    """The lessons of a programme's reviews by what they concern: a target, a task, or the whole."""
    found: dict[tuple[str, int], list[Lesson]] = {}
    rows = Lesson.objects.filter(review__programme=programme).select_related("review", "task", "target")
    for lesson in rows.order_by("review__opened_on", "pk"):
        key = ("", 0)
        if lesson.target_id:
            key = ("target", lesson.target_id)
        elif lesson.task_id:
            key = ("task", lesson.task_id)
        found.setdefault(key, []).append(lesson)
    return found
