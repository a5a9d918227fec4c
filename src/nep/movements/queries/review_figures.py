"""The figures of a review: as they stand now, and as they are kept when it is concluded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q

from nep.movements.domain import states
from nep.movements.domain.progress import TASK_WORDS
from nep.movements.models import Occurrence, Programme
from nep.movements.queries.overview import overview
from nep.org.access import Actor


def review_figures(programme: Programme, *, actor: Actor, today: date, now: datetime) -> dict[str, Any]:
    """Targets, tasks, plans and terms in time, in plain values; `key` is where each figure opens."""
    seen = overview(programme, actor=actor, today=today, now=now)
    return {
        "targets": [
            {
                "key": row.key,
                "target": row.target.pk,
                "code": row.target.code,
                "name": row.target.name,
                "goal": row.goal_words,
                "value": row.value,
                "absent": row.told.absent,
                "kind": row.reached.kind,
                "word": row.reached.word,
            }
            for row in seen.targets
        ],
        "tasks": [
            {"key": f"tasks-{kind}", "word": word, "count": seen.tasks.get(kind, 0)}
            for kind, word in TASK_WORDS.items()
        ],
        "units": {"key": "units", "issued": seen.issued, "expected": seen.expected},
        "on_time": on_time(programme, today),
    }


def on_time(programme: Programme, today: date) -> dict[str, int]:
    """How many terms that had a day were answered in time, of those answered or over."""
    rows = Occurrence.objects.filter(programme=programme, due_on__isnull=False).exclude(state=states.ENDED)
    rows = rows.filter(Q(sent_on__isnull=False) | Q(due_on__lt=today)).order_by()
    told = rows.aggregate(
        whole=Count("pk"), in_time=Count("pk", filter=Q(sent_on__isnull=False, sent_on__lte=F("due_on")))
    )
    return {"in_time": told["in_time"], "whole": told["whole"]}
