"""What a person owes, what waits for them and what they asked of others: the rows of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.rhythm import Rule
from nep.movements.access import answered_by, asked_for, evidence_to_decide
from nep.movements.access_letters import programmes_urged
from nep.movements.domain import states
from nep.movements.domain.lateness import WITHOUT_A_DAY, standing
from nep.movements.domain.terms import comes_again
from nep.movements.models import AdoptedTask, Adoption, Evidence, Occurrence, Programme
from nep.movements.queries.duty_rows import Decision, Duty, waiting_since
from nep.movements.queries.exceptions import special_dates_waiting
from nep.movements.queries.owed_changes import changes_owed, changes_to_decide
from nep.movements.queries.words import short_title
from nep.org.access import Actor
from nep.platform.calendar import current

MOST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the units below owe the actor's unit in one programme: plans, and tasks that are late.

    `unissued` and `late_units` count units, `late_tasks` tasks; the addresses list the same ones. Who
    signs letters to late units is led to them by `urge_url`.
    """

    programme: str
    unissued: int
    late_units: int
    late_tasks: int
    unissued_url: str
    late_url: str
    late_list_url: str
    urge_url: str = ""


def duties(actor: Actor, on: date) -> list[Duty]:
    """What the actor owes, for the units they act for and by name; the most urgent first."""
    owed = [*_adoptions(actor), *_terms(actor, on), *changes_owed(actor, on)]
    return sorted(owed, key=lambda duty: (_urgency(duty, on), -duty.late_days, duty.title))


def _urgency(duty: Duty, on: date) -> date:
    """The day by which duties are sorted: what is owed at once is due today, what has no day is last."""
    return duty.due_on or (date.max if duty.word in WITHOUT_A_DAY else on)


def decisions(actor: Actor, on: date) -> list[Decision]:
    """What waits for the actor's decision: programmes, changes, then evidence, the longest waiting first."""
    return [
        decision
        for waiting in (
            _submitted(actor, on),
            changes_to_decide(actor, on),
            special_dates_waiting(actor, on),
            _evidence(actor, on),
        )
        for decision in sorted(waiting, key=lambda decision: decision.since)
    ]


def asked(actor: Actor, on: date) -> list[Asked]:
    """What the actor asked of units below and is still missing, programme by programme."""
    unissued, late = _plans_missing(actor), _tasks_late_below(actor, on)
    urges = programmes_urged(actor, late)
    titles = Programme.objects.filter(pk__in=unissued.keys() | late.keys()).order_by("pk")
    return [
        _asked(pk, title, unissued.get(pk, 0), late.get(pk, (0, 0)), urges=pk in urges)
        for pk, title in titles.values_list("pk", "title")
    ]


def _asked(programme: int, title: str, unissued: int, late: tuple[int, int], *, urges: bool) -> Asked:
    units = reverse("programme_units", args=[programme])
    return Asked(
        title,
        unissued,
        *late,
        f"{units}?giao=toi&trang-thai=chua-ban-hanh",
        f"{units}?giao=toi&trang-thai=tre",
        f"{reverse('programme_late', args=[programme])}?giao=toi",
        reverse("letters_new", args=[programme]) if urges else "",
    )


def _acting_for(actor: Actor, *permissions: Permission) -> set[int]:
    return {unit for permission in permissions for unit in actor.unit_ids_at(permission)}


def _adoptions(actor: Actor) -> Iterator[Duty]:
    heads = _acting_for(actor, Permission.ISSUE_ADOPTIONS)
    units = heads | _acting_for(actor, Permission.PREPARE_ADOPTIONS)
    rows = Adoption.objects.counting().filter(unit__in=units, programme__state__in=states.RUNNING)
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


def _terms(actor: Actor, on: date) -> Iterator[Duty]:
    """Terms owed, of tasks and of figures; the late terms of one duty stand in one row."""
    running = Occurrence.objects.running().owed().filter(adoption__ended_on__isnull=True).order_by()
    # Two questions, each with an index of its own; asked as one, every owed term would be looked at.
    of_units = running.filter(unit__in=actor.unit_ids_at(Permission.SUBMIT_EVIDENCE))
    named = running.filter(task__in=AdoptedTask.objects.filter(answered_by(actor)).order_by().values("pk"))
    rows = list(
        Occurrence.objects.filter(pk__in=of_units.values("pk").union(named.values("pk")))
        .select_related("programme", "unit", "task", "target")
        .order_by("due_on", "pk")[:MOST]
    )
    reasons = _reasons(row for row in rows if row.state == states.RETURNED)
    by_duty: dict[tuple[int, int | None, int | None], list[Occurrence]] = {}
    for row in rows:
        by_duty.setdefault((row.adoption_id, row.task_id, row.target_id), []).append(row)
    for terms in by_duty.values():
        yield _duty(terms, on, reasons)


