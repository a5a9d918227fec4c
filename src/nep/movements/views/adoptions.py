"""Pages of a unit's plan for a programme: read, prepare, issue, withdraw, pass down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.documents.domain.word import draft_plan
from nep.kernel.errors import RuleError
from nep.movements import access
from nep.movements.access import visible_adoptions
from nep.movements.domain import states
from nep.movements.forms.adoptions import IssueForm, NoteForm, OwnTaskForm, ReasonForm, SignedPlanForm
from nep.movements.models import Adoption
from nep.movements.queries.adoptions import Plan, passed_to, plan_of, targets_of
from nep.movements.queries.letters import open_letters
from nep.movements.queries.plan_draft import plan_draft
from nep.movements.queries.reach import units_to_pass_to
from nep.movements.services import adoptions as acts
from nep.movements.services.own_plan import receive_signed_plan
from nep.movements.views.words import with_forms
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.requests.asked import numbers

READERS = holds(Permission.VIEW_PROGRAMMES)
TEXTS = ("programme__document__text", "programme__document__search", "plan__text", "plan__search")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def found_adoption(request: HttpRequest, adoption_id: int) -> tuple[Actor, Adoption]:
    """Who acts, and the plan they may see; 404 for any other."""
    actor = acting(request)
    rows = visible_adoptions(actor).select_related(
        "programme__lead_unit", "programme__document", "unit", "plan", "parent__unit"
    )
    rows = rows.defer(*TEXTS)
    return actor, get_object_or_404(rows, pk=adoption_id)


@page(access=READERS)
def adoption(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """A unit's plan: what the programme asks of it before it is opened, then how it stands."""
    actor, found = found_adoption(request, adoption_id)
    template = "adoption_intro" if found.state == states.EXPECTED else "adoption_page"
    follows = access.follows(actor, found)
    return render(
        request,
        f"movements/{template}.html",
        {
            "adoption": found,
            "plan": plan_of(found, actor.on),
            "follows": follows,
            "targets": targets_of(found, actor.on) if follows else [],
            "aims": found.programme.aims.all(),
            "passed": passed_to(found) if follows else [],
            "letters": open_letters(found) if follows else [],
            "moments": moments(found, limit=20) if follows else [],
            "may_prepare": access.may_prepare(actor, found),
            "may_send": access.may_send_evidence(actor, found),
            "may_withdraw": access.may_withdraw(actor, found),
            "may_pass": access.may_pass_down(actor, found),
            "is_head": actor.may_at(Permission.ISSUE_ADOPTIONS, found.unit),
        },
    )


