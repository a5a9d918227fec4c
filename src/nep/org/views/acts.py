"""One form, one act: the page of an act on people and roles, with the reason why it cannot be done now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nep.kernel.decisions import Decision
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.forms.choosing import Part
from nep.org.views.allowed import Right

WRITE = "ghi"  # the step that acts; any other one only searches


@dataclass(frozen=True, slots=True)
class Act:
    """The words of an act and where one goes back to; `place` and `of_people` make its place line."""

    title: str
    lead: str
    button: str
    done: str
    back: str
    place: str = ""
    of_people: bool = True
    destructive: bool = False


def right_of(actor: Actor, decide: Callable[[Actor], Decision]) -> Right:
    """Whether the actor may do it now, or could in elevated mode."""
    decision = decide(actor)
    return Right(decision, elevates=not decision and bool(decide(actor.elevated_self)))


def typed(request: HttpRequest) -> dict[str, Any] | None:
    """What a form with a choice of units sent; None when it is only opened."""
    return request.POST.dict() if request.method == "POST" else None


def writes(request: HttpRequest) -> bool:
    """Whether the form was sent to act, not to search."""
    return request.POST.get("buoc") == WRITE


def act_page(
    request: HttpRequest,
    act: Act,
    right: Right,
    form: Any,
    do: Callable[[], object],
) -> HttpResponse:
    """Show the form, or act and go back; what the rules refuse stands on the form, with what was typed."""
    parts = getattr(form, "parts", None) or [Part(bound) for bound in form]
    context = {"act": act, "form": form, "parts": parts, "right": right}
    if not right.decision and (request.method == "POST" or not right.elevates):
        right.decision.require()
    if not right.decision:
        return render(request, "org/person_act_locked.html", context)
    if writes(request) and form.is_valid():
        try:
            do()
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, act.done)
            return redirect(act.back)
    return render(request, "org/person_act.html", context)
