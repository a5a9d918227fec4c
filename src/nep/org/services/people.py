"""People come, are posted, move on, leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.kernel.vietnamese import name_sort_key
from nep.org import access, events
from nep.org.access import Actor
from nep.org.domain.postings import Wanted, headed, overlap, problem
from nep.org.models import Line, Person, Position, Posting, StaffKind, Unit
from nep.org.services.grants import end_roles_at
from nep.org.services.periods import restating
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.search import search_text

KINDS: dict[str, EventType] = {
    Posting.Kind.MAIN: events.PERSON_POSTED,
    Posting.Kind.CONCURRENT: events.PERSON_CONCURRENT,
    Posting.Kind.SECONDMENT: events.PERSON_SECONDED,
    Posting.Kind.ACTING: events.PERSON_ACTING,
    Posting.Kind.MEMBER: events.PERSON_MEMBER,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the roster says about somebody."""

    staff_code: str
    name: str
    kind: str = StaffKind.CIVIL_SERVANT
    born_on: date | None = None
    email: str = ""

    def tidied(self) -> Entry:
        """The same without stray blanks."""
        name = " ".join(self.name.split())
        return replace(self, staff_code=self.staff_code.strip(), name=name, email=self.email.strip())


@transaction.atomic
def register_person(
    staff_code: str,
    name: str,
    *,
    actor: Actor | None,
    at: datetime,
    user: User | None = None,
    kind: str = StaffKind.CIVIL_SERVANT,
    born_on: date | None = None,
    email: str = "",
) -> Person:
    """Add somebody to the roster; who administers people somewhere may, and posts them there next.

    Raises: RuleError when the staff code is taken or the day of birth lies ahead.
    """
    if actor is not None:
        access.may_anywhere(actor, Permission.MANAGE_PEOPLE).require()
    entry = Entry(staff_code, name, kind, born_on, email).tidied()
    _check_entry(entry, at=at)
    person = Person.objects.create(user=user, **_columns(entry))
    record(events.PERSON_REGISTERED, actor=actor, about=[person], at=at, person=person.name)
    return person


@transaction.atomic
def correct_person(person: Person, entry: Entry, *, actor: Actor, at: datetime) -> Person:
    """Correct what the roster says about somebody; the name of their account follows.

    Raises: RuleError when the staff code is taken or the day of birth lies ahead.
    """
    person = _locked(person)
    access.may_manage_person(actor, person).require()
    entry = entry.tidied()
    _check_entry(entry, at=at, person=person)
    columns = _columns(entry)
    told = ("staff_code", "name", "kind", "born_on", "email")
    changed = [name for name in told if getattr(person, name) != columns[name]]
    if not changed:
        return person
    before = {name: getattr(person, name) for name in changed}
    for name, value in columns.items():
        setattr(person, name, value)
    person.save(update_fields=list(columns))
    if person.user is not None and "name" in changed:
        person.user.name = person.name
        person.user.save(update_fields=["name"])
    record(
        events.PERSON_CORRECTED,
        actor=actor,
        about=[person],
        at=at,
        before=before,
        after={name: columns[name] for name in changed},
        person=person.name,
    )
    return person


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "staff_code": entry.staff_code,
        "name": entry.name,
        "kind": entry.kind,
        "born_on": entry.born_on,
        "email": entry.email,
        "sort_key": name_sort_key(entry.name)[:800],
        "search": search_text(entry.name, entry.staff_code),
    }


def _check_entry(entry: Entry, *, at: datetime, person: Person | None = None) -> None:
    if not entry.staff_code or not entry.name:
        raise RuleError("Ghi mã nhân sự và họ tên.")
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if others.filter(staff_code=entry.staff_code).exists():
        raise RuleError(f"Mã nhân sự {entry.staff_code} đã có.")
    if entry.born_on is not None and entry.born_on >= at.date():
        raise RuleError("Ngày sinh phải trước hôm nay.")


def _locked(person: Person) -> Person:
    """The person's row, held: nobody posts or moves them meanwhile."""
    return Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)


