"""What a draft holds, read for the checks before it is submitted and launched."""

from __future__ import annotations

from datetime import date

from nep.movements.domain.binding import BINDING_ROLES, unassigned
from nep.movements.domain.readiness import Content
from nep.movements.models import Programme, ProgrammeScope, Target, Task, TaskActor
from nep.movements.queries.scopes import count_all_reached

SHOWN = 12


def content_of(programme: Programme, on: date) -> Content:
    """What a programme holds on a day; tasks and actors without a known unit by name, in their order."""
    tasks = list(Task.objects.filter(programme=programme).prefetch_related("actors"))
    unknown: dict[str, str] = {}
    for actor in (actor for task in tasks for actor in task.actors.all() if _nobody(actor)):
        unknown.setdefault(actor.name.casefold(), actor.name)
    return Content(
        targets=Target.objects.filter(programme=programme).count(),
        tasks=len(tasks),
        units=count_all_reached(ProgrammeScope.objects.filter(programme=programme), on),
        ends_on=programme.ends_on,
        unassigned=tuple(task.code for task in tasks if unassigned(task.actors.all())),
        unknown_actors=tuple(unknown.values())[:SHOWN],
        without_deadline=sum(not task.rule for task in tasks),
    )


def _nobody(actor: TaskActor) -> bool:
    return actor.role in BINDING_ROLES and actor.unit_id is None and not actor.group
