"""Who asks for and grants special dates, who opens closed periods again."""

from __future__ import annotations

from django.db.models import QuerySet

from nep.accounts.roles import Permission
from nep.kernel.decisions import Decision, all_of, refuse
from nep.kernel.duties import not_by_same_hand
from nep.movements.access import adoptions_asked_by, is_running, visible_adoptions
from nep.movements.domain import states
from nep.movements.models import Adoption, SpecialDate
from nep.org.access import Actor
from nep.org.models import Unit

ANOTHER = "Người đề nghị không tự đồng ý hạn riêng; thủ trưởng khác xem và quyết định."


def asking_unit(adoption: Adoption) -> Unit:
    """The unit that asks for a plan: the one that passed the programme down, or leads it."""
    return adoption.parent.unit if adoption.parent else adoption.programme.lead_unit


def duty_words(special: SpecialDate) -> str:
    """For what a special date is."""
    if special.task is not None:
        return special.task.title
    return special.target.name if special.target is not None else "mọi việc và chỉ tiêu"


def visible_special_dates(actor: Actor) -> QuerySet[SpecialDate]:
    """Those of plans that the actor may see."""
    return SpecialDate.objects.filter(adoption__in=visible_adoptions(actor).order_by().values("pk"))


def special_dates_to_decide(actor: Actor) -> QuerySet[SpecialDate]:
    """Requests that wait for the actor: `may_decide_special_date` as a query."""
    asked = Adoption.objects.filter(adoptions_asked_by(actor, Permission.ISSUE_ADOPTIONS))
    waiting = SpecialDate.objects.filter(state=SpecialDate.State.ASKED, adoption__in=asked.values("pk"))
    for unit, hand in actor.hands(Permission.ISSUE_ADOPTIONS).items():
        theirs = asked.filter(parent__unit=unit) | asked.filter(parent=None, programme__lead_unit=unit)
        waiting = waiting.exclude(asked_by_id__in=hand.accounts, adoption__in=theirs.values("pk"))
    return waiting.filter(programme__state__in=states.RUNNING).exclude(asked_by_id=actor.id)


def may_ask_special_date(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may ask for a later last day: for the unit, or for the unit that asks."""
    if adoption.ended_on is not None:
        return refuse(adoption.ended_because)
    if adoption.state != states.ISSUED:
        return refuse("Ban hành kế hoạch của đơn vị trước khi đề nghị hạn riêng.")
    own = actor.may_at(Permission.PREPARE_ADOPTIONS, adoption.unit)
    above = actor.may_at(Permission.DECIDE_EVIDENCE, asking_unit(adoption))
    return all_of(is_running(adoption.programme), own if own or not above else above)


def may_decide_special_date(actor: Actor, special: SpecialDate) -> Decision:
    """Whether the actor may decide on a special date: who leads the unit above, never who asked."""
    above = asking_unit(special.adoption)
    hand = actor.hand_at(Permission.ISSUE_ADOPTIONS, above)
    asked = special.asked_by_id if special.state == SpecialDate.State.ASKED else None
    return all_of(
        not_by_same_hand(asked, hand, ANOTHER),
        is_running(special.programme),
        actor.may_at(Permission.ISSUE_ADOPTIONS, above),
    )


def may_reopen(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may open a closed period again for a unit: who leads the unit that asks."""
    if adoption.ended_on is not None:
        return refuse(adoption.ended_because)
    if adoption.state != states.ISSUED:
        return refuse("Đơn vị chưa ban hành kế hoạch nên không có kỳ nào để mở lại.")
    return actor.may_at(Permission.ISSUE_ADOPTIONS, asking_unit(adoption))
