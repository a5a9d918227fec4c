"""Units open under parents of their line, and the closure of the tree follows."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Line, Unit, UnitClosure, UnitKind, UnitLink
from nep.org.services.units import NewUnit, open_unit
from nep.platform.audit.models import Event
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
NEW = NewUnit("PX1", "Phòng Văn hóa - Xã hội", UnitKind.DIVISION, Line.AUTHORITY)


def test_a_new_unit_is_below_all_that_are_above_its_parent(province: Province) -> None:
    unit = open_unit(NEW, actor=None, on=TODAY, at=AT, parent=province.units["XA1"])
    rows = UnitClosure.objects.filter(descendant=unit).values_list("ancestor__code", "depth", "during")
    since = DateRange(TODAY, None)
    assert set(rows) == {("PX1", 0, since), ("XA1", 1, since), ("UBND", 2, since)}


def test_before_its_day_a_unit_is_nowhere(province: Province) -> None:
    unit = open_unit(NEW, actor=None, on=TODAY, at=AT, parent=province.units["XA1"])
    below = Unit.objects.below([province.units["UBND"].pk], date(2026, 3, 1))
    assert unit not in below
    assert unit not in Unit.objects.all().open_on(date(2026, 3, 1))
    assert list(Unit.objects.all().directly_below(province.units["XA1"], TODAY)) == [
        unit,
        province.units["TH1"],
    ]


def test_opening_a_unit_is_told(province: Province) -> None:
    admin = Actor(province.staff("admin", "Tẩn Lở Mẩy", "UBND", ADMINISTRATOR), TODAY, elevated=True)
    unit = open_unit(NEW, actor=admin, on=TODAY, at=AT, parent=province.units["XA1"])
    event = Event.objects.latest("pk")
    assert (event.kind, event.actor_name, event.about, event.facts) == (
        "org.unit_opened",
        "Tẩn Lở Mẩy",
        [f"org.unit:{unit.pk}", f"org.unit:{province.units['XA1'].pk}"],
        {"unit": "Phòng Văn hóa - Xã hội", "day": "02/03/2026"},
    )


@pytest.mark.parametrize(
    ("new", "parent", "host", "on", "sentence"),
    [
        (NewUnit("XA1", "Khác", UnitKind.COMMUNE, Line.AUTHORITY), "UBND", "", TODAY, "Mã đơn vị XA1 đã có."),
        (
            NewUnit("CD9", "Công đoàn cơ sở mới", UnitKind.UNION, Line.UNION),
            "SNV",
            "",
            TODAY,
            "Công đoàn cơ sở mới và Sở Nội vụ không cùng hệ thống, không thể là cấp dưới của nhau.",
        ),
        (
            NEW,
            "XA1",
            "",
            date(2025, 6, 30),
            "Ủy ban nhân dân xã Mường Khe chưa có hoặc đã đóng vào ngày 30/06/2025.",
        ),
        (
            NEW,
            "XA1",
            "SNV",
            TODAY,
            "Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền.",
        ),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(
    province: Province, new: NewUnit, parent: str, host: str, on: date, sentence: str
) -> None:
    before = Unit.objects.count()
    with pytest.raises(RuleError) as refused:
        open_unit(new, actor=None, on=on, at=AT, parent=province.units[parent], host=province.units.get(host))
    assert (refused.value.reason, Unit.objects.count()) == (sentence, before)


def test_the_database_refuses_a_second_parent_at_the_same_time(province: Province) -> None:
    school, other = province.units["TH1"], province.units["XA2"]
    with pytest.raises(IntegrityError, match="org_unit_one_parent_at_a_time"), transaction.atomic():
        UnitLink.objects.create(child=school, parent=other, during=DateRange(TODAY, None))
    UnitLink.objects.filter(child=school).update(during=DateRange(OPENED, TODAY))
    UnitLink.objects.create(child=school, parent=other, during=DateRange(TODAY, None))


def test_units_are_found_without_diacritics_and_by_the_beginning_of_words(province: Province) -> None:
    found = Unit.objects.all().matching("muong kh").values_list("code", flat=True)
    assert set(found) == {"XA1", "TH1", "CD2"}