@page(access=READERS, writes=True)
def adoption_prepare(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The workspace of a plan; sending it opens the programme for the unit."""
    actor, found = found_adoption(request, adoption_id)
    if request.method == "POST":
        acts.prepare_adoption(found, actor=actor, at=now())
        return redirect("adoption_prepare", adoption_id)
    if found.state != states.PREPARING or not access.may_prepare(actor, found):
        return redirect("adoption", adoption_id)
    return render(request, "movements/adoption_prepare.html", workspace(found, actor))


def workspace(found: Adoption, actor: Actor, **more: Any) -> dict[str, Any]:
    """What the workspace shows; a form that was refused is given in `more`."""
    plan = plan_of(found, actor.on)
    return {
        "adoption": found,
        "plan": plan,
        "rows": with_forms(plan, more.pop("refused_row", None)),
        "own_form": OwnTaskForm(prefix="rieng", initial={"evidence_kind": "any"}),
        "note_form": NoteForm(initial={"note": found.note}),
        "may_issue": access.may_issue(actor, found),
        "moments": moments(found, limit=10),
    } | more


@page(access=READERS, writes=True)
def adoption_issue(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The head looks once more, then issues the plan."""
    actor, found = found_adoption(request, adoption_id)
    access.may_issue(actor, found).require()
    if found.state == states.EXPECTED:
        return redirect("adoption", adoption_id)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.issue_adoption(found, actor=actor, at=now(), head_answers=form.cleaned_data["head_answers"])
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã ban hành kế hoạch của đơn vị.")
            return redirect("adoption", adoption_id)
    plan: Plan = plan_of(found, actor.on)
    return render(request, "movements/adoption_issue.html", {"adoption": found, "plan": plan, "form": form})


@page(access=READERS, writes=True)
def adoption_withdraw(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The head takes an issued plan back, with the reason."""
    actor, found = found_adoption(request, adoption_id)
    access.may_withdraw(actor, found).require()
    form = ReasonForm(request.POST or None, label="Lý do thu hồi")
    if request.method == "POST" and form.is_valid():
        acts.withdraw_adoption(found, form.cleaned_data["reason"], actor=actor, at=now())
        messages.success(request, "Đã thu hồi kế hoạch. Sửa xong thì ban hành lại.")
        return redirect("adoption_prepare", adoption_id)
    return render(request, "movements/adoption_withdraw.html", {"adoption": found, "form": form})


@page(access=READERS, writes=True)
def adoption_pass(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The head passes the programme to units below."""
    actor, found = found_adoption(request, adoption_id)
    access.may_pass_down(actor, found).require()
    candidates = units_to_pass_to(found, actor.on)
    refused = ""
    if request.method == "POST":
        chosen = candidates.filter(pk__in=numbers(request.POST.getlist("don-vi")))
        try:
            passed = acts.pass_down(found, list(chosen), actor=actor, at=now())
        except RuleError as error:
            refused = error.reason
        else:
            messages.success(request, f"Đã giao xuống {len(passed)} đơn vị.")
            return redirect("adoption", adoption_id)
    return render(
        request,
        "movements/adoption_pass.html",
        {"adoption": found, "candidates": candidates, "passed": passed_to(found), "refused": refused},
    )


@page(access=READERS, writes=True)
def adoption_plan(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Attach the unit's own signed plan."""
    actor, found = found_adoption(request, adoption_id)
    access.may_prepare(actor, found).require()
    form = SignedPlanForm(request.POST or None, request.FILES or None, on=actor.on)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            receive_signed_plan(
                found,
                given["file"].name,
                given["file"].read(),
                number=given["number"],
                issued_on=given["issued_on"],
                actor=actor,
                at=now(),
            )
        except RuleError as error:
            form.add_error("file", error.reason)
        else:
            messages.success(request, "Đã đính kèm kế hoạch của đơn vị.")
            return redirect("adoption_prepare", adoption_id)
    return render(request, "movements/adoption_plan.html", {"adoption": found, "form": form})


@page(access=READERS, writes=True)
def adoption_direct(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """State why the unit carries out the plan above as it stands."""
    actor, found = found_adoption(request, adoption_id)
    access.may_prepare(actor, found).require()
    form = ReasonForm(
        request.POST or None,
        label="Vì sao đơn vị không lập kế hoạch riêng",
        initial={"reason": found.directly_because},
    )
    if request.method == "POST" and form.is_valid():
        acts.carry_out_directly(found, form.cleaned_data["reason"], actor=actor, at=now())
        messages.success(request, "Đã ghi: đơn vị thực hiện thẳng kế hoạch của cấp trên.")
        return redirect("adoption_prepare", adoption_id)
    return render(request, "movements/adoption_direct.html", {"adoption": found, "form": form})


@page(access=READERS)
def adoption_draft_docx(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The unit's plan as a Word draft, from what is saved now."""
    actor, found = found_adoption(request, adoption_id)
    if found.state == states.EXPECTED:
        raise RuleError("Mở chương trình trước, rồi tải dự thảo kế hoạch.")
    response = HttpResponse(draft_plan(plan_draft(found, actor.on)), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="du-thao-ke-hoach-{found.unit.code}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
