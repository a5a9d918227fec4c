"""Pages of the months: their denominators, which are locked, what was restated."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org.access import units_whose_people_are_seen
from nep.org.queries.months import months_of, units_to_count
from nep.org.requests import acting
from nep.org.services.periods import lock_period
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.requests.asked import numbers
from nep.platform.ui.parts import Choice

READERS = holds(Permission.VIEW_UNITS)


@page(access=READERS)
def periods(request: HttpRequest) -> HttpResponse:
    """The months of one unit: how many units and people, locked or open, restated or not."""
    actor = acting(request)
    own, asked = units_to_count(actor), numbers([request.GET.get("don-vi", "")])
    unit = get_object_or_404(units_whose_people_are_seen(actor), pk=asked[0]) if asked else None
    unit = unit or (own[0] if own else None)
    offered = {one.pk: one for one in (*own, *([unit] if unit else []))}
    context = {
        "unit": unit,
        "choices": [Choice(str(one.pk), one.short_name) for one in offered.values()],
        "rows": months_of(unit, actor.on) if unit else [],
        "may_lock": actor.may_at(Permission.LOCK_PERIODS, unit) if unit else None,
    }
    return render(request, "org/period_list.html", context)


@page(access=READERS, writes=True)
def period_lock(request: HttpRequest, unit_id: int, year: int, month: int) -> HttpResponse:
    """The head looks at the figures of a month once more, then makes them final."""
    actor = acting(request)
    unit = get_object_or_404(units_whose_people_are_seen(actor), pk=unit_id)
    actor.may_at(Permission.LOCK_PERIODS, unit).require()
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise Http404 from error
    refused = ""
    if request.method == "POST":
        try:
            lock_period(unit, first, actor=actor, at=now())
        except RuleError as error:
            refused = error.reason
        else:
            messages.success(request, f"Đã khóa số liệu tháng {first:%m/%Y}.")
            return redirect(f"{reverse('periods')}?don-vi={unit.pk}")
    rows = [row for row in months_of(unit, actor.on) if row.month == first]
    context = {"unit": unit, "month": first, "row": rows[0] if rows else None, "refused": refused}
    return render(request, "org/period_lock.html", context)
