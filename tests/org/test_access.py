"""Who sees and may do what, by roles and postings."""

from datetime import date

import pytest

from nep.accounts.roles import Permission
from nep.kernel.decisions import refuse
from nep.org.access import Actor, visible_people, visible_units
from nep.org.models import Grant, Line
from nep.org.services.grants import revoke_grant
from tests.factories.province import AT, TODAY, Province

pytestmark = pytest.mark.django_db


def codes(actor: Actor) -> set[str]:
    return set(visible_units(actor).values_list("code", flat=True))


def test_a_head_sees_the_own_tree_and_what_is_above(province: Province) -> None:
    assert codes(province.actor("xa1-head")) == {"UBND", "XA1", "TH1"}


def test_an_officer_with_roles_in_three_lines_sees_attached_units(province: Province) -> None:
    assert codes(province.actor("ubnd-officer")) == set(province.units)


def test_a_union_officer_sees_the_union_tree_alone(province: Province) -> None:
    assert codes(province.actor("cd-officer")) == {"CD", "CD1", "CD2"}


def test_a_stranger_sees_nothing(province: Province) -> None:
    stranger = province.actor("stranger")
    assert codes(stranger) == set()
    assert list(visible_people(stranger)) == []
    assert not stranger.holds(Permission.VIEW_UNITS)


def test_staff_see_colleagues_of_their_unit_only(province: Province) -> None:
    names = set(visible_people(province.actor("snv-staff")).values_list("name", flat=True))
    assert names == {"Lò Văn Thành", "Phan Tiến Dũng", "Vũ Thị Ngọc Diệp"}


def test_acting_for_a_unit_needs_a_role_in_it_not_above(province: Province) -> None:
    decision = province.actor("ubnd-head").may_at(Permission.ISSUE_ADOPTIONS, province.units["XA1"])
    assert decision == refuse("Việc này cần vai trò thủ trưởng của Ủy ban nhân dân xã Mường Khe.")
    assert province.actor("xa1-head").may_at(Permission.ISSUE_ADOPTIONS, province.units["XA1"])


def test_a_revoked_role_ends_on_its_day(province: Province) -> None:
    grant = Grant.objects.get(user=province.users["xa1-focal"])
    revoke_grant(grant, actor=None, on=TODAY, at=AT, reason="Chuyển công tác")
    assert not Actor(province.users["xa1-focal"], TODAY).unit_ids_at(Permission.SUBMIT_EVIDENCE)
    assert Actor(province.users["xa1-focal"], date(2026, 3, 1)).unit_ids_at(Permission.SUBMIT_EVIDENCE) == (
        province.units["XA1"].pk,
    )


def test_a_role_in_another_line_does_not_let_act_for_the_unit(province: Province) -> None:
    officer = province.actor("ubnd-officer")
    assert {grant.line for grant in officer.grants} == set(Line)
    assert officer.unit_ids_at(Permission.DRAFT_PROGRAMMES) == (province.units["UBND"].pk,)
