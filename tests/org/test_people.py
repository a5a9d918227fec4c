"""People are registered, posted without overlaps, given roles that can be taken back."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import FOCAL
from nep.kernel.errors import RuleError
from nep.org.models import Grant, Person, Position, Posting
from nep.org.services.people import grant_role, post_person, register_person, revoke_grant
from nep.platform.audit.models import Event
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db


def test_a_staff_code_is_given_once(province: Province) -> None:
    with pytest.raises(RuleError) as refused:
        register_person("NV-snv-head", "Người khác", actor=None, at=AT)
    assert refused.value.reason == "Mã nhân sự NV-snv-head đã có."


def test_nobody_is_posted_twice_in_a_unit_at_the_same_time(province: Province) -> None:
    person, unit, position = province.person("snv-staff"), province.units["SNV"], Position.objects.first()
    assert position is not None
    with pytest.raises(RuleError) as refused:
        post_person(person, actor=None, unit=unit, position=position, on=TODAY, at=AT)
    assert refused.value.reason == "Vũ Thị Ngọc Diệp đã có vị trí tại Sở Nội vụ trong thời gian này."
    Posting.objects.filter(person=person).update(during=DateRange(OPENED, TODAY))
    posting = post_person(person, actor=None, unit=unit, position=position, on=TODAY, at=AT)
    assert posting.during == DateRange(TODAY, None)


def test_people_are_listed_by_given_name_and_found_without_diacritics(province: Province) -> None:
    names = list(Person.objects.filter(staff_code__startswith="NV-snv").values_list("name", flat=True))
    assert names == ["Vũ Thị Ngọc Diệp", "Phan Tiến Dũng", "Lò Văn Thành"]
    assert [person.name for person in Person.objects.all().matching("duc thuan")] == ["Hà Đức Thuận"]


def test_a_role_is_given_and_taken_back_with_a_reason(province: Province) -> None:
    user, unit, actor = province.users["snv-staff"], province.units["SNV"], province.actor("ubnd-head")
    grant = grant_role(user, FOCAL, actor=actor, unit=unit, on=OPENED, at=AT)
    with pytest.raises(RuleError) as refused:
        revoke_grant(grant, actor=actor, on=TODAY, at=AT, reason=" ")
    assert refused.value.reason == "Ghi lý do thu hồi vai trò."
    revoke_grant(grant, actor=actor, on=TODAY, at=AT, reason="Chuyển sang việc khác")
    assert Grant.objects.get(pk=grant.pk).during == DateRange(OPENED, TODAY)
    told = Event.objects.filter(about__contains=[f"accounts.user:{user.pk}"]).order_by("pk")
    assert list(told.values_list("kind", "reason")) == [
        ("org.role_granted", ""),
        ("org.role_revoked", "Chuyển sang việc khác"),
    ]


def test_a_role_that_has_not_begun_cannot_be_taken_back_before_its_day(province: Province) -> None:
    user, unit = province.users["snv-staff"], province.units["SNV"]
    grant = grant_role(user, FOCAL, actor=None, unit=unit, on=date(2026, 4, 1), at=AT)
    with pytest.raises(RuleError):
        revoke_grant(grant, actor=province.actor("ubnd-head"), on=TODAY, at=AT, reason="Nhầm")
    assert Grant.objects.get(pk=grant.pk).during == DateRange(date(2026, 4, 1), None)
