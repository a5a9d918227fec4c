"""Locked months keep their figures; what late records make of past months is listed."""

from datetime import UTC, date, datetime

import pytest

from nep.accounts.roles import HEAD
from nep.kernel.errors import AccessDenied, RuleError
from nep.org.models import Line, LockedFigure, Position, Posting, Restatement, Unit, UnitKind
from nep.org.queries.denominators import Denominator, denominators
from nep.org.queries.months import Figure, figure_for
from nep.org.services.changes import Handover, close_unit, move_unit
from nep.org.services.changes_withdrawal import withdraw_change
from nep.org.services.people import post_person
from nep.org.services.periods import lock_period
from nep.org.services.units import NewUnit, open_unit
from nep.platform.audit.models import Event
from tests.factories.province import TODAY, Province

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LATE = date(2026, 1, 20)


def listed() -> set[tuple[str, int, str, int, int, bool]]:
    """What was restated: unit, month, measure, before, after, kept."""
    rows = Restatement.objects.select_related("unit")
    return {(r.unit.code, r.month.month, r.measure, r.before, r.after, r.kept) for r in rows}


def test_people_are_counted_once_however_many_posts_they_hold(province: Province) -> None:
    units = province.units
    post_person(
        province.person("xa1-staff"),
        actor=None,
        unit=units["SNV"],
        position=Position.objects.get(name="Chuyên viên"),
        kind=Posting.Kind.CONCURRENT,
        on=TODAY,
        at=AT,
    )
    asked = [units[code].pk for code in ("UBND", "XA1", "SNV", "TH2", "CD")]
    found = denominators(asked, TODAY)
    people = {code: found[units[code].pk] for code in ("UBND", "XA1", "SNV", "TH2", "CD")}
    assert people == {
        "UBND": Denominator(7, 12),
        "XA1": Denominator(2, 5),
        "SNV": Denominator(1, 4),
        "TH2": Denominator(1, 0),
        "CD": Denominator(3, 3),
    }
    assert denominators(asked[:2], TODAY, Line.UNION) == {
        units["UBND"].pk: Denominator(3, 3),
        units["XA1"].pk: Denominator(1, 0),
    }
    assert denominators([units["UBND"].pk], date(2025, 6, 30)) == {units["UBND"].pk: Denominator(0, 0)}


def test_denominators_are_one_query(province: Province, django_assert_num_queries: object) -> None:
    ids = [unit.pk for unit in province.units.values()]
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django
        assert len(denominators(ids, TODAY)) == len(ids)


def test_what_is_recorded_on_time_restates_nothing(province: Province) -> None:
    move_unit(province.units["TH1"], parent=province.units["XA2"], on=TODAY, actor=None, at=AT)
    assert listed() == set()


def test_a_late_move_lists_what_past_months_become(province: Province) -> None:
    move_unit(province.units["TH1"], parent=province.units["XA2"], on=LATE, actor=None, at=AT)
    assert listed() == {
        (code, month, measure, before, after, False)
        for month in (1, 2)
        for code, measure, before, after in (
            ("XA1", "units", 2, 1),
            ("XA1", "people", 5, 3),
            ("XA2", "units", 2, 3),
            ("XA2", "people", 1, 3),
        )
    }


def test_a_late_opening_and_its_withdrawal_are_both_listed(province: Province) -> None:
    new = NewUnit("PX1", "Phòng Văn hóa - Xã hội", UnitKind.DIVISION, Line.AUTHORITY)
    unit = open_unit(new, parent=province.units["XA1"], on=date(2026, 2, 9), actor=None, at=AT)
    assert listed() == {
        ("UBND", 2, "units", 7, 8, False),
        ("XA1", 2, "units", 2, 3, False),
        ("PX1", 2, "units", 0, 1, False),
    }
    Restatement.objects.all().delete()
    change = unit.change_parts.get(role="subject").change
    withdraw_change(change, actor=None, at=AT, reason="Ghi nhầm.")
    assert {row[:5] for row in listed()} == {
        ("UBND", 2, "units", 8, 7),
        ("XA1", 2, "units", 3, 2),
        (Unit.objects.get(pk=unit.pk).code, 2, "units", 1, 0),
    }


