"""Who walks: every role in the commune, above it and in another line, and who stands at an edge of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from nep.accounts.elevation import KEY
from nep.accounts.roles import (
    ADMINISTRATOR,
    AUDITOR,
    FOCAL,
    HEAD,
    MOVEMENT_OFFICER,
    SUPERVISOR,
    Role,
)
from nep.org.models import Grant, Posting
from nep.org.services.grants import grant_role
from nep.platform.clock import now
from tests.factories.province import AT, OPENED, TODAY, Province

ENDED, BEGINS = date(2026, 2, 1), date(2026, 6, 1)
LETTERS: dict[str, tuple[Role, ...]] = {
    "o": (),
    "f": (FOCAL,),
    "m": (MOVEMENT_OFFICER,),
    "h": (HEAD,),
    "s": (SUPERVISOR,),
    "a": (ADMINISTRATOR,),
    "u": (AUDITOR,),
}


@dataclass(frozen=True)
class Walker:
    """Somebody who tries every door: `inside` are the places where things may be theirs to see.

    `to` are the places they walk to. `like` names another walker who is allowed exactly the same.
    """

    code: str
    says: str
    login: str = ""
    elevated: bool = False
    inside: frozenset[str] = frozenset()
    to: tuple[str, ...] = ("own",)
    like: str = ""


EVERYWHERE = ("own", "sibling", "closed", "union")
OWN, ABOVE_ALL = frozenset({"own"}), frozenset({"own", "sibling", "closed"})
SUCCESSORS, UNION = frozenset({"sibling", "closed"}), frozenset({"union"})
NAMES = {
    "o": "công chức",
    "f": "đầu mối",
    "m": "chuyên viên phong trào",
    "h": "thủ trưởng",
    "s": "giám sát",
    "a": "quản trị",
    "A": "quản trị, bật chế độ",
    "u": "kiểm soát nhật ký",
}
PLACES_OF = {
    "1": ("XA1", "của xã", OWN),
    "0": ("UBND", "của tỉnh", ABOVE_ALL),
    "u": ("CD", "của công đoàn tỉnh", UNION),
}
# Who walks further than to the commune, where most roles meet the same refusal.
FAR = {"1": {"h": EVERYWHERE, "A": EVERYWHERE}, "0": {"h": EVERYWHERE, "A": EVERYWHERE, "u": EVERYWHERE}}
NEAR = {"1": ("own", "sibling"), "0": ("own",), "u": ("own", "union")}


def _by_role() -> list[Walker]:
    """One walker for each role in the commune, above it and in the line of the union."""
    return [
        Walker(
            f"{letter}{digit}",
            f"{NAMES[letter]} {where}",
            f"w-{letter.lower()}{digit}",
            letter == "A",
            inside,
            FAR.get(digit, {}).get(letter, NEAR[digit]),
        )
        for digit, (_, where, inside) in PLACES_OF.items()
        for letter in NAMES
        if digit != "u" or letter in "ohmA"
    ]


WALKERS = (
    Walker("V", "khách"),
    Walker("S", "tài khoản không vị trí, không vai trò", "stranger"),
    *_by_role(),
    Walker("ob", "công chức của trường thuộc xã", "th1-staff", inside=OWN),
    Walker("hb", "thủ trưởng của trường thuộc xã", "th1-head", inside=OWN),
    Walker("o2", "công chức của xã bên, nay gồm cả xã đã giải thể", "w-o2", inside=SUCCESSORS, to=EVERYWHERE),
    Walker(
        "h2", "thủ trưởng của xã bên, nay gồm cả xã đã giải thể", "XA3-head", inside=SUCCESSORS, to=EVERYWHERE
    ),
    Walker("ep", "đã thôi vị trí ở xã", "w-ep", like="S"),
    Walker("eg", "vai trò thủ trưởng đã hết hạn", "w-eg", inside=OWN, like="o1"),
    Walker("ng", "vai trò thủ trưởng chưa bắt đầu", "w-ng", inside=OWN, like="o1"),
    Walker("wg", "vai trò thủ trưởng chưa được xác nhận", "w-wg", inside=OWN, like="o1"),
    Walker("da", "thay thủ trưởng, đang trong hạn", "w-da", inside=OWN),
    Walker("dx", "thay thủ trưởng, đã hết hạn", "w-dx", inside=OWN, like="o1"),
    Walker(
        "ch", "nguyên thủ trưởng của xã đã giải thể", "HY-head", inside=SUCCESSORS, to=EVERYWHERE, like="o2"
    ),
)
BY_CODE = {walker.code: walker for walker in WALKERS}


def walkers(province: Province) -> None:
    """Give everybody who walks their account, posting and roles; before a place is closed."""
    for digit, (unit, _, _) in PLACES_OF.items():
        for letter, roles in LETTERS.items():
            province.staff(f"w-{letter}{digit}", f"Người {letter}{digit}", unit, *roles)
    province.staff("w-o2", "Người o2", "XA3")
    for login in ("w-ep", "w-eg", "w-ng", "w-wg", "w-da", "w-dx"):
        province.staff(login, f"Người {login[2:]}", "XA1")
    user, commune = province.users, province.units["XA1"]
    Posting.objects.filter(person__user=user["w-ep"]).update(during=DateRange(OPENED, ENDED))
    given = {"actor": None, "unit": commune, "at": AT}
    grant_role(user["w-eg"], HEAD, on=OPENED, until=ENDED, **given)
    grant_role(user["w-ng"], HEAD, on=BEGINS, **given)
    waits = grant_role(user["w-wg"], HEAD, on=OPENED, **given)
    Grant.objects.filter(pk=waits.pk).update(confirmed_at=None)
    _lend(province, "w-da", TODAY, TODAY + timedelta(days=7))
    _lend(province, "w-dx", TODAY - timedelta(days=7), TODAY)


def _lend(province: Province, login: str, since: date, until: date) -> None:
    """The head lets somebody act in their place, also in days that are over."""
    commune = province.units["XA1"]
    Grant.objects.create(
        user=province.users[login],
        role=HEAD.code,
        unit=commune,
        line=commune.line,
        during=DateRange(since, until),
        acting_for=province.person("xa1-head"),
        granted_by_id=province.users["xa1-head"].pk,
        confirmed_at=AT,
    )


def browser(province: Province, walker: Walker) -> Client:
    """The browser in which somebody walks."""
    client = Client(raise_request_exception=False)
    if walker.login:
        client.force_login(province.users[walker.login])
    if walker.elevated:
        session = client.session
        session[KEY] = (now() + timedelta(hours=1)).isoformat()
        session.save()
    return client
