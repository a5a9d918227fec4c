"""Who may see and do what in amendments, templates and reviews."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.kernel.decisions import ALLOWED, Decision, all_of, refuse
from nep.kernel.duties import not_by_same_hand
from nep.kernel.states import Transition
from nep.movements.access import (
    PREPARED_IN_QUIET,
    followed_plans,
    followed_whole,
    is_running,
    may_draft,
    second_person,
    sees_whole_of,
    visible_programmes,
)
from nep.movements.domain import amendments, states
from nep.movements.models import (
    Amendment,
    Narrative,
    Programme,
    ProgrammeTemplate,
    Proposal,
    Review,
)
from nep.org.access import Actor


def may_amend(actor: Actor, programme: Programme) -> Decision:
    """Whether the actor may draft changes of a launched programme: who drafts for the leading unit."""
    return all_of(amendable(programme), may_draft(actor, programme.lead_unit))


def amendable(programme: Programme) -> Decision:
    """Whether a programme can be changed by an amendment: it runs, and its results are not summed up yet."""
    if programme.state in states.AMENDABLE:
        return ALLOWED
    return refuse("Chỉ sửa đổi chương trình đang thực hiện hoặc đang sơ kết.")


def may_edit_amendment(actor: Actor, amendment: Amendment) -> Decision:
    """Whether the actor may change an amendment: as long as it is being drafted."""
    if amendment.state != amendments.DRAFT:
        return refuse("Sửa đổi này đã trình. Thủ trưởng trả lại thì mới sửa được.")
    return may_amend(actor, amendment.programme)


def may_step_amendment(actor: Actor, amendment: Amendment, step: Transition) -> Decision:
    """Whether the actor may submit, return or approve an amendment; who submitted it does not approve it."""
    if amendment.state not in step.sources:
        return refuse("Sửa đổi đang ở trạng thái khác.")
    lead = amendment.programme.lead_unit
    decision = actor.may_at(Permission(step.permission), lead)
    if step.name != "approve":
        return decision
    return all_of(decision, second_person(actor, lead, amendment.submitted_by_id, "phê duyệt"))


def visible_amendments(actor: Actor) -> QuerySet[Amendment]:
    """Amendments of programmes that the actor sees; those at work only by who follows the whole."""
    done = Q(approved_at__isnull=False, programme__in=visible_programmes(actor).values("pk"))
    return Amendment.objects.filter(done | Q(programme__in=followed_whole(actor).values("pk")))


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals to units whose plans the actor follows."""
    return Proposal.objects.filter(adoption__in=followed_plans(actor).values("pk"))


def proposals_of(actor: Actor, amendment: Amendment) -> QuerySet[Proposal]:
    """`visible_proposals` of one amendment; all, without asking unit by unit, for who follows the whole."""
    rows = Proposal.objects.all() if sees_whole_of(actor, amendment.programme) else visible_proposals(actor)
    return rows.filter(amendment=amendment)


def may_answer(actor: Actor, proposal: Proposal) -> Decision:
    """Whether the actor may accept a proposal or object to it: the head of the unit, before its day."""
    if proposal.state != amendments.WAITING:
        return refuse("Đơn vị đã trả lời sửa đổi này, hoặc sửa đổi đã đến ngày áp dụng.")
    return all_of(
        is_running(proposal.adoption.programme),
        actor.may_at(Permission.ISSUE_ADOPTIONS, proposal.adoption.unit),
    )


def may_rule(actor: Actor, proposal: Proposal) -> Decision:
    """Whether the actor may decide on an objection: the head of the unit above."""
    if proposal.state != amendments.OBJECTED:
        return refuse("Ý kiến của đơn vị đã được trả lời, hoặc đơn vị không có ý kiến.")
    parent = proposal.adoption.parent
    above = parent.unit if parent else proposal.adoption.programme.lead_unit
    return all_of(is_running(proposal.adoption.programme), actor.may_at(Permission.ISSUE_ADOPTIONS, above))


def visible_templates(actor: Actor) -> QuerySet[ProgrammeTemplate]:
    """Templates are shared over the whole organisation: with all who draft programmes anywhere."""
    drafts = actor.holds(Permission.DRAFT_PROGRAMMES)
    return ProgrammeTemplate.objects.all() if drafts else ProgrammeTemplate.objects.none()


def may_keep_template(actor: Actor, template: ProgrammeTemplate) -> Decision:
    """Whether the actor may change or withdraw a template: who drafts for the unit that made it."""
    if template.withdrawn_at is not None:
        return refuse("Mẫu này đã thôi dùng.")
    return may_draft(actor, template.unit)


def may_follow(actor: Actor, programme: Programme) -> Decision:
    """Whether the actor may draft the programme that follows a launched one."""
    if programme.state in PREPARED_IN_QUIET:
        return refuse("Chương trình chưa phát động, chưa có kết quả để lập chương trình tiếp theo.")
    return may_draft(actor, programme.lead_unit)


def may_gather(actor: Actor, review: Review) -> Decision:
    """Whether the actor may write what a review says: who drafts or concludes for the leading unit."""
    if review.closed_at is not None:
        return refuse("Đã kết luận; nội dung giữ nguyên như khi kết luận.")
    lead = review.programme.lead_unit
    drafts = actor.may_at(Permission.DRAFT_PROGRAMMES, lead)
    return drafts if drafts else actor.may_at(Permission.LAUNCH_PROGRAMMES, lead)


def visible_narratives(actor: Actor) -> QuerySet[Narrative]:
    """What units write for reviews, of units whose plans the actor follows."""
    return Narrative.objects.filter(adoption__in=followed_plans(actor).values("pk"))


def may_write(actor: Actor, narrative: Narrative) -> Decision:
    """Whether the actor may write what a unit tells in a review: who sends evidence for it."""
    if narrative.review.closed_at is not None:
        return refuse("Đợt này đã kết luận, không nhận báo cáo nữa.")
    if narrative.state not in states.OWED:
        return refuse("Báo cáo đã gửi. Cấp trên trả lại thì mới sửa được.")
    return actor.may_at(Permission.SUBMIT_EVIDENCE, narrative.adoption.unit)


def may_decide_narrative(actor: Actor, narrative: Narrative) -> Decision:
    """Whether the actor may accept or return what a unit wrote: the unit above, never the sender."""
    if narrative.state != states.SENT or narrative.review.closed_at is not None:
        return refuse("Báo cáo này chưa gửi hoặc đã được xét.")
    parent = narrative.adoption.parent
    above = parent.unit if parent else narrative.adoption.programme.lead_unit
    hand = actor.hand_at(Permission.DECIDE_EVIDENCE, above)
    return all_of(
        not_by_same_hand(narrative.sent_by_id, hand, "Người gửi không tự xét báo cáo của mình."),
        actor.may_at(Permission.DECIDE_EVIDENCE, above),
    )
