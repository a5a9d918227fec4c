"""The province before 1/7/2025: merged departments, and districts with the communes that became larger ones.

Everything is recorded as it happened, at the time, so that nothing is restated.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from nep.org.models import Line, Person, Posting, Unit, UnitKind
from nep.org.services.changes import Decided, Handover, close_unit, move_unit
from nep.org.services.changes_merging import merge_units
from nep.org.services.people import post_person
from nep.org.services.units import NewUnit, open_unit

if TYPE_CHECKING:
    from nep.sample.organisation import Builder

HEAD, DEPUTY, MEMBER = "Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Chuyên viên"
AT_DISTRICT = 6  # every so many people of a commune came from the district's office


def begin(build: Builder, described: dict[str, Any]) -> None:
    """Open what stood on the first day that is told: departments, districts, their communes and schools."""
    past = described["past"]
    first, at = past["since"], _office_hours(past["since"])

    def opened(code: str, name: str, kind: UnitKind, parent: str, short: str = "") -> None:
        build.units[code] = open_unit(
            NewUnit(code, name, kind, Line.AUTHORITY, short),
            actor=None,
            on=first,
            at=at,
            parent=build.units[parent],
        )

    for entry in past["departments"]:
        opened(entry["code"], entry["name"], UnitKind.DEPARTMENT, "VL")
    schools = {entry["code"]: entry["schools"] for entry in described["communes"]}
    for district in past["districts"]:
        opened(district["code"], district["name"], UnitKind.DISTRICT, "VL", district["short"])
        for successor, names in district["communes"].items():
            for number, name in enumerate(names, start=1):
                code = f"{successor}-C{number}"
                opened(code, f"Ủy ban nhân dân {name}", UnitKind.COMMUNE, district["code"], name)
            for number, school in enumerate(schools[successor], start=1):
                opened(f"{successor}-T{number}", school, UnitKind.SCHOOL, district["code"])


def merge_departments(build: Builder, described: dict[str, Any]) -> None:
    """On one day some departments became part of others."""
    past = described["past"]
    day = past["departments_merged_on"]
    for entry in past["departments"]:
        merge_units(
            [build.units[entry["code"]]],
            build.units[entry["into"]],
            actor=None,
            on=day,
            at=_office_hours(day),
            decision=Decided(entry["decision"], day, "Sắp xếp cơ quan chuyên môn cấp tỉnh."),
        )


def abolish_districts(build: Builder, described: dict[str, Any]) -> None:
    """Districts end: their communes merge under the province and take the schools."""
    past = described["past"]
    day = past["districts_abolished_on"]
    at = _office_hours(day)
    decided = Decided(past["decision"], day, "Kết thúc cấp huyện; sắp xếp đơn vị hành chính cấp xã.")
    communes = {entry["code"]: entry for entry in described["communes"]}
    for district in past["districts"]:
        for successor, names in district["communes"].items():
            entry = communes[successor]
            build.units[successor], _ = merge_units(
                [build.units[f"{successor}-C{number}"] for number in range(1, len(names) + 1)],
                NewUnit(successor, entry["name"], UnitKind.COMMUNE, Line.AUTHORITY, entry["short"]),
                actor=None,
                on=day,
                at=at,
                parent=build.units["VL"],
                decision=decided,
            )
            for number in range(1, len(entry["schools"]) + 1):
                move_unit(
                    build.units[f"{successor}-T{number}"],
                    actor=None,
                    on=day,
                    at=at,
                    parent=build.units[successor],
                    decision=decided,
                )
        close_unit(
            Unit.objects.get(pk=build.units[district["code"]].pk),
            actor=None,
            on=day,
            at=at,
            handover=Handover(units_to=build.units[next(iter(district["communes"]))], postings_end=True),
            decision=decided,
        )


def earlier_posts(build: Builder, described: dict[str, Any]) -> None:
    """Where the people of the communes worked until the districts ended; recorded in the first days told."""
    past = described["past"]
    first, last = past["since"], past["districts_abolished_on"]
    for district in past["districts"]:
        head_of_district = True
        for successor, names in district["communes"].items():
            places = [f"{successor}-C{number}" for number in range(1, len(names) + 1)]
            for number, person in enumerate(_people_of(build.units[successor])):
                position = HEAD if number < len(places) else MEMBER
                place = places[number % len(places)]
                if number % AT_DISTRICT == AT_DISTRICT - 1:
                    place, position = district["code"], HEAD if head_of_district else MEMBER
                    head_of_district = False
                _posted(build, person, place, position, first, last)


def _people_of(unit: Unit) -> list[Person]:
    postings = Posting.objects.filter(unit=unit, kind=Posting.Kind.MAIN).select_related("person")
    return [posting.person for posting in postings.order_by("pk")]


def _posted(build: Builder, person: Person, place: str, position: str, first: date, last: date) -> None:
    post_person(
        person,
        actor=None,
        unit=build.units[place],
        position=build.positions[position],
        on=first,
        until=last,
        at=_office_hours(first),
    )


def _office_hours(day: date) -> datetime:
    return datetime.combine(day, time(2), UTC)
