"""Who has which part in a task, row by row."""

from __future__ import annotations

from typing import Any

from django import forms

from nep.movements.models import Programme, Task, TaskActor
from nep.movements.queries.scopes import units_led
from nep.movements.services.content import NewActor
from nep.org.access import Actor
from nep.org.models import Unit, UnitKind

BY_NAME = "ten"
OFFERED = 120
EMPTY_ROWS = 2
GROUPS = {"all": "Mọi đơn vị", **{kind.value: f"Nhóm {kind.label}" for kind in UnitKind}}

Meaning = tuple[Unit | None, str]


class ActorForm(forms.Form):
    """The name in the plan, its part, and whom it means: a unit, a kind of units, or as the name says."""

    name = forms.CharField(label="Tên trong kế hoạch", max_length=300, required=False)
    role = forms.ChoiceField(
        label="Phần việc", choices=TaskActor.Role.choices, initial=TaskActor.Role.EXECUTE
    )
    means = forms.ChoiceField(label="Là đơn vị nào")

    def __init__(self, *args: Any, meanings: dict[str, Meaning], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanings = meanings
        field: Any = self.fields["means"]
        offered = ((key, words_of(*meaning)) for key, meaning in meanings.items())
        field.choices = [(BY_NAME, "Nếp tìm theo tên"), *offered]

    def clean(self) -> dict[str, Any]:
        """A row without a name takes that of the chosen unit or kind."""
        values = super().clean() or {}
        meaning = self.meanings.get(values.get("means", ""))
        if not values.get("name") and meaning:
            values["name"] = words_of(*meaning)
        return values

    def actor(self) -> NewActor | None:
        """What the row says; None for an empty one."""
        given = self.cleaned_data
        if not given.get("name"):
            return None
        unit, group = self.meanings.get(given.get("means", ""), (None, ""))
        return NewActor(given["name"], given["role"], unit, group)


ActorRows = forms.formset_factory(ActorForm, extra=EMPTY_ROWS, max_num=40, absolute_max=40)


def actor_rows(actor: Actor, programme: Programme, task: Task | None, data: Any = None) -> Any:
    """The rows of a task's actors, with two empty ones."""
    return rows_of(actor, programme, list(task.actors.select_related("unit")) if task else [], data)


def rows_of(actor: Actor, programme: Programme, actors: list[TaskActor], data: Any = None) -> Any:
    """The rows of these actors, with two empty ones."""
    meanings: dict[str, Meaning] = {key_of(None, group): (None, group) for group in GROUPS}
    units = units_led(programme.lead_unit, actor.on).order_by("line", "sort_key")[:OFFERED]
    meanings |= {key_of(unit.pk, ""): (unit, "") for unit in units}
    meanings |= {
        key_of(row.unit_id, row.group): (row.unit, row.group) for row in actors if row.unit_id or row.group
    }
    initial = [
        {"name": row.name, "role": row.role, "means": key_of(row.unit_id, row.group)} for row in actors
    ]
    return ActorRows(data, prefix="actors", initial=initial, form_kwargs={"meanings": meanings})


def key_of(unit_id: int | None, group: str) -> str:
    """The value of a choice; an actor whom nobody knows is looked up by name."""
    return f"{unit_id or ''}:{group}" if unit_id or group else BY_NAME


def words_of(unit: Unit | None, group: str) -> str:
    """A choice in words."""
    if unit is None:
        return GROUPS.get(group, group)
    return f"{GROUPS.get(group, group)} thuộc {unit.short_name}" if group else unit.short_name
