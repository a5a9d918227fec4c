"""An organisation's own indicators, and units that are asked for figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nep.indicators.access import sight_of, visible_indicators
from nep.indicators.domain.periods import Period, read_period
from nep.indicators.models import Asking, Figure, Indicator
from nep.indicators.queries.rotated import CODE, rotated_when_due
from nep.indicators.queries.sums import ranking
from nep.indicators.services.asking import ask_figures, end_asking, open_periods
from nep.indicators.services.computing import refresh, refresh_all
from nep.indicators.services.figures import Telling, put
from nep.indicators.services.registry import (
    Definition,
    change_indicator,
    make_indicator,
    replace_indicator,
)
from nep.indicators.services.shipped import load_shipped, shipped_entries
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.org.models import Line, Position, Unit, UnitKind
from nep.org.services.changes import move_unit
from nep.org.services.people import post_person, register_person
from nep.org.services.units import NewUnit, open_unit
from nep.platform.audit.models import Event
from tests.factories.province import TODAY, Province
from tests.indicators.conftest import AT

VISITS = Definition(
    name="Lượt phục vụ",
    definition="Đếm trong sổ tiếp dân.",
    unit_of_count="lượt",
    numerator_words="lượt phục vụ trong kỳ",
    lines=("authority",),
    source="Quy chế 05",
)


def test_shipped_indicators_are_there_once(db: None) -> None:
    codes = {entry["code"] for entry in shipped_entries()}
    assert set(Indicator.objects.values_list("code", flat=True)) == codes
    assert load_shipped() == 0
    assert {one.owner for one in Indicator.objects.all()} == {None}


def test_a_shipped_definition_is_not_changed(province: Province, online: Indicator) -> None:
    with pytest.raises(AccessDenied, match="không sửa được"):
        change_indicator(online, VISITS, actor=province.actor("ubnd-officer"), at=AT)


def test_an_own_definition_is_changed_until_figures_stand_under_it(
    province: Province, february: Period
) -> None:
    officer, root = province.actor("ubnd-officer"), province.units["UBND"]
    made = make_indicator(VISITS, owner=root, actor=officer, at=AT)
    assert (made.code, made.is_share, Event.objects.latest("pk").kind) == (
        "luot-phuc-vu",
        False,
        "indicators.made",
    )
    renamed = Definition("Lượt tiếp dân", "Đếm.", "lượt", "lượt", ("authority",), "Quy chế 05")
    assert change_indicator(made, renamed, actor=officer, at=AT).name == "Lượt tiếp dân"
    put([Telling(made.pk, root.pk, february, "told", Decimal(4))], by=None, at=AT)
    with pytest.raises(Conflict, match="Đặt bản mới"):
        change_indicator(made, VISITS, actor=officer, at=AT)
    following = replace_indicator(made, VISITS, actor=officer, at=AT)
    made.refresh_from_db()
    assert (following.replaces, made.retired_on, made.name) == (made, TODAY, "Lượt tiếp dân")
    with pytest.raises(Conflict, match="đã có bản mới"):
        replace_indicator(made, VISITS, actor=officer, at=AT)


def test_what_is_not_said_or_taken_is_refused(province: Province) -> None:
    officer, root = province.actor("ubnd-officer"), province.units["UBND"]
    make_indicator(VISITS, owner=root, actor=officer, at=AT)
    with pytest.raises(RuleError, match="đã có chỉ số tên này"):
        make_indicator(VISITS, owner=root, actor=officer, at=AT)
    with pytest.raises(RuleError, match=r"Đặt tên chỉ số\. Ghi cách tính"):
        make_indicator(Definition("", "", "lượt", "x", ("party",), "y"), owner=root, actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        make_indicator(VISITS, owner=root, actor=province.actor("snv-focal"), at=AT)


def test_who_sees_an_own_indicator(province: Province) -> None:
    head = province.actor("xa1-head")
    made = make_indicator(VISITS, owner=province.units["XA1"], actor=head, at=AT)
    seen = {
        login: visible_indicators(province.actor(login)).filter(pk=made.pk).exists()
        for login in ("xa1-staff", "th1-staff", "ubnd-officer", "supervisor", "xa2-head", "snv-staff")
    }
    assert seen == {
        "xa1-staff": True,
        "th1-staff": True,
        "ubnd-officer": True,
        "supervisor": True,
        "xa2-head": False,
        "snv-staff": False,
    }


def test_how_far_somebody_sees_sums(province: Province) -> None:
    lines = {
        login: sight_of(province.actor(login), province.units[unit]).lines
        for login, unit in (
            ("ubnd-head", "UBND"),
            ("ubnd-officer", "XA1"),
            ("supervisor", "UBND"),
            ("xa1-staff", "XA1"),
            ("cd-head", "CD1"),
        )
    }
    assert lines == {
        "ubnd-head": ("authority", "union", "party"),
        "ubnd-officer": ("authority", "union", "party"),
        "supervisor": ("authority",),
        "xa1-staff": (),
        "cd-head": ("union",),
    }


def owing(indicator: Indicator, period: Period) -> set[str]:
    rows = Figure.objects.current().filter(indicator=indicator, starts_on=period.starts_on)
    return set(rows.values_list("unit__code", flat=True))


def test_units_that_are_asked_owe_figures_period_after_period(
    province: Province, online: Indicator, february: Period
) -> None:
    officer, root = province.actor("ubnd-officer"), province.units["UBND"]
    assert ask_figures(online, root, [UnitKind.COMMUNE], february, actor=officer, at=AT) == 2
    assert (owing(online, february), owing(online, february.next)) == ({"XA1", "XA2"}, {"XA1", "XA2"})
    later = AT + timedelta(days=33)
    new = NewUnit("XA9", "Xã Nà Lau", UnitKind.COMMUNE, Line.AUTHORITY)
    open_unit(new, actor=None, on=date(2026, 4, 2), at=later, parent=root)
    open_periods(later)
    assert owing(online, february.next.next) == {"XA1", "XA2", "XA9"}
    asking = Asking.objects.get()
    end_asking(asking, actor=province.actor("ubnd-officer", date(2026, 4, 4)), at=later)
    open_periods(AT + timedelta(days=70))
    assert owing(online, february.next.next.next) == set()
    assert Event.objects.latest("pk").kind == "indicators.asking_ended"


def test_asking_needs_units_and_rights(province: Province, online: Indicator, february: Period) -> None:
    root = province.units["UBND"]
    officer = province.actor("ubnd-officer")
    with pytest.raises(RuleError, match="không có đơn vị nào"):
        ask_figures(online, root, [UnitKind.DISTRICT], february, actor=officer, at=AT)
    with pytest.raises(RuleError, match="60 kỳ"):
        ask_figures(online, root, ["commune"], read_period("month", "2019-01"), actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        ask_figures(online, root, ["commune"], february, actor=province.actor("xa1-head"), at=AT)


def test_units_are_ranked_among_their_kind(
    province: Province, online: Indicator, february: Period, django_assert_num_queries: object
) -> None:
    units = province.units
    told = {"XA1": (9, 10), "XA2": (19, 20), "SNV": (1, 2), "TH1": (1, 10)}
    put(
        [
            Telling(online.pk, units[code].pk, february, "told", Decimal(part), Decimal(whole))
            for code, (part, whole) in told.items()
        ],
        by=None,
        at=AT,
    )
    with django_assert_num_queries(3):  # type: ignore[operator]
        rows = ranking(online, units["UBND"].pk, february)
    assert [(row.unit.code, row.place) for row in rows] == [
        ("XA2", 1),
        ("XA1", 2),
        ("SNV", 1),
        ("SYT", None),
    ]
    assert rows[1].sum.numerator == 10  # its school counts along


def test_a_figure_counts_where_its_unit_stood_at_the_end_of_the_period(
    province: Province, online: Indicator, february: Period
) -> None:
    units = province.units
    telling = Telling(online.pk, units["TH1"].pk, february, "told", Decimal(3), Decimal(4))
    put([telling], by=None, at=AT)
    move_unit(units["TH1"], actor=None, on=date(2026, 3, 1), at=AT, parent=units["XA2"])
    above = {row.unit.code: row.sum.told for row in ranking(online, units["UBND"].pk, february)}
    assert (above["XA1"], above["XA2"]) == (1, 0)
    move_unit(units["TH1"], actor=None, on=date(2026, 2, 28), at=AT, parent=units["SYT"])
    above = {row.unit.code: row.sum.told for row in ranking(online, units["UBND"].pk, february)}
    assert (above["XA1"], above["SYT"]) == (0, 1)


def test_posts_rotated_when_due(province: Province) -> None:
    position = Position.objects.create(name="Kế toán", rotation_months=36)
    year = read_period("year", "2026")
    unit = Unit.objects.get(code="XA1")
    for number, (since, until) in enumerate(
        [
            (date(2023, 2, 1), date(2026, 2, 1)),  # left on the day
            (date(2023, 2, 1), None),  # still there
            (date(2023, 6, 1), None),  # due later this year
            (date(2021, 1, 1), None),  # due in an earlier year
        ]
    ):
        person = register_person(f"KT-{number}", f"Lù Văn {number}", actor=None, at=AT)
        Unit.objects.filter(pk=unit.pk).update(during=type(unit.during)(date(2020, 1, 1), None))
        post_person(
            person,
            actor=None,
            unit=Unit.objects.get(pk=unit.pk),
            position=position,
            on=since,
            until=until,
            at=AT,
        )
    assert list(rotated_when_due(year, TODAY)) == [(unit.pk, 1, 2)]
    assert list(rotated_when_due(year, date(2026, 7, 1))) == [(unit.pk, 1, 3)]
    indicator = Indicator.objects.get(code=CODE)
    assert refresh(indicator, year, at=AT) == 1
    assert refresh(indicator, year, at=AT) == 0
    row = Figure.objects.current().get(indicator=indicator)
    assert (row.state, row.numerator, row.denominator, row.origin) == ("told", 1, 2, "computed")
    position.rotation_months = None
    position.save()
    refresh_all(AT)
    assert Figure.objects.current().get(indicator=indicator).state == "nothing"
