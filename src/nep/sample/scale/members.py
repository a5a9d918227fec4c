"""The unions and party units of agencies: the same people, as members, with a chair and a secretary."""

from __future__ import annotations

from collections.abc import Iterable

from nep.accounts.roles import HEAD
from nep.org.models import Line, Posting, UnitKind
from nep.sample.scale.people import Employed, Staffing
from nep.sample.scale.tree import Place

LEADS = {Line.UNION: ("Chủ tịch công đoàn", "Đoàn viên"), Line.PARTY: ("Bí thư", "Đảng viên")}
IN_PARTY = 0.35


def join_unions_and_party(places: Iterable[Place], staffing: Staffing) -> None:
    """Post members: everybody in the union, about a third in the party."""
    for place in places:
        if place.is_agency and place.closed is None:
            for line, unit in place.attached.items():
                _join(place, line, unit, staffing)


def _join(agency: Place, line: Line, unit: Place, staffing: Staffing) -> None:
    lead, member = LEADS[line]
    seats, own = staffing.seats[agency.id], staffing.seats[unit.id]
    leader = seats.sender if line == Line.UNION else seats.deputy
    led = own.head is not None  # somebody of the story is posted there
    for employed in _working_in(agency, staffing):
        holder, leads = employed.holder, employed.holder is leader and not led
        if line == Line.PARTY and not leads and staffing.draw.random() > IN_PARTY:
            continue
        since = max(employed.since, unit.opened)
        staffing.post(unit, holder, lead if leads else member, since, kind=Posting.Kind.MEMBER)
        own.people.append(employed)
    if leader is not None and not led:
        staffing.grant(leader, HEAD.code, unit)


def _working_in(agency: Place, staffing: Staffing) -> list[Employed]:
    """Who works in an agency or one of its divisions."""
    units = [agency, *(place for place in agency.below if place.kind == UnitKind.DIVISION)]
    return [employed for unit in units for employed in staffing.seats[unit.id].people]
