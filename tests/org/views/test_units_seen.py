"""Who sees the units of another day: by the roles of today over the tree of that day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.org.access import known_units, units_whose_people_are_seen_on, visible_units, visible_units_on
from nep.org.models import Grant
from nep.org.services.changes_withdrawal import withdraw_change
from tests.factories.province import AT, OPENED, TODAY, Province
from tests.factories.reorganised import AHEAD, BEFORE, reorganised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_reorganisation(province: Province) -> None:
    reorganised(province)


def seen_on(province: Province, login: str, day: date) -> set[str]:
    return set(visible_units_on(province.actor(login), day).values_list("code", flat=True))


def known(province: Province, login: str) -> set[str]:
    return set(known_units(province.actor(login)).values_list("code", flat=True))


def test_a_closed_unit_is_seen_by_who_sees_what_it_became(province: Province) -> None:
    assert "HY" in seen_on(province, "xa1-head", BEFORE)
    assert "HY" in seen_on(province, "xa1-staff", BEFORE)
    assert "HY" not in seen_on(province, "xa2-head", BEFORE)
    assert seen_on(province, "stranger", BEFORE) == set()


def test_a_closed_unit_is_seen_where_it_stood(province: Province) -> None:
    assert {"HY", "TH3", "CC"} <= seen_on(province, "ubnd-head", BEFORE)
    assert {"HY"} <= known(province, "ubnd-head")


def test_a_closed_unit_is_known_and_not_there_today(province: Province) -> None:
    assert ("HY" in known(province, "xa1-head"), "HY" in known(province, "xa2-head")) == (True, False)
    assert "HY" not in seen_on(province, "xa1-head", TODAY)


def test_a_unit_that_stood_here_is_seen_then_and_not_today(province: Province) -> None:
    assert "TH1" in seen_on(province, "xa1-head", BEFORE)
    assert "TH1" not in set(visible_units(province.actor("xa1-head")).values_list("code", flat=True))
    assert "TH1" not in known(province, "xa1-head")


def test_who_sees_a_unit_today_sees_its_past_elsewhere(province: Province) -> None:
    assert "TH1" in seen_on(province, "xa2-head", BEFORE)
    assert "XA1" not in seen_on(province, "xa2-head", BEFORE)


def test_what_stood_above_the_own_unit_is_seen_then(province: Province) -> None:
    assert {"XA1", "UBND"} <= seen_on(province, "th1-staff", BEFORE)
    assert {"XA2", "UBND"} <= seen_on(province, "th1-staff", TODAY)


def test_a_unit_to_come_is_known_where_it_will_stand(province: Province) -> None:
    assert "PX" in seen_on(province, "xa1-head", AHEAD)
    assert ("PX" in known(province, "xa1-head"), "PX" in known(province, "xa2-head")) == (True, False)
    assert "PX" not in seen_on(province, "xa1-head", TODAY)


def test_a_role_that_has_ended_opens_no_past(province: Province) -> None:
    Grant.objects.filter(user=province.users["ubnd-head"]).update(during=DateRange(OPENED, TODAY))
    assert seen_on(province, "ubnd-head", BEFORE) == {"UBND"}


def test_before_there_was_anything_nothing_is_seen(province: Province) -> None:
    assert seen_on(province, "ubnd-head", date(2025, 6, 30)) == set()


def test_people_of_another_day_are_seen_by_the_roles_of_today(province: Province) -> None:
    def people_seen(login: str) -> set[str]:
        units = units_whose_people_are_seen_on(province.actor(login), BEFORE)
        return set(units.values_list("code", flat=True))

    assert {"HY", "XA1", "TH1"} <= people_seen("xa1-head")
    assert people_seen("xa1-staff") == {"XA1"}
    assert "HY" not in people_seen("xa2-head")


def test_a_withdrawn_merger_makes_nothing_known(province: Province) -> None:
    merger = province.units["HY"].change_parts.get(role="predecessor").change
    withdraw_change(merger, actor=None, at=AT, reason="Ghi nhầm.")
    assert "HY" not in known(province, "xa1-head")
    assert "HY" in known(province, "ubnd-head")
