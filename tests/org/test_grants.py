"""Roles are proposed, confirmed by a second person, lent to a deputy, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import ADMINISTRATOR, AUDITOR, FOCAL, HEAD, OFFICIAL, SUPERVISOR, Permission
from nep.kernel.errors import AccessDenied, Conflict, NepError, RuleError
from nep.org.access import Actor
from nep.org.models import Grant, Line
from nep.org.services.grants import (
    confirm_role,
    decline_role,
    give_acting_authority,
    grant_role,
    propose_role,
    revoke_grant,
)
from nep.platform.audit.models import Event
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


def administrator(province: Province, login: str, unit: str, *, elevated: bool = True) -> Actor:
    if login not in province.users:
        province.staff(login, f"Quản trị {login}", "SNV", position="Quản trị viên")
        grant_role(
            province.users[login], ADMINISTRATOR, actor=None, unit=province.units[unit], on=OPENED, at=AT
        )
    return Actor(province.users[login], TODAY, elevated=elevated)


def refused(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(NepError) as error:
        act(*args, **kwargs)
    return error.value.reason


def proposed(province: Province, role: Any = HEAD, login: str = "snv-staff", unit: str = "SNV") -> Grant:
    return propose_role(
        province.users[login],
        role,
        actor=administrator(province, "qt1", "UBND"),
        unit=province.units[unit],
        on=TODAY,
        at=AT,
        reason="Quyết định 7/QĐ",
    )


def test_a_plain_role_counts_at_once(province: Province) -> None:
    grant = proposed(province, FOCAL)
    assert grant.confirmed_at == AT
    assert province.actor("snv-staff").unit_ids_at(Permission.SUBMIT_EVIDENCE) == (grant.unit_id,)
    event = Event.objects.get(kind="org.role_granted", actor_id=grant.granted_by_id)
    assert event.reason == "Quyết định 7/QĐ"


@pytest.mark.parametrize("role", [HEAD, SUPERVISOR, ADMINISTRATOR, AUDITOR])
def test_a_weighty_role_counts_once_a_second_person_has_confirmed_it(province: Province, role: Any) -> None:
    grant = proposed(province, role)
    given = role.permissions - OFFICIAL.permissions
    staff = Actor(province.users["snv-staff"], TODAY, elevated=True)
    assert {permission for permission in given if staff.holds(permission)} == set()
    confirm_role(grant, actor=administrator(province, "qt2", "UBND"), at=AT)
    staff = Actor(province.users["snv-staff"], TODAY, elevated=True)
    assert {permission for permission in given if staff.holds(permission)} == given
    kinds = Event.objects.filter(about__contains=[f"accounts.user:{staff.id}"]).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["org.role_proposed", "org.role_confirmed"]


def test_neither_who_proposed_nor_who_receives_confirms(province: Province) -> None:
    grant, own = proposed(province), "Người đề nghị và người nhận không tự xác nhận vai trò."
    assert refused(confirm_role, grant, actor=administrator(province, "qt1", "UBND"), at=AT) == own
    receiver = proposed(province, SUPERVISOR, "snv-head")
    assert refused(confirm_role, receiver, actor=province.actor("snv-head"), at=AT) == own


def test_the_head_there_or_above_confirms_without_elevated_mode(province: Province) -> None:
    assert confirm_role(proposed(province), actor=province.actor("snv-head"), at=AT).confirmed_at == AT
    above = proposed(province, SUPERVISOR)
    assert confirm_role(above, actor=province.actor("ubnd-head"), at=AT).confirmed_at == AT


def test_others_do_not_confirm(province: Province) -> None:
    grant = proposed(province)
    assert refused(confirm_role, grant, actor=province.actor("xa1-head"), at=AT) == (
        "Việc này cần vai trò quản trị tổ chức của Sở Nội vụ hoặc của đơn vị cấp trên."
    )
    resting = administrator(province, "qt2", "UBND", elevated=False)
    assert refused(confirm_role, grant, actor=resting, at=AT) == (
        "Việc này chỉ làm được trong chế độ quản trị. Bật chế độ quản trị rồi làm lại."
    )
    assert Grant.objects.get(pk=grant.pk).confirmed_at is None


def test_a_role_is_confirmed_once(province: Province) -> None:
    grant = confirm_role(proposed(province), actor=province.actor("snv-head"), at=AT)
    with pytest.raises(Conflict):
        confirm_role(grant, actor=province.actor("ubnd-head"), at=AT)


def test_a_declined_proposal_leaves_only_the_trail(province: Province) -> None:
    grant, head = proposed(province), province.actor("snv-head")
    assert refused(decline_role, grant, " ", actor=head, at=AT) == "Ghi lý do không giao vai trò này."
    decline_role(grant, "Chưa có quyết định", actor=head, at=AT)
    assert not Grant.objects.filter(pk=grant.pk).exists()
    event = Event.objects.get(kind="org.role_declined")
    assert (event.reason, event.before) == (
        "Chưa có quyết định",
        {"from": "2026-03-02", "until": None, "confirmed": False},
    )
    with pytest.raises(Conflict):
        confirm_role(grant, actor=province.actor("ubnd-head"), at=AT)


def test_who_proposed_takes_the_proposal_back(province: Province) -> None:
    decline_role(proposed(province), "Nhầm người", actor=administrator(province, "qt1", "UBND"), at=AT)
    assert not Grant.objects.filter(user=province.users["snv-staff"]).exists()


def test_nobody_gives_themselves_a_role(province: Province) -> None:
    actor = administrator(province, "qt1", "UBND")
    reason = refused(
        propose_role, actor.user, FOCAL, actor=actor, unit=province.units["SNV"], on=TODAY, at=AT
    )
    assert reason == "Không ai tự giao vai trò cho mình. Nhờ một người quản trị khác giao."


def test_roles_are_given_within_the_own_branch_and_line(province: Province) -> None:
    actor, user = administrator(province, "qtxa", "XA1"), province.users["xa1-staff"]
    common = {"actor": actor, "on": TODAY, "at": AT}
    assert refused(propose_role, user, FOCAL, unit=province.units["SNV"], **common) == (
        "Việc này cần vai trò quản trị tổ chức của Sở Nội vụ hoặc của đơn vị cấp trên."
    )
    assert refused(propose_role, user, FOCAL, unit=province.units["XA1"], line=Line.UNION, **common) == (
        "Vai trò quản trị của đồng chí không bao gồm hệ thống công đoàn."
    )
    assert propose_role(user, FOCAL, unit=province.units["TH1"], **common).unit == province.units["TH1"]


def test_what_is_never_given(province: Province) -> None:
    actor, user, unit = (
        administrator(province, "qt1", "UBND"),
        province.users["snv-staff"],
        province.units["SNV"],
    )
    common = {"actor": actor, "unit": unit, "at": AT}
    assert refused(propose_role, user, OFFICIAL, on=TODAY, **common) == (
        "Vai trò này có sẵn theo vị trí công tác, không cần giao."
    )
    assert refused(propose_role, user, FOCAL, on=TODAY, until=TODAY, **common) == (
        "Ngày kết thúc phải sau ngày bắt đầu."
    )
    assert refused(propose_role, user, FOCAL, on=date(2020, 1, 1), **common) == (
        "Ngày 01/01/2020 Sở Nội vụ chưa thành lập hoặc đã kết thúc."
    )
    propose_role(user, FOCAL, on=TODAY, until=APRIL, **common)
    assert refused(propose_role, user, FOCAL, on=date(2026, 3, 31), **common) == (
        "Vũ Thị Ngọc Diệp đang giữ vai trò đầu mối của đơn vị tại Sở Nội vụ "
        "từ ngày 02/03/2026 đến hết ngày 31/03/2026."
    )
    propose_role(user, AUDITOR, on=TODAY, **common)
    assert refused(propose_role, user, ADMINISTRATOR, on=TODAY, **common) == (
        "Vũ Thị Ngọc Diệp giữ vai trò kiểm soát nhật ký tại Sở Nội vụ; "
        "một người không đồng thời giữ vai trò quản trị tổ chức."
    )
    user.is_active = False
    user.save()
    assert refused(propose_role, user, SUPERVISOR, on=TODAY, **common) == (
        "Tài khoản của Vũ Thị Ngọc Diệp đã ngừng, không giao vai trò được."
    )


def test_a_role_is_taken_back_with_a_reason(province: Province) -> None:
    grant = Grant.objects.get(user=province.users["snv-focal"])
    actor = administrator(province, "qt1", "UBND")
    assert refused(revoke_grant, grant, actor=actor, on=TODAY, at=AT, reason=" ") == (
        "Ghi lý do thu hồi vai trò."
    )
    revoke_grant(grant, actor=actor, on=TODAY, at=AT, reason="Chuyển sang việc khác")
    assert Grant.objects.get(pk=grant.pk).during == DateRange(OPENED, TODAY)
    assert refused(revoke_grant, grant, actor=actor, on=APRIL, at=AT, reason="Lần nữa") == (
        "Vai trò này đã kết thúc ngày 02/03/2026."
    )
    event = Event.objects.get(kind="org.role_revoked")
    assert (event.reason, event.after and event.after["until"]) == ("Chuyển sang việc khác", "2026-03-02")


def test_a_role_that_begins_today_or_later_is_taken_away_at_once(province: Province) -> None:
    grant = proposed(province, FOCAL)
    revoke_grant(grant, actor=administrator(province, "qt1", "UBND"), on=TODAY, at=AT, reason="Nhầm")
    assert not Grant.objects.filter(pk=grant.pk).exists()
    assert Event.objects.get(kind="org.role_revoked").after is None


def test_a_head_or_another_does_not_take_roles_back(province: Province) -> None:
    grant = Grant.objects.get(user=province.users["snv-focal"])
    with pytest.raises(AccessDenied):
        revoke_grant(grant, actor=province.actor("snv-head"), on=TODAY, at=AT, reason="Không cần nữa")


def lent(province: Province, until: date = APRIL, login: str = "snv-focal") -> Grant:
    return give_acting_authority(
        province.person(login),
        actor=province.actor("snv-head"),
        unit=province.units["SNV"],
        on=TODAY,
        until=until,
        reason="Đi công tác",
        at=AT,
    )


def test_a_deputy_acts_for_the_head_until_the_day(province: Province) -> None:
    lent(province)
    user, unit = province.users["snv-focal"], province.units["SNV"]
    deputy = Actor(user, TODAY)
    assert deputy.may_at(Permission.ISSUE_ADOPTIONS, unit)
    assert deputy.standing_at(Permission.ISSUE_ADOPTIONS, unit).name == "Phan Tiến Dũng (thay Lò Văn Thành)"
    assert deputy.standing_at(Permission.SUBMIT_EVIDENCE, unit).name == "Phan Tiến Dũng"
    assert deputy.may_at(Permission.DELEGATE, unit).reason == (
        "Việc này cần vai trò thủ trưởng của Sở Nội vụ."
    )
    assert not Actor(user, APRIL).may_at(Permission.ISSUE_ADOPTIONS, unit)
    event = Event.objects.get(kind="org.authority_lent")
    assert (event.reason, event.facts["day"], event.facts["until"]) == (
        "Đi công tác",
        "02/03/2026",
        "01/04/2026",
    )


def test_lent_authority_ends_with_the_own_one(province: Province) -> None:
    lent(province)
    own = Grant.objects.get(user=province.users["snv-head"])
    revoke_grant(
        own,
        actor=administrator(province, "qt1", "UBND"),
        on=date(2026, 3, 10),
        at=AT,
        reason="Nghỉ hưu",
    )
    user, unit = province.users["snv-focal"], province.units["SNV"]
    assert Actor(user, date(2026, 3, 9)).may_at(Permission.ISSUE_ADOPTIONS, unit)
    assert not Actor(user, date(2026, 3, 10)).may_at(Permission.ISSUE_ADOPTIONS, unit)


def test_the_head_ends_lent_authority_early(province: Province) -> None:
    grant = lent(province)
    head = Actor(province.users["snv-head"], date(2026, 3, 10))
    revoke_grant(grant, actor=head, on=head.on, at=AT, reason="Đã về")
    assert Grant.objects.get(pk=grant.pk).during == DateRange(TODAY, date(2026, 3, 10))


def test_what_a_head_cannot_lend(province: Province) -> None:
    head, unit = province.actor("snv-head"), province.units["SNV"]
    common = {"actor": head, "unit": unit, "at": AT}
    deputy = province.person("snv-focal")
    days = {"on": TODAY, "until": APRIL, "reason": "Đi công tác"}
    assert refused(give_acting_authority, province.person("snv-head"), **days, **common) == (
        "Không ai ủy quyền cho chính mình."
    )
    assert refused(give_acting_authority, province.person("xa1-head"), **days, **common) == (
        "Giàng A Sử không công tác tại Sở Nội vụ vào ngày 02/03/2026; chỉ ủy quyền cho người của đơn vị."
    )
    assert refused(give_acting_authority, deputy, **days | {"on": date(2026, 2, 1)}, **common) == (
        "Ủy quyền bắt đầu từ hôm nay trở đi, không lùi ngày."
    )
    assert refused(give_acting_authority, deputy, **days | {"until": TODAY}, **common) == (
        "Ngày kết thúc ủy quyền phải sau ngày bắt đầu."
    )
    assert refused(give_acting_authority, deputy, **days | {"reason": ""}, **common) == (
        "Ghi căn cứ hoặc lý do ủy quyền."
    )
    Grant.objects.filter(user=head.user).update(during=DateRange(OPENED, date(2026, 3, 20)))
    again = common | {"actor": province.actor("snv-head")}
    assert refused(give_acting_authority, deputy, **days, **again) == (
        "Vai trò của người ủy quyền kết thúc ngày 20/03/2026; ủy quyền không dài hơn."
    )


def test_authority_is_lent_only_by_the_head_of_that_very_unit(province: Province) -> None:
    for login in ("ubnd-head", "snv-focal", "xa1-head"):
        reason = refused(
            give_acting_authority,
            province.person("snv-staff"),
            actor=province.actor(login),
            unit=province.units["SNV"],
            on=TODAY,
            until=APRIL,
            reason="Đi công tác",
            at=AT,
        )
        assert reason == "Việc này cần vai trò thủ trưởng của Sở Nội vụ."


def test_no_role_reaches_out_of_a_closed_unit(province: Province) -> None:
    unit = province.units["XA1"]
    type(unit).objects.filter(pk=unit.pk).update(during=DateRange(OPENED, TODAY))
    head = province.actor("xa1-head")
    assert (head.grants, list(head.units_with(Permission.VIEW_PEOPLE))) == ((), [])


def test_a_refusal_leaves_nothing(province: Province) -> None:
    """A refused proposal leaves neither a row nor an event."""
    before = (Grant.objects.count(), Event.objects.count())
    actor = province.actor("snv-head")
    with pytest.raises(AccessDenied):
        propose_role(
            province.users["snv-staff"], FOCAL, actor=actor, unit=province.units["SNV"], on=TODAY, at=AT
        )
    with pytest.raises(RuleError):
        grant_role(
            province.users["snv-staff"], OFFICIAL, actor=None, unit=province.units["SNV"], on=TODAY, at=AT
        )
    assert (Grant.objects.count(), Event.objects.count()) == before
