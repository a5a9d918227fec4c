"""Who sees and may do what, by roles and postings."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import ADMINISTRATOR, ELEVATED, Permission
from nep.kernel.decisions import refuse
from nep.org.access import Actor, people_at_work, visible_people, visible_units
from nep.org.models import Grant, Line, Person, Unit
from nep.org.services.changes_merging import merge_units
from nep.org.services.grants import grant_role, revoke_grant
from tests.factories.province import AT, OPENED, TODAY, Province

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


def test_an_administrator_of_a_commune_reaches_that_branch_alone(province: Province) -> None:
    province.staff("qtxa", "Tráng A Pao", "SNV", position="Quản trị viên")
    grant_role(
        province.users["qtxa"], ADMINISTRATOR, actor=None, unit=province.units["XA1"], on=OPENED, at=AT
    )
    for elevated in (False, True):
        actor = Actor(province.users["qtxa"], TODAY, elevated=elevated)
        assert set(actor.units_with(Permission.VIEW_PEOPLE).values_list("code", flat=True)) == {"XA1", "TH1"}
        managed = set(actor.units_with(Permission.MANAGE_PEOPLE).values_list("code", flat=True))
        assert managed == ({"XA1", "TH1"} if elevated else set())
        assert bool(actor.may_within(Permission.MANAGE_PEOPLE, province.units["TH1"])) is elevated
        assert not actor.may_within(Permission.MANAGE_PEOPLE, province.units["XA2"])
        # No view of programmes comes with the role: only what every official sees of the own unit.
        assert list(actor.units_with(Permission.VIEW_PROGRAMMES)) == []


def test_elevated_permissions_are_not_held_at_rest(province: Province) -> None:
    province.staff("qt", "Giàng Seo Phử", "UBND", ADMINISTRATOR, position="Quản trị viên")
    resting, strong = (Actor(province.users["qt"], TODAY, elevated=on) for on in (False, True))
    assert {p for p in ELEVATED if resting.holds(p)} == set()
    assert {p for p in ELEVATED if strong.holds(p)} == set(ELEVATED)
    assert resting.holds(Permission.VIEW_PEOPLE)
    assert resting.elevated_self == strong


@pytest.mark.parametrize(
    ("during", "seen"),
    [
        (DateRange(OPENED, None), True),
        (DateRange(OPENED, TODAY), False),  # the last day was yesterday
        (DateRange(TODAY, None), True),
        (DateRange(date(2026, 3, 3), None), False),  # from tomorrow on
    ],
)
def test_only_postings_of_the_day_open_the_unit(province: Province, during: DateRange, seen: bool) -> None:
    person = province.person("snv-staff")
    person.postings.update(during=during)
    assert (province.units["SNV"].pk in province.actor("snv-staff").posted_unit_ids) is seen
    assert visible_people(province.actor("snv-head")).filter(pk=person.pk).exists() is seen
    # Whoever administers people finds those who left and those who are yet to come.
    province.staff("qt", "Giàng Seo Phử", "UBND", ADMINISTRATOR, position="Quản trị viên")
    assert visible_people(province.actor("qt")).filter(pk=person.pk).exists()
    assert people_at_work(province.actor("qt")).filter(pk=person.pk).exists() is seen


@pytest.mark.parametrize(
    "during", [DateRange(OPENED, TODAY), DateRange(date(2026, 3, 3), None)], ids=["ended", "ahead"]
)
def test_a_role_counts_within_its_days(province: Province, during: DateRange) -> None:
    Grant.objects.filter(user=province.users["xa1-focal"]).update(during=during)
    actor = province.actor("xa1-focal")
    assert (actor.grants, actor.holds(Permission.VIEW_PEOPLE)) == ((), False)


def test_a_unit_that_became_another_is_reached_by_its_successor(province: Province) -> None:
    """Two communes become one: who has a role there reaches both, their schools carry on."""
    merge_units([province.units["XA1"]], into=province.units["XA2"], actor=None, on=TODAY, at=AT)
    head = province.actor("xa2-head")
    assert set(head.units_with(Permission.VIEW_PEOPLE).values_list("code", flat=True)) == {
        "XA1",
        "XA2",
        "TH1",
        "TH2",
    }
    assert head.unit_ids_at(Permission.ISSUE_ADOPTIONS) == (province.units["XA2"].pk,)
    former = province.actor("xa1-head")
    assert (former.unit_ids_at(Permission.ISSUE_ADOPTIONS), former.grants) == ((), ())
    province_head = province.actor("ubnd-head")
    assert province_head.units_with(Permission.VIEW_PEOPLE).filter(code="XA1").exists()
    # The day before nothing of this was so.
    before = Actor(province.users["xa2-head"], date(2026, 3, 1))
    assert set(before.units_with(Permission.VIEW_PEOPLE).values_list("code", flat=True)) == {"XA2", "TH2"}


def test_asking_upwards_from_a_unit_says_the_same_as_all_units_reached(province: Province) -> None:
    merge_units([province.units["XA1"]], into=province.units["XA2"], actor=None, on=TODAY, at=AT)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for login in ("ubnd-head", "ubnd-officer", "xa1-head", "xa2-head", "cd-officer", "snv-staff", "stranger"):
        for day in (date(2026, 3, 1), TODAY):
            actor = province.actor(login, day)
            for permission in (Permission.VIEW_PEOPLE, Permission.DRAFT_PROGRAMMES):
                listed = set(actor.units_with(permission).values_list("pk", flat=True))
                asked = {pk for pk, unit in units.items() if actor.reaches(permission, unit)}
                assert asked == listed, (login, day, permission)


def test_one_person_is_seen_as_in_the_list(province: Province) -> None:
    for login in ("ubnd-head", "ubnd-officer", "xa1-head", "cd-officer", "snv-staff", "stranger"):
        actor = province.actor(login)
        seen = set(visible_people(actor).values_list("pk", flat=True))
        at_work = set(people_at_work(actor).values_list("pk", flat=True))
        own = set(Person.objects.filter(user=actor.user).values_list("pk", flat=True))
        assert seen == at_work | own, login
