"""A union or a party unit counts its members: many of the same people in one act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org import events
from nep.org.access import Actor
from nep.org.models import Line, Person, Position, Posting, Unit
from nep.org.services.periods import restating
from nep.platform.audit.trail import record


@transaction.atomic
def admit_members(
    unit: Unit,
    people: Collection[Person],
    *,
    position: Position,
    actor: Actor | None,
    on: date,
    at: datetime,
) -> int:
    """Note people as members of a union or party unit from a day on; who is one already is left out.

    Raises: RuleError for a unit of the authority line, or one that does not exist on that day; AccessDenied.
    """
    if actor is not None:
        actor.may_within(Permission.MANAGE_PEOPLE, unit).require()
    if unit.line == Line.AUTHORITY:
        raise RuleError("Thành viên chỉ dùng cho tổ chức công đoàn và tổ chức đảng.")
    if on not in unit.during:
        raise RuleError(f"{unit.name} chưa có hoặc đã đóng vào ngày {on:%d/%m/%Y}.")
    during = DateRange(on, unit.during.upper)
    there = Posting.objects.filter(unit=unit, during__overlap=during).values_list("person_id", flat=True)
    known = set(there)
    coming = [person for person in people if person.pk not in known]
    if not coming:
        return 0
    with restating([unit.pk], on, at=at, people=[person.pk for person in coming]):
        Posting.objects.bulk_create(
            Posting(person=person, unit=unit, position=position, kind=Posting.Kind.MEMBER, during=during)
            for person in coming
        )
    record(
        events.MEMBERS_ADMITTED,
        actor=actor,
        about=[unit, *coming],
        at=at,
        unit_id=unit.pk,
        count=len(coming),
        position=position.name,
        unit=unit.name,
        day=f"{on:%d/%m/%Y}",
    )
    return len(coming)
