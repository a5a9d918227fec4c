"""Targets point at indicators; accepted evidence becomes figures; terms that change are followed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nep.accounts.roles import HEAD, MOVEMENT_OFFICER
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.sums import live_sums
from nep.kernel.errors import RuleError
from nep.movements.domain import states
from nep.movements.models import Adoption, Occurrence, Programme, Target, TermMark
from nep.movements.queries.counted import counted_in
from nep.movements.queries.parts import KINDS
from nep.movements.queries.tallies import figure_sums
from nep.movements.services.content import add_part
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_target, send_for_task
from nep.movements.services.indicators import ON_TIME, catch_up, give_indicators, indicator_of
from nep.movements.services.occurrences import end_terms, open_terms
from nep.org.services.grants import grant_role
from tests.factories.evidence import counted, nothing, photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, issued, running_programme

YEAR = date(2026, 1, 1)


@pytest.fixture
def running(province: Province) -> Running:
    """A programme whose departments and communes are to adopt it."""
    return running_programme(province)


def figure(unit: str, indicator: Indicator) -> tuple[str, Decimal | None, Decimal | None, date] | None:
    columns = ("state", "numerator", "denominator", "starts_on")
    rows = Figure.objects.current().filter(unit__code=unit, indicator=indicator).order_by("-starts_on")
    return rows.values_list(*columns).first()


def test_a_target_without_a_choice_gets_an_indicator_of_its_own(running: Running) -> None:
    give_indicators(running.programme, on=TODAY)
    running.target.refresh_from_db()
    made = running.target.indicator
    assert made is not None
    assert (made.code, made.name, made.grain, made.provider, made.is_share, made.lines) == (
        "ctkl-2026-ct1",
        "Công chức được phổ biến quy tắc",
        "year",
        "evidence",
        True,
        ["authority"],
    )
    assert made.owner == running.programme.lead_unit
    give_indicators(running.programme, on=TODAY)
    assert Indicator.objects.filter(owner__isnull=False).count() == 1


def test_a_chosen_indicator_stays_and_must_count_alike(province: Province) -> None:
    programme = Programme.objects.create(
        code="NHAP",
        title="Nháp",
        lead_unit=province.units["SNV"],
        starts_on=YEAR,
        ends_on=date(2026, 12, 31),
        created_by_id=1,
        created_at=AT,
        search="nhap",
    )
    grant_role(
        province.users["snv-staff"], MOVEMENT_OFFICER, actor=None, unit=programme.lead_unit, on=YEAR, at=AT
    )
    actor = province.actor("snv-staff")
    share = Indicator.objects.get(code="dvctt-toan-trinh")
    values = {"name": "Hồ sơ trực tuyến", "value": Decimal(80), "unit": "%", "indicator": share}
    target = add_part(KINDS["chi-tieu"], values, programme=programme, actor=actor, at=AT)
    assert isinstance(target, Target)
    assert indicator_of(target, on=TODAY) == share
    wrong = values | {"unit": "hồ sơ", "value": Decimal(5)}
    with pytest.raises(RuleError, match="tính phần trăm"):
        add_part(KINDS["chi-tieu"], wrong, programme=programme, actor=actor, at=AT)


def test_accepted_evidence_is_the_figure_of_its_period(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    focal, head = province.actor("xa1-focal"), province.actor("snv-head")
    sent = send_for_target(adoption, running.target, counted(9, 10), actor=focal, at=AT)
    indicator = indicator_of(running.target, on=TODAY)
    assert figure("XA1", indicator) is None
    accept_evidence(sent, actor=head, at=AT)
    assert figure("XA1", indicator) == ("told", 9, 10, YEAR)
    row = Figure.objects.current().get(indicator=indicator)
    assert (row.origin, row.evidence_id, row.told_at) == ("evidence", sent.pk, AT)
    again = send_for_target(adoption, running.target, counted(10, 10), actor=focal, at=AT)
    return_evidence(again, "Thiếu danh sách.", actor=head, at=AT)
    assert figure("XA1", indicator) == ("told", 9, 10, YEAR)
    last = send_for_target(adoption, running.target, nothing(), actor=focal, at=AT)
    accept_evidence(last, actor=head, at=AT + timedelta(days=1))
    assert figure("XA1", indicator) == ("nothing", None, None, YEAR)


def test_an_issued_plan_owes_figures_until_its_terms_end(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    assert TermMark.objects.exists()
    catch_up(AT)
    indicator = indicator_of(Target.objects.get(pk=running.target.pk), on=TODAY)
    assert figure("XA1", indicator) == ("missing", None, None, YEAR)
    assert not TermMark.objects.exists()
    end_terms(Occurrence.objects.filter(adoption=adoption), "Đơn vị đã giải thể.", on=TODAY, at=AT)
    catch_up(AT)
    assert figure("XA1", indicator) is None
    Occurrence.objects.filter(adoption=adoption).delete()
    open_terms(Adoption.objects.get(pk=adoption.pk), on=TODAY, at=AT)
    catch_up(AT)
    assert figure("XA1", indicator) == ("missing", None, None, YEAR)


def test_terms_answered_in_time_are_counted_by_the_month_in_which_they_fall_due(
    province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    catch_up(AT)
    indicator = Indicator.objects.get(code=ON_TIME)
    due = Occurrence.objects.get(adoption=adoption, task__task__code="NV2").due_on
    assert due is not None
    month = due.replace(day=1)

    def counts() -> tuple[str, Decimal | None, Decimal | None]:
        row = Figure.objects.current().get(indicator=indicator, unit__code="XA1", starts_on=month)
        return row.state, row.numerator, row.denominator

    assert counts() == ("told", 0, 1)
    task = adoption.tasks.get(task__code="NV2")
    focal, head = province.actor("xa1-focal"), province.actor("snv-head")
    sent = send_for_task(task, told(), [photo_file()], actor=focal, at=AT)
    accept_evidence(sent, actor=head, at=AT)
    assert counts() == ("told", 1, 1)
    Occurrence.objects.filter(adoption=adoption, task=task).update(sent_on=due + timedelta(days=1))
    catch_up(AT)
    assert counts() == ("told", 0, 1)
    Occurrence.objects.filter(adoption=adoption, due_on=due).update(
        state=states.ENDED, settled_at=AT, ended_because="Thôi."
    )
    catch_up(AT)
    assert counts() == ("nothing", None, None)


def test_both_ways_of_summing_agree_on_a_whole_programme(province: Province, running: Running) -> None:
    """The tally beside the plans (ADR 15) and the sums of figures (ADR 19)."""
    figures = {"XA1": counted(9, 10), "XA2": counted(3, 7), "SYT": nothing()}
    province.staff("syt-head", "Quàng Văn Ín", "SYT", HEAD, position="Thủ trưởng")
    officer = province.actor("snv-head")
    for code, content in figures.items():
        adoption = issued(province, running, code)
        sender = province.actor("xa1-focal" if code == "XA1" else f"{code.lower()}-head")
        sent = send_for_target(adoption, running.target, content, actor=sender, at=AT)
        accept_evidence(sent, actor=officer, at=AT)
    catch_up(AT)
    whole = counted_in(officer, running.programme)
    numerator, denominator, with_figures, spoke = figure_sums(whole, [AT])[1, running.target.pk]
    indicator = indicator_of(Target.objects.get(pk=running.target.pk), on=TODAY)
    root = province.units["UBND"].pk
    total = live_sums([indicator], [root], [YEAR])[indicator.pk, root, YEAR]
    assert (total.numerator, total.denominator) == (numerator, denominator) == (12, 17)
    assert (total.told, total.told + total.nothing) == (with_figures, spoke) == (2, 3)
