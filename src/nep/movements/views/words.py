"""The rows of a plan together with their forms."""

from __future__ import annotations

from dataclasses import dataclass

from nep.movements.forms.adoptions import TaskWordsForm
from nep.movements.queries.adoptions import Plan, PlanRow
from nep.movements.services.adopted_tasks import kind_demanded, words_of


@dataclass(frozen=True)
class FormRow:
    """A task of the plan with the form that changes it."""

    row: PlanRow
    form: TaskWordsForm


def with_forms(plan: Plan, refused: TaskWordsForm | None = None) -> list[FormRow]:
    """Each task with its form; a refused form keeps what was typed, `refused.key` says whose it is."""
    return [
        FormRow(row, refused if refused is not None and refused.key == row.adopted.pk else fresh_form(row))
        for row in plan.rows
    ]


def fresh_form(row: PlanRow) -> TaskWordsForm:
    """The form of a task as the plan holds it."""
    return TaskWordsForm(
        key=row.adopted.pk,
        latest=row.latest,
        showing=words_of(row.adopted),
        demanded=kind_demanded(row.adopted),
    )
