"""Rows of people: who has worked where as what, with which account and which roles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from nep.accounts.models import User
from nep.accounts.roles import FOCAL, HEAD, MOVEMENT_OFFICER, ROLES
from nep.kernel.vietnamese import fold, name_sort_key
from nep.org import events
from nep.org.models import Grant, Line, Person, Position, Posting, StaffKind, UnitKind
from nep.sample.names import FAMILIES, GIVEN, MIDDLES
from nep.sample.organisation import POSITIONS
from nep.sample.password import PASSWORD
from nep.sample.scale.copying import Rows, bare, span
from nep.sample.scale.trail import Trail
from nep.sample.scale.tree import FOUNDED, MERGED, Place
from nep.sample.scale.units import instant

TABLES = (User, Person, Posting, Grant)
LATEST = date(2026, 11, 1)  # nobody began or left after it
STAFF = {  # head, deputy, member
    UnitKind.PROVINCE: ("Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Chuyên viên"),
    UnitKind.DEPARTMENT: ("Giám đốc", "Phó Giám đốc", "Chuyên viên"),
    UnitKind.SERVICE: ("Giám đốc", "Phó Giám đốc", "Viên chức"),
    UnitKind.COMMUNE: ("Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Chuyên viên"),
    UnitKind.DIVISION: ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên"),
    UnitKind.SCHOOL: ("Hiệu trưởng", "Phó Hiệu trưởng", "Giáo viên"),
}
HEADS = {"VPUB": "Chánh Văn phòng", "BPT": "Tổng Biên tập"}
MORE_POSITIONS = {"Phó Trưởng phòng": 15, "Kế toán": 40, "Viên chức": 50}
ROTATION = {"Kế toán": 36}
MOVED, SECONDED, RETIRED = 0.08, 0.01, 0.015


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, with an account or without."""

    person_id: int
    name: str
    user_id: int | None

    @property
    def named(self) -> tuple[int | None, str]:
        """As the trail names who acts."""
        return (self.user_id, self.name)


@dataclass(frozen=True, slots=True)
class Employed:
    """Somebody's main posting today."""

    holder: Holder
    since: date


@dataclass(slots=True)
class Seats:
    """Who acts for a unit, and everybody who works in it today."""

    head: Holder | None = None
    deputy: Holder | None = None
    sender: Holder | None = None
    people: list[Employed] = field(default_factory=list)


@cache
def _keys(name: str) -> tuple[str, str]:
    return name_sort_key(name)[:800], fold(name)


