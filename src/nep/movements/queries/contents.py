"""What a programme says as plain values: now, on a past day, and after its approved amendments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DecimalField

from nep.movements.domain.amendments import APPROVED, HEAD, IN_EFFECT, Content, Values, applied, undone
from nep.movements.models import Programme, Task, TaskActor
from nep.movements.models.content import Part
from nep.movements.queries.parts import KINDS, PLACES

HEAD_ITEM = (HEAD, 0)


def values_of(part: Part, actors: Sequence[TaskActor] | None = None) -> dict[str, Any]:
    """What a part says as plain values; `actors` of a task that is not saved."""
    said: dict[str, Any] = {}
    for field in part._meta.concrete_fields:
        if field.name in PLACES:
            continue
        value = getattr(part, field.attname)
        if isinstance(field, DecimalField) and value is not None:
            value = field.to_python(value).quantize(field.to_python(f"1e-{field.decimal_places}"))
        said[field.name] = value
    if isinstance(part, Task):
        rows = part.actors.all() if actors is None else actors
        said["actors"] = [
            {"name": row.name, "role": row.role, "unit": row.unit_id, "group": row.group} for row in rows
        ]
    plain: dict[str, Any] = json.loads(json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False))
    return plain


def part_of(kind_slug: str, values: Values, programme: Programme, key: int = 0) -> Part:
    """A part that says these values; not saved, and without a number where it is new."""
    model: Any = KINDS[kind_slug].model
    part: Part = model(programme=programme, pk=key if key > 0 else None)
    write_values(part, values)
    return part


def write_values(part: Part, values: Values) -> None:
    """Make a part say these values; actors are rows of their own."""
    for name, value in values.items():
        if name != "actors":
            field = part._meta.get_field(name)
            setattr(part, getattr(field, "attname", name), value if value is None else _typed(field, value))


def _typed(field: Any, value: Any) -> Any:
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def actors_of(values: Values) -> list[TaskActor]:
    """The actors that the values of a task name; not saved."""
    return [
        TaskActor(name=row["name"], role=row["role"], unit_id=row["unit"], group=row["group"])
        for row in values.get("actors", ())
    ]


def head_of(programme: Programme) -> dict[str, Any]:
    """What the programme says of itself that an amendment may change."""
    return {"title": programme.title, "ends_on": programme.ends_on.isoformat()}


def content_now(programme: Programme) -> dict[tuple[str, int], Values]:
    """All that a programme says now, in nine queries."""
    found: dict[tuple[str, int], Values] = {HEAD_ITEM: head_of(programme)}
    for kind in KINDS.values():
        rows: Any = kind.model._default_manager.filter(programme=programme)
        rows = rows.prefetch_related("actors") if kind.model is Task else rows
        found |= {(kind.slug, part.pk): values_of(part) for part in rows}
    return found


def content_ahead(programme: Programme) -> dict[tuple[str, int], Values]:
    """What it will say once every approved amendment is in effect: what the next one is drafted upon.

    New items of those that are not in effect are left out, because they have no row yet.
    """
    found = content_now(programme)
    for amendment in programme.amendments.filter(state=APPROVED).order_by("number"):
        found = applied(found, amendment.items)
    return {item: values for item, values in found.items() if item[1] >= 0}


def content_on(programme: Programme, day: date) -> dict[tuple[str, int], Values]:
    """What it said on a day: what is in effect now, with every later amendment undone."""
    found: Content = content_now(programme)
    later = programme.amendments.filter(state=IN_EFFECT, effective_on__gt=day)
    for amendment in later.order_by("-number"):
        found = undone(found, amendment.items)
    return dict(found)


def places_of_parts(programme: Programme) -> dict[tuple[str, int], int]:
    """The place of every part that the programme has or ever had, within its kind."""
    return {
        (kind.slug, pk): position
        for kind in KINDS.values()
        for pk, position in kind.model.ever.filter(programme=programme).values_list("pk", "position")
    }
