"""The tabs over the page of a unit; upper apps add theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.ui.parts import Tab

Offer = Callable[[Actor, Unit], tuple[str, str, str] | None]

_offers: list[Offer] = []


def register_tab(offer: Offer) -> None:
    """An upper app says here, in its AppConfig.ready(), which page it has of a unit.

    Shapes: key, label and address, or None where the actor has no such page.
    """
    if offer not in _offers:
        _offers.append(offer)


def unit_tabs(actor: Actor, unit: Unit, current: str, day: date | None = None) -> list[Tab]:
    """The tabs of a unit; a past day is kept on the way from one to the other."""
    known = [("unit", "Tổ chức", reverse("unit", args=[unit.pk]))]
    known += [tab for offer in _offers if (tab := offer(actor, unit)) is not None]
    kept = f"?ngay={day}" if day else ""
    return [Tab(label, f"{url}{kept}", current=key == current) for key, label, url in known]
