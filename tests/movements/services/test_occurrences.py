"""Terms opened, answered, settled, ended; what tasks show of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nep.kernel.errors import Conflict, RuleError
from nep.movements.models import AdoptedTask, Adoption, Evidence, Occurrence, Target
from nep.movements.services.adoptions import issue_adoption, pass_down, withdraw_adoption
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_target, send_for_task
from nep.movements.services.occurrences import end_terms, open_terms_of
from nep.movements.services.occurrences_daily import open_due_terms
from tests.factories.evidence import counted, photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued, prepared

JULY = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


def shown(task: AdoptedTask) -> tuple[str, date | None, int]:
    """What a task tells of its terms."""
    task = AdoptedTask.objects.get(pk=task.pk)
    return task.state, task.due_on, task.terms_accepted


def stands(task: AdoptedTask) -> list[tuple[date | None, str]]:
    """The terms of a task in order."""
    return list(Occurrence.objects.filter(task=task).order_by("number").values_list("due_on", "state"))


def monthly(province: Province, running: Running) -> AdoptedTask:
    """The monthly photo in the issued plan of a commune; its first term ends on 19 March."""
    return adopted(issued(province, running, "XA1"), "NV2")


def send_photo(province: Province, task: AdoptedTask, term: int | None = None, on: date = TODAY) -> Evidence:
    focal = province.actor("xa1-focal", on)
    return send_for_task(task, told(on=on), [photo_file()], actor=focal, at=AT, term=term)


def test_an_issue_opens_a_term_for_each_task_and_target(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    rows = Occurrence.objects.filter(adoption=adoption).order_by("task__position", "target")
    assert list(rows.values_list("task__task__code", "target__code", "starts_on", "ends_on", "due_on")) == [
        ("NV1", None, date(2026, 1, 1), date(2026, 12, 15), date(2026, 12, 14)),
        ("NV2", None, date(2026, 2, 21), date(2026, 3, 20), date(2026, 3, 19)),
        ("NV4", None, date(2026, 1, 1), date(2030, 12, 31), None),
        (None, "CT1", date(2026, 1, 1), date(2026, 12, 1), date(2026, 11, 30)),
    ]
    assert set(rows.values_list("state", "number", "programme", "unit")) == {
        ("open", 1, running.programme.pk, province.units["XA1"].pk)
    }


def test_who_issues_shortly_before_a_last_day_begins_with_the_next_term(
    province: Province, running: Running
) -> None:
    issue = province.actor("xa2-head", date(2026, 3, 17))
    adoption = prepared(province, running, "XA2")
    Adoption.objects.filter(pk=adoption.pk).update(directly_because="Ít người.")
    issue_adoption(adoption, actor=issue, at=AT, head_answers=True)
    assert stands(adopted(adoption, "NV2")) == [(date(2026, 4, 19), "open")]


def test_late_months_stay_owed_while_the_next_ones_open(province: Province, running: Running) -> None:
    task = monthly(province, running)
    assert open_due_terms(on=date(2026, 5, 21), at=AT) == 3
    assert stands(task) == [
        (date(2026, 3, 19), "open"),
        (date(2026, 4, 19), "open"),
        (date(2026, 5, 19), "open"),
        (date(2026, 6, 19), "open"),
    ]
    assert shown(task) == ("open", date(2026, 3, 19), 0)
    assert Occurrence.objects.late(date(2026, 5, 21)).filter(task=task).count() == 3


def test_the_job_is_safe_to_run_twice_and_catches_up_after_a_standstill(
    province: Province, running: Running
) -> None:
    monthly(province, running)
    issued(province, running, "XA2")
    opened = [open_due_terms(on=day, at=AT) for day in (date(2027, 1, 2), date(2027, 1, 2))]
    rows = Occurrence.objects.values_list("adoption", "task", "target", "ends_on")
    assert (opened, rows.distinct().count()) == ([24, 0], rows.count())


def test_the_job_opens_nothing_for_plans_that_are_not_issued_or_programmes_that_are_over(
    province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    withdraw_adoption(adoption, "Sai ngày.", actor=province.actor("xa1-head"), at=AT)
    assert open_due_terms(on=date(2026, 9, 1), at=AT) == 0
    issued(province, running, "XA2")
    type(running.programme).objects.update(state="closed")
    assert open_due_terms(on=date(2026, 9, 1), at=AT) == 0


def test_a_chosen_late_term_is_answered(province: Province, running: Running) -> None:
    task = monthly(province, running)
    open_due_terms(on=date(2026, 4, 25), at=AT)
    second = Occurrence.objects.get(task=task, number=2)
    evidence = send_photo(province, task, second.pk, on=date(2026, 4, 25))
    assert (evidence.occurrence, evidence.term_due_on) == (second, date(2026, 4, 19))
    assert shown(task) == ("open", date(2026, 3, 19), 0)
    accept_evidence(evidence, actor=province.actor("snv-head"), at=AT)
    assert stands(task) == [
        (date(2026, 3, 19), "open"),
        (date(2026, 4, 19), "accepted"),
        (date(2026, 5, 19), "open"),
    ]
    second.refresh_from_db()
    assert (second.sent_on, second.settled_at) == (date(2026, 4, 25), AT)
    assert shown(task) == ("open", date(2026, 3, 19), 1)


def test_a_term_that_was_accepted_or_waits_is_not_answered_again(
    province: Province, running: Running
) -> None:
    task = monthly(province, running)
    evidence = send_photo(province, task)
    term = evidence.occurrence_id
    with pytest.raises(Conflict, match="đang chờ xét"):
        send_photo(province, task, term)
    accept_evidence(evidence, actor=province.actor("snv-head"), at=AT)
    with pytest.raises(Conflict, match="đã xong"):
        send_photo(province, task, term)
    assert Evidence.objects.count() == 1


def test_a_term_of_another_task_is_refused(province: Province, running: Running) -> None:
    task = monthly(province, running)
    other = Occurrence.objects.get(task__task__code="NV1")
    with pytest.raises(Conflict, match="vừa được bỏ"):
        send_photo(province, task, other.pk)


def test_the_day_of_sending_is_that_of_what_was_accepted(province: Province, running: Running) -> None:
    task = monthly(province, running)
    above = province.actor("snv-head")
    return_evidence(send_photo(province, task), "Ảnh mờ.", actor=above, at=AT)
    term = Occurrence.objects.get(task=task)
    assert (term.state, term.sent_on, shown(task)[0]) == ("returned", None, "returned")
    accept_evidence(send_photo(province, task, on=date(2026, 3, 9)), actor=above, at=AT)
    term.refresh_from_db()
    assert (term.state, term.sent_on) == ("accepted", date(2026, 3, 9))


def test_figures_of_a_settled_term_are_brought_up_to_date_without_settling_the_next(
    province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    for number in (12, 30):
        sent = send_for_target(adoption, running.target, counted(number, 40), actor=focal, at=AT)
        accept_evidence(sent, actor=above, at=AT)
    rows = Occurrence.objects.filter(target=running.target)
    assert list(rows.values_list("number", "state", "evidence__numerator").order_by("evidence__pk")) == [
        (1, "accepted", 12),
        (1, "accepted", 30),
    ]
    returned = send_for_target(adoption, running.target, counted(31, 40), actor=focal, at=AT)
    return_evidence(returned, "Sai số.", actor=above, at=AT)
    assert rows.get().state == "accepted"


def test_what_occurs_has_one_open_term_that_opens_again(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV4")
    sent = send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT)
    assert open_due_terms(on=date(2026, 9, 1), at=AT) == 6
    accept_evidence(sent, actor=province.actor("snv-head"), at=AT)
    assert stands(task) == [(None, "accepted"), (None, "open")]


def test_a_withdrawn_plan_owes_nothing_until_it_is_issued_again(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    task = monthly(province, running)
    sent = send_photo(province, task)
    return_evidence(sent, "Ảnh mờ.", actor=province.actor("snv-head"), at=AT)
    withdraw_adoption(task.adoption, "Sai ngày.", actor=head, at=AT)
    assert stands(task) == [(date(2026, 3, 19), "ended")]
    assert Occurrence.objects.owed().count() == 0
    issue_adoption(task.adoption, actor=head, at=AT, head_answers=True)
    assert stands(task) == [(date(2026, 3, 19), "returned")]
    assert Evidence.objects.get().occurrence == Occurrence.objects.get(task=task)
    assert Occurrence.objects.owed().count() == 4


def test_an_own_day_is_kept_as_a_lead_in_every_term(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = issued(province, running, "XA1")
    withdraw_adoption(adoption, "Đổi ngày.", actor=head, at=AT)
    AdoptedTask.objects.filter(adoption=adoption, task__code="NV2").update(due_on=date(2026, 3, 16))
    issue_adoption(adoption, actor=head, at=AT, head_answers=True)
    open_due_terms(on=date(2026, 4, 25), at=AT)
    task = adopted(adoption, "NV2")
    days = [date(2026, 3, 16), date(2026, 4, 16), date(2026, 5, 16)]
    assert (task.lead_days, stands(task)) == (3, [(day, "open") for day in days])
    (running.adoptions["TH1"],) = pass_down(adoption, [province.units["TH1"]], actor=head, at=AT)
    below = issued(province, running, "TH1")
    assert list(below.tasks.values_list("task__code", "lead_days")) == [("NV1", 0), ("NV4", 0)]
    withdraw_adoption(adoption, "Bỏ ngày riêng.", actor=head, at=AT)
    task.refresh_from_db()
    assert (task.due_on, task.lead_days) == (date(2026, 3, 16), 0)


def test_ended_terms_say_why_and_those_not_begun_go(province: Province, running: Running) -> None:
    task = monthly(province, running)
    accept_evidence(send_photo(province, task), actor=province.actor("snv-head"), at=AT)
    open_due_terms(on=date(2026, 4, 25), at=AT)
    rows = Occurrence.objects.filter(task=task)
    assert end_terms(rows, "Việc đã bỏ.", on=date(2026, 4, 15), at=AT) == 1
    assert stands(task) == [(date(2026, 3, 19), "accepted"), (date(2026, 4, 19), "ended")]
    assert set(rows.filter(state="ended").values_list("ended_because", "settled_at")) == {("Việc đã bỏ.", AT)}
    assert shown(task) == ("ended", date(2026, 4, 19), 1)
    with pytest.raises(RuleError, match=r"không còn phải nộp\. Việc đã bỏ\."):
        send_photo(province, task)
    assert open_due_terms(on=JULY.date(), at=JULY) == 0


def test_many_plans_open_with_as_many_queries_as_one(province: Province, running: Running) -> None:
    plans = [issued(province, running, unit) for unit in ("XA1", "XA2")]

    def opened(some: list[Adoption]) -> tuple[int, int]:
        Occurrence.objects.all().delete()
        with CaptureQueriesContext(connection) as seen:
            return open_terms_of(some, on=TODAY, at=AT), len(seen)

    (few, queries), (many, as_many) = opened(plans[:1]), opened(plans)
    assert (few, many, as_many) == (4, 8, queries)


def test_a_duty_that_comes_later_is_owed_from_then_on(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    added = Target.objects.create(
        programme=running.programme,
        position=2,
        code="CT2",
        name="Hội nghị",
        value=4,
        unit="hội nghị",
        rule="monthly",
    )
    assert open_due_terms(on=date(2026, 8, 10), at=AT) == 6  # five months of the photo, August of the target
    terms = Occurrence.objects.filter(adoption=plan, target=added)
    assert list(terms.values_list("due_on", flat=True)) == [date(2026, 9, 3)]
