"""People come, are posted, are given roles."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.models import User
from nep.accounts.roles import Role
from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import name_sort_key
from nep.org import events
from nep.org.models import Grant, Line, Person, Position, Posting, Unit
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.search import search_text


@transaction.atomic
def register_person(
    staff_code: str, name: str, *, actor: Actor | None, at: datetime, user: User | None = None
) -> Person:
    """Add somebody to the roster.

    Raises: RuleError when the staff code is taken.
    """
    if Person.objects.filter(staff_code=staff_code).exists():
        raise RuleError(f"Mã nhân sự {staff_code} đã có.")
    person = Person.objects.create(
        staff_code=staff_code,
        name=name,
        user=user,
        sort_key=name_sort_key(name)[:800],
        search=search_text(name, staff_code),
    )
    record(events.PERSON_REGISTERED, actor=actor, about=[person], at=at, person=name)
    return person


@transaction.atomic
def post_person(
    person: Person,
    *,
    actor: Actor | None,
    unit: Unit,
    position: Position,
    on: date,
    at: datetime,
    kind: Posting.Kind = Posting.Kind.MAIN,
    until: date | None = None,
) -> Posting:
    """Post somebody in a unit from a day on.

    Raises: RuleError when they are posted there already in those days.
    """
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                person=person, unit=unit, position=position, kind=kind, during=DateRange(on, until)
            )
    except IntegrityError as error:
        raise RuleError(f"{person.name} đã có vị trí tại {unit.name} trong thời gian này.") from error
    record(
        events.PERSON_POSTED,
        actor=actor,
        about=[person, unit],
        at=at,
        unit_id=unit.pk,
        person=person.name,
        position=position.name,
        unit=unit.name,
        day=f"{on:%d/%m/%Y}",
    )
    return posting


@transaction.atomic
def grant_role(
    user: User,
    role: Role,
    *,
    actor: Actor | None,
    unit: Unit,
    on: date,
    at: datetime,
    line: Line | None = None,
    until: date | None = None,
) -> Grant:
    """Give an account a role over a unit and all below it, in the unit's own line unless another is named."""
    grant = Grant.objects.create(
        user=user,
        role=role.code,
        unit=unit,
        line=line or unit.line,
        during=DateRange(on, until),
        granted_by_id=actor.id if actor else None,
        confirmed_at=at,
    )
    record(
        events.ROLE_GRANTED,
        actor=actor,
        about=[user, unit],
        at=at,
        unit_id=unit.pk,
        role=role.label,
        unit=unit.name,
        user=user.name,
    )
    return grant


@transaction.atomic
def revoke_grant(grant: Grant, *, actor: Actor, on: date, at: datetime, reason: str) -> None:
    """End a role on a day; the row stays for the past.

    Raises: RuleError without a reason.
    """
    if not reason.strip():
        raise RuleError("Ghi lý do thu hồi vai trò.")
    if grant.during.lower and grant.during.lower >= on:
        raise RuleError("Vai trò này chưa bắt đầu; ngày thu hồi phải sau ngày giao.")
    grant.during = DateRange(grant.during.lower, on)
    grant.save(update_fields=["during"])
    record(
        events.ROLE_REVOKED,
        actor=actor,
        about=[grant.user, grant.unit],
        at=at,
        unit_id=grant.unit_id,
        reason=reason,
        role=grant.get_role_display(),
        unit=grant.unit.name,
        user=grant.user.name,
    )
