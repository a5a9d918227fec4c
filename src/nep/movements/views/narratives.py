"""Pages on which units write their part of a review, and the unit above accepts or returns it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes
from nep.movements.forms.adoptions import ReasonForm
from nep.movements.forms.reviews import ExampleForm, NarrativeForm
from nep.movements.lists_of_changes import NARRATIVE_KINDS, NARRATIVES
from nep.movements.models import GoodExample, Narrative
from nep.movements.services import narratives as acts
from nep.movements.views.reviews import found_review
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.lists.listing import listing

READERS = holds(Permission.VIEW_PROGRAMMES)


def found_narrative(request: HttpRequest, narrative_id: int) -> tuple[Actor, Narrative]:
    """Who acts, and what a unit wrote that they may see; 404 for any other."""
    actor = acting(request)
    rows = access_changes.visible_narratives(actor).select_related(
        "review__programme__lead_unit",
        "adoption__programme__lead_unit",
        "adoption__unit",
        "adoption__parent__unit",
    )
    return actor, get_object_or_404(rows, pk=narrative_id)


@page(access=READERS)
def narratives(request: HttpRequest, review_id: int) -> HttpResponse:
    """What every unit has written, and who has not."""
    _, found = found_review(request, review_id, whole=False)
    shown = {"review": found, "narratives": listing(request, NARRATIVES, within=found.pk)}
    return render(request, "movements/narratives.html", shown)


@page(access=READERS, writes=True)
def narrative(request: HttpRequest, narrative_id: int) -> HttpResponse:
    """A unit's part of a review; whoever writes it keeps it (`luu`) or sends it (`gui`)."""
    actor, found = found_narrative(request, narrative_id)
    may_write = access_changes.may_write(actor, found)
    if request.method == "POST":
        may_write.require()
    form = NarrativeForm(found, request.POST or None) if may_write else None
    if form is not None and request.method == "POST" and form.is_valid():
        send = "gui" in request.POST
        try:
            acts.write_narrative(found, form.words, send=send, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã gửi báo cáo." if send else "Đã lưu. Gửi khi viết xong.")
            return redirect("narrative", found.pk)
    return _shown(request, actor, found, form, ExampleForm(prefix="dien-hinh"))


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: Narrative,
    form: NarrativeForm | None,
    example_form: ExampleForm,
) -> HttpResponse:
    return render(
        request,
        "movements/narrative.html",
        {
            "narrative": found,
            "adoption": found.adoption,
            "state_kind": NARRATIVE_KINDS[found.state],
            "form": form,
            "example_form": example_form,
            "examples": found.examples.all(),
            "may_decide": access_changes.may_decide_narrative(actor, found),
            "moments": moments(found, limit=20),
        },
    )


@page(access=READERS, writes=True)
def narrative_example(request: HttpRequest, narrative_id: int) -> HttpResponse:
    """Nominate a good example."""
    actor, found = found_narrative(request, narrative_id)
    access_changes.may_write(actor, found).require()
    if request.method != "POST":
        return redirect("narrative", found.pk)
    form = ExampleForm(request.POST, prefix="dien-hinh")
    if form.is_valid():
        try:
            acts.nominate(found, **form.cleaned_data, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã đề cử.")
            return redirect("narrative", found.pk)
    return _shown(request, actor, found, NarrativeForm(found), form)


@page(access=READERS, writes=True)
def example_remove(request: HttpRequest, example_id: int) -> HttpResponse:
    """Take a nomination back."""
    actor = acting(request)
    rows = GoodExample.objects.filter(narrative__in=access_changes.visible_narratives(actor).values("pk"))
    found = get_object_or_404(
        rows.select_related("narrative__review", "narrative__adoption__unit"), pk=example_id
    )
    access_changes.may_write(actor, found.narrative).require()
    if request.method == "POST":
        acts.remove_example(found, actor=actor, at=now())
    return redirect("narrative", found.narrative_id)


@page(access=READERS, writes=True)
def narrative_accept(request: HttpRequest, narrative_id: int) -> HttpResponse:
    """Accept what a unit wrote."""
    actor, found = found_narrative(request, narrative_id)
    if request.method == "POST":
        acts.decide_on_narrative(found, accept=True, actor=actor, at=now())
        messages.success(request, "Đã nhận báo cáo.")
    return redirect("narrative", found.pk)


@page(access=READERS, writes=True)
def narrative_return(request: HttpRequest, narrative_id: int) -> HttpResponse:
    """Return what a unit wrote, with the reason."""
    actor, found = found_narrative(request, narrative_id)
    access_changes.may_decide_narrative(actor, found).require()
    form = ReasonForm(request.POST or None, label="Lý do trả lại")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        acts.decide_on_narrative(found, accept=False, actor=actor, at=now(), reason=reason)
        messages.success(request, "Đã trả lại kèm lý do.")
        return redirect("narrative", found.pk)
    shown = {"narrative": found, "adoption": found.adoption, "form": form}
    return render(request, "movements/narrative_return.html", shown)
