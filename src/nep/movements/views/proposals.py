"""Pages on which a unit answers an amendment, and the unit above decides on its objection."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes
from nep.movements.forms.amendments import ObjectionForm, RulingForm
from nep.movements.models import Proposal
from nep.movements.queries.amendments import STATE_KINDS, effects_on
from nep.movements.services import proposals as acts
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now

READERS = holds(Permission.VIEW_PROGRAMMES)


def found_proposal(request: HttpRequest, proposal_id: int) -> tuple[Actor, Proposal]:
    """Who acts, and the proposal they may see; 404 for any other."""
    actor = acting(request)
    rows = access_changes.visible_proposals(actor).select_related(
        "amendment__programme__lead_unit",
        "amendment__document",
        "adoption__programme__lead_unit",
        "adoption__unit",
        "adoption__parent__unit",
    )
    rows = rows.defer("amendment__document__text", "amendment__document__search")
    return actor, get_object_or_404(rows, pk=proposal_id)


@page(access=READERS)
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What an amendment means for one unit, and its answer."""
    actor, found = found_proposal(request, proposal_id)
    return render(
        request,
        "movements/proposal.html",
        {
            "proposal": found,
            "adoption": found.adoption,
            "amendment": found.amendment,
            "state_kind": STATE_KINDS[found.state],
            "effects": effects_on(found, actor.on),
            "may_answer": access_changes.may_answer(actor, found),
            "may_rule": access_changes.may_rule(actor, found),
            "moments": moments(found, limit=20),
        },
    )


@page(access=READERS, writes=True)
def proposal_accept(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Agree: from the day on the unit's plan holds the amendment."""
    actor, found = found_proposal(request, proposal_id)
    if request.method == "POST":
        acts.accept_proposal(found, actor=actor, at=now())
        messages.success(
            request, f"Đã đồng ý. Kế hoạch của đơn vị đổi theo từ ngày {found.effective_on:%d/%m/%Y}."
        )
    return redirect("proposal", found.pk)


@page(access=READERS, writes=True)
def proposal_object(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say why it does not fit the unit."""
    actor, found = found_proposal(request, proposal_id)
    access_changes.may_answer(actor, found).require()
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.object_to_proposal(found, form.cleaned_data["reason"], actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã gửi ý kiến. Kế hoạch giữ nguyên đến khi cấp trên trả lời.")
            return redirect("proposal", found.pk)
    shown = {"proposal": found, "adoption": found.adoption, "form": form}
    return render(request, "movements/proposal_object.html", shown)


@page(access=READERS, writes=True)
def proposal_rule(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The unit above keeps the amendment or exempts the unit, with the reason."""
    actor, found = found_proposal(request, proposal_id)
    access_changes.may_rule(actor, found).require()
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        exempt = given["decision"] == RulingForm.EXEMPT
        try:
            acts.rule_on_objection(found, exempt=exempt, ruling=given["ruling"], actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã trả lời ý kiến của đơn vị.")
            return redirect("proposal", found.pk)
    shown = {"proposal": found, "adoption": found.adoption, "form": form}
    return render(request, "movements/proposal_rule.html", shown)