def test_a_late_posting_lists_people_of_all_units_above(province: Province) -> None:
    post_person(
        province.person("xa1-staff"),
        actor=None,
        unit=province.units["TH2"],
        position=Position.objects.get(name="Chuyên viên"),
        kind=Posting.Kind.CONCURRENT,
        on=LATE,
        until=date(2026, 2, 10),
        at=AT,
    )
    # At the end of February the post is over; the province counted the person already.
    assert listed() == {
        ("TH2", 1, "people", 0, 1, False),
        ("XA2", 1, "people", 1, 2, False),
    }


def test_a_late_closing_counts_people_where_they_went(province: Province) -> None:
    units = province.units
    close_unit(units["TH1"], on=LATE, handover=Handover(people_to=units["XA2"]), actor=None, at=AT)
    found = {row for row in listed() if row[1] == 2}
    assert found == {
        ("TH1", 2, "units", 1, 0, False),
        ("TH1", 2, "people", 2, 0, False),
        ("XA1", 2, "units", 2, 1, False),
        ("XA1", 2, "people", 5, 3, False),
        ("XA2", 2, "people", 1, 3, False),
        ("UBND", 2, "units", 7, 6, False),
    }


def test_a_locked_month_keeps_its_figures_and_lists_what_a_recount_gives(province: Province) -> None:
    units, head = province.units, province.actor("xa1-head")
    period = lock_period(units["XA1"], date(2026, 1, 17), actor=head, at=AT)
    assert {(f.unit.code, f.units, f.people) for f in LockedFigure.objects.filter(period=period)} == {
        ("XA1", 2, 5),
        ("TH1", 1, 2),
    }
    event = Event.objects.latest("pk")
    assert (event.kind, event.facts) == ("org.period_locked", {"unit": units["XA1"].name, "month": "01/2026"})
    move_unit(units["TH1"], parent=units["XA2"], on=LATE, actor=None, at=AT)
    assert {row[3:] for row in listed() if row[:3] == ("XA1", 1, "people")} == {(5, 3, True)}
    assert {row[3:] for row in listed() if row[:3] == ("XA1", 2, "people")} == {(5, 3, False)}
    assert {row[3:] for row in listed() if row[:3] == ("XA2", 1, "people")} == {(1, 3, False)}
    assert figure_for(units["XA1"], JANUARY, TODAY) == Figure(date(2026, 1, 31), 2, 5, locked=True)
    assert figure_for(units["XA1"], FEBRUARY, TODAY) == Figure(date(2026, 2, 28), 1, 3, locked=False)
    assert figure_for(units["XA1"], TODAY, TODAY) == Figure(TODAY, 1, 3, locked=False)


def test_of_two_locks_the_earlier_one_counts(province: Province) -> None:
    units = province.units
    lock_period(units["XA1"], JANUARY, actor=province.actor("xa1-head"), at=AT)
    move_unit(units["TH1"], parent=units["XA2"], on=LATE, actor=None, at=AT)
    later = AT.replace(day=3)
    lock_period(units["UBND"], JANUARY, actor=province.actor("ubnd-head"), at=later)
    assert figure_for(units["XA1"], JANUARY, TODAY) == Figure(date(2026, 1, 31), 2, 5, locked=True)
    assert figure_for(units["XA2"], JANUARY, TODAY) == Figure(date(2026, 1, 31), 3, 3, locked=True)


def test_only_a_past_month_is_locked_once(province: Province) -> None:
    unit, head = province.units["XA1"], province.actor("xa1-head")
    with pytest.raises(RuleError) as refused:
        lock_period(unit, TODAY, actor=head, at=AT)
    assert refused.value.reason == "Tháng 03/2026 chưa kết thúc; chỉ khóa được tháng đã qua."
    lock_period(unit, FEBRUARY, actor=head, at=AT)
    with pytest.raises(RuleError) as refused:
        lock_period(unit, date(2026, 2, 28), actor=head, at=AT)
    assert refused.value.reason == "Tháng 02/2026 của Ủy ban nhân dân xã Mường Khe đã khóa."


@pytest.mark.parametrize("login", ["xa1-focal", "xa2-head", "ubnd-head"])
def test_only_the_head_of_the_very_unit_locks(province: Province, login: str) -> None:
    with pytest.raises(AccessDenied, match=HEAD.label.lower()):
        lock_period(province.units["XA1"], JANUARY, actor=province.actor(login), at=AT)