@transaction.atomic
def post_person(
    person: Person,
    *,
    actor: Actor | None,
    unit: Unit,
    position: Position,
    on: date,
    at: datetime,
    kind: str = Posting.Kind.MAIN,
    until: date | None = None,
    decision: str = "",
) -> Posting:
    """Post somebody in a unit from a day on, past or ahead; `until` is the first day without the posting.

    Raises: RuleError when kind or days do not fit, they are posted otherwise then, or the unit has a head.
    """
    if actor is not None:
        actor.may_within(Permission.MANAGE_PEOPLE, unit).require()
    person = _locked(person)
    posting = Posting(
        person=person,
        unit=unit,
        position=position,
        kind=kind,
        during=DateRange(on, until),
        decision=decision.strip(),
    )
    with restating([unit.pk], on, at=at, people=[person.pk]):
        _write(posting)
    _tell(KINDS[kind], posting, actor=actor, at=at, day=f"{on:%d/%m/%Y}", after=_state(posting))
    return posting


def _write(posting: Posting) -> None:
    """Write a posting if it breaks nothing.

    Raises: RuleError that says what it breaks.
    """
    person, unit, during = posting.person, posting.unit, posting.during
    mains = person.postings.filter(kind=Posting.Kind.MAIN, during__contains=during.lower)
    wanted = Wanted(
        kind=posting.kind,
        heads=posting.position.is_head,
        first=during.lower,
        end=during.upper,
        unit=unit.name,
        in_authority=unit.line == Line.AUTHORITY,
        unit_first=unit.during.lower,
        unit_end=unit.during.upper,
        born_on=person.born_on,
        has_main=posting.kind != Posting.Kind.SECONDMENT or mains.exists(),
    )
    if found := problem(wanted):
        raise RuleError(found)
    if posting.position.is_head:
        _check_head(posting)
    try:
        with transaction.atomic():
            posting.save(force_insert=True)
    except IntegrityError as error:
        raise RuleError(_collision(posting)) from error


def _check_head(posting: Posting) -> None:
    """A unit has one head at a time, main or acting; whoever writes a second one waits for the first."""
    Unit.objects.select_for_update(no_key=True).get(pk=posting.unit_id)
    others = Posting.objects.filter(
        unit=posting.unit, position__is_head=True, during__overlap=posting.during
    ).select_related("person", "position")
    if (other := others.first()) is not None and other.person_id != posting.person_id:
        during = other.during
        raise RuleError(
            headed(posting.unit.name, other.person.name, other.position.name, during.lower, during.upper)
        )


def _collision(posting: Posting) -> str:
    """Which of the person's postings the database found in the way."""
    others = posting.person.postings.filter(during__overlap=posting.during).select_related("unit", "position")
    same = others.filter(unit=posting.unit).first()
    other = same or others.filter(kind=Posting.Kind.MAIN).first()
    if other is None:
        return f"{posting.person.name} đã có vị trí trong thời gian này."
    during = other.during
    return overlap(
        posting.person.name,
        other.unit.name,
        other.position.name,
        during.lower,
        during.upper,
        same=same is not None,
    )


@transaction.atomic
def transfer_person(
    person: Person,
    *,
    actor: Actor | None,
    unit: Unit,
    position: Position,
    on: date,
    at: datetime,
    decision: str = "",
    end_roles: bool = False,
) -> Posting:
    """End the main posting and open the next one on the same day; `end_roles` ends the roles at the old unit.

    Raises: RuleError when no main posting can end on that day, or the new one does not fit.
    """
    person = _locked(person)
    former = _main_on(person, on)
    if actor is not None:
        actor.may_within(Permission.MANAGE_PEOPLE, former.unit).require()
        actor.may_within(Permission.MANAGE_PEOPLE, unit).require()
    before = _state(former)
    posting = Posting(
        person=person, unit=unit, position=position, during=DateRange(on, None), decision=decision.strip()
    )
    reason = f"Điều động đến {unit.name}"
    with restating([former.unit_id, unit.pk], on, at=at, people=[person.pk]):
        _end(former, on, reason)
        _write(posting)
    record(
        events.PERSON_TRANSFERRED,
        actor=actor,
        about=[person, unit, former.unit],
        at=at,
        unit_id=unit.pk,
        before=before,
        after=_state(posting),
        person=person.name,
        former=former.unit.name,
        unit=unit.name,
        position=position.name,
        day=f"{on:%d/%m/%Y}",
        decision=posting.decision,
    )
    if end_roles and former.unit_id != unit.pk:
        end_roles_at(person, former.unit, actor=actor, on=on, at=at, reason=reason)
    return posting


