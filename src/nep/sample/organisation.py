"""Builds the units and people of the sample province from `organisation.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from nep.accounts.models import User
from nep.accounts.roles import FOCAL, HEAD, ROLES, Role
from nep.org.models import Line, Person, Position, Posting, Unit, UnitKind
from nep.org.services.grants import grant_role
from nep.org.services.people import post_person, register_person
from nep.org.services.units import NewUnit, open_unit
from nep.sample import past, roster
from nep.sample.names import invented_names
from nep.sample.password import PASSWORD

HERE = Path(__file__).parent
POSITIONS = {
    "Chủ tịch Ủy ban nhân dân": (1, True),
    "Giám đốc": (1, True),
    "Chánh Văn phòng": (1, True),
    "Tổng Biên tập": (1, True),
    "Hiệu trưởng": (1, True),
    "Chủ tịch công đoàn": (1, True),
    "Bí thư": (1, True),
    "Phó Chủ tịch Ủy ban nhân dân": (5, False),
    "Phó Giám đốc": (5, False),
    "Phó Hiệu trưởng": (5, False),
    "Trưởng phòng": (10, False),  # of a division; whoever is entered in the office itself does not head it
    "Ủy viên Ban Thanh tra nhân dân": (20, False),
    "Chuyên viên": (50, False),
    "Chuyên viên công đoàn": (50, False),
    "Giáo viên": (50, False),
    "Phóng viên": (50, False),
    "Đoàn viên": (60, False),
    "Đảng viên": (60, False),
}


@cache
def plan() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load((HERE / "organisation.yml").read_text())
    return loaded


@dataclass
class Builder:
    """Opens units and posts people; `units` by code."""

    at: datetime
    opened: date
    since: date
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    password: str = field(default_factory=lambda: make_password(PASSWORD))

    def __post_init__(self) -> None:
        self.names = invented_names(seed=2026)
        self.counter = 0
        self.story: dict[str, list[dict[str, Any]]] = {person["unit"]: [] for person in plan()["people"]}
        for person in plan()["people"]:
            self.story[person["unit"]].append(person)
        for name, (rank, is_head) in POSITIONS.items():
            self.positions[name], _ = Position.objects.get_or_create(
                name=name, defaults={"rank": rank, "is_head": is_head}
            )

    def open(
        self,
        code: str,
        name: str,
        kind: UnitKind,
        line: Line = Line.AUTHORITY,
        *,
        short: str = "",
        parent: str = "",
        host: str = "",
        on: date | None = None,
    ) -> Unit:
        """One unit under its parent, there from the first day that is told unless another is named."""
        day = on or self.since
        self.units[code] = open_unit(
            NewUnit(code, name, kind, line, short),
            actor=None,
            on=day,
            at=datetime.combine(day, self.at.timetz()),
            parent=self.units.get(parent),
            host=self.units.get(host),
        )
        return self.units[code]

    def post(
        self,
        unit: str,
        position: str,
        *,
        name: str = "",
        login: str = "",
        address: str = "đồng chí",
        roles: tuple[Role, ...] = (),
    ) -> Person:
        """One person in a unit; with a login, an account that holds the roles there."""
        self.counter += 1
        name = name or next(self.names)
        email = f"{login}@vanlinh.example" if login else ""
        user = (
            User.objects.create(login=login, name=name, address=address, email=email, password=self.password)
            if login
            else None
        )
        person = register_person(
            f"VL{self.counter:05d}", name, actor=None, at=self.at, user=user, email=email
        )
        post_person(
            person,
            actor=None,
            unit=self.units[unit],
            position=self.positions[position],
            on=self.opened,
            at=self.at,
        )
        if user is not None:
            for role in roles:
                grant_role(user, role, actor=None, unit=self.units[unit], on=self.opened, at=self.at)
        return person

    def staff_of(self, unit: str, *, head: str, deputy: str, member: str, members: int) -> None:
        """Head and focal officer with accounts, a deputy, members; people of the story come first."""
        held = {self.place(person) for person in self.story.get(unit, ())}
        slug = unit.lower()
        if head not in held:
            self.post(unit, head, login=f"{slug}.thutruong", roles=(HEAD,))
        if not any(
            FOCAL.code in person["roles"] or "movement_officer" in person["roles"]
            for person in self.story.get(unit, ())
        ):
            self.post(unit, member, login=f"{slug}.daumoi", roles=(FOCAL,))
        self.post(unit, deputy)
        for _ in range(members):
            self.post(unit, member)

    def place(self, person: dict[str, Any]) -> str:
        """Somebody of the story, with roles over the unit or over another one, in one or more lines."""
        self.post(
            person["unit"],
            person["position"],
            name=person["name"],
            login=person["login"],
            address=person["address"],
        )
        user = User.objects.get(login=person["login"])
        over = self.units[person.get("roles_at", person["unit"])]
        for role in person["roles"]:
            for line in person.get("lines", [over.line]):
                grant_role(
                    user,
                    ROLES[role],
                    actor=None,
                    unit=over,
                    on=self.opened,
                    at=self.at,
                    line=Line(line),
                )
        return str(person["position"])


def build_organisation(at: datetime) -> Builder:
    """The whole province: units first, then people, then unions and party cells over the same people."""
    described = plan()
    build = Builder(at=at, opened=described["opened"], since=described["past"]["since"])
    top = described["province"]
    build.open(top["code"], top["name"], UnitKind.PROVINCE, short=top["short"])
    _unions_and_party_roots(build, described)
    for entry in described["departments"]:
        _open_department(build, entry)
    past.begin(build, described)
    past.merge_departments(build, described)
    past.abolish_districts(build, described)
    for entry in described["departments"]:
        _department(build, described, entry)
    for entry in described["communes"]:
        _commune(build, described, entry)
    build.staff_of(
        "VL",
        head="Chủ tịch Ủy ban nhân dân",
        deputy="Phó Chủ tịch Ủy ban nhân dân",
        member="Chuyên viên",
        members=2,
    )
    for root in ("CD", "DU"):
        for person in build.story.get(root, ()):
            build.place(person)
    past.earlier_posts(build, described)
    roster.bring_staff_in(build, described)
    roster.join_unions(build, described)
    return build


def _unions_and_party_roots(build: Builder, described: dict[str, Any]) -> None:
    for key, kind, line in (("union", UnitKind.UNION, Line.UNION), ("party", UnitKind.PARTY, Line.PARTY)):
        root = described[key]
        build.open(root["code"], root["name"], kind, line, short=root["short"], host="VL")


def _open_department(build: Builder, entry: dict[str, Any]) -> None:
    code, short = entry["code"], entry.get("short", entry["name"])
    kind = UnitKind(entry.get("kind", "department"))
    build.open(code, entry["name"], kind, short=short, parent="VL")
    for number, division in enumerate(entry["divisions"], start=1):
        build.open(f"{code}-P{number}", division, UnitKind.DIVISION, parent=code)


def _department(build: Builder, described: dict[str, Any], entry: dict[str, Any]) -> None:
    code, short = entry["code"], entry.get("short", entry["name"])
    head = {"VPUB": "Chánh Văn phòng", "BPT": "Tổng Biên tập"}.get(code, "Giám đốc")
    build.staff_of(code, head=head, deputy="Phó Giám đốc", member="Chuyên viên", members=entry["staff"])
    _attached(build, described, code, short, party=True)


def _commune(build: Builder, described: dict[str, Any], entry: dict[str, Any]) -> None:
    """A commune that stands since the districts ended: its divisions, its people, those of its schools."""
    code, short = entry["code"], entry["short"]
    for number, division in enumerate(described["commune_divisions"], start=1):
        name = f"{division} {short}"
        build.open(f"{code}-P{number}", name, UnitKind.DIVISION, short=division, parent=code, on=build.opened)
    build.staff_of(
        code,
        head="Chủ tịch Ủy ban nhân dân",
        deputy="Phó Chủ tịch Ủy ban nhân dân",
        member="Chuyên viên",
        members=entry["staff"],
    )
    for number in range(1, len(entry["schools"]) + 1):
        build.staff_of(
            f"{code}-T{number}",
            head="Hiệu trưởng",
            deputy="Phó Hiệu trưởng",
            member="Giáo viên",
            members=described["school_staff"],
        )
    _attached(build, described, code, short, party=False)


def _attached(build: Builder, described: dict[str, Any], code: str, short: str, *, party: bool) -> None:
    """The grassroots union of an agency and, in a department, its party cell: over the same people."""
    lines = [("union", UnitKind.UNION, Line.UNION, "Chủ tịch công đoàn", "Đoàn viên")]
    if party:
        lines.append(("party", UnitKind.PARTY, Line.PARTY, "Bí thư", "Đảng viên"))
    for key, kind, line, lead, member in lines:
        root = described[key]
        attached = f"{root['code']}-{code}"
        name, on = f"{root['prefix']} {short}", build.opened
        build.open(attached, name, kind, line, parent=root["code"], host=code, on=on)
        chair = [build.place(person) for person in build.story.get(attached, ())]
        staff = Person.objects.filter(postings__unit=build.units[code], postings__kind=Posting.Kind.MAIN)
        for number, person in enumerate(staff.order_by("pk")):
            is_chair = not chair and number == 1
            post_person(
                person,
                actor=None,
                unit=build.units[attached],
                at=build.at,
                on=build.opened,
                position=build.positions[lead if is_chair else member],
                kind=Posting.Kind.MEMBER,
            )
            if is_chair and person.user:
                grant_role(
                    person.user, HEAD, actor=None, unit=build.units[attached], on=build.opened, at=build.at
                )
