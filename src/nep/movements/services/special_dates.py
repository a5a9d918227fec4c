"""Special dates: asked for a unit with a reason, granted by who leads the unit above, taken back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_exceptions as access
from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.exceptions import Later, check_later
from nep.movements.domain.occurrences import terms
from nep.movements.models import Adoption, Occurrence, SpecialDate, Target, Task
from nep.movements.services.adoptions import lock_adoption
from nep.movements.services.occurrences import calendar_now, duty_of_target, duty_of_task, mirror, span_of
from nep.movements.services.special_days import give
from nep.movements.services.telling import tell_special_date
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record


@dataclass(frozen=True, slots=True)
class Asked:
    """What a special date is asked for: one task or target of the programme, or all; the units below too."""

    later: Later
    reason: str
    task: Task | None = None
    target: Target | None = None
    below: bool = False


@transaction.atomic
def ask_special_date(adoption: Adoption, asked: Asked, *, actor: Actor, at: datetime) -> SpecialDate:
    """Ask for a later last day; it holds once the head of the unit above has agreed.

    Raises: RuleError when it says too little or never holds; AccessDenied.
    """
    adoption = lock_adoption(adoption)
    access.may_ask_special_date(actor, adoption).require()
    check_later(asked.later, asked.reason, on=actor.on)
    for part in (asked.task, asked.target):
        if part is not None and part.programme_id != adoption.programme_id:
            raise RuleError("Việc hoặc chỉ tiêu này không thuộc chương trình.")
    special = SpecialDate.objects.create(
        programme=adoption.programme,
        adoption=adoption,
        unit=adoption.unit,
        below=asked.below,
        task=asked.task,
        target=asked.target,
        due_on=asked.later.due_on,
        rule=asked.later.rule,
        starts_on=asked.later.starts_on,
        expires_on=asked.later.expires_on,
        reason=asked.reason.strip(),
        asked_by_id=actor.id,
        asked_by_name=actor.name[:200],
        asked_at=at,
    )
    _tell(events.SPECIAL_DATE_ASKED, special, actor=actor, at=at, reason=special.reason)
    return special


def _held(special: SpecialDate, actor: Actor, state: str) -> SpecialDate:
    """The special date as it stands, held with its plan, if the actor may decide on it."""
    lock_adoption(special.adoption)
    rows = SpecialDate.objects.select_for_update(of=("self",))
    held = rows.select_related("programme__lead_unit", "adoption__parent__unit", "unit").get(pk=special.pk)
    if held.state != state:
        raise Conflict(f"Đề nghị này vừa được {held.decided_by_name} xử lý. Mở lại trang để xem.")
    access.may_decide_special_date(actor, held).require()
    return held


def _decide(special: SpecialDate, state: str, *, actor: Actor, at: datetime, because: str = "") -> None:
    special.state, special.decided_because = state, because
    special.decided_by_id, special.decided_by_name, special.decided_at = actor.id, actor.name[:200], at
    special.save(update_fields=["state", "decided_because", "decided_by_id", "decided_by_name", "decided_at"])


@transaction.atomic
def grant_special_date(special: SpecialDate, *, actor: Actor, at: datetime) -> SpecialDate:
    """Agree: running terms that it is for get the later day, those opened before it expires get it too.

    Raises: Conflict when it is decided already; AccessDenied for who asked and who does not lead above.
    """
    special = _held(special, actor, SpecialDate.State.ASKED)
    _decide(special, SpecialDate.State.GRANTED, actor=actor, at=at)
    rows = Occurrence.objects.select_for_update(of=("self",)).filter(
        programme=special.programme_id, state__in=states.OWED, due_on__isnull=False
    )
    changed = give(special, rows, on=actor.on)
    mirror([term.task_id for term in changed if term.task_id])
    units = len({term.unit_id for term in changed})
    _tell(events.SPECIAL_DATE_GRANTED, special, actor=actor, at=at, terms=len(changed), units=units)
    tell_special_date(special, changed, access.duty_words(special), on=actor.on, at=at)
    return special


@transaction.atomic
def refuse_special_date(special: SpecialDate, because: str, *, actor: Actor, at: datetime) -> SpecialDate:
    """Do not agree, with the reason.

    Raises: RuleError without a reason; Conflict when it is decided already; AccessDenied.
    """
    special = _held(special, actor, SpecialDate.State.ASKED)
    if not because.strip():
        raise RuleError("Ghi lý do không đồng ý.")
    _decide(special, SpecialDate.State.REFUSED, actor=actor, at=at, because=because.strip())
    _tell(events.SPECIAL_DATE_REFUSED, special, actor=actor, at=at, reason=because.strip())
    return special


@transaction.atomic
def end_special_date(special: SpecialDate, because: str, *, actor: Actor, at: datetime) -> SpecialDate:
    """Take a granted date back: owed terms have their ordinary last day again, but none before today.

    Raises: RuleError without a reason; Conflict when it does not hold any more; AccessDenied.
    """
    special = _held(special, actor, SpecialDate.State.GRANTED)
    if not because.strip():
        raise RuleError("Ghi lý do thu hồi hạn riêng.")
    rows = Occurrence.objects.select_for_update(of=("self",)).filter(special=special, state__in=states.OWED)
    changed = list(rows.select_related("task", "target", "programme").order_by("pk"))
    for term in changed:
        if term.due_on is not None and term.due_on >= actor.on:
            term.due_on = max(_ordinary_day(term) or actor.on, actor.on)
        term.special = None
    Occurrence.objects.bulk_update(changed, ["due_on", "special"])
    mirror([term.task_id for term in changed if term.task_id])
    special.state, special.decided_because = SpecialDate.State.ENDED, because.strip()
    special.save(update_fields=["state", "decided_because"])  # who agreed stays
    _tell(events.SPECIAL_DATE_ENDED, special, actor=actor, at=at, reason=because.strip(), terms=len(changed))
    return special


def _ordinary_day(term: Occurrence) -> date | None:
    """The last day that a term has without a special date."""
    span = span_of(term.programme)
    if term.target is not None:
        duty = duty_of_target(term.target, span)
    else:
        assert term.task is not None, "a term is of a task or a target"
        duty = duty_of_task(term.task, span)
    if not duty.names_a_day:
        return term.named_on
    ordinary = (one.due_on for one in terms(duty, calendar_now()) if one.ends_on == term.ends_on)
    return next(ordinary, term.named_on)


def _tell(kind: EventType, special: SpecialDate, *, actor: Actor, at: datetime, **more: Any) -> None:
    duty = special.task or special.target
    when = f"{special.due_on:%d/%m/%Y}" if special.due_on else special.rule
    record(
        kind,
        actor=actor.standing_at(Permission.ISSUE_ADOPTIONS, access.asking_unit(special.adoption)),
        about=[special, special.adoption, *([duty] if duty else []), special.programme],
        at=at,
        unit_id=special.unit_id,
        unit=special.unit.name,
        what=access.duty_words(special),
        when=when,
        expires=f"{special.expires_on:%d/%m/%Y}",
        below=special.below,
        **more,
    )
