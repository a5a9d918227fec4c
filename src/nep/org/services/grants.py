"""Roles are given, confirmed, declined, lent to a deputy, taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.models import User
from nep.accounts.roles import APART, HEAD, OFFICIAL, ROLES, WEIGHTY, Permission, Role
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.org import access, events
from nep.org.access import Actor
from nep.org.domain.spans import in_words
from nep.org.models import Grant, Line, Person, Posting, Unit
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record


@transaction.atomic
def grant_role(
    user: User,
    role: Role,
    *,
    actor: None,
    unit: Unit,
    on: date,
    at: datetime,
    line: Line | None = None,
    until: date | None = None,
) -> Grant:
    """Nếp itself gives a role, in force at once: when a province is set up, and in commands."""
    grant = Grant(user=user, role=role.code, unit=unit, line=line or unit.line, during=DateRange(on, until))
    _check(grant)
    grant.confirmed_at = at
    grant.save()
    _tell(events.ROLE_GRANTED, grant, actor=actor, at=at)
    return grant


@transaction.atomic
def propose_role(
    user: User,
    role: Role,
    *,
    actor: Actor,
    unit: Unit,
    on: date,
    at: datetime,
    line: Line | None = None,
    until: date | None = None,
    reason: str = "",
) -> Grant:
    """Give an account a role over a unit and all below it; a weighty one waits for a second person.

    Raises: RuleError for oneself, for days that overlap, for roles that one person does not hold together.
    """
    access.may_give_role(actor, unit, line or unit.line).require()
    if user.pk == actor.id:
        raise RuleError("Không ai tự giao vai trò cho mình. Nhờ một người quản trị khác giao.")
    grant = Grant(
        user=user,
        role=role.code,
        unit=unit,
        line=line or unit.line,
        during=DateRange(on, until),
        granted_by_id=actor.id,
        reason=reason.strip(),
    )
    _check(grant)
    waits = role.code in WEIGHTY
    grant.confirmed_at = None if waits else at
    grant.save()
    _tell(events.ROLE_PROPOSED if waits else events.ROLE_GRANTED, grant, actor=actor, at=at, reason=reason)
    return grant


def _check(grant: Grant) -> None:
    """What no role may be, whoever gives it; holds the account until the end of the transaction."""
    if grant.role == OFFICIAL.code:
        raise RuleError("Vai trò này có sẵn theo vị trí công tác, không cần giao.")
    if not User.objects.select_for_update().get(pk=grant.user_id).is_active:
        raise RuleError(f"Tài khoản của {grant.user.name} đã ngừng, không giao vai trò được.")
    first, last = grant.during.lower, grant.during.upper
    if last is not None and last <= first:
        raise RuleError("Ngày kết thúc phải sau ngày bắt đầu.")
    if grant.line != grant.unit.line and grant.unit.line != Line.AUTHORITY:
        raise RuleError("Chỉ ở cơ quan chính quyền mới giao được vai trò đối với hệ thống khác.")
    if first not in grant.unit.during:
        raise RuleError(f"Ngày {first:%d/%m/%Y} {grant.unit.name} chưa thành lập hoặc đã kết thúc.")
    others = Grant.objects.filter(user=grant.user_id, during__overlap=grant.during)
    _check_once(grant, others.filter(role=grant.role, unit=grant.unit, line=grant.line))
    _check_apart(grant, others)


def _check_once(grant: Grant, same: Any) -> None:
    own = same.filter(acting_for=grant.acting_for)
    if (held := own.first()) is not None:
        word = "đang giữ" if held.confirmed_at else "đã được đề nghị giữ"
        raise RuleError(
            f"{grant.user.name} {word} vai trò {held.get_role_display().lower()} tại {grant.unit.name} "
            f"{in_words(held.during.lower, held.during.upper)}."
        )


def _check_apart(grant: Grant, others: Any) -> None:
    apart = {code for pair in APART if grant.role in pair for code in pair} - {grant.role}
    if (held := others.filter(role__in=apart).first()) is not None:
        raise RuleError(
            f"{grant.user.name} giữ vai trò {held.get_role_display().lower()} tại {held.unit.name}; "
            f"một người không đồng thời giữ vai trò {ROLES[grant.role].label.lower()}."
        )


def _locked(grant: Grant) -> Grant:
    """The role as it stands, held."""
    rows = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit", "acting_for")
    found = rows.filter(pk=grant.pk).first()
    if found is None:
        raise Conflict("Vai trò này vừa được rút hoặc không được xác nhận. Mở lại trang để xem.")
    return found


@transaction.atomic
def confirm_role(grant: Grant, *, actor: Actor, at: datetime) -> Grant:
    """Confirm a weighty role as the second person; from now on it counts within its days.

    Raises: Conflict when it is confirmed or gone already; AccessDenied for who proposed or receives it.
    """
    grant = _locked(grant)
    if grant.confirmed_at is not None:
        raise Conflict("Vai trò này đã được xác nhận.")
    access.may_confirm_role(actor, grant).require()
    grant.confirmed_by_id, grant.confirmed_at = actor.id, at
    grant.save(update_fields=["confirmed_by_id", "confirmed_at"])
    _tell(events.ROLE_CONFIRMED, grant, actor=actor, at=at)
    return grant


@transaction.atomic
def decline_role(grant: Grant, reason: str, *, actor: Actor, at: datetime) -> None:
    """Decline a proposed role as the second person, or take back the own proposal; only the trail keeps it.

    Raises: RuleError without a reason; Conflict when it is confirmed already.
    """
    grant = _locked(grant)
    if grant.confirmed_at is not None:
        raise Conflict("Vai trò này đã được xác nhận. Muốn kết thúc thì thu hồi.")
    access.may_decline_role(actor, grant).require()
    if not reason.strip():
        raise RuleError("Ghi lý do không giao vai trò này.")
    _tell(events.ROLE_DECLINED, grant, actor=actor, at=at, reason=reason, before=_state(grant))
    grant.delete()


@transaction.atomic
def give_acting_authority(
    deputy: Person, *, actor: Actor, unit: Unit, on: date, until: date, reason: str, at: datetime
) -> Grant:
    """A head lets a deputy act in their place in one unit for some days; it ends by itself.

    Raises: RuleError that says what does not fit; AccessDenied for who is not head there themselves.
    """
    actor.may_at(Permission.DELEGATE, unit).require()
    head = Person.objects.filter(user=actor.user).first()
    if head is None:
        raise RuleError("Tài khoản này chưa gắn với ai trong danh sách nhân sự, chưa ủy quyền được.")
    own = next(grant for grant in actor.grants_with(Permission.DELEGATE) if grant.unit_id == unit.pk)
    _check_lending(own, deputy, on=on, until=until, today=actor.on, reason=reason)
    assert deputy.user is not None, "checked just now"
    grant = Grant(
        user=deputy.user,
        role=HEAD.code,
        unit=unit,
        line=unit.line,
        during=DateRange(on, until),
        granted_by_id=actor.id,
        reason=reason.strip(),
        acting_for=head,
    )
    _check(grant)
    grant.confirmed_at = at
    grant.save()
    _tell(
        events.AUTHORITY_LENT,
        grant,
        actor=actor,
        at=at,
        reason=reason,
        day=f"{on:%d/%m/%Y}",
        until=f"{until:%d/%m/%Y}",
    )
    return grant


def _check_lending(own: Grant, deputy: Person, *, on: date, until: date, today: date, reason: str) -> None:
    if deputy.user is None:
        raise RuleError(f"{deputy.name} chưa có tài khoản, chưa nhận ủy quyền được.")
    if deputy.user.pk == own.user_id:
        raise RuleError("Không ai ủy quyền cho chính mình.")
    if on < today:
        raise RuleError("Ủy quyền bắt đầu từ hôm nay trở đi, không lùi ngày.")
    if until <= on:
        raise RuleError("Ngày kết thúc ủy quyền phải sau ngày bắt đầu.")
    if own.during.upper is not None and until > own.during.upper:
        raise RuleError(
            f"Vai trò của người ủy quyền kết thúc ngày {own.during.upper:%d/%m/%Y}; ủy quyền không dài hơn."
        )
    if not Posting.objects.filter(person=deputy, unit=own.unit, during__contains=on).exists():
        raise RuleError(
            f"{deputy.name} không công tác tại {own.unit.name} vào ngày {on:%d/%m/%Y}; "
            "chỉ ủy quyền cho người của đơn vị."
        )
    if not reason.strip():
        raise RuleError("Ghi căn cứ hoặc lý do ủy quyền.")


@transaction.atomic
def revoke_grant(grant: Grant, *, actor: Actor | None, on: date, at: datetime, reason: str) -> None:
    """End a role on a day; the row stays for the days it was held, one that never began is taken away.

    Raises: RuleError without a reason or when it has ended by then.
    """
    grant = _locked(grant)
    if actor is not None:
        access.may_take_back_role(actor, grant).require()
    if not reason.strip():
        raise RuleError("Ghi lý do thu hồi vai trò.")
    if grant.during.upper is not None and grant.during.upper <= on:
        raise RuleError(f"Vai trò này đã kết thúc ngày {grant.during.upper:%d/%m/%Y}.")
    before = _state(grant)
    never_began = grant.during.lower >= on
    grant.during = DateRange(grant.during.lower, on)
    _tell(
        events.ROLE_REVOKED,
        grant,
        actor=actor,
        at=at,
        reason=reason,
        before=before,
        after=None if never_began else _state(grant),
        day=f"{on:%d/%m/%Y}",
    )
    if never_began:
        grant.delete()
    else:
        grant.save(update_fields=["during"])


def end_roles_at(
    person: Person, unit: Unit, *, actor: Actor | None, on: date, at: datetime, reason: str
) -> int:
    """End the roles that a person's account holds over a unit which they leave; how many there were."""
    held = Grant.objects.filter(user__person=person, unit=unit, during__overlap=DateRange(on, None))
    rows = list(held.select_related("user", "unit", "acting_for"))
    if actor is not None and any(grant.user_id == actor.id for grant in rows):
        raise AccessDenied("Vai trò của chính mình do người quản trị khác thu hồi.")
    for grant in rows:
        revoke_grant(grant, actor=actor, on=on, at=at, reason=reason)
    return len(rows)


def _state(grant: Grant) -> dict[str, Any]:
    first, last = grant.during.lower, grant.during.upper
    return {"from": first, "until": last, "confirmed": grant.confirmed_at is not None}


def _tell(
    kind: EventType, grant: Grant, *, actor: Actor | None, at: datetime, reason: str = "", **more: Any
) -> None:
    person = Person.objects.filter(user=grant.user_id).first()
    record(
        kind,
        actor=actor,
        about=[grant.user, *([person] if person else []), grant.unit],
        at=at,
        unit_id=grant.unit_id,
        reason=reason.strip(),
        role=ROLES[grant.role].label,
        unit=grant.unit.name,
        user=grant.user.name,
        acting_for=grant.acting_for.name if grant.acting_for else "",
        **more,
    )
