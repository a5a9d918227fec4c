"""The sums that triggers keep are those of a recount, whatever happens to plans, tasks and evidence."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet

from nep.movements.models import AdoptedTask, Adoption, Evidence, Programme, Tally, Target, Task
from nep.movements.queries.tallies import (
    Counted,
    figure_sums,
    figures_waiting,
    first_tasks,
    fold,
    plan_sums,
    task_sums,
)
from nep.movements.queries.targets import month_ends
from tests.factories.drafts import launched
from tests.factories.province import TODAY, Province

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 12, 31, tzinfo=UTC)
POINTS = [*month_ends(date(2026, 12, 31)), NOW]


class History:
    """Chance changes to one programme; shares and counts both."""

    def __init__(self, programme: Programme, seed: int) -> None:
        self.programme, self.draw = programme, random.Random(seed)
        self.targets = list(Target.objects.filter(programme=programme))
        self.targets.append(
            Target.objects.create(
                programme=programme, position=9, code="CT9", name="Hội nghị", value=4, unit="hội nghị"
            )
        )
        self.tasks = list(Task.objects.filter(programme=programme))
        self.adoptions = list(Adoption.objects.filter(programme=programme))

    def step(self) -> None:
        """One change."""
        acts = (self.issue, self.add_task, self.change_task, self.tell, self.decide, self.forget, self.end)
        self.draw.choice(acts)()

    def issue(self) -> None:
        row = self.draw.choice(self.adoptions)
        state = self.draw.choice(["issued", "issued", "preparing", "expected"])
        who = {"issued_by_id": 1, "issued_on": TODAY} if state == "issued" else {}
        blank = {"issued_by_id": None, "issued_on": None}
        Adoption.objects.filter(pk=row.pk).update(**(blank | who | {"state": state}))

    def add_task(self) -> None:
        row, task = self.draw.choice(self.adoptions), self.draw.choice([*self.tasks, None])
        if task is None or not row.tasks.filter(task=task).exists():
            AdoptedTask.objects.create(adoption=row, task=task, position=1, title="Việc", due_on=self.day())

    def change_task(self) -> None:
        chosen = self.some(AdoptedTask.objects.filter(adoption__programme=self.programme))
        state = self.draw.choice(["open", "sent", "returned", "accepted", "ended"])
        AdoptedTask.objects.filter(pk__in=chosen).update(state=state, due_on=self.day())

    def tell(self) -> None:
        nothing = self.draw.random() < 0.2
        Evidence.objects.create(
            adoption=self.draw.choice(self.adoptions),
            target=self.draw.choice(self.targets),
            happened_on=TODAY,
            numerator=None if nothing else Decimal(self.draw.randrange(10)),
            denominator=None if nothing else Decimal(10),
            nothing=nothing,
            sent_by_id=1,
            sent_by_name="Người nộp",
            sent_at=START,
        )

    def decide(self) -> None:
        """Two at once, in any order of time."""
        Evidence.objects.filter(pk__in=self.some(Evidence.objects.filter(state="sent"))).update(
            state=self.draw.choice(["accepted", "accepted", "returned"]),
            decided_by_id=2,
            decided_at=START + timedelta(hours=self.draw.randrange(8_000)),
        )

    def forget(self) -> None:
        Evidence.objects.filter(pk__in=self.some(Evidence.objects.all())[:1]).delete()

    def end(self) -> None:
        """A unit closes, or its closing is withdrawn."""
        day = self.draw.choice([None, START.date() + timedelta(days=self.draw.randrange(340))])
        Adoption.objects.filter(pk=self.draw.choice(self.adoptions).pk).update(ended_on=day)

    def some(self, rows: QuerySet[Any]) -> list[int]:
        """Two of the rows, if there are so many."""
        known = list(rows.order_by("pk").values_list("pk", flat=True))
        return self.draw.sample(known, min(2, len(known)))

    def day(self) -> date | None:
        return self.draw.choice([None, TODAY + timedelta(days=self.draw.randrange(-40, 60))])


def both(programme: Programme) -> tuple[Counted, Counted]:
    """From the tally, and from the rows themselves."""
    rows = Adoption.objects.filter(programme=programme)
    return Counted(programme, rows, whole=True), Counted(programme, rows, whole=False)


@pytest.mark.parametrize("seed", range(8))
def test_the_tally_follows_whatever_happens(province: Province, seed: int) -> None:
    programme = launched(province)
    history = History(programme, seed)
    for number in range(60):
        history.step()
        kept, counted = both(programme)
        assert plan_sums(kept) == plan_sums(counted)
        assert task_sums(kept) == task_sums(counted)
        assert figures_waiting(kept) == figures_waiting(counted)
        assert figure_sums(kept, POINTS) == figure_sums(counted, POINTS)
        if number % 20 == 19:
            fold(least=1)


def test_folding_leaves_one_row_for_each_sum(province: Province) -> None:
    programme = launched(province)
    history = History(programme, seed=7)
    for _ in range(40):
        history.step()
    kept, _ = both(programme)
    before = task_sums(kept), plan_sums(kept), figure_sums(kept, POINTS)
    fold(least=1)
    assert (task_sums(kept), plan_sums(kept), figure_sums(kept, POINTS)) == before
    keys = list(Tally.objects.values_list("measure", "line", "level", "task", "target", "state", "day"))
    assert len(keys) == len(set(keys))
    assert set(Tally.objects.values_list("folded", flat=True)) == {True}


def test_few_new_rows_are_left_for_later(province: Province) -> None:
    launched(province)
    rows = Tally.objects.count()
    fold(least=rows + 1)
    assert Tally.objects.filter(folded=False).count() == rows


@pytest.mark.parametrize("seed", range(3))
def test_the_first_tasks_are_the_same_both_ways(province: Province, seed: int) -> None:
    programme = launched(province)
    history = History(programme, seed)
    for _ in range(80):
        history.draw.choice((history.issue, history.add_task, history.change_task))()
    kept, counted = both(programme)
    for standing in ("done", "waiting", "doing", "late", "not_due"):
        days = task_sums(kept).days(standing, TODAY)
        states = {"done": ["accepted"], "waiting": ["sent"]}.get(standing, ["open", "returned"])
        wanted = AdoptedTask.objects.filter(state__in=states)
        if standing in {"done", "waiting"}:
            assert first_tasks(kept, days, wanted, 3) == first_tasks(counted, days, wanted, 3)
