"""Terms of duties in the big province, as services and the daily job would have left them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from nep.kernel.holidays import VIETNAM
from nep.movements.domain import states
from nep.movements.domain.occurrences import Duty, Term, following, owed_from
from nep.movements.domain.terms import as_it_occurs
from nep.movements.models import Occurrence, Target, Task
from nep.movements.services.occurrences import duty_of_target
from nep.sample.scale.adoptions import Adopting, Plan, Stands
from nep.sample.scale.copying import Rows


@cache
def _begun(duty: Duty, joined: date, until: date) -> tuple[Term, ...]:
    """The first term of a unit, and those after it that have begun."""
    found = [owed_from(duty, joined, VIETNAM)]
    while not duty.occurs and (term := following(duty, found[-1].ends_on, VIETNAM)):
        if term.starts_on > until:
            break
        found.append(term)
    return tuple(found)


@cache
def _after(duty: Duty, ends_on: date) -> Term | None:
    return following(duty, ends_on, VIETNAM)


class Terms:
    """The rows of all duties of one programme."""

    def __init__(self, adopting: Adopting) -> None:
        """None is open yet."""
        self.adopting = adopting
        self.rows = Rows(
            Occurrence,
            *("programme_id", "unit_id", "adoption_id", "task_id", "target_id", "number", "starts_on"),
            *("ends_on", "named_on", "due_on", "state", "sent_on", "settled_at"),
        )

    def of_task(self, plan: Plan, task: Task, number: int) -> Answering:
        """A task of a plan, by its number to be."""
        return Answering(self, plan, Duty(task.rule, self.adopting.span), number, None)

    def of_target(self, plan: Plan, target: Target) -> Answering:
        """The figures of a unit for a target."""
        return Answering(self, plan, duty_of_target(target, self.adopting.span), None, target.pk)


class Answering:
    """One duty of one unit while its story is told."""

    def __init__(self, terms: Terms, plan: Plan, duty: Duty, task: int | None, target: int | None) -> None:
        """The terms that begin before the end of the story are open."""
        self.terms, self.plan, self.duty, self.task, self.target = terms, plan, duty, task, target
        self.known = list(_begun(duty, plan.day, terms.adopting.told.until))
        self.told: dict[int, tuple[str, int]] = {}

    @property
    def running(self) -> Term:
        """The earliest term that is not settled."""
        return self.known[len(self.told)]

    @property
    def over(self) -> bool:
        """Whether no term is left that somebody would answer now."""
        return len(self.told) == len(self.known) or as_it_occurs(self.duty.rule)

    @property
    def goes_on(self) -> date | None:
        """The last day that the duty runs to now."""
        return self.known[len(self.told)].due_on if len(self.told) < len(self.known) else None

    def running_on(self, day: date) -> Term:
        """The term that runs on a day."""
        return next((term for term in self.known if term.ends_on >= day), self.known[-1])

    def answer(self, state: str, day: date, decided: datetime) -> int:
        """Something is sent on a day: for a task to the running term, for a target to that of the day."""
        place = len(self.told) if self.task else self.known.index(self.running_on(day))
        if place not in self.told:
            settled = decided.isoformat() if state == states.ACCEPTED else None
            number = self._add(place, state, None if state == states.RETURNED else day, settled)
            self.told[place] = (state, number)
            self._go_on(state)
        return self.told[place][1]

    def _go_on(self, state: str) -> None:
        """A task whose last term is accepted goes on at once with the next one."""
        if self.task and state == states.ACCEPTED and len(self.told) == len(self.known):
            coming = _after(self.duty, self.known[-1].ends_on)
            if coming is not None:
                self.known.append(coming)

    def stands(self) -> Stands:
        """Open what is left; how a task of the plan stands in the end, as its terms tell."""
        found = []
        for place, term in enumerate(self.known):
            if place not in self.told:
                self._add(place, states.OPEN, None, None)
            state = self.told[place][0] if place in self.told else states.OPEN
            found.append((state, term.due_on))
        accepted = sum(state == states.ACCEPTED for state, _ in found)
        left = [one for one in found if one[0] != states.ACCEPTED]
        return Stands(*(left[0] if left else found[-1]), accepted)

    def _add(self, place: int, state: str, sent: date | None, settled: str | None) -> int:
        term, adoption = self.known[place], self.plan.adoption
        return self.terms.rows.add(
            *(adoption.programme_id, self.plan.unit.pk, adoption.pk, self.task, self.target, place + 1),
            *(term.starts_on, term.ends_on, term.named_on, term.due_on, state, sent, settled),
        )
