"""The content of a draft is changed part by part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from nep.kernel.errors import RuleError
from nep.kernel.rhythm import Rule
from nep.movements import events
from nep.movements.domain.numbering import TARGET, TASK, part_code
from nep.movements.models import LineOfWork, Milestone, Programme, Target, Task, TaskActor
from nep.movements.models.content import Part
from nep.movements.queries.parts import BY_MODEL, PartKind, snapshot
from nep.movements.queries.whom import Whom
from nep.movements.services.programmes import lock_draft, refuse_stale
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record

MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class NewActor:
    """Who has which part in a task; neither `unit` nor `group`: whom the name means is looked up."""

    name: str
    role: str
    unit: Unit | None = None
    group: str = ""


@transaction.atomic
def add_part(
    kind: PartKind,
    values: dict[str, Any],
    *,
    programme: Programme,
    actor: Actor,
    at: datetime,
    actors: Collection[NewActor] = (),
) -> Part:
    """Add one part at the end of its kind; targets and tasks get the next code."""
    programme = lock_draft(programme, actor)
    rows = kind.model._default_manager.filter(programme=programme)
    last = rows.aggregate(last=Max("position"))["last"]
    part = kind.model(programme=programme, position=0 if last is None else last + 1)
    if isinstance(part, Target | Task):
        kept = kind.model._default_manager.filter(programme=programme)
        codes = [str(row.code) for row in kept if isinstance(row, Target | Task)]
        part.code = part_code(TARGET if isinstance(part, Target) else TASK, codes)
    _write(part, values, actors, actor)
    record(
        events.CONTENT_ADDED,
        actor=actor,
        about=[part, programme],
        at=at,
        unit_id=programme.lead_unit_id,
        after=snapshot(part),
        what=kind.noun,
        name=_name(part),
    )
    return part


@transaction.atomic
def change_part(
    part: Part,
    values: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
    actors: Collection[NewActor] = (),
    seen: str = "",
) -> Part:
    """Change one part; the words of the plan that it was read from stay tied to it.

    Raises: Conflict when somebody else changed it since `seen` was shown.
    """
    programme = lock_draft(part.programme, actor)
    part = type(part)._default_manager.get(pk=part.pk)
    before = snapshot(part)
    refuse_stale(seen, before)
    _write(part, values, actors, actor)
    record(
        events.CONTENT_CHANGED,
        actor=actor,
        about=[part, programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before=before,
        after=snapshot(part),
        what=BY_MODEL[type(part)].noun,
        name=_name(part),
    )
    return part


@transaction.atomic
def remove_part(part: Part, *, actor: Actor, at: datetime) -> None:
    """Take a part out of a draft; tasks of a line of work stay, outside any line."""
    programme = lock_draft(part.programme, actor)
    before, name = snapshot(part), _name(part)
    record(
        events.CONTENT_REMOVED,
        actor=actor,
        about=[part, programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before=before,
        what=BY_MODEL[type(part)].noun,
        name=name,
    )
    if isinstance(part, LineOfWork):
        part.tasks.update(line_of_work=None)
    if isinstance(part, Task):
        part.actors.all().delete()
    part.delete()


@transaction.atomic
def move_part(part: Part, *, up: bool, actor: Actor, at: datetime) -> None:
    """Change places with the part before it or after it; at the end nothing changes."""
    programme = lock_draft(part.programme, actor)
    kind = BY_MODEL[type(part)]
    rows = list(kind.model._default_manager.filter(programme=programme))
    here = next(index for index, row in enumerate(rows) if row.pk == part.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows):
        row.position = position
    kind.model._default_manager.bulk_update(rows, ["position"])
    record(
        events.CONTENT_MOVED,
        actor=actor,
        about=[part, programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before={"place": here + 1},
        after={"place": there + 1},
        what=kind.noun,
        name=_name(part),
    )


def _write(part: Part, values: dict[str, Any], actors: Collection[NewActor], actor: Actor) -> None:
    for name, value in values.items():
        setattr(part, name, value)
    check_part(part)
    part.save()
    if isinstance(part, Task):
        part.actors.all().delete()
        write_actors({part.pk: tuple(actors)}, Whom.seen_from(part.programme.lead_unit, actor.on))


def check_part(part: Part) -> None:
    """Refuse a part that contradicts itself.

    Raises: RuleError that says what is wrong.
    """
    if isinstance(part, Task) and part.line_of_work and part.line_of_work.programme_id != part.programme_id:
        raise RuleError("Chọn nhóm giải pháp của chương trình này.")
    if isinstance(part, Target | Task | Milestone) and part.rule:
        try:
            Rule(part.rule)
        except ValueError as error:
            raise RuleError("Thời hạn chưa đúng. Chọn lại kiểu thời hạn.") from error
    if isinstance(part, Target) and part.unit == "%" and not 0 < part.value <= 100:
        raise RuleError("Mức phần trăm phải lớn hơn 0 và không quá 100.")
    if isinstance(part, Target) and part.indicator and part.indicator.is_share != (part.unit == "%"):
        meant = "tính phần trăm" if part.indicator.is_share else f"đếm {part.indicator.unit_of_count}"
        raise RuleError(f"Chỉ số đã chọn {meant}; chọn chỉ số khác hoặc sửa đơn vị tính của chỉ tiêu.")


def write_actors(actors_of: Mapping[int, Collection[NewActor]], whom: Whom) -> None:
    """The actors of tasks, by task id; a name that means several kinds of units becomes as many rows."""
    rows = []
    for task_id, actors in actors_of.items():
        for actor in actors:
            for unit_id, group in meant_by(actor, whom):
                rows.append(
                    TaskActor(
                        task_id=task_id, name=actor.name[:300], role=actor.role, unit_id=unit_id, group=group
                    )
                )
    TaskActor.objects.bulk_create(rows)


def meant_by(actor: NewActor, whom: Whom) -> list[tuple[int | None, str]]:
    """Units and groups whom an actor means; looked up by the name where nobody said."""
    if actor.unit is not None or actor.group:
        return [(actor.unit.pk if actor.unit else None, actor.group)]
    return [(match.unit_id, match.group) for match in whom.is_meant_by(actor.name)]


def _name(part: Part) -> str:
    name = BY_MODEL[type(part)].name(part)
    return name if len(name) <= MOST_NAME else f"{name[:MOST_NAME].rsplit(' ', 1)[0]}…"
