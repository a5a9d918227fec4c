"""People are registered, corrected, posted without overlaps, moved, seconded; postings end and are told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.errors import AccessDenied, RuleError
from nep.org.access import Actor
from nep.org.domain.postings import PostingKind
from nep.org.models import Grant, Person, Position, Posting, Restatement, Unit
from nep.org.services.grants import grant_role
from nep.org.services.people import (
    Entry,
    cancel_posting,
    correct_person,
    end_posting,
    post_person,
    register_person,
    transfer_person,
)
from nep.platform.audit.models import Event
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture
def admin(province: Province) -> Actor:
    """An administrator of the whole province, in elevated mode."""
    province.staff("admin", "Giàng Seo Phử", "SNV", position="Quản trị viên")
    grant_role(
        province.users["admin"], ADMINISTRATOR, actor=None, unit=province.units["UBND"], on=OPENED, at=AT
    )
    return Actor(province.users["admin"], TODAY, elevated=True)


def plain() -> Position:
    return Position.objects.get(name="Chuyên viên")


def chief() -> Position:
    return Position.objects.get(name="Thủ trưởng")


def posting_of(province: Province, login: str) -> Posting:
    return Posting.objects.get(person=province.person(login))


def refused(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises((RuleError, AccessDenied)) as error:
        act(*args, **kwargs)
    return error.value.reason


def told(thing: Person | Unit) -> list[tuple[str, str]]:
    named = f"{thing._meta.label_lower}:{thing.pk}"
    events = Event.objects.filter(about__contains=[named]).order_by("pk")
    return list(events.values_list("kind", "reason"))


def test_the_kinds_of_the_rules_are_those_of_the_rows() -> None:
    assert {kind.value for kind in PostingKind} == set(Posting.Kind.values)


def test_a_staff_code_is_given_once(province: Province) -> None:
    reason = refused(register_person, "NV-snv-head", "Người khác", actor=None, at=AT)
    assert reason == "Mã nhân sự NV-snv-head đã có."


def test_an_entry_is_corrected_and_the_trail_keeps_what_it_was(province: Province, admin: Actor) -> None:
    person = province.person("snv-staff")
    entry = Entry("NV-snv-staff", "Vũ Thị  Ngọc Diệp", "vien_chuc", date(1990, 5, 2), "diep@vanlinh.example")
    correct_person(person, entry, actor=admin, at=AT)
    event = Event.objects.get(kind="org.person_corrected")
    assert event.before == {"kind": "cong_chuc", "born_on": None, "email": ""}
    assert event.after == {"kind": "vien_chuc", "born_on": "1990-05-02", "email": "diep@vanlinh.example"}
    correct_person(person, Entry("NV-snv-staff", "Vũ Ngọc Diệp", "vien_chuc"), actor=admin, at=AT)
    renamed = Person.objects.select_related("user").get(pk=person.pk)
    assert (renamed.name, renamed.user and renamed.user.name) == ("Vũ Ngọc Diệp", "Vũ Ngọc Diệp")
    assert [found.pk for found in Person.objects.all().matching("vu ngoc diep")] == [person.pk]


def test_only_an_elevated_administrator_of_the_unit_corrects(province: Province, admin: Actor) -> None:
    person, entry = province.person("snv-staff"), Entry("NV-snv-staff", "Vũ Ngọc Diệp")
    resting = Actor(admin.user, TODAY)
    assert refused(correct_person, person, entry, actor=resting, at=AT) == (
        "Việc này chỉ làm được trong chế độ quản trị. Bật chế độ quản trị rồi làm lại."
    )
    assert refused(correct_person, person, entry, actor=province.actor("snv-head"), at=AT) == (
        "Việc này cần vai trò quản trị tổ chức của Sở Nội vụ hoặc của đơn vị cấp trên."
    )
    assert refused(register_person, "M1", "Ai đó", actor=province.actor("snv-head"), at=AT) == (
        "Việc này cần vai trò quản trị tổ chức."
    )


def test_nobody_is_posted_twice_in_a_unit_at_the_same_time(province: Province) -> None:
    person, unit = province.person("snv-staff"), province.units["SNV"]
    reason = refused(post_person, person, actor=None, unit=unit, position=plain(), on=TODAY, at=AT)
    assert reason == (
        "Vũ Thị Ngọc Diệp đã có vị trí tại Sở Nội vụ trong thời gian này: Chuyên viên, từ ngày 01/07/2025."
    )
    Posting.objects.filter(person=person).update(during=DateRange(OPENED, TODAY))
    posting = post_person(person, actor=None, unit=unit, position=plain(), on=TODAY, at=AT)
    assert posting.during == DateRange(TODAY, None)


def test_a_second_main_posting_is_refused_with_the_days_of_the_first(province: Province) -> None:
    reason = refused(
        post_person,
        province.person("snv-staff"),
        actor=None,
        unit=province.units["SYT"],
        position=plain(),
        on=TODAY,
        at=AT,
    )
    assert reason == (
        "Vũ Thị Ngọc Diệp đang giữ vị trí chính thức khác trong thời gian này: Chuyên viên tại Sở Nội vụ, "
        "từ ngày 01/07/2025. Ghi điều động, hoặc ghi thôi giữ vị trí đó trước."
    )


def test_a_concurrent_posting_stands_beside_the_main_one(province: Province, admin: Actor) -> None:
    posting = post_person(
        province.person("snv-staff"),
        actor=admin,
        unit=province.units["SYT"],
        position=plain(),
        kind="concurrent",
        on=APRIL,
        at=AT,
        decision="12/QĐ-SNV",
    )
    event = Event.objects.get(kind="org.person_concurrent")
    assert event.facts["decision"] == "12/QĐ-SNV"
    assert event.after == {
        "unit": "Sở Y tế",
        "position": "Chuyên viên",
        "kind": "concurrent",
        "from": "2026-04-01",
        "until": None,
    }
    assert Actor(province.users["snv-staff"], TODAY).posted_unit_ids == (province.units["SNV"].pk,)
    on_the_day = Actor(province.users["snv-staff"], APRIL)
    assert on_the_day.posted_unit_ids == (province.units["SNV"].pk, posting.unit_id)


@pytest.mark.parametrize(
    ("kind", "unit", "position", "until", "reason"),
    [
        (
            "secondment",
            "SYT",
            "Chuyên viên",
            None,
            "Biệt phái phải có ngày kết thúc; hết ngày đó người biệt phái trở về đơn vị cử đi.",
        ),
        (
            "acting",
            "SYT",
            "Chuyên viên",
            None,
            "Giao quyền, phụ trách chỉ dùng cho chức vụ đứng đầu đơn vị.",
        ),
        (
            "member",
            "SYT",
            "Chuyên viên",
            None,
            "Thành viên chỉ dùng cho tổ chức công đoàn và tổ chức đảng.",
        ),
        ("concurrent", "SYT", "Chuyên viên", APRIL, "Ngày thôi giữ phải sau ngày bắt đầu."),
        (
            "concurrent",
            "XA1",
            "Thủ trưởng",
            None,
            "Ủy ban nhân dân xã Mường Khe đã có người đứng đầu trong thời gian này: Giàng A Sử, Thủ trưởng, "
            "từ ngày 01/07/2025. Ghi người đó thôi giữ trước.",
        ),
    ],
)
def test_what_a_posting_may_not_be(
    province: Province, kind: str, unit: str, position: str, until: date | None, reason: str
) -> None:
    given = {"unit": province.units[unit], "position": Position.objects.get(name=position), "kind": kind}
    assert reason == refused(
        post_person, province.person("snv-staff"), actor=None, on=APRIL, until=until, at=AT, **given
    )
    assert Posting.objects.filter(person=province.person("snv-staff")).count() == 1


def test_a_posting_stays_within_the_life_of_its_unit(province: Province) -> None:
    unit, person = province.units["SYT"], province.person("snv-staff")
    early = refused(
        post_person,
        person,
        actor=None,
        unit=unit,
        position=plain(),
        kind="concurrent",
        on=date(2025, 6, 1),
        at=AT,
    )
    assert early == "Sở Y tế thành lập ngày 01/07/2025, sau ngày bắt đầu của vị trí này."
    Unit.objects.filter(pk=unit.pk).update(during=DateRange(OPENED, date(2026, 6, 1)))
    unit.refresh_from_db()
    late = {"actor": None, "unit": unit, "position": plain(), "kind": "concurrent", "at": AT}
    assert refused(post_person, person, on=date(2026, 6, 1), **late) == (
        "Sở Y tế đã kết thúc từ ngày 01/06/2026."
    )
    assert refused(post_person, person, on=APRIL, **late) == (
        "Sở Y tế kết thúc từ ngày 01/06/2026; ghi ngày thôi giữ muộn nhất là ngày đó."
    )
    assert post_person(person, on=APRIL, until=date(2026, 6, 1), **late).during.upper == date(2026, 6, 1)


def test_a_year_of_birth_catches_a_mistyped_year(province: Province) -> None:
    person = register_person("M1", "Lê Thị Mơ", actor=None, at=AT, born_on=date(2015, 1, 1))
    reason = refused(
        post_person, person, actor=None, unit=province.units["SYT"], position=plain(), on=TODAY, at=AT
    )
    assert reason == "Ngày bắt đầu 02/03/2026 quá gần ngày sinh 01/01/2015. Kiểm tra lại năm."


def test_a_secondment_leaves_the_main_posting_and_ends_by_itself(province: Province) -> None:
    person = province.person("snv-staff")
    post_person(
        person,
        actor=None,
        unit=province.units["SYT"],
        position=plain(),
        kind="secondment",
        on=APRIL,
        until=date(2026, 10, 1),
        at=AT,
    )
    user = province.users["snv-staff"]
    both = {province.units["SNV"].pk, province.units["SYT"].pk}
    assert set(Actor(user, date(2026, 9, 30)).posted_unit_ids) == both
    assert Actor(user, date(2026, 10, 1)).posted_unit_ids == (province.units["SNV"].pk,)


def test_an_acting_head_follows_when_the_head_has_left(province: Province, admin: Actor) -> None:
    deputy, unit = province.person("xa1-staff"), province.units["TH1"]
    given = {"actor": admin, "unit": unit, "position": chief(), "kind": "acting", "on": APRIL, "at": AT}
    assert refused(post_person, deputy, **given).startswith("Trường Trung học cơ sở Mường Khe đã có người")
    end_posting(posting_of(province, "th1-head"), actor=admin, on=APRIL, at=AT, reason="Nghỉ hưu")
    assert post_person(deputy, **given).kind == "acting"


def test_a_transfer_ends_and_opens_on_one_day_and_takes_the_roles_along(
    province: Province, admin: Actor
) -> None:
    person = province.person("xa1-focal")
    posting = transfer_person(
        person,
        actor=admin,
        unit=province.units["SYT"],
        position=plain(),
        on=APRIL,
        at=AT,
        decision="31/QĐ-UBND",
        end_roles=True,
    )
    rows = person.postings.order_by("during").values_list("unit__code", "during", "ended_because")
    assert list(rows) == [
        ("XA1", DateRange(OPENED, APRIL), "Điều động đến Sở Y tế"),
        ("SYT", DateRange(APRIL, None), ""),
    ]
    assert posting.decision == "31/QĐ-UBND"
    assert Grant.objects.get(user=person.user).during == DateRange(OPENED, APRIL)
    assert told(person)[-2:] == [
        ("org.person_transferred", ""),
        ("org.role_revoked", "Điều động đến Sở Y tế"),
    ]


def test_a_transfer_that_does_not_fit_changes_nothing(province: Province, admin: Actor) -> None:
    person = province.person("xa1-focal")
    common = {"actor": admin, "unit": province.units["SYT"], "position": plain(), "at": AT}
    assert refused(transfer_person, person, on=date(2025, 6, 1), **common) == (
        "Ma Thị Nguyệt không giữ vị trí chính thức nào vào ngày 01/06/2025 để điều động."
    )
    assert refused(transfer_person, person, on=OPENED, **common) == (
        "Vị trí hiện tại bắt đầu đúng ngày 01/07/2025; ngày điều động phải sau ngày đó."
    )
    head = {"actor": admin, "unit": province.units["XA2"], "position": chief(), "at": AT}
    assert refused(transfer_person, person, on=APRIL, **head).startswith("Ủy ban nhân dân phường Hải Ninh đã")
    assert list(person.postings.values_list("during", flat=True)) == [DateRange(OPENED, None)]


def test_an_administrator_of_a_commune_moves_nobody_out_of_another(province: Province) -> None:
    province.staff("qt1", "Tráng A Pao", "XA1", ADMINISTRATOR)
    actor = Actor(province.users["qt1"], TODAY, elevated=True)
    reason = refused(
        transfer_person,
        province.person("snv-staff"),
        actor=actor,
        unit=province.units["XA1"],
        position=plain(),
        on=APRIL,
        at=AT,
    )
    assert reason == "Việc này cần vai trò quản trị tổ chức của Sở Nội vụ hoặc của đơn vị cấp trên."


def test_a_posting_ends_once_with_a_reason(province: Province, admin: Actor) -> None:
    posting = posting_of(province, "xa1-staff")
    common = {"actor": admin, "at": AT}
    assert refused(end_posting, posting, on=APRIL, reason=" ", **common) == "Ghi lý do thôi giữ vị trí."
    assert refused(end_posting, posting, on=OPENED, reason="Nghỉ hưu", **common) == (
        "Vị trí này bắt đầu ngày 01/07/2025; ngày thôi giữ phải sau ngày đó. "
        "Vị trí ghi nhầm và chưa bắt đầu thì bỏ."
    )
    end_posting(posting, on=APRIL, reason="Nghỉ hưu", **common)
    posting.refresh_from_db()
    assert (posting.during.upper, posting.ended_because) == (APRIL, "Nghỉ hưu")
    assert refused(end_posting, posting, on=date(2026, 5, 1), reason="Nghỉ hưu", **common) == (
        "Vị trí này đã kết thúc từ ngày 01/04/2026."
    )


def test_a_posting_that_has_not_begun_is_taken_away(province: Province, admin: Actor) -> None:
    person = province.person("xa1-staff")
    ahead = post_person(
        person,
        actor=admin,
        unit=province.units["SYT"],
        position=plain(),
        kind="concurrent",
        on=APRIL,
        at=AT,
    )
    assert refused(
        cancel_posting, posting_of(province, "xa2-head"), actor=admin, at=AT, reason="Nhầm"
    ).startswith("Vị trí này đã bắt đầu.")
    cancel_posting(ahead, actor=admin, at=AT, reason="Ghi nhầm người")
    assert person.postings.count() == 1
    assert told(person)[-1] == ("org.posting_cancelled", "Ghi nhầm người")


def test_a_posting_recorded_late_lists_what_it_makes_of_past_months(province: Province) -> None:
    """The people of January and February become one more, in the unit and in all above it."""
    person = register_person("M1", "Lê Thị Mơ", actor=None, at=AT)
    late = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    unit = province.units["TH1"]
    post_person(person, actor=None, unit=unit, position=plain(), on=date(2026, 1, 10), at=late)
    rows = Restatement.objects.filter(measure="people").order_by("month", "unit__code")
    assert [(row.unit.code, row.month.month, row.after - row.before) for row in rows] == [
        ("TH1", 1, 1),
        ("UBND", 1, 1),
        ("XA1", 1, 1),
        ("TH1", 2, 1),
        ("UBND", 2, 1),
        ("XA1", 2, 1),
    ]


def test_people_are_listed_by_given_name_and_found_without_diacritics(province: Province) -> None:
    names = list(Person.objects.filter(staff_code__startswith="NV-snv").values_list("name", flat=True))
    assert names == ["Vũ Thị Ngọc Diệp", "Phan Tiến Dũng", "Lò Văn Thành"]
    assert [person.name for person in Person.objects.all().matching("duc thuan")] == ["Hà Đức Thuận"]
