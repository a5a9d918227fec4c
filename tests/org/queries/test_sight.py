"""What is asked from units upwards is the same as what is read from roles downwards."""

from __future__ import annotations

from datetime import date

import pytest

from nep.accounts.roles import Permission
from nep.org import access, sight
from nep.org.models import Unit
from nep.org.services.changes_merging import merge_units
from tests.factories.province import AT, TODAY, Province

pytestmark = pytest.mark.django_db

LOGINS = (
    "ubnd-officer",
    "snv-head",
    "xa1-head",
    "xa1-staff",
    "th1-head",
    "cd1-head",
    "stranger",
    "cd-officer",
)
DAYS = (TODAY, date(2025, 6, 1), date(2026, 2, 1), date(2027, 1, 1))


@pytest.fixture
def changed(province: Province) -> Province:
    """The second commune has become part of the first."""
    merge_units([province.units["XA2"]], province.units["XA1"], actor=None, on=date(2026, 3, 1), at=AT)
    return province


def ids(rows: object) -> set[int]:
    return set(rows.values_list("pk", flat=True))  # type: ignore[attr-defined]  # a queryset


@pytest.mark.parametrize("login", LOGINS)
def test_both_ways_see_the_same_units_on_any_day(changed: Province, login: str) -> None:
    for day in DAYS:
        actor = changed.actor(login)
        units = Unit.objects.all()
        assert ids(units.filter(sight.knows(actor))) == ids(access.known_units(actor))
        assert ids(units.filter(sight.sees_on(actor, day))) == ids(access.visible_units_on(actor, day))
        people = access.units_whose_people_are_seen_on(actor, day)
        assert ids(units.filter(sight.sees_people_on(actor, day))) == ids(people)
        for permission in (Permission.VIEW_PROGRAMMES, Permission.VIEW_PEOPLE):
            reached = ids(units.filter(sight.within_reach(actor, permission)))
            assert reached == ids(actor.units_with(permission))
