"""The bar of the programme page as the kit draws it."""

from __future__ import annotations

from django.urls import reverse

from nep.movements.domain.progress import DOING, DONE, LATE, NOT_DUE, TASK_WORDS, WAITING
from nep.movements.models import Programme
from nep.movements.queries.overview import Overview
from nep.platform.ui.parts import BarPart

TONES = {DONE: "5", WAITING: "3", DOING: "2", LATE: "bad", NOT_DUE: "quiet"}


def task_bar(seen: Overview, programme: Programme) -> list[BarPart]:
    """Where the tasks of units stand; every part opens its evidence."""
    return [
        BarPart(
            TASK_WORDS[kind],
            seen.tasks[kind],
            tone,
            reverse("programme_figure", args=[programme.pk, f"tasks-{kind}"]),
        )
        for kind, tone in TONES.items()
    ]
