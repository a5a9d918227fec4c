"""An upgraded database gets terms for what was owed and shown before terms were kept."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

from django.apps import apps
from django.db import connection

from nep.movements.models import AdoptedTask, Evidence, Occurrence, Programme
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_target, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms
from tests.factories.evidence import counted, photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

keep_terms = import_module("nep.movements.migrations.0011_terms_of_before").keep_terms


def forget_terms() -> None:
    """As it was before: no terms, only the running last day on each task, named by the rule."""
    Evidence.objects.update(occurrence=None)
    Occurrence.objects.all().delete()


def upgrade() -> None:
    keep_terms(apps, connection.schema_editor(atomic=False))


def rows(task: AdoptedTask) -> list[tuple[str, date | None, date | None]]:
    found = Occurrence.objects.filter(task=task).order_by("number")
    return list(found.values_list("state", "due_on", "sent_on"))


def test_evidence_of_before_answers_terms_and_nothing_is_lost(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    photo, when_it_occurs = adopted(plan, "NV2"), adopted(plan, "NV4")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    for hour in range(2):
        at = AT + timedelta(hours=hour)
        sent = send_for_task(photo, told(), [photo_file()], actor=focal, at=at)
        accept_evidence(sent, actor=above, at=at + timedelta(minutes=5))
        sent = send_for_task(when_it_occurs, told(), actor=focal, at=at)
        accept_evidence(sent, actor=above, at=at + timedelta(minutes=5))
    returned = send_for_task(photo, told(), [photo_file()], actor=focal, at=AT + timedelta(hours=3))
    return_evidence(returned, "Ảnh mờ.", actor=above, at=AT + timedelta(hours=4))
    send_for_target(plan, running.target, counted(3, 4), actor=focal, at=AT)
    open_due_terms(on=date(2026, 3, 3), at=AT)
    before = {task.pk: rows(task) for task in plan.tasks.all()}
    answers = list(Evidence.objects.order_by("pk").values_list("pk", "occurrence__number"))
    tasks = list(AdoptedTask.objects.order_by("pk").values_list("pk", "state", "due_on", "terms_accepted"))
    forget_terms()
    upgrade()
    assert {task.pk: rows(task) for task in plan.tasks.all()} == before
    assert list(Evidence.objects.order_by("pk").values_list("pk", "occurrence__number")) == answers
    assert (
        list(AdoptedTask.objects.order_by("pk").values_list("pk", "state", "due_on", "terms_accepted"))
        == tasks
    )
    target = Occurrence.objects.get(target=running.target)
    assert (target.state, target.starts_on, target.ends_on, target.named_on) == (
        "sent",
        date(2026, 1, 1),
        date(2026, 12, 1),
        date(2026, 12, 1),
    )
    assert open_due_terms(on=date(2026, 3, 3), at=AT) == 0


def test_the_day_that_a_rule_names_becomes_the_last_day_in_time(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    task = adopted(plan, "NV2")
    forget_terms()
    AdoptedTask.objects.filter(pk=task.pk).update(due_on=date(2026, 3, 20))
    AdoptedTask.objects.filter(adoption=plan, task__code="NV1").update(due_on=date(2026, 12, 1))
    upgrade()
    assert rows(task) == [("open", date(2026, 3, 19), None)]
    term = Occurrence.objects.get(task=task)
    assert (term.starts_on, term.ends_on, term.named_on) == (
        date(2026, 2, 21),
        date(2026, 3, 20),
        date(2026, 3, 20),
    )
    own = adopted(plan, "NV1")
    assert (own.lead_days, rows(own)) == (13, [("open", date(2026, 12, 1), None)])
    assert open_due_terms(on=date(2026, 3, 21), at=AT) == 2  # April, and the figures of the target


def test_what_was_owed_in_an_ended_programme_is_owed_no_more(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    forget_terms()
    Programme.objects.update(state="closed")
    running.programme.steps.create(
        name="close", source="final_review", target="closed", taken_by_id=1, taken_at=AT
    )
    upgrade()
    task.refresh_from_db()
    told_of = Occurrence.objects.filter(task=task).values_list("state", "ended_because", "settled_at")
    assert (list(told_of), task.state) == ([("ended", "Chương trình đã kết thúc.", AT)], "ended")


def test_plans_in_preparation_get_no_terms(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    forget_terms()
    type(running.adoptions["XA1"]).objects.update(state="preparing", issued_by_id=None, issued_on=None)
    upgrade()
    assert Occurrence.objects.count() == 0