def _main_on(person: Person, on: date) -> Posting:
    mains = person.postings.filter(kind=Posting.Kind.MAIN).select_related("unit", "position")
    former = mains.filter(during__contains=on).first()
    if former is None:
        raise RuleError(f"{person.name} không giữ vị trí chính thức nào vào ngày {on:%d/%m/%Y} để điều động.")
    if former.during.lower == on:
        raise RuleError(f"Vị trí hiện tại bắt đầu đúng ngày {on:%d/%m/%Y}; ngày điều động phải sau ngày đó.")
    return former


@transaction.atomic
def end_posting(
    posting: Posting, *, actor: Actor | None, on: date, at: datetime, reason: str, end_roles: bool = False
) -> Posting:
    """End a posting: `on` is the first day without it. A secondment that ends leads back to the main posting.

    Raises: RuleError without a reason, or when it has not begun or has ended by then.
    """
    posting = _locked_posting(posting)
    if actor is not None:
        actor.may_within(Permission.MANAGE_PEOPLE, posting.unit).require()
    if not reason.strip():
        raise RuleError("Ghi lý do thôi giữ vị trí.")
    if on <= posting.during.lower:
        raise RuleError(
            f"Vị trí này bắt đầu ngày {posting.during.lower:%d/%m/%Y}; ngày thôi giữ phải sau ngày đó. "
            "Vị trí ghi nhầm và chưa bắt đầu thì bỏ."
        )
    if posting.during.upper is not None and posting.during.upper <= on:
        raise RuleError(f"Vị trí này đã kết thúc từ ngày {posting.during.upper:%d/%m/%Y}.")
    before = _state(posting)
    with restating([posting.unit_id], on, at=at, people=[posting.person_id]):
        _end(posting, on, reason)
    _tell(
        events.POSTING_ENDED,
        posting,
        actor=actor,
        at=at,
        reason=reason.strip(),
        day=f"{on:%d/%m/%Y}",
        before=before,
        after=_state(posting),
    )
    if end_roles:
        end_roles_at(posting.person, posting.unit, actor=actor, on=on, at=at, reason=reason)
    return posting


@transaction.atomic
def cancel_posting(posting: Posting, *, actor: Actor, at: datetime, reason: str) -> None:
    """Take away a posting that has not begun; only the trail keeps it.

    Raises: RuleError without a reason or when it has begun.
    """
    posting = _locked_posting(posting)
    actor.may_within(Permission.MANAGE_PEOPLE, posting.unit).require()
    if not reason.strip():
        raise RuleError("Ghi lý do bỏ vị trí này.")
    if posting.during.lower <= actor.on:
        raise RuleError("Vị trí này đã bắt đầu. Ghi ngày thôi giữ thay vì bỏ.")
    day = f"{posting.during.lower:%d/%m/%Y}"
    _tell(
        events.POSTING_CANCELLED,
        posting,
        actor=actor,
        at=at,
        reason=reason.strip(),
        day=day,
        before=_state(posting),
    )
    posting.delete()


def _locked_posting(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",)).select_related("person__user", "unit", "position")
    found = rows.filter(pk=posting.pk).first()
    if found is None:
        raise Conflict("Vị trí này vừa được bỏ. Mở lại trang để xem.")
    return found


def _end(posting: Posting, on: date, reason: str) -> None:
    posting.during = DateRange(posting.during.lower, on)
    posting.ended_because = reason.strip()[:300]
    posting.save(update_fields=["during", "ended_because"])


def _state(posting: Posting) -> dict[str, Any]:
    return {
        "unit": posting.unit.name,
        "position": posting.position.name,
        "kind": posting.kind,
        "from": posting.during.lower,
        "until": posting.during.upper,
    }


def _tell(kind: EventType, posting: Posting, *, actor: Actor | None, at: datetime, **more: Any) -> None:
    record(
        kind,
        actor=actor,
        about=[posting.person, posting.unit],
        at=at,
        unit_id=posting.unit_id,
        person=posting.person.name,
        position=posting.position.name,
        unit=posting.unit.name,
        decision=posting.decision,
        **more,
    )
