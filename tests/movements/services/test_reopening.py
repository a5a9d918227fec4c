"""Closed periods: locked months and ended programmes take nothing, unless opened again for a unit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nep.kernel.errors import AccessDenied, RuleError
from nep.movements.access import evidence_to_decide
from nep.movements.models import AdoptedTask, Evidence, Occurrence, Programme, Reopening
from nep.movements.services.evidence import accept_evidence, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms, turn_the_day
from nep.movements.services.reopening import close_programme_terms, reopen_period
from nep.org.services.periods import lock_period
from nep.platform.audit.models import Event
from nep.platform.audit.trail import tell
from tests.factories.evidence import photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

MARCH, APRIL = (date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 8)
LATER = datetime(2026, 4, 8, 2, 0, tzinfo=UTC)


def send(province: Province, task: AdoptedTask, on: date = APRIL, term: int | None = None) -> Evidence:
    focal = province.actor("xa1-focal", on)
    return send_for_task(task, told(on=on), [photo_file()], actor=focal, at=LATER, term=term)


@pytest.fixture
def locked(province: Province, running: Running) -> AdoptedTask:
    """The monthly photo of a commune, late for March, which the province has locked."""
    task = adopted(issued(province, running, "XA1"), "NV2")
    open_due_terms(on=APRIL, at=AT)
    lock_period(province.units["UBND"], date(2026, 3, 1), actor=province.actor("ubnd-head", APRIL), at=LATER)
    return task


def opened(province: Province, task: AdoptedTask, login: str = "snv-head") -> Reopening:
    return reopen_period(
        task.adoption,
        *MARCH,
        until=date(2026, 4, 15),
        reason="Mất mạng cuối tháng.",
        actor=province.actor(login, APRIL),
        at=LATER,
    )


def test_a_locked_month_takes_nothing_and_says_how_to_ask(province: Province, locked: AdoptedTask) -> None:
    with pytest.raises(RuleError) as refused:
        send(province, locked)
    assert refused.value.reason == (
        "Số liệu tháng 03/2026 đã khóa. Muốn nộp, đề nghị thủ trưởng Sở Nội vụ mở lại kỳ cho đơn vị: "
        "ghi lý do và ngày đóng lại ở trang kế hoạch của đơn vị."
    )
    april = Occurrence.objects.get(task=locked, number=2)
    assert send(province, locked, term=april.pk).reopening is None
    assert Evidence.objects.count() == 1


def test_opened_again_it_takes_evidence_that_is_marked(province: Province, locked: AdoptedTask) -> None:
    reopening = opened(province, locked)
    evidence = send(province, locked)
    assert (evidence.reopening, evidence.term_due_on) == (reopening, date(2026, 3, 19))
    event = Event.objects.get(kind="movements.period_reopened")
    assert (tell(event).sentence, event.reason) == (
        "Lò Văn Thành mở lại kỳ 01/03/2026 đến 31/03/2026 cho Ủy ban nhân dân xã Mường Khe, "
        "đến hết ngày 15/04/2026.",
        "Mất mạng cuối tháng.",
    )


def test_it_closes_by_itself(province: Province, locked: AdoptedTask) -> None:
    opened(province, locked)
    turn_the_day(on=date(2026, 4, 15), at=LATER)
    assert Reopening.objects.open_on(date(2026, 4, 15)).count() == 1
    with pytest.raises(RuleError, match="đã khóa"):
        send(province, locked, date(2026, 4, 16))
    for _ in range(2):
        turn_the_day(on=date(2026, 4, 16), at=LATER)
    assert Reopening.objects.get().closed_at == LATER
    event = Event.objects.get(kind="movements.reopening_closed")
    assert (event.actor_name, event.facts["entered"]) == ("Nếp", 0)


@pytest.mark.parametrize("login", ["xa1-head", "snv-focal", "ubnd-head", "supervisor"])
def test_only_who_leads_the_asking_unit_opens(province: Province, locked: AdoptedTask, login: str) -> None:
    with pytest.raises(AccessDenied):
        opened(province, locked, login)


@pytest.mark.parametrize(
    ("first", "until", "reason", "sentence"),
    [
        (MARCH[0], date(2026, 4, 15), " ", "Ghi lý do"),
        (MARCH[0], date(2026, 4, 7), "Mất mạng.", "Chọn ngày đóng lại"),
        (MARCH[0], date(2026, 5, 9), "Mất mạng.", "đến 08/05/2026"),
        (date(2026, 4, 1), date(2026, 4, 15), "Mất mạng.", "chưa đóng"),
    ],
)
def test_without_reason_end_or_need_nothing_opens(
    province: Province, locked: AdoptedTask, first: date, until: date, reason: str, sentence: str
) -> None:
    last = max(first, MARCH[1])
    head = province.actor("snv-head", APRIL)
    with pytest.raises(RuleError, match=sentence):
        reopen_period(locked.adoption, first, last, until=until, reason=reason, actor=head, at=LATER)
    assert Reopening.objects.count() == 0


def test_what_occurred_in_a_locked_month_is_not_entered(province: Province, locked: AdoptedTask) -> None:
    task = adopted(locked.adoption, "NV4")
    focal = province.actor("xa1-focal", APRIL)
    with pytest.raises(RuleError, match="tháng 03/2026 đã khóa"):
        send_for_task(task, told(on=date(2026, 3, 30)), actor=focal, at=LATER)
    assert send_for_task(task, told(on=APRIL), actor=focal, at=LATER).state == "sent"


def closed(province: Province, running: Running) -> AdoptedTask:
    """The programme has ended; the photo of March was still owed."""
    task = adopted(issued(province, running, "XA1"), "NV2")
    close_programme_terms(running.programme, on=APRIL, at=LATER)
    Programme.objects.update(state="closed")
    return AdoptedTask.objects.select_related("adoption__programme").get(pk=task.pk)


def test_a_programme_that_ends_takes_its_terms_with_it(province: Province, running: Running) -> None:
    task = closed(province, running)
    rows = Occurrence.objects.values_list("state", "ended_because", "settled_at").distinct().order_by()
    assert list(rows) == [("ended", "Chương trình đã kết thúc.", LATER)]
    assert (task.state, Occurrence.objects.owed().count()) == ("ended", 0)
    with pytest.raises(AccessDenied, match="đã kết thúc"):
        send(province, task)


def test_a_term_of_an_ended_programme_is_opened_for_one_unit_and_ends_again(
    province: Province, running: Running
) -> None:
    task = closed(province, running)
    reopening = opened(province, task)
    assert list(Occurrence.objects.owed().values_list("task", "due_on")) == [(task.pk, date(2026, 3, 19))]
    evidence = send(province, task)
    assert evidence.reopening == reopening
    head = province.actor("snv-head", APRIL)
    assert evidence_to_decide(head).get() == evidence
    accept_evidence(evidence, actor=head, at=LATER)
    turn_the_day(on=date(2026, 4, 16), at=LATER)
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"accepted", "ended"}
    assert Event.objects.get(kind="movements.reopening_closed").facts["entered"] == 1


def test_what_was_not_entered_in_time_ends_again(province: Province, running: Running) -> None:
    task = closed(province, running)
    opened(province, task)
    turn_the_day(on=date(2026, 4, 16), at=LATER)
    assert (Occurrence.objects.owed().count(), Occurrence.objects.get(task=task).state) == (0, "ended")
