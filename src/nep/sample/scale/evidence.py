"""What units have shown for their tasks and targets, and what the units above made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.evidence import DOCUMENT, FIGURES, PHOTO
from nep.movements.domain.terms import as_it_occurs
from nep.movements.models import AdoptedTask, Evidence, EvidenceFile, Occurrence, Target, Task
from nep.platform.audit.events import EventType
from nep.platform.files.models import StoredFile
from nep.platform.files.store import store
from nep.sample.history import story
from nep.sample.photo import notice_board
from nep.sample.scale.adoptions import Adopting, Plan, Stands
from nep.sample.scale.copying import Rows, bare
from nep.sample.scale.programmes import at
from nep.sample.scale.terms import Terms

PHOTOS, WITH_PHOTO, RETURNED, WAITING, NOTHING = 12, 0.03, 0.04, 0.1, 0.05
Said = tuple[str, str, int | None, int | None, bool]  # text, link, numerator, denominator, nothing


@dataclass(frozen=True, slots=True)
class _Thing:
    """A task of a plan or a target, as evidence names it."""

    name: str
    title: str
    task_id: int | None = None
    target_id: int | None = None
    kind: str = ""


class Showing:
    """Shows one programme: tasks with their evidence, then figures of targets."""

    def __init__(self, adopting: Adopting, photos: Sequence[StoredFile]) -> None:
        """Nothing is shown yet."""
        self.adopting, self.told, self.draw = adopting, adopting.told, adopting.draw
        self.trail, self.photos = adopting.trail, photos
        self.tasks = adopting.task_rows()
        self.terms = Terms(adopting)
        self.files = Rows(EvidenceFile, "evidence_id", "file_id", "name")
        self.rows = Rows(
            Evidence,
            *("adoption_id", "task_id", "target_id", "occurrence_id", "term_due_on", "happened_on", "text"),
            "link",
            *("numerator", "denominator", "nothing", "state", "sent_by_id", "sent_by_name", "sent_at"),
            *("decided_by_id", "decided_by_name", "decided_at", "reason"),
        )

    def show(self) -> None:
        """All plans, then send the rows."""
        targets = list(Target.objects.filter(programme=self.adopting.programme))
        for plan, binding in self.adopting.opened:
            issued = plan.adoption.pk in self.adopting.plans
            for task in binding:
                stands = self._shown(plan, task) if issued else Stands(states.OPEN, None, 0)
                self.adopting.add_task(self.tasks, plan, task, stands)
            for target in targets if issued else ():
                self._figures(plan, target)
        with bare(AdoptedTask, Occurrence, Evidence, EvidenceFile):
            for rows in (self.tasks, self.terms.rows, self.rows, self.files):
                rows.copy()

    def _shown(self, plan: Plan, task: Task) -> Stands:
        """Term after term until chance or the end of the story; what has begun by then is owed."""
        number = self.tasks.last_id + 1
        thing = _Thing(f"movements.adoptedtask:{number}", task.title, task_id=number, kind=task.evidence_kind)
        duty = self.terms.of_task(plan, task, number)
        for _ in range(self.told.terms):
            term, until = duty.running, self.told.until
            latest = (term.due_on or until) - timedelta(days=1 + self.draw.randrange(9))
            day = min(until - timedelta(days=1), max(plan.day + timedelta(days=3), latest))
            if self.draw.random() > plan.share:
                break
            state = self._decision()
            decided = self._decided_on(day)
            answered = duty.answer(state, day, at(decided, 8)), term.due_on
            said = self._said(plan, task, day)
            self._add(plan, thing, answered, (day, decided), said, state, next_due=duty.goes_on)
            if state != states.ACCEPTED or duty.over:
                break
        return duty.stands()

    def _decided_on(self, day: date) -> date:
        return day + timedelta(days=1 + self.draw.randrange(4))

    def _decision(self) -> str:
        roll = self.draw.random()
        if roll < RETURNED:
            return states.RETURNED
        return states.SENT if roll > 1 - WAITING else states.ACCEPTED

    def _said(self, plan: Plan, task: Task, day: date) -> Said:
        if as_it_occurs(task.rule) or self.draw.random() < NOTHING:
            return (story()["nothing"], "", None, None, True)
        name = plan.unit.short_name[:1].upper() + plan.unit.short_name[1:]
        text = self.draw.choice(story()["shown"]).format(unit=name)
        link = f"https://vanlinh.example/van-ban/{task.pk}/{plan.unit.pk}/{day}"
        figures = (self.draw.randrange(8, 30), 30) if task.evidence_kind == FIGURES else (None, None)
        return (text, link if task.evidence_kind == DOCUMENT else "", *figures, False)

    def _figures(self, plan: Plan, target: Target) -> None:
        """Shares twice or once, nearer to the whole each time; the last may still wait."""
        thing = _Thing(f"movements.target:{target.pk}", target.name, target_id=target.pk)
        duty = self.terms.of_target(plan, target)
        people = max(len(self.adopting.seats[plan.unit.pk].people), 1)
        whole = 1 if target.subject == Target.Subject.UNITS else people
        missing, day = self.draw.randrange(whole // 3 + 1), plan.day + timedelta(days=30)
        for _ in range(2 if target.unit == "%" else 0):
            if self.draw.random() > plan.share:
                break
            state, decided = self._decision(), self._decided_on(day)
            said = ("Tính theo danh sách ký tên.", "", whole - missing, whole, False)
            answered = duty.answer(state, day, at(decided, 8)), duty.running_on(day).due_on
            self._add(plan, thing, answered, (day, decided), said, state)
            if state != states.ACCEPTED:
                break
            missing //= 2
            day += timedelta(days=90 + self.draw.randrange(60))
        duty.stands()

    def _add(
        self,
        plan: Plan,
        thing: _Thing,
        answered: tuple[int, date | None],
        days: tuple[date, date],
        said: Said,
        state: str,
        *,
        next_due: date | None = None,
    ) -> None:
        """One piece of evidence for a term, sent on a day and decided on another or not, with its events."""
        sender, decider = plan.sender, plan.decider
        (term, due), (day, decided) = answered, days
        reason = story()["returned"] if state == states.RETURNED else ""
        by = (None, "", None) if state == states.SENT else (*decider.named, at(decided, 8).isoformat())
        number = self.rows.add(
            *(plan.adoption.pk, thing.task_id, thing.target_id, term, due, day, *said, state),
            *(*sender.named, at(day, 7).isoformat(), *by, reason),
        )
        files = self._photo(number, always=thing.kind == PHOTO) if thing.task_id and not said[-1] else 0
        names = (f"movements.evidence:{number}", thing.name, plan.name, self.adopting.name)
        about: dict[str, Any] = {"unit_id": plan.unit.pk, "unit": plan.unit.name, "what": thing.title}
        sent = events.NOTHING_SENT if said[-1] else events.EVIDENCE_SENT
        last = due.isoformat() if due else None
        self.trail.tell(
            sent, *names, at=at(day, 7), actor=sender.named, files=files, term_due_on=last, **about
        )
        if state == states.SENT:
            return
        kind: EventType = events.EVIDENCE_ACCEPTED if state == states.ACCEPTED else events.EVIDENCE_RETURNED
        more: dict[str, Any] = (
            {"next_due_on": next_due.isoformat() if next_due else None} if not reason else {}
        )
        self.trail.tell(kind, *names, at=at(decided, 8), actor=decider.named, reason=reason, **about, **more)

    def _photo(self, evidence: int, *, always: bool) -> int:
        if not always and self.draw.random() > WITH_PHOTO:
            return 0
        self.files.add(evidence, self.draw.choice(self.photos).pk, "bang-quy-tac.png")
        return 1


def stored_photos() -> list[StoredFile]:
    """A few pictures of notice boards in the store, which many pieces of evidence share."""
    return [_stored(f"Bảng số {number}", number) for number in range(1, PHOTOS + 1)]


def _stored(unit: str, number: int) -> StoredFile:
    return store([notice_board(unit, date(2026, 1, number))], name="bang-quy-tac.png")
