"""What amendments and reviews ask of a person: answers, parts of reports, and decisions on both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import get_current_timezone, make_aware

from nep.accounts.roles import Permission
from nep.movements.domain import amendments as domain
from nep.movements.domain import states
from nep.movements.domain.lateness import standing
from nep.movements.models import Amendment, Narrative, Proposal
from nep.movements.queries.duty_rows import Decision, Duty, waiting_since
from nep.movements.queries.words import short_title
from nep.org.access import Actor
from nep.platform.calendar import current

MOST = 200


def changes_owed(actor: Actor, on: date) -> Iterator[Duty]:
    """Amendments to answer, and parts of reviews to write."""
    yield from _proposals(actor, on)
    yield from _narratives(actor, on)


def changes_to_decide(actor: Actor, on: date) -> Iterator[Decision]:
    """Amendments to approve, objections to rule on, and what units wrote for reviews."""
    yield from _amendments(actor, on)
    yield from _objections(actor, on)
    yield from _written(actor, on)


def _proposals(actor: Actor, on: date) -> Iterator[Duty]:
    """The last day for an answer is the one before the amendment takes effect for the unit."""
    rows = Proposal.objects.filter(
        state=domain.WAITING,
        adoption__unit__in=actor.unit_ids_at(Permission.ISSUE_ADOPTIONS),
        adoption__state=states.ISSUED,
        adoption__ended_on__isnull=True,
        adoption__programme__state__in=states.RUNNING,
    ).select_related("amendment__programme", "adoption__unit")
    for row in rows.order_by("effective_on", "pk")[:MOST]:
        due = current().previous_working(date.fromordinal(row.effective_on.toordinal() - 1))
        stands = standing(due, on, calendar=current())
        programme = short_title(row.amendment.programme.title)
        yield Duty(
            due,
            f"Trả lời {str(row.amendment).lower()} của “{programme}”",
            f"Có hiệu lực từ {row.effective_on:%d/%m/%Y}",
            reverse("proposal", args=[row.pk]),
            "Xem và trả lời",
            stands.kind,
            stands.word,
            stands.late_days,
            row.adoption.unit.short_name,
        )


def _narratives(actor: Actor, on: date) -> Iterator[Duty]:
    rows = Narrative.objects.filter(
        state__in=states.OWED,
        review__closed_at__isnull=True,
        adoption__unit__in=actor.unit_ids_at(Permission.SUBMIT_EVIDENCE),
        adoption__ended_on__isnull=True,
    ).select_related("review__programme", "adoption__unit")
    for row in rows.order_by("review__narratives_due_on", "pk")[:MOST]:
        due, returned = row.review.narratives_due_on, row.state == states.RETURNED
        stands = standing(due, on, calendar=current())
        programme = short_title(row.review.programme.title)
        yield Duty(
            due,
            f"Gửi báo cáo {row.review.get_kind_display().lower()} “{programme}”",
            f"Trả lại: {row.reason}" if returned else "Kết quả, khó khăn, kiến nghị, điển hình",
            reverse("narrative", args=[row.pk]),
            "Sửa và gửi lại" if returned else "Viết báo cáo",
            "bad" if returned else stands.kind,
            "Trả lại" if returned else stands.word,
            stands.late_days,
            row.adoption.unit.short_name,
        )


def _amendments(actor: Actor, on: date) -> Iterator[Decision]:
    units = actor.unit_ids_at(Permission.LAUNCH_PROGRAMMES)
    rows = Amendment.objects.filter(state=domain.SUBMITTED, programme__lead_unit__in=units)
    for row in rows.select_related("programme__lead_unit").order_by("created_at", "pk")[:MOST]:
        yield Decision(
            row.programme.lead_unit.short_name,
            f"Trình {str(row).lower()} của “{short_title(row.programme.title)}”",
            reverse("amendment", args=[row.pk]),
            row.created_at,
            *waiting_since(row.created_at, on),
        )


def _above(actor: Actor, permission: Permission) -> Q:
    """Condition on what belongs to an adoption: the unit above it is one for which the actor decides."""
    units = actor.unit_ids_at(permission)
    led = Q(adoption__parent__isnull=True, adoption__programme__lead_unit__in=units)
    return led | Q(adoption__parent__unit__in=units)


def _objections(actor: Actor, on: date) -> Iterator[Decision]:
    rows = Proposal.objects.filter(_above(actor, Permission.ISSUE_ADOPTIONS), state=domain.OBJECTED)
    rows = rows.filter(adoption__programme__state__in=states.RUNNING)
    for row in rows.select_related("amendment", "adoption__unit").order_by("answered_at", "pk")[:MOST]:
        since = row.answered_at or make_aware(datetime.combine(row.told_on, time.min), get_current_timezone())
        yield Decision(
            row.adoption.unit.short_name,
            f"Có ý kiến về {str(row.amendment).lower()}",
            reverse("proposal", args=[row.pk]),
            since,
            *waiting_since(since, on),
        )


def _written(actor: Actor, on: date) -> Iterator[Decision]:
    rows = Narrative.objects.filter(
        _above(actor, Permission.DECIDE_EVIDENCE),
        state=states.SENT,
        review__closed_at__isnull=True,
        sent_at__isnull=False,
    ).exclude(sent_by_id=actor.id)
    rows = rows.select_related("review", "adoption__unit").order_by("sent_at", "pk")
    for row in rows[:MOST]:
        if row.sent_at is not None:
            yield Decision(
                row.adoption.unit.short_name,
                f"Báo cáo {row.review.get_kind_display().lower()}",
                reverse("narrative", args=[row.pk]),
                row.sent_at,
                *waiting_since(row.sent_at, on),
            )
