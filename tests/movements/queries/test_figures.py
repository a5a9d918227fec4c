"""Figures of a programme: sums over what is accepted, narrowed to who looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nep.movements.domain.progress import TASK_WORDS, task_standing
from nep.movements.models import AdoptedTask, Adoption, Evidence, Occurrence, Programme, Target
from nep.movements.queries.counted import counted_adoptions
from nep.movements.queries.figures import FigureFacts, figure_facts
from nep.movements.queries.overview import Overview, condition_of, overview
from nep.movements.queries.targets import month_ends
from nep.org.models import UnitKind
from tests.factories.drafts import AT, launched
from tests.factories.province import TODAY, Province

NOW = AT + timedelta(hours=9)


def tell(
    programme: Programme, unit: str, numerator: int | None, denominator: int | None = None, **more: Any
) -> Evidence:
    """Accepted figures of a unit for the only target."""
    given = {
        "state": "accepted",
        "decided_by_id": 2,
        "decided_at": AT,
        "happened_on": TODAY,
        "sent_by_id": 1,
        "sent_by_name": "Người nộp",
        "sent_at": AT,
    } | more
    if given["state"] == "sent":
        given |= {"decided_by_id": None, "decided_at": None}
    adoption = Adoption.objects.get(programme=programme, unit__code=unit)
    return Evidence.objects.create(
        adoption=adoption,
        target=Target.objects.get(programme=programme),
        numerator=numerator,
        denominator=denominator,
        **given,
    )


def issue(programme: Programme, *units: str) -> None:
    Adoption.objects.filter(programme=programme, unit__code__in=units).update(
        state="issued", issued_by_id=1, issued_on=TODAY
    )


def seen(province: Province, programme: Programme, login: str = "ubnd-officer") -> Overview:
    return overview(programme, actor=province.actor(login), today=TODAY, now=NOW)


def facts(province: Province, programme: Programme, key: str, login: str = "ubnd-officer") -> FigureFacts:
    found = figure_facts(programme, key, actor=province.actor(login), today=TODAY, now=NOW)
    assert found is not None
    return found


def key_of(programme: Programme) -> str:
    return f"target-{Target.objects.get(programme=programme).pk}"


def test_a_share_is_the_sum_of_the_last_accepted_figures(province: Province) -> None:
    programme = launched(province)
    tell(programme, "XA1", 10, 40, decided_at=AT - timedelta(days=3))
    tell(programme, "XA1", 30, 40)
    tell(programme, "XA2", 19, 60)
    tell(programme, "SNV", 99, 100, state="returned")
    tell(programme, "SYT", 99, 100, state="sent")
    row = seen(province, programme).targets[0]
    assert (row.value, row.goal_words) == ("49,0\u00a0%", "100\u00a0%")
    assert (row.told.numerator, row.told.denominator) == (Decimal(49), Decimal(100))
    assert (row.told.with_figures, row.told.silent, row.told.waiting) == (2, 2, 1)
    assert (row.reached.kind, row.reached.word) == ("warn", "Còn 51 người, 2 đơn vị chưa báo")


def test_counts_add_up(province: Province) -> None:
    programme = launched(province)
    Target.objects.filter(programme=programme).update(unit="hội nghị", value=4, subject="other")
    tell(programme, "XA1", 1, decided_at=AT - timedelta(days=3))
    tell(programme, "XA1", 2)
    tell(programme, "XA2", 1)
    row = seen(province, programme).targets[0]
    assert (row.value, row.goal_words, row.reached.word) == ("4", "4 hội nghị", "Đạt")


@pytest.mark.parametrize(
    ("told", "absent", "value", "word"),
    [
        ([], "missing", "", "Chưa có số"),
        ([(None, None, True)], "nothing", "", "Không phát sinh"),
        ([(0, 10, False)], "", "0,0\u00a0%", "Còn 10 người, 3 đơn vị chưa báo"),
    ],
)
def test_silence_nothing_and_zero(
    province: Province, told: list[tuple[int | None, int | None, bool]], absent: str, value: str, word: str
) -> None:
    programme = launched(province)
    for numerator, denominator, nothing in told:
        tell(programme, "XA1", numerator, denominator, nothing=nothing, text="Có ghi.")
    row = seen(province, programme).targets[0]
    assert (row.told.absent, row.value, row.reached.word) == (absent, value, word)
    shown = facts(province, programme, row.key)
    assert (shown.absent, shown.shown) == (
        absent,
        value or {"missing": "Chưa báo cáo", "nothing": "Không phát sinh"}[absent],
    )


def test_the_trend_sees_what_held_at_each_end_of_month(province: Province) -> None:
    programme = launched(province)
    tell(programme, "XA1", 10, 40, decided_at=datetime(2025, 12, 10, tzinfo=UTC))
    tell(programme, "XA1", 20, 40, decided_at=datetime(2026, 2, 10, tzinfo=UTC))
    tell(programme, "XA2", 40, 40, decided_at=datetime(2026, 2, 20, tzinfo=UTC))
    assert seen(province, programme).targets[0].points == (25.0, 25.0, 75.0, 75.0)


def test_month_ends_are_midnights_of_the_office() -> None:
    assert [f"{point:%d/%m/%Y %H:%M}" for point in month_ends(date(2026, 3, 2))] == [
        "01/11/2025 00:00",
        "01/12/2025 00:00",
        "01/01/2026 00:00",
        "01/02/2026 00:00",
        "01/03/2026 00:00",
    ]


def test_who_leads_nothing_sees_only_the_figures_of_the_own_unit(province: Province) -> None:
    programme = launched(province)
    tell(programme, "XA1", 30, 40)
    tell(programme, "XA2", 0, 60)
    own = seen(province, programme, "xa1-head")
    assert own.targets[0].value == "75,0\u00a0%"
    assert (own.issued, own.expected) == (0, 1)
    assert own.whose == "Số liệu dưới đây chỉ tính 1 trong 4 đơn vị: Ủy ban nhân dân xã Mường Khe."
    shown = facts(province, programme, key_of(programme), "xa1-head")
    assert [(record.who, record.says) for record in shown.records] == [
        ("Ủy ban nhân dân xã Mường Khe", "30/40, 02/03/2026")
    ]
    assert shown.missing == []
    assert seen(province, programme).whose == ""


def test_a_school_below_sees_no_figures_of_others(province: Province) -> None:
    programme = launched(province)
    tell(programme, "XA1", 30, 40)
    assert seen(province, programme, "th1-head").targets[0].told.absent == "missing"
    assert seen(province, programme, "th1-head").whose == (
        "Không có đơn vị nào trong phạm vi được xem; trang này chỉ cho xem nội dung chương trình."
    )


def add_tasks(programme: Programme) -> list[AdoptedTask]:
    adoption = Adoption.objects.get(programme=programme, unit__code="XA1")
    days = [None, *(TODAY + timedelta(days=days) for days in (-40, -1, 0, 1, 30, 31, 90))]
    return [
        AdoptedTask.objects.create(
            adoption=adoption, position=number, title=f"Việc {number}", due_on=due, state=state
        )
        for number, (state, due) in enumerate(
            (state, due) for state in ("open", "sent", "returned", "accepted") for due in days
        )
    ]


def test_the_standing_of_a_task_is_the_same_in_sql_and_in_the_core(province: Province) -> None:
    programme = launched(province)
    tasks = add_tasks(programme)
    for kind in TASK_WORDS:
        by_sql = set(AdoptedTask.objects.filter(condition_of(kind, TODAY)))
        assert by_sql == {task for task in tasks if task_standing(task.state, task.due_on, TODAY) == kind}


def test_tasks_are_counted_once_the_plan_is_issued(province: Province) -> None:
    programme = launched(province)
    add_tasks(programme)
    assert seen(province, programme).tasks_in_all == 0
    issue(programme, "XA1")
    shown = seen(province, programme)
    assert shown.tasks == {"done": 8, "waiting": 8, "doing": 8, "late": 4, "not_due": 4}
    assert shown.late == []
    for task in AdoptedTask.objects.filter(adoption__state="issued", state__in=["open", "returned"]):
        Occurrence.objects.create(
            programme=programme,
            unit=task.adoption.unit,
            adoption=task.adoption,
            task=task,
            number=1,
            starts_on=TODAY - timedelta(days=99),
            ends_on=TODAY,
            due_on=task.due_on,
            state=task.state,
        )
    assert [row.term.due_on for row in seen(province, programme).late] == [
        TODAY + timedelta(days=days) for days in (-40, -40, -1, -1)
    ]
    late = facts(province, programme, "tasks-late")
    assert (late.value, late.denominator, late.records_total, len(late.records)) == ("4", "32", 4, 4)
    assert late.not_counted == ("3 đơn vị chưa ban hành kế hoạch, chưa có việc để tính.",)


def test_units_per_line_and_level(province: Province) -> None:
    programme = launched(province)
    issue(programme, "XA1", "SNV")
    row = seen(province, programme).units[0]
    assert (row.label, row.ratio, row.key) == ("Chính quyền, cấp 1", "2/4", "units-authority-1")
    for key in ("units", row.key):
        shown = facts(province, programme, key)
        assert (shown.value, shown.numerator, shown.denominator, shown.missing_total) == ("2/4", "2", "4", 2)
        assert [record.who for record in shown.missing] == ["Sở Y tế", "Ủy ban nhân dân phường Hải Ninh"]
        assert [record.says for record in shown.records] == ["Ban hành 02/03/2026"] * 2


def test_the_drawer_says_what_is_not_counted_and_who_is_missing(province: Province) -> None:
    programme = launched(province)
    issue(programme, "XA1", "XA2")
    tell(programme, "XA1", 30, 40)
    tell(programme, "XA2", 5, 10, state="sent")
    shown = facts(province, programme, key_of(programme))
    assert (shown.numerator, shown.denominator) == ("30", "40")
    assert shown.numerator_words == "người đạt yêu cầu, của 1 đơn vị đã được nhận số liệu"
    assert shown.denominator_words == "người phải tính, của 1 đơn vị đã được nhận số liệu"
    assert shown.against == "mục tiêu 100\u00a0%, còn 10 người, 3 đơn vị chưa báo"
    assert shown.not_counted == ("1 minh chứng đang chờ xét.", "3 đơn vị chưa có số liệu được nhận.")
    assert [(record.who, record.word) for record in shown.missing] == [
        ("Sở Nội vụ", "Chưa báo cáo"),
        ("Sở Y tế", "Chưa báo cáo"),
        ("Ủy ban nhân dân phường Hải Ninh", "Chờ xét"),
    ]


@pytest.mark.parametrize(
    "key", ["target-0", "target-x", "tasks-some", "units-moon-1", "units-union-x", "people"]
)
def test_there_is_no_other_figure(province: Province, key: str) -> None:
    programme = launched(province)
    assert figure_facts(programme, key, actor=province.actor("ubnd-officer"), today=TODAY, now=NOW) is None


def queries_of(province: Province, programme: Programme) -> list[int]:
    """Queries of the overview and of each figure."""
    counts = []
    for key in ("", key_of(programme), "tasks-late", "units"):
        actor = province.actor("ubnd-officer")
        with CaptureQueriesContext(connection) as queries:
            if key:
                figure_facts(programme, key, actor=actor, today=TODAY, now=NOW)
            else:
                overview(programme, actor=actor, today=TODAY, now=NOW)
        counts.append(len(queries))
    return counts


def test_figures_ask_the_same_number_of_questions_for_more_units(province: Province) -> None:
    programme = launched(province)
    issue(programme, "XA1")
    add_tasks(programme)
    tell(programme, "XA1", 1, 2)
    before = queries_of(province, programme)
    for number in range(30):
        unit = province.open(f"M{number}", f"Xã {number}", UnitKind.COMMUNE, parent="UBND")
        Adoption.objects.get_or_create(programme=programme, unit=unit, defaults={"expected_since": TODAY})
        tell(programme, f"M{number}", 1, 2)
    assert queries_of(province, programme) == before
    assert counted_adoptions(province.actor("ubnd-officer"), programme).count() == 34
