"""Which units a province of a given size has had: three lines, mergers of 2025, schools below communes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nep.org.models import Line, UnitKind
from nep.sample.scale.places import DEPARTMENTS, DIVISIONS, invented_places, school_name

FOUNDED = date(2020, 1, 1)
MERGED = date(2025, 7, 1)
CLOSED = date(2026, 3, 1)
FEWEST_UNITS = 170
UNITS_PER_COMMUNE, MOST_COMMUNES = 45, 250
AGENCIES = frozenset({UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.SCHOOL, UnitKind.SERVICE})


@dataclass(slots=True)
class Place:
    """A unit with its whole life; `earlier` was its parent until the mergers, `into` took it over."""

    id: int
    code: str
    name: str
    short: str
    kind: UnitKind
    line: Line
    opened: date
    parent: Place | None = None
    host: Place | None = None
    closed: date | None = None
    earlier: Place | None = None
    into: Place | None = None
    former_name: str = ""
    attached: dict[Line, Place] = field(default_factory=dict)
    below: list[Place] = field(default_factory=list)

    @property
    def is_agency(self) -> bool:
        """Whether it has a union and a party unit of its own."""
        return self.kind in AGENCIES


@dataclass
class Province:
    """Grows a province from what the sample describes until it has as many open units as asked."""

    described: dict[str, Any]
    units: int
    places: list[Place] = field(default_factory=list)
    by_code: dict[str, Place] = field(default_factory=dict)
    communes: list[Place] = field(default_factory=list)

    def grow(self) -> None:
        """All units, upper ones before lower ones."""
        top = self.described["province"]
        root = self.open(top["code"], top["name"], UnitKind.PROVINCE, short=top["short"])
        for key, kind, line in (
            ("union", UnitKind.UNION, Line.UNION),
            ("party", UnitKind.PARTY, Line.PARTY),
        ):
            entry = self.described[key]
            attached = self.open(entry["code"], entry["name"], kind, line, short=entry["short"], host=root)
            root.attached[line] = attached
        for entry in self._departments():
            self._department(root, entry)
        for number, entry in enumerate(self._communes()):
            self._commune(root, number, entry)
        self._schools()

    @property
    def open_units(self) -> int:
        return sum(place.closed is None for place in self.places)

    def open(self, code: str, name: str, kind: UnitKind, line: Line = Line.AUTHORITY, **more: Any) -> Place:
        """One more unit."""
        short = more.pop("short", "") or name
        opened = more.pop("opened", FOUNDED)
        place = Place(len(self.places) + 1, code, name, short, kind, line, opened, **more)
        self.places.append(place)
        self.by_code[code] = place
        if place.parent is not None and place.closed is None:
            place.parent.below.append(place)
        return place

    def _departments(self) -> Iterator[dict[str, Any]]:
        yield from self.described["departments"]
        for code, name in DEPARTMENTS[: max(0, self.units // 150)]:
            yield {"code": code, "name": name, "divisions": list(DIVISIONS)}

    def _department(self, root: Place, entry: dict[str, Any]) -> None:
        kind = UnitKind(entry.get("kind", "department"))
        short = entry.get("short", entry["name"])
        place = self.open(entry["code"], entry["name"], kind, short=short, parent=root)
        self._attach(place)
        for number, name in enumerate(entry["divisions"], start=1):
            self.open(f"{place.code}-P{number}", name, UnitKind.DIVISION, parent=place)

    def _communes(self) -> Iterable[dict[str, Any]]:
        known = self.described["communes"]
        wanted = min(max(len(known), self.units // UNITS_PER_COMMUNE), MOST_COMMUNES)
        taken = {entry["short"].split(" ", 1)[1].casefold() for entry in known}
        yield from known
        for number, name in zip(range(len(known), wanted), invented_places(taken), strict=False):
            kind = "phường" if number % 5 == 0 else "xã"
            yield {
                "code": f"X{number + 1:03d}",
                "name": f"Ủy ban nhân dân {kind} {name}",
                "short": f"{kind} {name}",
                "schools": [],
            }

    def _commune(self, root: Place, number: int, entry: dict[str, Any]) -> None:
        merged = number % 2 == 1
        opened = MERGED if merged else FOUNDED
        code, short = entry["code"], entry["short"]
        place = self.open(code, entry["name"], UnitKind.COMMUNE, short=short, parent=root, opened=opened)
        self.communes.append(place)
        if merged:
            self._predecessors(root, place)
        elif number % 8 == 6:
            place.former_name = entry["name"].replace("nhân dân xã", "nhân dân thị trấn")
        self._attach(place)
        for position, division in enumerate(self.described["commune_divisions"], start=1):
            self.open(
                f"{code}-P{position}",
                f"{division} {short}",
                UnitKind.DIVISION,
                short=division,
                parent=place,
                opened=opened,
            )
        if number % 8 == 4:
            name = f"Phòng Tư pháp {short}"
            self.open(
                f"{code}-P9", name, UnitKind.DIVISION, short="Phòng Tư pháp", parent=place, closed=CLOSED
            )
        for position, name in enumerate(entry["schools"]):
            self._school(place, name, position)

    def _predecessors(self, root: Place, commune: Place) -> None:
        """The two communes that were merged into this one."""
        for which, word in enumerate(("Thượng", "Hạ"), start=1):
            name, short = f"{commune.name} {word}", f"{commune.short} {word}"
            self.open(
                f"{commune.code}-C{which}",
                name,
                UnitKind.COMMUNE,
                short=short,
                parent=root,
                closed=MERGED,
                into=commune,
            )

    def _attach(self, place: Place) -> None:
        """The union and the party unit of an agency, below those of the agency above it."""
        for key, kind, line in (
            ("union", UnitKind.UNION, Line.UNION),
            ("party", UnitKind.PARTY, Line.PARTY),
        ):
            entry = self.described[key]
            above = place.parent.attached[line] if place.parent else None
            place.attached[line] = self.open(
                f"{entry['code']}-{place.code}",
                f"{entry['prefix']} {place.short}",
                kind,
                line,
                parent=above,
                host=place,
                opened=place.opened,
            )

    def _school(self, commune: Place, name: str, number: int) -> None:
        earlier = self.by_code.get(f"{commune.code}-C{number % 2 + 1}")
        opened = FOUNDED if earlier else commune.opened
        code = f"{commune.code}-T{number + 1}"
        school = self.open(code, name, UnitKind.SCHOOL, parent=commune, earlier=earlier, opened=opened)
        self._attach(school)
        if earlier:  # the unions came with the new commune
            for unit in school.attached.values():
                unit.opened = MERGED

    def _schools(self) -> None:
        """Schools in turn for every commune until there are as many units as asked for."""
        count = dict.fromkeys(range(len(self.communes)), 0)
        for number, commune in enumerate(self.communes):
            count[number] = sum(place.kind == UnitKind.SCHOOL for place in commune.below)
        turn = 0
        open_units = self.open_units
        while open_units + 3 <= self.units:
            number = turn % len(self.communes)
            commune = self.communes[number]
            name = school_name(count[number], commune.short.split(" ", 1)[1])
            if name not in {place.name for place in commune.below}:
                self._school(commune, name, count[number])
                open_units += 3
            count[number] += 1
            turn += 1
        for extra in range(self.units - open_units):
            commune = self.communes[extra]
            name = f"Ban Chỉ huy Quân sự {commune.short}"
            self.open(
                f"{commune.code}-P8",
                name,
                UnitKind.DIVISION,
                short=name,
                parent=commune,
                opened=commune.opened,
            )
