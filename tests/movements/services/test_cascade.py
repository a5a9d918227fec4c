"""From the launch to accepted evidence over two levels, by the people who do it."""

from __future__ import annotations

from datetime import date

from nep.movements.models import AdoptedTask, Adoption, ProgrammeScope
from nep.movements.queries.duties import asked, decisions, duties
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, pass_down, prepare_adoption
from nep.movements.services.evidence import accept_evidence, send_for_task
from nep.movements.services.steps import take_step
from nep.platform.audit.models import Event
from tests.factories.drafts import launched, submitted
from tests.factories.evidence import told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT


def plan_issued(province: Province, adoption: Adoption, login: str) -> Adoption:
    """The head opens the programme, says that it is carried out as it stands, and issues."""
    head = province.actor(login)
    prepare_adoption(adoption, actor=head, at=AT)
    carry_out_directly(adoption, "Đơn vị ít người.", actor=head, at=AT)
    return issue_adoption(adoption, actor=head, at=AT, head_answers=True)


def test_a_launch_reaches_the_home_of_each_unit_and_evidence_comes_back(province: Province) -> None:
    programme = launched(province)
    commune = Adoption.objects.get(programme=programme, unit__code="XA1")
    assert [duty.word for duty in duties(province.actor("xa1-head"), TODAY)] == ["Chưa mở"]
    plan_issued(province, commune, "xa1-head")
    (school,) = pass_down(commune, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    plan_issued(province, school, "th1-head")
    task = AdoptedTask.objects.get(adoption=commune)
    assert (task.title, task.due_on) == ("Niêm yết quy tắc tại trụ sở", date(2026, 6, 29))
    sent = send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT)
    assert [one.what for one in decisions(province.actor("ubnd-officer"), TODAY)] == [task.title]
    accept_evidence(sent, actor=province.actor("ubnd-officer"), at=AT)
    task.refresh_from_db()
    assert task.state == "accepted"
    assert [one.unissued for one in asked(province.actor("ubnd-head"), TODAY)] == [3]
    assert asked(province.actor("xa1-head"), TODAY) == []


def test_a_programme_for_all_levels_finds_each_unit_below_the_one_above(province: Province) -> None:
    programme = submitted(province)
    ProgrammeScope.objects.filter(programme=programme).update(reach=ProgrammeScope.Reach.ALL)
    take_step("launch", programme=programme, actor=province.actor("ubnd-head"), at=AT)
    school = Adoption.objects.get(programme=programme, unit__code="TH1")
    assert (school.level, school.parent and school.parent.unit.code) == (2, "XA1")
    assert [one.unissued for one in asked(province.actor("xa1-head"), TODAY)] == [1]
    plan_issued(province, school, "th1-head")
    assert asked(province.actor("xa1-head"), TODAY) == []


def test_the_programme_tells_what_its_units_did(province: Province) -> None:
    programme = launched(province)
    commune = Adoption.objects.get(programme=programme, unit__code="XA1")
    plan_issued(province, commune, "xa1-head")
    kinds = Event.objects.filter(about__contains=[f"movements.programme:{programme.pk}"]).order_by("pk")
    assert list(kinds.values_list("kind", flat=True))[-2:] == [
        "movements.adoption_opened",
        "movements.adoption_issued",
    ]
