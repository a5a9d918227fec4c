"""Pages of later last days and of closed periods that are opened again for one unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.kernel.errors import NepError
from nep.movements import access_exceptions as access
from nep.movements.access import follows
from nep.movements.forms.adoptions import ReasonForm
from nep.movements.forms.exceptions import ReopeningForm, SpecialDateForm
from nep.movements.models import Adoption, SpecialDate
from nep.movements.queries.exceptions import reopening_rows, special_row, special_rows
from nep.movements.services.reopening import reopen_period
from nep.movements.services.special_dates import (
    ask_special_date,
    end_special_date,
    grant_special_date,
    refuse_special_date,
)
from nep.movements.views.adoptions import READERS, found_adoption
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import page
from nep.platform.audit.trail import moments
from nep.platform.clock import now


def _followed(request: HttpRequest, adoption_id: int) -> tuple[Actor, Adoption]:
    """Who acts, and a plan that they follow; 404 for any other."""
    actor, found = found_adoption(request, adoption_id)
    if not follows(actor, found):
        raise Http404
    return actor, found


@page(access=READERS)
def special_dates(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """The later last days and the reopened periods of a unit's plan."""
    actor, found = _followed(request, adoption_id)
    return render(
        request,
        "movements/special_dates.html",
        {
            "adoption": found,
            "specials": special_rows(found, actor.on),
            "reopenings": reopening_rows(found, actor.on),
            "may_ask": access.may_ask_special_date(actor, found),
            "may_reopen": access.may_reopen(actor, found),
        },
    )


@page(access=READERS, writes=True)
def special_date_new(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Ask for a later last day."""
    actor, found = _followed(request, adoption_id)
    access.may_ask_special_date(actor, found).require()
    tasks = [row.task for row in found.tasks.select_related("task") if row.task]
    form = SpecialDateForm(
        request.POST or None, tasks=tasks, targets=list(found.programme.targets.all()), on=actor.on
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_special_date(found, form.asked, actor=actor, at=now())
        except NepError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã gửi đề nghị tới {access.asking_unit(found).name}.")
            return redirect("special_dates", adoption_id)
    above = access.asking_unit(found)
    return render(
        request, "movements/special_date_new.html", {"adoption": found, "form": form, "above": above}
    )


def _found_special(request: HttpRequest, special_id: int) -> tuple[Actor, SpecialDate]:
    actor = acting(request)
    rows = access.visible_special_dates(actor).select_related(
        "adoption__programme__lead_unit", "adoption__parent__unit", "adoption__unit", "programme", "unit"
    )
    found = get_object_or_404(rows.select_related("task", "target"), pk=special_id)
    if not follows(actor, found.adoption):
        raise Http404
    return actor, found


@page(access=READERS)
def special_date(request: HttpRequest, special_id: int) -> HttpResponse:
    """One special date: what was asked, why, and what was decided."""
    actor, found = _found_special(request, special_id)
    return render(
        request,
        "movements/special_date.html",
        {
            "adoption": found.adoption,
            "row": special_row(found, actor.on),
            "may_decide": access.may_decide_special_date(actor, found),
            "moments": moments(found, limit=10),
        },
    )


@page(access=READERS, writes=True)
def special_date_grant(request: HttpRequest, special_id: int) -> HttpResponse:
    """Agree to a special date."""
    actor, found = _found_special(request, special_id)
    if request.method == "POST":
        grant_special_date(found, actor=actor, at=now())
        messages.success(request, f"Đã đồng ý hạn riêng cho {found.unit.short_name}.")
    return redirect("special_date", special_id)


class _Ending(NamedTuple):
    """A decision that needs a reason: what it does, its words, in which state it is taken."""

    act: Callable[..., SpecialDate]
    title: str
    label: str
    told: str
    state: str


ENDINGS = {
    "khong-dong-y": _Ending(
        refuse_special_date, "Không đồng ý hạn riêng", "Lý do không đồng ý", "Đã ghi không đồng ý.", "asked"
    ),
    "thu-hoi": _Ending(
        end_special_date, "Thu hồi hạn riêng", "Lý do thu hồi", "Đã thu hồi hạn riêng.", "granted"
    ),
}


@page(access=READERS, writes=True)
def special_date_end(request: HttpRequest, special_id: int, ending: str) -> HttpResponse:
    """Refuse a special date, or take a granted one back, with the reason."""
    actor, found = _found_special(request, special_id)
    if ending not in ENDINGS:
        raise Http404
    access.may_decide_special_date(actor, found).require()
    words = ENDINGS[ending]
    if found.state != words.state:
        return redirect("special_date", special_id)
    form = ReasonForm(request.POST or None, label=words.label)
    if request.method == "POST" and form.is_valid():
        words.act(found, form.cleaned_data["reason"], actor=actor, at=now())
        messages.success(request, words.told)
        return redirect("special_date", special_id)
    shown: dict[str, Any] = {"adoption": found.adoption, "row": special_row(found, actor.on), "form": form}
    return render(request, "movements/special_date_end.html", shown | {"words": words})


@page(access=READERS, writes=True)
def reopening_new(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Open a closed period again for a unit, until the end of a day."""
    actor, found = _followed(request, adoption_id)
    access.may_reopen(actor, found).require()
    form = ReopeningForm(request.POST or None, on=actor.on)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            reopen_period(
                found,
                given["first"],
                given["last"],
                until=given["until"],
                reason=given["reason"],
                actor=actor,
                at=now(),
            )
        except NepError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã mở lại kỳ cho {found.unit.short_name}.")
            return redirect("special_dates", adoption_id)
    return render(request, "movements/reopening_new.html", {"adoption": found, "form": form})
