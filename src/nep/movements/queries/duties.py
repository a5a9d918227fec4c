"""What a person owes, what waits for them and what they asked of others: the rows of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from nep.accounts.roles import Permission
from nep.kernel.rhythm import Rule
from nep.movements.access import answered_by, asked_for, evidence_to_decide
from nep.movements.domain import states
from nep.movements.domain.lateness import NOT_YET, WITHOUT_A_DAY, Standing, standing, working_days
from nep.movements.domain.terms import Span, comes_again, first_due
from nep.movements.models import AdoptedTask, Adoption, Evidence, Programme, Target
from nep.movements.queries.words import short_title
from nep.org.access import Actor
from nep.platform.calendar import current

MOST = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed; `state` is a kind of state of the kit (good, warn, bad, quiet) and `word` its word.

    `due_on` None: no day is set. `late_days` are working days, `unit` is the one that owes it.
    """

    due_on: date | None
    title: str
    source: str
    url: str
    verb: str
    state: str
    word: str
    late_days: int = 0
    unit: str = ""

    @property
    def is_far(self) -> bool:
        """Whether nothing needs to be done about it for months."""
        return self.word == NOT_YET


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for the actor's decision since an instant; `state` and `word` as in `Duty`."""

    who: str
    what: str
    url: str
    since: datetime
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the units below owe the actor's unit in one programme: plans, and tasks that are late.

    `unissued` and `late_units` count units, `late_tasks` tasks; the addresses list the same units.
    """

    programme: str
    unissued: int
    late_units: int
    late_tasks: int
    unissued_url: str
    late_url: str


def duties(actor: Actor, on: date) -> list[Duty]:
    """What the actor owes, for the units they act for and by name; the most urgent first."""
    owed = [*_adoptions(actor), *_tasks(actor, on), *_targets(actor, on)]
    return sorted(owed, key=lambda duty: (_urgency(duty, on), -duty.late_days, duty.title))


def _urgency(duty: Duty, on: date) -> date:
    """The day by which duties are sorted: what is owed at once is due today, what has no day is last."""
    return duty.due_on or (date.max if duty.word in WITHOUT_A_DAY else on)


def decisions(actor: Actor, on: date) -> list[Decision]:
    """What waits for the actor's decision: programmes to launch, then evidence, the longest waiting first."""
    return [
        decision
        for waiting in (_submitted(actor, on), _evidence(actor, on))
        for decision in sorted(waiting, key=lambda decision: decision.since)
    ]


def asked(actor: Actor, on: date) -> list[Asked]:
    """What the actor asked of units below and is still missing, programme by programme."""
    unissued, late = _plans_missing(actor), _tasks_late_below(actor, on)
    titles = Programme.objects.filter(pk__in=unissued.keys() | late.keys()).order_by("pk")
    return [
        _asked(pk, title, unissued.get(pk, 0), *late.get(pk, (0, 0)))
        for pk, title in titles.values_list("pk", "title")
    ]


def _asked(programme_id: int, title: str, unissued: int, late_units: int, late_tasks: int) -> Asked:
    units = reverse("programme_units", args=[programme_id])
    return Asked(
        title,
        unissued,
        late_units,
        late_tasks,
        f"{units}?giao=toi&trang-thai=chua-ban-hanh",
        f"{units}?giao=toi&trang-thai=tre",
    )


def _acting_for(actor: Actor, *permissions: Permission) -> set[int]:
    return {unit for permission in permissions for unit in actor.unit_ids_at(permission)}


def _adoptions(actor: Actor) -> Iterator[Duty]:
    heads = _acting_for(actor, Permission.ISSUE_ADOPTIONS)
    units = heads | _acting_for(actor, Permission.PREPARE_ADOPTIONS)
    rows = Adoption.objects.filter(unit__in=units, programme__state__in=states.RUNNING)
    waiting = rows.exclude(state=states.ISSUED).select_related("programme", "unit")
    for row in waiting.order_by("expected_since", "pk")[:MOST]:
        since = f"Giao từ {row.expected_since:%d/%m/%Y}"
        if row.state == states.EXPECTED:
            yield Duty(
                None,
                f"Lập kế hoạch thực hiện “{row.programme}”",
                since,
                reverse("adoption", args=[row.pk]),
                "Xem việc được giao",
                "warn",
                "Chưa mở",
                unit=row.unit.short_name,
            )
        else:
            verb = "Xem và ban hành" if row.unit_id in heads else "Chuẩn bị tiếp"
            yield Duty(
                None,
                f"Ban hành kế hoạch thực hiện “{row.programme}”",
                since,
                reverse("adoption_prepare", args=[row.pk]),
                verb,
                "quiet",
                "Đang chuẩn bị",
                unit=row.unit.short_name,
            )


