"""People get accounts: an administrator invites them by mail, or hands them a slip of paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.accounts.services import accounts, factors, links, lockout, sessions
from nep.kernel.decisions import Decision, refuse
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Person, Unit
from nep.org.models.people import PersonQuerySet
from nep.platform.notify import outbox

MOST_AT_ONCE = 200
MAIL, PAPER = "mail", "paper"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person and cannot be shown again; `address` is the link itself."""

    name: str
    login: str
    code: str
    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody is invited: by mail or on paper, under which login, to which address, and why."""

    way: str
    login: str = ""
    email: str = ""
    reason: str = ""


def may_administer_account(actor: Actor, person: Person) -> Decision:
    """Whether one may invite somebody, or help them back in: who administers a unit in which they work."""
    units = Unit.objects.filter(postings__person=person, postings__during__contains=actor.on).distinct()
    decisions = [actor.may_within(Permission.MANAGE_PEOPLE, unit) for unit in units]
    refused = refuse(f"{person.name} không có vị trí công tác nào để lập tài khoản.")
    return next((decision for decision in decisions if decision), decisions[0] if decisions else refused)


@transaction.atomic
def invite_person(person: Person, wishes: Wishes, *, actor: Actor, at: datetime, address: str) -> Slip | None:
    """Open the account if there is none, and send a link; on paper, the slip to print.

    Raises: AccessDenied; RuleError without a reason for who has a password, or without an e-mail address.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    may_administer_account(actor, person).require()
    user = person.user
    if user is not None and user.has_usable_password() and not wishes.reason.strip():
        raise RuleError("Người này đã có mật khẩu. Ghi lý do cấp liên kết đặt lại.")
    user = user or _opened(person, wishes, actor=actor, at=at)
    if wishes.email:
        accounts.change_email(user, wishes.email, actor=actor, at=at)
    if wishes.way == MAIL:
        if not outbox.is_set_up():
            raise RuleError("Máy chủ này chưa gửi được thư. In phiếu giấy thay cho thư.")
        links.send_link(user, actor=actor, at=at, address=address, reason=wishes.reason)
        return None
    return _slip(user, wishes.reason, actor=actor, at=at, address=address)


def without_account(unit: Unit, actor: Actor) -> PersonQuerySet:
    """Who works in a unit or below it and has no account yet."""
    units = Unit.objects.below([unit.pk], actor.on)
    return Person.objects.posted_in(units, actor.on).filter(user__isnull=True)


@transaction.atomic
def invite_unit(unit: Unit, *, actor: Actor, at: datetime, address: str) -> tuple[int, list[Slip]]:
    """Invite who has no account yet, some hundred at once: how many letters left, and the slips to print.

    Raises: AccessDenied.
    """
    actor.may_within(Permission.MANAGE_PEOPLE, unit).require()
    people = without_account(unit, actor).select_for_update(of=("self",)).order_by("sort_key", "pk")
    mailed, slips = 0, []
    for person in people[:MOST_AT_ONCE]:
        user = _opened(person, Wishes(MAIL), actor=actor, at=at)
        if user.email and outbox.is_set_up():
            links.send_link(user, actor=actor, at=at, address=address)
            mailed += 1
        else:
            slips.append(_slip(user, "", actor=actor, at=at, address=address))
    return mailed, slips


@transaction.atomic
def end_all_sessions(person: Person, *, actor: Actor, at: datetime) -> int:
    """Sign somebody out everywhere; from how many browsers."""
    may_administer_account(actor, person).require()
    user = _user(person)
    return sessions.end_sessions(user, list(user.sessions.all()), actor=actor, at=at)


@transaction.atomic
def unlock(person: Person, *, actor: Actor, at: datetime) -> None:
    """Let somebody who was locked out try again."""
    may_administer_account(actor, person).require()
    lockout.lift_lock(_user(person), actor=actor, at=at)


@transaction.atomic
def remove_factors(person: Person, *, actor: Actor, at: datetime, reason: str) -> None:
    """Let somebody who lost phone and paper start again; nobody does this for themselves."""
    may_administer_account(actor, person).require()
    if person.user_id == actor.id:
        raise RuleError("Không tự gỡ cho mình ở đây; gỡ trong trang Tài khoản, hoặc nhờ người quản trị khác.")
    factors.remove_all_factors(_user(person), actor=actor, at=at, reason=reason)


def _user(person: Person) -> User:
    if person.user is None:
        raise RuleError(f"{person.name} chưa có tài khoản.")
    return person.user


def _opened(person: Person, wishes: Wishes, *, actor: Actor, at: datetime) -> User:
    email = wishes.email or person.email
    user = accounts.open_account(person.name, email=email, actor=actor, at=at, login=wishes.login)
    person.user = user
    person.save(update_fields=["user"])
    return user


def _slip(user: User, reason: str, *, actor: Actor, at: datetime, address: str) -> Slip:
    link, code = links.make_link(user, actor=actor, at=at, way=links.ON_PAPER, reason=reason)
    return Slip(user.name, user.login, code, address.replace("CODE", code), link.expires_at)
