"""The calendar of days off: a year of it, recording a day, taking one back, each with what it would move."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org.access import may_manage_calendar
from nep.org.forms.calendar import DaysForm, TakeBackForm
from nep.org.queries.calendar import year_of
from nep.org.requests import acting
from nep.org.views.acts import right_of, writes
from nep.platform.access import holds, page
from nep.platform.calendar.hook import Effect
from nep.platform.calendar.keeping import (
    add_days,
    foresee_adding,
    foresee_taking_back,
    in_words,
    recorded,
    take_back,
)
from nep.platform.clock import now
from nep.platform.requests.asked import numbers
from nep.platform.ui.parts import Choice

READERS = holds(Permission.VIEW_UNITS)
FIRST_YEAR, YEARS_AHEAD = 2018, 4


@page(access=READERS)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days off of a year, each with its source, those recorded here among them."""
    actor = acting(request)
    years = range(FIRST_YEAR, actor.on.year + YEARS_AHEAD + 1)
    asked = [year for year in numbers([request.GET.get("nam", "")]) if year in years]
    context = {
        "year": year_of(asked[0] if asked else actor.on.year, actor.on),
        "choices": [Choice(str(year), str(year)) for year in reversed(years)],
        "right": right_of(actor, may_manage_calendar),
    }
    return render(request, "org/calendar.html", context)


@page(access=READERS, writes=True)
def calendar_add(request: HttpRequest) -> HttpResponse:
    """Record days: first what they would move is shown, then they are written."""
    actor, at = acting(request), now()
    right = right_of(actor, may_manage_calendar)
    if not right.decision and (request.method == "POST" or not right.elevates):
        right.decision.require()
    form = DaysForm(request.POST or None, initial={"first": actor.on})
    foreseen: tuple[tuple[date, ...], Effect] | None = None
    if right.decision and form.is_valid():
        try:
            if writes(request):
                effect = add_days(form.wish, allowed=right.decision, actor=actor, at=at)
                return _done(request, f"Đã ghi ngày. {_moved(effect)}", form.wish.first.year)
            foreseen = foresee_adding(form.wish, actor=actor, at=at)
        except RuleError as error:
            form.add_error(None, error.reason)
    context = {"form": form, "right": right, **_preview(foreseen)}
    return render(request, "org/calendar_add.html", context)


@page(access=READERS, writes=True)
def calendar_take_back(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Take a recorded day back, with a reason; what it would move is shown before."""
    actor, at, on = acting(request), now(), _day(year, month, day)
    right = right_of(actor, may_manage_calendar)
    if not right.decision and (request.method == "POST" or not right.elevates):
        right.decision.require()
    row, effect = recorded(on), foresee_taking_back(on, actor=actor, at=at)
    form = TakeBackForm(request.POST or None)
    if right.decision and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            effect = take_back(on, reason=reason, allowed=right.decision, actor=actor, at=at)
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return _done(request, f"Đã bỏ ngày {on:%d/%m/%Y}. {_moved(effect)}", year)
    context = {"form": form, "right": right, "row": row, "moved": _would_move(effect)}
    return render(request, "org/calendar_take_back.html", context)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404 from error


def _done(request: HttpRequest, told: str, year: int) -> HttpResponse:
    messages.success(request, told)
    return redirect(f"{reverse('calendar')}?nam={year}")


def _preview(foreseen: tuple[tuple[date, ...], Effect] | None) -> dict[str, str]:
    if foreseen is None:
        return {"days": "", "moved": ""}
    days, effect = foreseen
    return {"days": in_words(days), "moved": _would_move(effect)}


def _moved(effect: Effect) -> str:
    if not effect.deadlines:
        return "Không hạn nào phải dời."
    return f"Đã dời {effect.deadlines} hạn đang chạy của {effect.units} đơn vị."


def _would_move(effect: Effect) -> str:
    if not effect.deadlines:
        return "Không hạn đang chạy nào phải dời."
    return f"Dời {effect.deadlines} hạn đang chạy của {effect.units} đơn vị; hạn đã qua giữ nguyên."