def _tasks(actor: Actor, on: date) -> Iterator[Duty]:
    running = AdoptedTask.objects.owed().filter(
        adoption__state=states.ISSUED, adoption__programme__state__in=states.RUNNING
    )
    # Two questions, each with an index of its own; asked as one, every owed task would be looked at.
    of_units = running.filter(adoption__unit__in=actor.unit_ids_at(Permission.SUBMIT_EVIDENCE))
    both = of_units.order_by().values("pk").union(running.filter(answered_by(actor)).order_by().values("pk"))
    rows = list(
        AdoptedTask.objects.filter(pk__in=both)
        .select_related("adoption__programme", "adoption__unit")
        .order_by("due_on", "pk")[:MOST]
    )
    reasons = _reasons(row for row in rows if row.state == states.RETURNED)
    for row in rows:
        stands = standing(row.due_on, on, rule=row.rule, calendar=current())
        returned = row.state == states.RETURNED
        told = f"Trả lại: {reasons[row.pk]}" if returned else _source(row)
        yield Duty(
            row.due_on,
            row.title,
            told,
            reverse("adopted_task", args=[row.pk]),
            "Sửa và nộp lại" if returned else "Nộp minh chứng",
            "bad" if returned else stands.kind,
            "Trả lại" if returned else stands.word,
            stands.late_days,
            row.adoption.unit.short_name,
        )


def _reasons(returned: Iterable[AdoptedTask]) -> dict[int, str]:
    """Why each of these tasks was returned last."""
    rows = Evidence.objects.filter(task__in=list(returned), state=states.RETURNED).order_by("decided_at")
    return dict(rows.values_list("task_id", "reason"))


def _source(row: AdoptedTask) -> str:
    """The programme, and the rhythm of a task that comes again; the day itself stands beside it."""
    again = f" · {Rule(row.rule).in_words()}" if comes_again(row.rule) else ""
    return f"{short_title(row.adoption.programme.title)}{again}"


def _targets(actor: Actor, on: date) -> Iterator[Duty]:
    """Figures of targets for the running term that nobody of the unit has sent."""
    units = actor.unit_ids_at(Permission.SUBMIT_EVIDENCE)
    issued = Adoption.objects.filter(unit__in=units, state=states.ISSUED, programme__state__in=states.RUNNING)
    adoptions = list(issued.select_related("programme", "unit"))
    targets = Target.objects.filter(programme__in={row.programme_id for row in adoptions})
    by_programme: dict[int, list[Target]] = {}
    for target in targets:
        by_programme.setdefault(target.programme_id, []).append(target)
    told = set(
        Evidence.objects.filter(adoption__in=adoptions, target__isnull=False)
        .exclude(state=states.RETURNED)
        .values_list("adoption_id", "target_id", "term_due_on")
    )
    for row in adoptions:
        span = Span(row.programme.starts_on, row.programme.ends_on)
        for target in by_programme.get(row.programme_id, ()):
            due = first_due(target.rule, on=on, span=span, calendar=current()) or span.last
            if (row.pk, target.pk, due) not in told:
                yield _target_duty(row, target, due, standing(due, on, calendar=current()))


def _target_duty(row: Adoption, target: Target, due: date, stands: Standing) -> Duty:
    return Duty(
        due,
        f"Báo số liệu: {target.name}",
        short_title(row.programme.title),
        reverse("evidence_new_target", args=[row.pk, target.pk]),
        "Nộp số liệu",
        stands.kind,
        stands.word,
        stands.late_days,
        row.unit.short_name,
    )


def _waiting(since: datetime, on: date) -> tuple[str, str]:
    days = working_days(since.astimezone(get_current_timezone()).date(), on, current())
    return ("warn", f"Chờ {days} ngày") if days else ("quiet", "Mới gửi")


def _submitted(actor: Actor, on: date) -> Iterator[Decision]:
    units = actor.unit_ids_at(Permission.LAUNCH_PROGRAMMES)
    rows: QuerySet[Programme] = Programme.objects.filter(state=states.SUBMITTED, lead_unit__in=units)
    since = Max("steps__taken_at", filter=Q(steps__name="submit"))
    for row in rows.select_related("lead_unit").annotate(submitted_at=since)[:MOST]:
        at = row.submitted_at or row.created_at
        yield Decision(
            row.lead_unit.short_name,
            f"Trình phát động “{row}”",
            reverse("programme", args=[row.pk]),
            at,
            *_waiting(at, on),
        )


def _evidence(actor: Actor, on: date) -> Iterator[Decision]:
    rows = evidence_to_decide(actor).select_related("adoption__unit", "task", "target")
    for row in rows.order_by("sent_at", "pk")[:MOST]:
        yield Decision(
            row.adoption.unit.short_name,
            what_is_shown(row),
            reverse("evidence", args=[row.pk]),
            row.sent_at,
            *_waiting(row.sent_at, on),
        )


def what_is_shown(row: Evidence) -> str:
    """The duty or target for which evidence was sent."""
    if row.task is not None:
        return row.task.title
    return row.target.name if row.target is not None else ""


def _plans_missing(actor: Actor) -> dict[int, int]:
    """How many units asked by the actor have not issued their plan, by programme."""
    rows = asked_for(actor, Permission.DECIDE_EVIDENCE).exclude(state=states.ISSUED)
    return dict(rows.order_by().values_list("programme_id").annotate(missing=Count("pk")))


def _tasks_late_below(actor: Actor, on: date) -> dict[int, tuple[int, int]]:
    """In how many units asked by the actor tasks are late, and how many tasks, by programme."""
    below = asked_for(actor, Permission.DECIDE_EVIDENCE).filter(state=states.ISSUED).order_by()
    rows = (
        AdoptedTask.objects.late(on)
        .filter(adoption__in=below.values("pk"))
        .order_by()
        .values_list("adoption__programme_id")
        .annotate(units=Count("adoption__unit", distinct=True), tasks=Count("pk"))
    )
    return {programme: (units, tasks) for programme, units, tasks in rows}
