"""Pages on which roles are given, confirmed, declined, lent and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nep.accounts.roles import ROLES, Permission
from nep.kernel.decisions import Decision, refuse
from nep.org.access import (
    Actor,
    may_anywhere,
    may_confirm_role,
    may_decline_role,
    may_take_back_role,
    unit_of,
    visible_grants,
    visible_people,
    visible_units,
)
from nep.org.forms.grants import ActingForm, GrantForm, RevokeForm
from nep.org.forms.people import ReasonForm
from nep.org.models import Grant
from nep.org.queries.people import grant_row
from nep.org.queries.rights import grants_to_confirm, named_accounts
from nep.org.requests import acting
from nep.org.services import grants as acts
from nep.org.views.acts import Act, act_page, right_of, typed, writes
from nep.platform.access import holds, page
from nep.platform.clock import now

READERS = holds(Permission.VIEW_PEOPLE)


@page(access=READERS, writes=True)
def grant_new(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody a role, or propose a weighty one."""
    actor = acting(request)
    person = get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)
    act = Act(
        title="Giao vai trò",
        lead=f"Cho {person.name}. Vai trò quan trọng chỉ có hiệu lực khi người thứ hai xác nhận.",
        button="Giao vai trò",
        done="Đã giao vai trò. Vai trò quan trọng đang chờ người thứ hai xác nhận.",
        back=reverse("person", args=[person.pk]),
        place=person.name,
    )

    def decide(one: Actor) -> Decision:
        if person.user is None:
            return refuse(f"{person.name} chưa có tài khoản, chưa giao vai trò được.")
        return may_anywhere(one, Permission.MANAGE_ROLES)

    unit = unit_of(person, actor.on)
    start = {"unit": unit.pk, "on": actor.on} if unit else None
    form = GrantForm(actor, typed(request) or start, check=writes(request))

    def do() -> None:
        given = form.cleaned_data
        assert person.user is not None, "decided above"
        acts.propose_role(
            person.user,
            ROLES[given["role"]],
            actor=actor,
            unit=given["unit"],
            line=form.line,
            reason=given["reason"],
            at=now(),
            **form.days,
        )

    return act_page(request, act, right_of(actor, decide), form, do)


def _grant(request: HttpRequest, grant_id: int) -> tuple[Actor, Grant]:
    actor = acting(request)
    rows = visible_grants(actor).select_related("user__person", "unit", "acting_for")
    return actor, get_object_or_404(rows, pk=grant_id)


@page(access=READERS)
def grants_waiting(request: HttpRequest) -> HttpResponse:
    """Weighty roles that wait for a second person, with what the reader may do about each."""
    actor = acting(request)
    return render(request, "org/grants_waiting.html", {"rows": grants_to_confirm(actor)})


@page(access=READERS, writes=True)
def grant_confirm(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Look at a role that waits, and confirm it as the second person."""
    actor, grant = _grant(request, grant_id)
    right = right_of(actor, lambda one: may_confirm_role(one, grant))
    if request.method == "POST":
        acts.confirm_role(grant, actor=actor, at=now())
        messages.success(request, f"Đã xác nhận vai trò của {grant.user.name}.")
        return redirect("grants_waiting")
    context = {
        "grant": grant,
        "row": grant_row(grant, actor.on),
        "right": right,
        "role": ROLES[grant.role],
        "proposed_by": named_accounts([grant.granted_by_id]).get(grant.granted_by_id or 0, "Nếp"),
        "own": grant.granted_by_id == actor.id,
    }
    return render(request, "org/grant_confirm.html", context)


def _back(grant: Grant) -> str:
    person = getattr(grant.user, "person", None)
    return reverse("person", args=[person.pk]) if person else reverse("grants_waiting")


def _sentence(grant: Grant) -> str:
    return f"{grant.user.name}: {grant.get_role_display().lower()}, {grant.unit.name}."


@page(access=READERS, writes=True)
def grant_decline(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Decline a role that waits, or take back the own proposal."""
    actor, grant = _grant(request, grant_id)
    act = Act(
        title="Không giao vai trò",
        lead=_sentence(grant),
        button="Không giao",
        done="Đã ghi không giao vai trò.",
        back=reverse("grants_waiting"),
        place=grant.user.name,
        destructive=True,
    )
    form = ReasonForm(request.POST or None)

    def do() -> None:
        acts.decline_role(grant, form.cleaned_data["reason"], actor=actor, at=now())

    return act_page(request, act, right_of(actor, lambda one: may_decline_role(one, grant)), form, do)


@page(access=READERS, writes=True)
def grant_revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Take a role back, or end lent authority early."""
    actor, grant = _grant(request, grant_id)
    act = Act(
        title="Thu hồi vai trò",
        lead=_sentence(grant),
        button="Thu hồi vai trò",
        done="Đã thu hồi vai trò.",
        back=_back(grant),
        place=grant.user.name,
        destructive=True,
    )
    form = RevokeForm(request.POST or None, initial={"on": actor.on})

    def do() -> None:
        acts.revoke_grant(grant, actor=actor, at=now(), **form.cleaned_data)

    return act_page(request, act, right_of(actor, lambda one: may_take_back_role(one, grant)), form, do)


@page(access=holds(Permission.DELEGATE), writes=True)
def acting_new(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A head lets a deputy act in their place for some days."""
    actor = acting(request)
    unit = get_object_or_404(visible_units(actor), pk=unit_id)
    act = Act(
        title="Ủy quyền cho cấp phó",
        lead=f"{unit.name}: người được ủy quyền làm thay trong những ngày này; nhật ký ghi rõ làm thay ai.",
        button="Ủy quyền",
        done="Đã ủy quyền.",
        back=reverse("unit", args=[unit.pk]),
        place=unit.short_name,
        of_people=False,
    )
    form = ActingForm(unit, actor, request.POST or None)

    def do() -> None:
        given = form.cleaned_data
        acts.give_acting_authority(
            given["deputy"], actor=actor, unit=unit, reason=given["reason"], at=now(), **form.days
        )

    return act_page(
        request, act, right_of(actor, lambda one: one.may_at(Permission.DELEGATE, unit)), form, do
    )
