"""What addresses of indicators name, as far as the person may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.indicators.access import units_with_figures, visible_indicators
from nep.indicators.domain.periods import Period, period_of, periods_back, read_period
from nep.indicators.models import Indicator
from nep.indicators.queries.seen import home_of
from nep.org.access import Actor
from nep.org.models import Unit
from nep.org.requests import acting
from nep.platform.access import holds
from nep.platform.requests.asked import numbers
from nep.platform.ui.parts import Choice, Crumb

READERS = holds(Permission.VIEW_PROGRAMMES)
OFFERED = {"month": 24, "quarter": 12, "year": 8}
PAST = 60  # periods that an address may still name


def found_indicator(request: HttpRequest, code: str) -> tuple[Actor, Indicator]:
    """Who acts, and the indicator they may see; 404 for any other."""
    actor = acting(request)
    return actor, get_object_or_404(visible_indicators(actor).select_related("owner"), code=code)


def found_unit(request: HttpRequest, code: str, unit_id: int) -> tuple[Actor, Indicator, Unit]:
    """The same, with a unit of which they see figures."""
    actor, indicator = found_indicator(request, code)
    return actor, indicator, get_object_or_404(units_with_figures(actor), pk=unit_id)


def named_period(indicator: Indicator, key: str, actor: Actor) -> Period:
    """The period of an address.

    Raises: Http404 for one that does not exist, is ahead, or lies too far back.
    """
    try:
        period = read_period(indicator.grain, key)
    except ValueError as error:
        raise Http404 from error
    running = period_of(indicator.grain, actor.on)
    if period > running or period.starts_on < periods_back(indicator.grain, actor.on, PAST)[0].starts_on:
        raise Http404
    return period


def offered_periods(indicator: Indicator, actor: Actor) -> list[Period]:
    """The periods that forms and pickers offer, the earliest first."""
    return periods_back(indicator.grain, actor.on, OFFERED[indicator.grain])


def chosen_unit(request: HttpRequest, actor: Actor) -> Unit | None:
    """The unit that the page asks about: the one in the address, else where the person's pages open."""
    asked = numbers([request.GET.get("don-vi", "")])
    if asked:
        return get_object_or_404(units_with_figures(actor), pk=asked[0])
    home = home_of(actor)
    if home is not None and units_with_figures(actor).filter(pk=home.pk).exists():
        return home
    return units_offered(actor)[0] if units_offered(actor) else None


def units_offered(actor: Actor) -> list[Unit]:
    """Units that a person asks about first: where they work and over which they have roles."""
    ids = {*actor.posted_unit_ids, *(grant.unit_id for grant in actor.grants)}
    return list(units_with_figures(actor).filter(pk__in=ids).order_by("line", "sort_key", "pk"))


def unit_choices(actor: Actor, unit: Unit) -> list[Choice]:
    """The same for a picker, with the unit that is shown."""
    offered = {one.pk: one for one in (*units_offered(actor), unit)}
    return [Choice(str(one.pk), one.short_name) for one in offered.values()]


def crumbs(indicator: Indicator | None = None, here: str = "") -> list[Crumb]:
    """The place of a page."""
    found = [Crumb("Chỉ số", reverse("indicators"))]
    if indicator is not None:
        found.append(Crumb(indicator.name, reverse("indicator", args=[indicator.code]) if here else ""))
    return [*found, Crumb(here)] if here else found


def address(indicator: Indicator, unit: Unit, period: Period) -> str:
    """The page of an indicator for a unit and period."""
    return f"{reverse('indicator', args=[indicator.code])}?don-vi={unit.pk}&ky={period.key}"
