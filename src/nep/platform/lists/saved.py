"""Saved views and chosen columns: who sees them, who may change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from nep.kernel.decisions import ALLOWED, Decision, refuse
from nep.platform.access import Actor
from nep.platform.lists.models import ListChoice, SavedView
from nep.platform.lists.spec import Column, ListSpec

MOST_VIEWS = 30  # in the menu of a list; one's own come first


@dataclass(frozen=True, slots=True)
class Place:
    """Where a view may be shared: a unit, of which lists know the number and the name only."""

    id: int
    name: str


class Places(Protocol):
    """What the app of units tells lists about sharing."""

    def own(self, actor: Any) -> Sequence[Place]:
        """The places in which the actor may share a view."""

    def seen(self, actor: Any) -> QuerySet[Any]:
        """The numbers of all places whose shared views the actor sees."""

    def leads(self, actor: Any, place_id: int) -> bool:
        """Whether the actor heads this place, and so may change what others shared there."""


_places: list[Places] = []


def register_places(places: Places) -> None:
    """The app of units says here where views are shared."""
    _places[:] = [places]


def places() -> Places:
    """Where views are shared."""
    return _places[0]


def visible_views(spec: ListSpec, actor: Actor) -> QuerySet[SavedView]:
    """The views of a list that the actor sees: one's own, and those shared where one works or has a role."""
    return SavedView.objects.filter(list_code=spec.code).seen_by(actor, places().seen(actor))


def may_change(actor: Actor, view: SavedView) -> Decision:
    """Whether the actor may change or remove a view: its maker, or the head of where it is shared."""
    if view.owner_id == actor.id or (view.place_id and places().leads(actor, view.place_id)):
        return ALLOWED
    where = f" hoặc thủ trưởng của {view.place_name}" if view.place_id else ""
    return refuse(f"Cách xem này do {view.owner_name} lưu; chỉ người đó{where} sửa được.")


def menu_of(spec: ListSpec, actor: Actor) -> list[SavedView]:
    """The views for the menu of a list: one's own first."""
    views = visible_views(spec, actor)[: MOST_VIEWS * 2]
    return sorted(views, key=lambda view: view.owner_id != actor.id)[:MOST_VIEWS]


def choice_of(spec: ListSpec, actor: Actor) -> ListChoice | None:
    """What the actor chose for a list, with the view that it opens with."""
    rows = ListChoice.objects.filter(list_code=spec.code, user_id=actor.id)
    return rows.select_related("default_view").first()


def columns_of(spec: ListSpec, chosen: Sequence[str]) -> tuple[Column, ...]:
    """The chosen columns in their order; without a choice those that are on by themselves."""
    first = spec.columns[0]
    found = [spec.column(key) for key in dict.fromkeys(chosen)]
    named = tuple(column for column in found if column and column is not first)
    return (first, *named) if named else tuple(column for column in spec.columns if column.on)