class Staffing:
    """Posts people unit by unit; `seats` tells who may act for which unit."""

    def __init__(self, places: Sequence[Place], described: dict[str, Any], trail: Trail) -> None:
        """Nobody is posted yet."""
        self.trail, self.draw = trail, random.Random(2026)
        self.by_code = {place.code: place for place in places}
        self.seats = {place.id: Seats() for place in places}
        self.old = [place for place in places if place.opened == FOUNDED and place.line == Line.AUTHORITY]
        self.predecessors: dict[int, list[Place]] = {}
        for place in places:
            if place.into is not None:
                self.predecessors.setdefault(place.into.id, []).append(place)
        self.story: dict[str, list[dict[str, Any]]] = {}
        for told in described["people"]:
            self.story.setdefault(told["unit"], []).append(told)
        self.positions = _positions()
        self.password = make_password(PASSWORD)
        self.users = Rows(User, "login", "name", "address", "password")
        self.persons = Rows(
            Person, *("staff_code", "name", "kind", "born_on", "email", "user_id", "sort_key", "search")
        )
        self.postings = Rows(
            Posting, *("person_id", "unit_id", "position_id", "kind", "during", "decision", "ended_because")
        )
        self.grants = Rows(Grant, "user_id", "role", "unit_id", "line", "during", "confirmed_at")

    def staff(self, people: int) -> None:
        """As many people as asked: those who lead and those of the story first, then members at random."""
        today = [place for place in self.by_code.values() if place.closed is None]
        working = [place for place in today if place.line == Line.AUTHORITY]
        for place in working:
            self._leaders(place)
        for place in today:
            if place.line != Line.AUTHORITY:
                for told in self.story.get(place.code, ()):
                    self._of_story(place, told)
        while self.persons.last_id < people:
            place = self.draw.choice(working)
            member = STAFF[place.kind][2]
            if self.draw.random() < RETIRED:
                self._retired(place, member)
            else:
                self.person(place, member)

    def copy(self) -> None:
        """Send all rows."""
        with bare(*TABLES):
            for rows in (self.users, self.persons, self.postings, self.grants):
                rows.copy()

    def _leaders(self, place: Place) -> None:
        head, deputy, member = STAFF[place.kind]
        head = HEADS.get(place.code, head)
        story = self.story.get(place.code, ())
        slug, seats = place.code.lower(), self.seats[place.id]
        if all(told["position"] != head for told in story):
            self.grant(self.person(place, head, login=f"{slug}.thutruong"), HEAD.code, place)
        for told in story:
            self._of_story(place, told)
        seats.deputy = self.person(place, deputy, login=f"{slug}.capho" if place.is_agency else "")
        if place.is_agency:
            if seats.sender is None:
                self.grant(self.person(place, member, login=f"{slug}.daumoi"), FOCAL.code, place)
            self.person(place, "Kế toán")

    def _of_story(self, place: Place, told: dict[str, Any]) -> None:
        """Somebody of the sample's story, with the roles told."""
        holder = self.person(
            place, told["position"], name=told["name"], login=told["login"], address=told["address"]
        )
        over = self.by_code[told.get("roles_at", told["unit"])]
        for role in told["roles"]:
            for line in told.get("lines", [over.line.value]):
                self.grant(holder, role, over, line=line)

    def person(
        self, place: Place, position: str, *, name: str = "", login: str = "", address: str = "đồng chí"
    ) -> Holder:
        """One person in a unit, since it opened or since they were moved there; with a login, an account."""
        name = name or self._name()
        user = self.users.add(login, name, address, self.password) if login else None
        holder = self._registered(place, position, name, login, user)
        since = self._came_to(place, holder, position)
        self.post(place, holder, position, since)
        self.seats[place.id].people.append(Employed(holder, since))
        return holder

    def _registered(self, place: Place, position: str, name: str, login: str, user: int | None) -> Holder:
        key, folded = _keys(name)
        code = f"VL{self.persons.last_id + 1:06d}"
        born = date(1965, 1, 1) + timedelta(days=self.draw.randrange(13_500))
        person = self.persons.add(
            *(code, name, self._standing(place, position), born),
            *(f"{login}@vanlinh.example" if login else "", user, key, f"{folded} {code.lower()}"),
        )
        began = instant(FOUNDED)
        self.trail.tell(events.PERSON_REGISTERED, f"org.person:{person}", at=began, person=name)
        return Holder(person, name, user)

    def _standing(self, place: Place, position: str) -> str:
        if place.kind in {UnitKind.SCHOOL, UnitKind.SERVICE}:
            on_contract = position in {"Giáo viên", "Viên chức"} and self.draw.random() < 0.06
            return (StaffKind.CONTRACT if on_contract else StaffKind.PUBLIC_EMPLOYEE).value
        elected = position.endswith("Ủy ban nhân dân")
        return (StaffKind.OFFICER if elected else StaffKind.CIVIL_SERVANT).value

    def _came_to(self, place: Place, holder: Holder, position: str) -> date:
        """The first day in a unit, after the places where somebody worked before."""
        if before := self.predecessors.get(place.id):
            earlier = self.draw.choice(before)
            self.post(earlier, holder, position, FOUNDED, until=MERGED, because="Sáp nhập đơn vị")
            return place.opened
        if self.draw.random() < MOVED:
            earlier = self.draw.choice(self.old)
            since = MERGED + timedelta(days=self.draw.randrange(30, 420))
            if earlier is not place:
                until = min(since, earlier.closed or since)
                self.post(earlier, holder, position, FOUNDED, until=until, because="Điều động")
            return since
        if self.draw.random() < SECONDED:
            self._second(place, holder, position)
        return place.opened

    def _second(self, place: Place, holder: Holder, position: str) -> None:
        other = self.draw.choice(self.old)
        if other is not place and other.closed is None:
            first = LATEST - timedelta(days=self.draw.randrange(10, 90))
            until = first + timedelta(days=180)
            self.post(other, holder, position, first, until=until, kind=Posting.Kind.SECONDMENT)

    def _retired(self, place: Place, position: str) -> None:
        holder = self._registered(place, position, self._name(), "", None)
        until = LATEST - timedelta(days=self.draw.randrange(30, 240))
        self.post(place, holder, position, place.opened, until=until, because="Nghỉ hưu theo chế độ")

    def post(
        self,
        place: Place,
        holder: Holder,
        position: str,
        since: date,
        *,
        until: date | None = None,
        kind: Posting.Kind = Posting.Kind.MAIN,
        because: str = "",
    ) -> None:
        """One posting with its event."""
        decision = "" if kind == Posting.Kind.MEMBER else f"Quyết định số {holder.person_id}/QĐ-SNV"
        self.postings.add(
            *(holder.person_id, place.id, self.positions[position], kind.value),
            *(span(since, until), decision, because),
        )
        self.trail.tell(
            events.PERSON_POSTED,
            f"org.person:{holder.person_id}",
            f"org.unit:{place.id}",
            at=instant(since),
            unit_id=place.id,
            person=holder.name,
            position=position,
            unit=place.name,
            day=f"{since:%d/%m/%Y}",
        )

    def grant(self, holder: Holder, role: str, place: Place, *, line: str = "") -> None:
        """One role with its event; who acts for the unit in its own line takes the seat."""
        began = instant(place.opened)
        self.grants.add(
            *(holder.user_id, role, place.id, line or place.line.value),
            *(span(place.opened), began.isoformat()),
        )
        self.trail.tell(
            events.ROLE_GRANTED,
            f"accounts.user:{holder.user_id}",
            f"org.unit:{place.id}",
            at=began,
            unit_id=place.id,
            role=ROLES[role].label,
            unit=place.name,
            user=holder.name,
        )
        if line in {"", place.line.value}:
            self._seat(self.seats[place.id], holder, role)

    def _seat(self, seats: Seats, holder: Holder, role: str) -> None:
        if role == HEAD.code:
            seats.head = holder
        elif role in {FOCAL.code, MOVEMENT_OFFICER.code}:
            seats.sender = holder

    def _name(self) -> str:
        gender = self.draw.choice(("female", "male"))
        return " ".join(self.draw.choice(part) for part in (FAMILIES, MIDDLES[gender], GIVEN[gender]))


def _positions() -> dict[str, int]:
    """The positions of the sample and a few more, by name."""
    ranked = POSITIONS | {name: (rank, False) for name, rank in MORE_POSITIONS.items()}
    for name, (rank, is_head) in ranked.items():
        known = {"rank": rank, "is_head": is_head, "rotation_months": ROTATION.get(name)}
        Position.objects.get_or_create(name=name, defaults=known)
    return dict(Position.objects.values_list("name", "pk"))
