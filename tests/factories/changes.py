"""A launched programme that is amended and reviewed, in the small province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.movements.models import (
    Adoption,
    Amendment,
    GoodExample,
    Lesson,
    Narrative,
    Programme,
    ProgrammeTemplate,
    Proposal,
    Review,
)
from nep.movements.queries.parts import KINDS
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, prepare_adoption
from nep.movements.services.amendments import AmendmentHead, put_item, start_amendment, step_amendment
from nep.movements.services.content import NewActor
from nep.movements.services.narratives import NarrativeWords, nominate, write_narrative
from nep.movements.services.proposals import object_to_proposal
from nep.movements.services.reviews import LessonWords, add_lesson
from nep.movements.services.steps import take_step
from nep.movements.services.templates_of import TemplateHead, save_template
from tests.factories.drafts import AT, launched
from tests.factories.province import Province

DAY = date(2026, 3, 16)
BEFORE = date(2026, 3, 15)


def plan_of(programme: Programme, unit: str) -> Adoption:
    """The plan of a unit."""
    return Adoption.objects.get(programme=programme, unit__code=unit)


def plan_issued(province: Province, programme: Programme, unit: str, login: str) -> Adoption:
    """The plan of a unit, issued by its head."""
    head = province.actor(login)
    plan = prepare_adoption(plan_of(programme, unit), actor=head, at=AT)
    carry_out_directly(plan, "Đơn vị ít người.", actor=head, at=AT)
    return issue_adoption(plan, actor=head, at=AT, head_answers=True)


def amendment_drafted(province: Province, programme: Programme) -> Amendment:
    """A task for all comes in, the one of the communes gets more time, the one of Home Affairs is dropped."""
    officer, kind = province.actor("ubnd-officer"), KINDS["nhiem-vu"]
    head = AmendmentHead("Theo ý kiến cơ sở.", DAY)
    amendment = start_amendment(programme, head, actor=officer, at=AT)
    first, second = programme.tasks.order_by("position")
    added = {"title": "Lập hòm thư góp ý", "rule": "before:2026-09-30"}
    communes = [NewActor("UBND các xã, phường", "execute")]
    put_item(amendment, kind, 0, added, actor=officer, at=AT)
    later = {"rule": "before:2026-08-31"}
    put_item(amendment, kind, first.pk, later, actors=communes, actor=officer, at=AT)
    put_item(amendment, kind, second.pk, None, actor=officer, at=AT)
    amendment.refresh_from_db()
    return amendment


def amendment_approved(province: Province, amendment: Amendment) -> Amendment:
    """Submitted by the officer, approved by the head."""
    step_amendment("submit", amendment, actor=province.actor("ubnd-officer"), at=AT)
    return step_amendment("approve", amendment, actor=province.actor("ubnd-head"), at=AT)


def proposal_to(amendment: Amendment, unit: str) -> Proposal:
    """What a unit is to answer."""
    return Proposal.objects.get(amendment=amendment, adoption__unit__code=unit)


@dataclass
class Changing:
    """A programme with one approved amendment and one at work, a template, and an interim review."""

    programme: Programme
    approved: Amendment
    drafted: Amendment
    waiting: Proposal
    objected: Proposal
    template: ProgrammeTemplate
    review: Review
    writing: Narrative
    sent: Narrative
    example: GoodExample
    lesson: Lesson


def changing(province: Province) -> Changing:
    """Led by the province; XA1 and XA2 carry it out, XA2 objects to the amendment and has sent its part."""
    programme = launched(province)
    officer, head = province.actor("ubnd-officer"), province.actor("ubnd-head")
    for unit, login in (("XA1", "xa1-head"), ("XA2", "xa2-head")):
        plan_issued(province, programme, unit, login)
    approved = amendment_approved(province, amendment_drafted(province, programme))
    objected = object_to_proposal(
        proposal_to(approved, "XA2"), "Chưa có nơi đặt.", actor=province.actor("xa2-head"), at=AT
    )
    drafted = start_amendment(programme, AmendmentHead("Thêm việc.", DAY), actor=officer, at=AT)
    take_step("open_interim", programme=programme, actor=head, at=AT)
    review = Review.objects.get(programme=programme)
    sent = Narrative.objects.get(review=review, adoption__unit__code="XA2")
    writer = province.actor("xa2-head")
    example = nominate(sent, "person", "Lừu Thị Mai", "Trực trưa đón dân.", actor=writer, at=AT)
    words = NarrativeWords("Đã niêm yết ở 12 điểm.", "Thiếu bảng.", "Mưa lũ.", "Cấp bảng.")
    sent = write_narrative(sent, words, send=True, actor=writer, at=AT)
    lesson = add_lesson(
        review,
        LessonWords("Giao sớm thì xong sớm.", "Giao từ tháng một.", target=programme.targets.get()),
        actor=officer,
        at=AT,
    )
    template = save_template(programme, TemplateHead("Công sở nền nếp"), list(KINDS), actor=officer, at=AT)
    return Changing(
        programme=programme,
        approved=approved,
        drafted=drafted,
        waiting=proposal_to(approved, "XA1"),
        objected=objected,
        template=template,
        review=review,
        writing=Narrative.objects.get(review=review, adoption__unit__code="XA1"),
        sent=sent,
        example=example,
        lesson=lesson,
    )
