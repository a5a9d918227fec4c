"""Units × tasks: how each task of a programme stands in each unit of a page, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from nep.movements.domain import coverage, states
from nep.movements.domain.adoption import Place, binds_at
from nep.movements.domain.lateness import standing
from nep.movements.models import AdoptedTask, Occurrence, Task
from nep.movements.queries.places import places_of
from nep.movements.queries.terms_on import standing_terms, state_on
from nep.org.models import Unit
from nep.platform.calendar import current
from nep.platform.lists.cells import Square

NOT_BOUND = Square("none", "Không thuộc đơn vị này")


@dataclass(slots=True)
class GridRow:
    """A covered unit and its squares by task; `taken` of the `bound` tasks stand in its issued plan."""

    unit: Unit
    squares: dict[int, Square] = field(default_factory=dict)
    bound: int = 0
    taken: int = 0
    late: int = 0

    @property
    def pk(self) -> int:
        """For the list."""
        return self.unit.pk


@dataclass(frozen=True, slots=True)
class _Read:
    """What the squares of a page are made from; `on` is the day, `day` the same where it is past."""

    on: date
    day: date | None
    adopted: Mapping[tuple[int, int], int]
    terms: Mapping[int, Occurrence]


def grid_rows(units: Sequence[Unit], tasks: Sequence[Task], today: date) -> list[GridRow]:
    """The rows of a grid for covered units and tasks with their actors; four queries."""
    on: date = units[0].looked_on  # type: ignore[attr-defined]  # annotated by `covered`
    plans = [unit.plan_pk for unit in units if unit.plan_pk]  # type: ignore[attr-defined]
    rows = AdoptedTask.objects.filter(adoption__in=plans, task__in=tasks).order_by()
    adopted = {(plan, task or 0): pk for plan, task, pk in rows.values_list("adoption_id", "task_id", "pk")}
    day = on if on != today else None
    terms = standing_terms(Occurrence.objects.filter(adoption__in=plans, task__isnull=False), day)
    read = _Read(on, day, adopted, {row.task_id or 0: row for row in terms})
    places = places_of(units, on)
    return [_row(unit, tasks, places[unit.pk], read) for unit in units]


def _row(unit: Unit, tasks: Sequence[Task], place: Place, read: _Read) -> GridRow:
    row = GridRow(unit)
    plan: int = unit.plan_pk or 0  # type: ignore[attr-defined]
    stands: str = unit.stands  # type: ignore[attr-defined]
    for task in tasks:
        binds = binds_at(task.actors.all(), place)
        adopted = read.adopted.get((plan, task.pk))
        row.bound += binds
        row.taken += binds and adopted is not None and stands == coverage.ISSUED
        square = _square(stands, binds, adopted, read)
        row.late += square.kind == "bad" and bool(square.value)
        row.squares[task.pk] = square
    return row


def _square(stands: str, binds: bool, adopted: int | None, read: _Read) -> Square:
    if adopted is None:
        if not binds:
            return NOT_BOUND
        return Square("quiet", "Chưa nhận" if stands == coverage.ISSUED else coverage.WORDS[stands])
    url = reverse("adopted_task", args=[adopted])
    if stands != coverage.ISSUED:
        return Square("quiet", coverage.WORDS[stands], url)
    return _of_term(read.terms.get(adopted), url, read)


def _of_term(term: Occurrence | None, url: str, read: _Read) -> Square:
    if term is None:
        return Square("open", "Đã nhận, chưa đến kỳ", url)
    state = state_on(term, read.day)
    if state == states.ACCEPTED:
        late = term.due_on is not None and term.sent_on is not None and term.sent_on > term.due_on
        return Square("good", "Đã xong, nộp sau hạn" if late else "Đã xong", url)
    if state == states.ENDED:
        return Square("quiet", "Không còn phải nộp", url)
    if state == states.SENT:
        return Square("warn", "Đã nộp, chờ xét", url)
    how = standing(term.due_on, read.on, calendar=current())
    if how.late_days:
        return Square("bad", how.word, url, str(how.late_days))
    if state == states.RETURNED:
        return Square("bad", "Minh chứng bị trả lại", url)
    return Square("open", f"Đã nhận, {how.word[:1].lower()}{how.word[1:]}", url)
