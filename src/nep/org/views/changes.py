"""Pages on which changes of units are recorded, read and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org.access import known_units
from nep.org.forms.changes import ChangeForm, WithdrawForm
from nep.org.forms.choosing import sent
from nep.org.forms.recording import RECORDINGS, Recording
from nep.org.forms.units import ChangesForm
from nep.org.models import UnitChange
from nep.org.queries import histories
from nep.org.queries.effects import effect_of
from nep.org.requests import acting
from nep.org.services.changes_withdrawal import withdraw_change
from nep.org.views.allowed import Right, right_to
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.requests.asked import page_number

READERS = holds(Permission.VIEW_UNITS)
LOOK, WRITE = "xem", "ghi"  # the steps of a form: look at what would change, write it


def record(request: HttpRequest, unit_id: int, recording: Recording) -> HttpResponse:
    """The form of a change, what it would do, and the change itself.

    To show what it would do it is done; an answer that is no redirect leaves nothing of it behind.
    """
    actor = acting(request)
    unit = get_object_or_404(known_units(actor), pk=unit_id)
    if not recording.fits(unit):
        raise Http404
    right = right_to(actor, Permission.MANAGE_UNITS, unit)
    if request.method == "POST":
        right.decision.require()
    elif not right.decision:
        return _not_yet(request, right, {"unit": unit, "title": recording.form.title})
    typed, step = sent(request.POST, recording.form.many), request.POST.get("buoc", "")
    form = recording.form(unit, actor, typed, check=step in {LOOK, WRITE})
    if step in {LOOK, WRITE} and form.is_valid():
        try:
            change = recording.write(form, now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return _recorded(request, form, change.pk, step)
    return render(request, "org/change_form.html", {"unit": unit, "form": form})


def _recorded(request: HttpRequest, form: ChangeForm, change_id: int, step: str) -> HttpResponse:
    """After the last step the page of the change, before it what would change."""
    change = get_object_or_404(UnitChange, pk=change_id)
    if step == WRITE:
        messages.success(request, f"Đã ghi: {change.get_kind_display().lower()}, {form.unit.name}.")
        return redirect("change", change.pk)
    context = {
        "unit": form.unit,
        "form": form,
        "typed": _typed(form),
        "effect": effect_of(change, form.day),
        "may_open": frozenset(),
    }
    return render(request, "org/change_preview.html", context)


def _typed(form: ChangeForm) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the next step."""
    pairs = []
    for name in form.fields:
        value = form.typed.get(name, "")
        pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    return pairs


def _not_yet(request: HttpRequest, right: Right, context: dict[str, Any]) -> HttpResponse:
    """The act with the reason why it cannot be done now; a refusal where elevated mode would not help."""
    if not right.elevates:
        right.decision.require()
    return render(request, "org/change_locked.html", context | {"right": right})


@page(access=READERS, writes=True)
def unit_open(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Open a unit below another one."""
    return record(request, unit_id, RECORDINGS["unit_open"])


@page(access=READERS, writes=True)
def unit_rename(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Give a unit another name."""
    return record(request, unit_id, RECORDINGS["unit_rename"])


@page(access=READERS, writes=True)
def unit_move(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Put a unit under another parent."""
    return record(request, unit_id, RECORDINGS["unit_move"])


@page(access=READERS, writes=True)
def unit_reattach(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Attach a union or party unit to another agency."""
    return record(request, unit_id, RECORDINGS["unit_reattach"])


@page(access=READERS, writes=True)
def unit_merge(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Let a unit become part of another one."""
    return record(request, unit_id, RECORDINGS["unit_merge"])


@page(access=READERS, writes=True)
def unit_split(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Divide a unit."""
    return record(request, unit_id, RECORDINGS["unit_split"])


@page(access=READERS, writes=True)
def unit_close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """End a unit."""
    return record(request, unit_id, RECORDINGS["unit_close"])


@page(access=READERS)
def unit_changes(request: HttpRequest) -> HttpResponse:
    """The changes of all units the actor knows, by kind and span."""
    actor = acting(request)
    form = ChangesForm(request.GET or None)
    found = histories.changes_list(actor, form.asked(), page_number(request.GET.get("trang", "")))
    rows = histories.change_rows(found)
    context = {"form": form, "found": found, "rows": rows, "may_open": histories.openable(actor, rows)}
    return render(request, "org/change_list.html", context)


@page(access=READERS)
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: its decision, its units, what it did."""
    actor = acting(request)
    found = get_object_or_404(histories.visible_changes(actor), pk=change_id)
    effect = effect_of(found, actor.on)
    context = {
        "change": found,
        "effect": effect,
        "recorder": User.objects.filter(pk__in=[found.recorded_by_id or 0]).first(),
        "may_open": histories.openable(actor, [effect.row]),
        "right": right_to(actor, Permission.MANAGE_UNITS, effect.row.subjects[0]),
    }
    return render(request, "org/change.html", context)


@page(access=READERS, writes=True)
def change_withdraw(request: HttpRequest, change_id: int) -> HttpResponse:
    """Take a change back, with the reason."""
    actor = acting(request)
    found = get_object_or_404(histories.visible_changes(actor), pk=change_id)
    row = effect_of(found, actor.on).row
    right = right_to(actor, Permission.MANAGE_UNITS, row.subjects[0])
    if request.method == "POST":
        right.decision.require()
    elif not right.decision:
        return _not_yet(request, right, {"unit": row.subjects[0], "title": "Hủy ghi nhận biến động"})
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_change(found, actor=actor, at=now(), reason=form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã hủy ghi nhận biến động.")
            return redirect("change", found.pk)
    context = {"change": found, "row": row, "form": form, "may_open": frozenset()}
    return render(request, "org/change_withdraw.html", context)
