"""Two people act at the same moment: one act stands, the other is told, and the trail has one event."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from nep.accounts.roles import HEAD
from nep.kernel.errors import NepError
from nep.movements.domain.exceptions import Later
from nep.movements.models import Adoption, Evidence, Occurrence
from nep.movements.services.adoptions import issue_adoption, pass_down, prepare_adoption, withdraw_adoption
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms
from nep.movements.services.special_dates import (
    Asked,
    ask_special_date,
    grant_special_date,
    refuse_special_date,
)
from nep.movements.services.steps import take_step
from nep.org.services.changes_merging import merge_units
from nep.platform.audit.models import Event
from tests.factories.drafts import submitted
from tests.factories.evidence import photo_file, told
from tests.factories.province import AT, TODAY, Province, small_province
from tests.factories.running import adopted, issued, prepared, running_programme

pytestmark = pytest.mark.django_db(transaction=True)
MERGED = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def province(transactional_db: None) -> Province:
    """The small province in rows that other connections see, with a second head everywhere it matters."""
    province = small_province()
    for unit in ("UBND", "XA1", "SNV"):
        province.staff(f"{unit.lower()}-deputy", "Đèo Thị Thơm", unit, HEAD)
    return province


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let all act at the same moment, each on a connection of its own; "done", or the refusal's kind."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            act()
        except NepError as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


def told_of(code: str) -> int:
    return Event.objects.filter(kind=f"movements.{code}").count()


def test_two_heads_launch(province: Province) -> None:
    programme = submitted(province)
    heads = [province.actor("ubnd-head"), province.actor("ubnd-deputy")]
    ends = at_once(
        *(
            lambda head=head: take_step(
                "launch", programme=programme, actor=head, at=AT, seen_state="submitted"
            )
            for head in heads
        )
    )
    assert ends == ["Conflict", "done"]
    assert (Adoption.objects.count(), told_of("programme_launched")) == (4, 1)


def test_two_open_a_plan(province: Province) -> None:
    adoption = running_programme(province).adoptions["XA1"]
    ends = at_once(
        *(
            lambda login=login: prepare_adoption(adoption, actor=province.actor(login), at=AT)
            for login in ("xa1-head", "xa1-focal")
        )
    )
    assert ends == ["done", "done"]
    assert (adoption.tasks.count(), told_of("adoption_opened")) == (3, 1)


def test_two_heads_issue_a_plan(province: Province) -> None:
    adoption = prepared(province, running_programme(province), "XA1")
    Adoption.objects.filter(pk=adoption.pk).update(directly_because="Đơn vị ít người.")
    ends = at_once(
        *(
            lambda login=login: issue_adoption(
                adoption, actor=province.actor(login), at=AT, head_answers=True
            )
            for login in ("xa1-head", "xa1-deputy")
        )
    )
    assert ends == ["AccessDenied", "done"]
    assert told_of("adoption_issued") == 1


def test_two_heads_pass_a_plan_down(province: Province) -> None:
    adoption = issued(province, running_programme(province), "XA1")
    ends = at_once(
        *(
            lambda login=login: pass_down(
                adoption, [province.units["TH1"]], actor=province.actor(login), at=AT
            )
            for login in ("xa1-head", "xa1-deputy")
        )
    )
    assert ends == ["Conflict", "done"]
    assert Adoption.objects.filter(unit=province.units["TH1"]).count() == told_of("adoption_passed") == 1


def test_two_send_evidence_for_a_term(province: Province) -> None:
    task = adopted(issued(province, running_programme(province), "XA1"), "NV1")
    ends = at_once(
        *(
            lambda login=login: send_for_task(task, told(), actor=province.actor(login), at=AT)
            for login in ("xa1-head", "xa1-focal")
        )
    )
    assert ends == ["Conflict", "done"]
    assert Evidence.objects.count() == told_of("evidence_sent") == 1


def test_a_term_is_accepted_while_the_day_opens_the_next(province: Province) -> None:
    task = adopted(issued(province, running_programme(province), "XA1"), "NV2")
    sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    day = date(2026, 3, 25)
    ends = at_once(
        lambda: accept_evidence(sent, actor=province.actor("snv-head"), at=AT),
        lambda: open_due_terms(on=day, at=AT),
        lambda: open_due_terms(on=day, at=AT),
    )
    assert ends == ["done", "done", "done"]
    rows = Occurrence.objects.filter(task=task).order_by("number")
    assert list(rows.values_list("state", "due_on")) == [
        ("accepted", date(2026, 3, 19)),
        ("open", date(2026, 4, 19)),
    ]
    task.refresh_from_db()
    assert (task.state, task.due_on, task.terms_accepted) == ("open", date(2026, 4, 19), 1)


def test_a_plan_is_withdrawn_while_the_day_opens_its_terms(province: Province) -> None:
    plan = issued(province, running_programme(province), "XA1")
    ends = at_once(
        lambda: withdraw_adoption(plan, "Sai ngày.", actor=province.actor("xa1-head"), at=AT),
        lambda: open_due_terms(on=date(2026, 4, 25), at=AT),
    )
    assert (ends, Occurrence.objects.count()) == (["done", "done"], 0)


def test_evidence_is_sent_while_the_unit_is_merged(province: Province) -> None:
    plan = issued(province, running_programme(province), "XA1")
    units, task = province.units, adopted(plan, "NV1")
    ends = at_once(
        lambda: send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT),
        lambda: merge_units([units["XA1"]], units["XA2"], actor=None, on=TODAY, at=MERGED),
    )
    assert ends in (["done", "done"], ["AccessDenied", "done"])
    plan.refresh_from_db()
    state = Occurrence.objects.get(task=task).state
    assert (plan.ended_on, state) == (TODAY, "sent" if ends[0] == "done" else "ended")


def test_two_grant_and_refuse_a_later_last_day(province: Province) -> None:
    plan = issued(province, running_programme(province), "XA1")
    asked = Asked(Later(TODAY, date(2026, 5, 31), due_on=date(2026, 4, 30)), "Lũ.")
    special = ask_special_date(plan, asked, actor=province.actor("xa1-focal"), at=AT)
    ends = at_once(
        lambda: grant_special_date(special, actor=province.actor("snv-head"), at=AT),
        lambda: refuse_special_date(special, "Đường đã thông.", actor=province.actor("snv-deputy"), at=AT),
    )
    assert ends == ["Conflict", "done"]
    special.refresh_from_db()
    moved = Occurrence.objects.filter(special=special).count()
    assert moved == (1 if special.state == "granted" else 0)


def test_one_accepts_and_one_returns(province: Province) -> None:
    task = adopted(issued(province, running_programme(province), "XA1"), "NV1")
    sent = send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT)
    ends = at_once(
        lambda: accept_evidence(sent, actor=province.actor("snv-head"), at=AT),
        lambda: return_evidence(sent, "Thiếu ảnh", actor=province.actor("snv-deputy"), at=AT),
    )
    assert ends == ["Conflict", "done"]
    assert told_of("evidence_accepted") + told_of("evidence_returned") == 1
    task.refresh_from_db()
    accepted = Evidence.objects.get().state == "accepted"
    assert (task.terms_accepted, task.state) == ((1, "open") if accepted else (0, "returned"))
