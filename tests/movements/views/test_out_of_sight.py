"""What the pages of movements must not tell: of drafts, of evidence and of other units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from nep.accounts.roles import MOVEMENT_OFFICER
from nep.kernel.errors import AccessDenied, RuleError
from nep.movements.access import visible_evidence
from nep.movements.models import AdoptedTask, Adoption, Evidence, Programme
from nep.movements.services.adoptions import pass_down
from nep.movements.services.evidence import return_evidence, send_for_target, send_for_task
from nep.movements.services.programmes import create_programme, set_parents
from nep.movements.services.steps import take_step
from nep.org.models import Posting, UnitKind
from nep.org.services.people import post_person
from tests.factories.drafts import AT, document, draft, head, launched
from tests.factories.evidence import counted, told
from tests.factories.province import TODAY, Province
from tests.factories.running import Running, adopted, issued, prepared

Browser = Callable[[str], Client]
REASON = "Chưa rõ kinh phí, lãnh đạo chưa thống nhất"


def page_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def returned_then_launched(province: Province) -> Programme:
    """A programme that was returned once, and carries out a draft that its units must not know of."""
    programme, officer, chief = draft(province), province.actor("ubnd-officer"), province.actor("ubnd-head")
    secret = create_programme(head(province, title="Sắp xếp lại bộ máy"), actor=officer, at=AT)
    paper = document(province, title="Tờ trình mật về nhân sự", number="07/TTr-UBND")
    set_parents(programme, programmes=[secret], documents=[paper], actor=officer, at=AT)
    take_step("submit", programme=programme, actor=officer, at=AT)
    take_step("return", programme=programme, actor=chief, at=AT, reason=REASON)
    take_step("submit", programme=programme, actor=officer, at=AT)
    return take_step("launch", programme=programme, actor=chief, at=AT)


@pytest.mark.parametrize(
    ("login", "known"), [("ubnd-officer", True), ("xa1-head", False), ("snv-staff", False)]
)
def test_how_a_programme_was_drafted_is_known_to_who_leads_it(
    browser: Browser, returned_then_launched: Programme, login: str, known: bool
) -> None:
    client, page = browser(login), ""
    for name in ("programme_timeline", "programme_document", "programme"):
        page += page_of(client, name, returned_then_launched.pk)
    page += page_of(client, "today")
    assert [words in page for words in (REASON, "Sắp xếp lại bộ máy", "07/TTr-UBND")] == [known] * 3
    assert "phát động chương trình" in page


def test_units_below_read_a_plan_only_once_it_is_issued(
    browser: Browser, province: Province, running: Running
) -> None:
    where = reverse("adoption", args=[running.adoptions["XA1"].pk])
    draft_of_plan = reverse("adoption_draft_docx", args=[running.adoptions["XA1"].pk])
    school = browser("th1-head")
    assert school.get(where).status_code == 404
    task = adopted(prepared(province, running, "XA1"), "NV1")
    assert [school.get(url).status_code for url in (where, draft_of_plan)] == [404, 404]
    assert school.get(reverse("adopted_task", args=[task.pk])).status_code == 404
    assert browser("xa1-staff").get(where).status_code == 200


def test_units_below_see_nothing_of_what_a_unit_above_reported(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption, focal = issued(province, running, "XA1"), province.actor("xa1-focal")
    task = adopted(adoption, "NV1")
    evidence = send_for_task(task, told(), actor=focal, at=AT)
    return_evidence(evidence, REASON, actor=province.actor("snv-head"), at=AT)
    send_for_target(adoption, running.target, counted(137, 250), actor=focal, at=AT)
    for login, known in (("th1-head", False), ("xa1-staff", True)):
        page = page_of(browser(login), "adoption", adoption.pk)
        page += page_of(browser(login), "adopted_task", task.pk)
        assert [words in page for words in (REASON, "137/250", "Trả lại")] == [known] * 3, login


def test_units_below_do_not_see_how_other_units_below_stand(
    browser: Browser, province: Province, running: Running
) -> None:
    other = province.open("TH3", "Trường Mầm non Mường Khe", UnitKind.SCHOOL, parent="XA1")
    adoption = issued(province, running, "XA1")
    pass_down(adoption, [province.units["TH1"], other], actor=province.actor("xa1-head"), at=AT)
    assert "Trường Mầm non Mường Khe" not in page_of(browser("th1-head"), "adoption", adoption.pk)
    assert "Trường Mầm non Mường Khe" in page_of(browser("xa1-staff"), "adoption", adoption.pk)


def moved(province: Province, login: str, unit: str) -> None:
    """End the posting of a person and post them in another unit."""
    person = province.person(login)
    old = Posting.objects.get(person=person)
    Posting.objects.filter(pk=old.pk).update(during=DateRange(old.during.lower, TODAY))
    post_person(person, actor=None, unit=province.units[unit], position=old.position, on=TODAY, at=AT)


@pytest.fixture
def of_a_clerk(province: Province, running: Running) -> AdoptedTask:
    """A task of the commune in the name of a clerk there."""
    task = adopted(issued(province, running, "XA1"), "NV1")
    AdoptedTask.objects.filter(pk=task.pk).update(person=province.person("xa1-staff"))
    return AdoptedTask.objects.get(pk=task.pk)


def test_who_is_named_sends_evidence_as_long_as_they_work_there(
    province: Province, of_a_clerk: AdoptedTask
) -> None:
    moved(province, "xa1-staff", "XA2")
    with pytest.raises(AccessDenied):
        send_for_task(of_a_clerk, told(), actor=province.actor("xa1-staff"), at=AT)
    assert list(Evidence.objects.all()) == []


def test_who_is_named_in_a_unit_below_sends_evidence(province: Province, of_a_clerk: AdoptedTask) -> None:
    moved(province, "xa1-staff", "TH1")
    assert send_for_task(of_a_clerk, told(), actor=province.actor("xa1-staff"), at=AT).state == "sent"


def test_who_left_does_not_see_what_others_sent_for_their_task(
    province: Province, of_a_clerk: AdoptedTask
) -> None:
    send_for_task(of_a_clerk, told(), actor=province.actor("xa1-focal"), at=AT)
    assert visible_evidence(province.actor("xa1-staff")).count() == 1
    moved(province, "xa1-staff", "XA2")
    assert visible_evidence(province.actor("xa1-staff")).count() == 0


def test_a_document_does_not_tell_of_a_draft_made_of_it(province: Province) -> None:
    """The commune's plan is seen by the province, which drafts from it; the commune must not learn of it."""
    paper = document(province, unit="XA1")
    code = create_programme(head(province), actor=province.actor("ubnd-officer"), at=AT, document=paper).code
    officer = province.staff("xa1-officer", "Hoàng Thị Mai", "XA1", MOVEMENT_OFFICER)
    actor = province.actor(officer.login)
    with pytest.raises(RuleError) as refused:
        create_programme(head(province, unit="XA1"), actor=actor, at=AT, document=paper)
    assert code not in refused.value.reason


def test_the_time_line_of_a_document_does_not_tell_the_steps_that_rest_on_it(
    browser: Browser, province: Province
) -> None:
    programme, paper = draft(province), document(province, unit="UBND")
    take_step(
        "submit",
        programme=programme,
        actor=province.actor("ubnd-officer"),
        at=AT,
        document=paper,
        reason="Kính trình phát động gấp",
    )
    province.staff("ubnd-clerk", "Tẩn Thị Sài", "UBND")
    page = page_of(browser("ubnd-clerk"), "document", paper.pk)
    assert "Kính trình phát động gấp" not in page
    assert browser("ubnd-clerk").get(reverse("programme", args=[programme.pk])).status_code == 404


def test_adoptions_of_others_are_out_of_sight(browser: Browser, province: Province) -> None:
    programme = launched(province)
    other = Adoption.objects.get(programme=programme, unit=province.units["XA2"])
    for name in (
        "adoption",
        "adoption_prepare",
        "adoption_issue",
        "adoption_pass",
        "adoption_withdraw",
        "adoption_plan",
        "adoption_direct",
        "adoption_person",
        "adoption_draft_docx",
    ):
        assert browser("xa1-head").get(reverse(name, args=[other.pk])).status_code == 404, name
