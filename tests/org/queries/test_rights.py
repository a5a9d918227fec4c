"""The page of rights says what the code decides: compared for every role, permission and unit."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import ELEVATED, OFFICIAL, ROLES, WORDS, Permission, Role
from nep.org.access import Actor
from nep.org.models import Grant, Line, Unit
from nep.org.queries.rights import RightRow, RightsPage, rights_page
from nep.org.services.grants import give_acting_authority, grant_role
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
GIVEN = [role for role in ROLES.values() if role is not OFFICIAL]


def test_every_permission_has_its_words() -> None:
    assert set(WORDS) == set(Permission)


def all_rows(page: RightsPage) -> dict[Permission, RightRow]:
    return {row.permission: row for row in [*page.may, *page.may_not]}


@pytest.mark.parametrize("role", GIVEN, ids=lambda role: role.code)
@pytest.mark.parametrize("unit", ["UBND", "XA1", "CD"])
def test_what_is_told_is_what_is_decided(province: Province, role: Role, unit: str) -> None:
    province.staff("somebody", "Lù Văn Páo", "SYT")
    user = province.users["somebody"]
    grant_role(user, role, actor=None, unit=province.units[unit], on=OPENED, at=AT)
    actor = Actor(user, TODAY)
    told, strong = all_rows(rights_page(actor)), actor.elevated_self
    assert set(told) == set(Permission)
    for permission, row in told.items():
        assert row.held == strong.holds(permission), permission
        assert row.needs_elevation == (permission in ELEVATED), permission
        if permission in ELEVATED:
            assert not actor.holds(permission), permission
        counted = [ground.units for ground in row.grounds if ground.units is not None]
        reached = strong.units_with(permission).open_on(TODAY).count()
        assert sum(counted) == reached, permission
        assert bool(row.why_not) != row.held, permission


def test_a_role_in_another_line_counts_the_units_attached(province: Province) -> None:
    actor = province.actor("ubnd-officer")
    row = all_rows(rights_page(actor))[Permission.VIEW_PROGRAMMES]
    by_line = {ground.line: ground.units for ground in row.grounds if ground.units is not None}
    units = actor.units_with(Permission.VIEW_PROGRAMMES).open_on(TODAY)
    assert by_line == {line.label: units.filter(line=line).count() for line in Line}


def test_what_does_not_count_today_is_told_with_its_reason(province: Province) -> None:
    user = province.users["snv-staff"]
    common = {"user": user, "role": "focal", "line": "authority"}
    Grant.objects.create(
        **common, unit=province.units["SNV"], during=DateRange(OPENED, TODAY), confirmed_at=AT
    )
    Grant.objects.create(
        **common, unit=province.units["SYT"], during=DateRange(date(2026, 5, 1), None), confirmed_at=AT
    )
    Grant.objects.create(**common, unit=province.units["XA1"], during=DateRange(OPENED, None))
    Grant.objects.create(
        **common, unit=province.units["XA2"], during=DateRange(OPENED, None), confirmed_at=AT
    )
    Unit.objects.filter(code="XA2").update(during=DateRange(OPENED, TODAY))
    page = rights_page(Actor(user, TODAY))
    assert {row.grant.unit.code: row.state_word for row in page.idle} == {
        "SNV": "Đã kết thúc",
        "SYT": "Chưa đến ngày",
        "XA1": "Chờ xác nhận",
        "XA2": "Đơn vị đã kết thúc",
    }
    assert {row.permission for row in page.may} == {row for row in Permission if row in OFFICIAL}


def test_lent_authority_names_the_lender_and_leaves_out_what_is_not_passed_on(province: Province) -> None:
    give_acting_authority(
        province.person("snv-focal"),
        actor=province.actor("snv-head"),
        unit=province.units["SNV"],
        on=TODAY,
        until=date(2026, 4, 1),
        reason="Đi công tác",
        at=AT,
    )
    told = all_rows(rights_page(province.actor("snv-focal")))
    issue = told[Permission.ISSUE_ADOPTIONS]
    assert [(ground.acting_for, ground.given_by) for ground in issue.grounds] == [
        ("Lò Văn Thành", "Lò Văn Thành")
    ]
    delegate = told[Permission.DELEGATE]
    assert (delegate.held, delegate.why_not) == (False, "Việc này cần vai trò thủ trưởng của Sở Nội vụ.")
