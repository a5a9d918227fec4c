"""A new installation: the first unit, its head and its administrator, made before anybody can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.accounts.roles import ADMINISTRATOR, HEAD, Role
from nep.accounts.services import accounts, links
from nep.kernel.errors import RuleError
from nep.org.models import Line, Position, Unit
from nep.org.services.grants import grant_role
from nep.org.services.people import post_person, register_person
from nep.org.services.units import NewUnit, open_unit


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the first two people; an empty login is made from the name."""

    staff_code: str
    name: str
    position: str
    login: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """What one of them needs to set a password, shown once."""

    name: str
    login: str
    role: str
    code: str


@transaction.atomic
def start_organisation(
    new: NewUnit, *, head: Founder, administrator: Founder, on: date, at: datetime
) -> list[FirstSignIn]:
    """Open the topmost unit and give its two founders their roles in all three lines.

    There are two, because a weighty role given later needs a second person: one proposes, the other confirms.
    Raises: RuleError when there is a unit already, or both founders are the same person.
    """
    if Unit.objects.exists():
        raise RuleError("Tổ chức đã được lập; thêm đơn vị và con người trong trang Tổ chức.")
    if head.staff_code == administrator.staff_code:
        raise RuleError("Thủ trưởng và người quản trị phải là hai người khác nhau.")
    unit = open_unit(new, actor=None, on=on, at=at)
    return [
        _founder(unit, founder, role, on=on, at=at)
        for founder, role in ((head, HEAD), (administrator, ADMINISTRATOR))
    ]


def _founder(unit: Unit, founder: Founder, role: Role, *, on: date, at: datetime) -> FirstSignIn:
    user = accounts.open_account(founder.name, email=founder.email, actor=None, at=at, login=founder.login)
    person = register_person(
        founder.staff_code, founder.name, actor=None, at=at, user=user, email=founder.email
    )
    is_head = role is HEAD
    position, _ = Position.objects.get_or_create(
        name=founder.position, defaults={"is_head": is_head, "rank": 1 if is_head else 50}
    )
    post_person(person, actor=None, unit=unit, position=position, on=on, at=at)
    for line in Line:
        grant_role(user, role, actor=None, unit=unit, on=on, at=at, line=line)
    _, code = links.make_link(user, actor=None, at=at, way=links.ON_PAPER)
    return FirstSignIn(founder.name, user.login, role.label, code)
