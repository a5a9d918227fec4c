"""Pages on which administrators invite people and help them back into their accounts."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nep.accounts.roles import Permission
from nep.accounts.services import factors, lockout
from nep.kernel.errors import RuleError
from nep.org.access import visible_people, visible_units
from nep.org.forms.invitations import FactorsForm, InvitationForm
from nep.org.models import Person, Unit
from nep.org.requests import acting
from nep.org.services import invitations
from nep.org.services.invitations import Slip, may_administer_account
from nep.org.views.acts import right_of
from nep.org.views.allowed import Right, right_to
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.notify.outbox import is_set_up
from nep.platform.requests.once import kept


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip with its link as a picture."""

    slip: Slip
    picture: SafeString


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_invite(request: HttpRequest, person_id: int) -> HttpResponse:
    """Invite somebody, or help them back in."""
    actor, person = acting(request), _person(request, person_id)
    right = _right(request, right_of(actor, lambda as_whom: may_administer_account(as_whom, person)))
    form = InvitationForm(person, request.POST or None, by_mail=is_set_up())
    if request.method == "POST" and form.is_valid():
        try:
            slip = invitations.invite_person(
                person, form.wishes, actor=actor, at=now(), address=_address(request)
            )
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            return _invited(request, person, slip)
    return render(request, "org/person_invite.html", _state(person) | {"form": form, "right": right})


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def unit_invite(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Invite everybody of a unit who has no account yet."""
    actor = acting(request)
    unit: Unit = get_object_or_404(visible_units(actor), pk=unit_id)
    right = _right(request, right_to(actor, Permission.MANAGE_PEOPLE, unit))
    if request.method == "POST":
        mailed, slips = invitations.invite_unit(unit, actor=actor, at=now(), address=_address(request))
        if slips:
            return _printed(request, slips, mailed=mailed)
        messages.success(request, f"Đã gửi thư mời cho {mailed} người.")
        return redirect("unit", unit.pk)
    people = invitations.without_account(unit, actor)
    context = {
        "unit": unit,
        "right": right,
        "count": people.count(),
        "with_mail": people.exclude(email="").count() if is_set_up() else 0,
        "most": invitations.MOST_AT_ONCE,
        "people": people.order_by("sort_key", "pk")[: invitations.MOST_AT_ONCE],
    }
    return render(request, "org/unit_invite.html", context)


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_sessions_end(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    person = _person(request, person_id)
    if request.method == "POST":
        count = invitations.end_all_sessions(person, actor=acting(request), at=now())
        messages.success(request, f"Đã kết thúc {count} phiên đăng nhập của {person.name}.")
    return redirect("person_invite", person.pk)


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_unlock(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody who was locked out try again."""
    person = _person(request, person_id)
    if request.method == "POST":
        invitations.unlock(person, actor=acting(request), at=now())
        messages.success(request, f"Đã mở khóa đăng nhập cho {person.name}.")
    return redirect("person_invite", person.pk)


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_factors_remove(request: HttpRequest, person_id: int) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    actor, person = acting(request), _person(request, person_id)
    right = _right(request, right_of(actor, lambda as_whom: may_administer_account(as_whom, person)))
    form = FactorsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            invitations.remove_factors(person, actor=actor, at=now(), reason=reason)
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Đã gỡ xác thực hai lớp của {person.name}.")
            return redirect("person_invite", person.pk)
    context = {"person": person, "form": form, "right": right}
    return render(request, "org/person_factors_remove.html", context)


def _right(request: HttpRequest, right: Right) -> Right:
    """The same, where the page may be opened: who only lacks elevated mode sees the act with its reason."""
    if not right.decision and (request.method == "POST" or not right.elevates):
        right.decision.require()
    return right


def _person(request: HttpRequest, person_id: int) -> Person:
    found = visible_people(acting(request)).select_related("user")
    return get_object_or_404(found, pk=person_id)


def _state(person: Person) -> dict[str, object]:
    user = person.user
    return {
        "person": person,
        "has_password": user is not None and user.has_usable_password(),
        "sessions": user.sessions.count() if user else 0,
        "locked": user is not None and lockout.is_locked_anywhere(user),
        "has_factor": user is not None and factors.has_second_factor(user),
        "by_mail": is_set_up(),
    }


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("set_password", args=["CODE"]))


def _invited(request: HttpRequest, person: Person, slip: Slip | None) -> HttpResponse:
    if slip is not None:
        return _printed(request, [slip], mailed=0)
    messages.success(request, f"Đã gửi liên kết cho {person.name}.")
    return redirect("person_invite", person.pk)


def _printed(request: HttpRequest, slips: list[Slip], *, mailed: int) -> HttpResponse:
    """Slips to print, shown this once: their codes are not kept."""
    printed = [PrintedSlip(slip, _picture(slip.address)) for slip in slips]
    context = {"slips": printed, "mailed": mailed, "address": request.build_absolute_uri(reverse("slip"))}
    answer = kept(render(request, "org/invitation_slips.html", context))
    answer["Cache-Control"] = "no-store"
    return answer


def _picture(address: str) -> SafeString:
    # Drawn here from an address of our own; it holds nothing that anybody typed.
    svg = segno.make(address, error="m").svg_inline(scale=3, border=2, svgclass="nep-qr", lineclass=None)
    return mark_safe(svg)