def _duty(terms: Sequence[Occurrence], on: date, reasons: dict[int, str]) -> Duty:
    """A duty with all its terms that are owed, the earliest first."""
    first, rule = terms[0], rule_of(terms[0])
    stands = standing(first.due_on, on, rule=rule, calendar=current())
    late = sum(term.due_on is not None and term.due_on < on for term in terms)
    returned = first.state == states.RETURNED
    told = f"Trả lại: {reasons[first.pk]}" if returned else _source(first, rule)
    return Duty(
        first.due_on,
        f"Báo số liệu: {first.target.name}" if first.target else str(first.task),
        f"{late} kỳ chưa nộp · {told}" if late > 1 else told,
        form_of(first),
        "Sửa và nộp lại" if returned else "Nộp số liệu" if first.target else "Nộp minh chứng",
        "bad" if returned else stands.kind,
        "Trả lại" if returned else stands.word,
        stands.late_days,
        first.unit.short_name,
    )


def form_of(term: Occurrence) -> str:
    """The address of the form that answers a term."""
    return form_address(term.task_id, term.adoption_id, term.target_id, term.number)


def form_address(task: int | None, adoption: int, target: int | None, number: int) -> str:
    """The address of the form that answers a term of a task, or of a target in a plan."""
    if task is not None:
        return f"{reverse('evidence_new', args=[task])}?ky={number}"
    return f"{reverse('evidence_new_target', args=[adoption, target])}?ky={number}"


def rule_of(term: Occurrence) -> str:
    """The deadline rule of the duty."""
    return term.task.rule if term.task else term.target.rule if term.target else ""


def _reasons(returned: Iterable[Occurrence]) -> dict[int, str]:
    """Why what was sent for each of these terms was returned last."""
    rows = Evidence.objects.filter(occurrence__in=list(returned), state=states.RETURNED)
    return dict(rows.order_by("decided_at").values_list("occurrence_id", "reason"))


def _source(term: Occurrence, rule: str) -> str:
    """The programme, and the rhythm of a duty that comes again; the day itself stands beside it."""
    again = f" · {Rule(rule).in_words()}" if comes_again(rule) else ""
    return f"{short_title(term.programme.title)}{again}"


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
            *waiting_since(at, on),
        )


def _evidence(actor: Actor, on: date) -> Iterator[Decision]:
    rows = evidence_to_decide(actor).select_related("adoption__unit", "task", "target")
    for row in rows.order_by("sent_at", "pk")[:MOST]:
        yield Decision(
            row.adoption.unit.short_name,
            what_is_shown(row),
            reverse("evidence", args=[row.pk]),
            row.sent_at,
            *waiting_since(row.sent_at, on),
        )


def what_is_shown(row: Evidence) -> str:
    """The duty or target for which evidence was sent."""
    if row.task is not None:
        return row.task.title
    return row.target.name if row.target is not None else ""


def _plans_missing(actor: Actor) -> dict[int, int]:
    """How many units asked by the actor have not issued their plan, by programme."""
    rows = asked_for(actor, Permission.DECIDE_EVIDENCE).filter(ended_on__isnull=True)
    rows = rows.exclude(state=states.ISSUED)
    return dict(rows.order_by().values_list("programme_id").annotate(missing=Count("pk")))


def _tasks_late_below(actor: Actor, on: date) -> dict[int, tuple[int, int]]:
    """In how many units asked by the actor terms are late, and how many terms, by programme."""
    below = asked_for(actor, Permission.DECIDE_EVIDENCE).filter(state=states.ISSUED).order_by()
    rows = (
        Occurrence.objects.late(on)
        .filter(adoption__in=below.values("pk"))
        .order_by()
        .values_list("programme_id")
        .annotate(units=Count("unit", distinct=True), tasks=Count("pk"))
    )
    return {programme: (units, tasks) for programme, units, tasks in rows}
