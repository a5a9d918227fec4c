"""A list as its page shows it: from the address to rows, chips, views and ways on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from nep.platform.access import actor_of
from nep.platform.lists.asked import (
    AFTER,
    BEFORE,
    COUNT,
    DAY,
    ORDER,
    VIEW,
    WORDS,
    Asked,
    ask,
    known,
    params_of,
)
from nep.platform.lists.keyset import Part, part_of, written
from nep.platform.lists.models import ListChoice, SavedView
from nep.platform.lists.saved import choice_of, columns_of, menu_of
from nep.platform.lists.spec import Column, ListSpec
from nep.platform.lists.table import Head, body
from nep.platform.ui.parts import Choice, Tab

PAGE = 50
PICKED = "chon"
WITHIN = "trong"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that narrows the list, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What of the address made no sense, and what to choose instead."""

    words: str
    instead: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One page of a list for one person."""

    spec: ListSpec
    asked: Asked
    columns: tuple[Column, ...]
    rows: list[Any]
    part: Part
    views: list[SavedView]
    view: SavedView | None
    default: SavedView | None
    counted: int | None
    misplaced: str
    kept: Mapping[str, str]
    within: int | None
    all_picked: bool

    @property
    def title(self) -> str:
        return self.spec.title

    @property
    def is_bare(self) -> bool:
        """No row and nothing narrowed: there is nothing yet."""
        return not self.rows and not self.asked.narrows

    @property
    def is_grid(self) -> bool:
        """Whether the rows are squares of a grid, which scrolls inside itself."""
        return self.spec.grid is not None

    @property
    def searches(self) -> bool:
        """Whether words can be searched for."""
        return self.spec.search is not None

    @property
    def words(self) -> str:
        return self.asked.words

    @property
    def controls(self) -> list[Any]:
        """The fields of the bar; one that is chosen by typing stands as a chip instead."""
        typed = (answer for answer in self.asked.answers if answer.control.kind != "kept")
        return [answer.control for answer in typed if answer.control.kind != "pick" or not answer.chip]

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of the bar carries along without showing it."""
        chosen = zip(self.spec.filters, self.asked.answers, strict=True)
        names = [
            name
            for each, answer in chosen
            if answer.control.kind in {"pick", "kept"} and answer.chip
            for name in each.names
        ]
        picked = {name: self.asked.params[name] for name in names if name in self.asked.params}
        return {**self._carried, **picked}

    @property
    def _carried(self) -> dict[str, str]:
        """What every address of the page keeps: what is not the list's, and the day."""
        day = {DAY: f"{self.asked.day}"} if self.asked.day else {}
        return {**self.kept, **day}

    def address(self, changes: Mapping[str, str], *, drop: tuple[str, ...] = ()) -> str:
        """The address of this list with some of its questions changed, from its first page."""
        asked = {**self.kept, **self.asked.params, **changes}
        left = {name: value for name, value in asked.items() if name not in drop and value}
        return f"?{urlencode(left)}"

    @property
    def cleared(self) -> str:
        """The address that asks for nothing, not even for the default view."""
        own = {VIEW: "0"} if self.default else {}
        return f"?{urlencode({**self._carried, **own})}"

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list, each with the way to take it off."""
        found = [Chip(f"Tìm “{self.words}”", self._without(WORDS))] if self.words else []
        for each, answer in zip(self.spec.filters, self.asked.answers, strict=True):
            if answer.chip:
                found.append(Chip(answer.chip, self._without(*each.names)))
        return found

    def _without(self, *names: str) -> str:
        address = self.address({}, drop=(*names, VIEW))
        return address if len(address) > 1 else self.cleared

    @property
    def notices(self) -> list[Notice]:
        """What was not understood."""
        told = [Notice(words) for words in (*self.asked.problems, self.misplaced) if words]
        for answer in self.asked.answers:
            if answer.problem:
                key = answer.control.key
                instead = (Choice(self.address({key: one.value}), one.label) for one in answer.instead)
                told.append(Notice(answer.problem, tuple(instead)))
        return told

    @cached_property
    def heads(self) -> list[Head]:
        """The heads of the columns, with the address that sorts by them."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.order:
            return Head(column)
        now = self.asked.ordered
        if now is None and column.order == self.spec.order:
            now = (column, False)
        falling = now[1] if now and now[0] is column else None
        key = f"-{column.key}" if falling is False else column.key
        return Head(column, self.address({ORDER: key}, drop=(VIEW,)), falling)

    @property
    def orders(self) -> list[Choice]:
        """The orders for the select of small screens."""
        found = []
        for column in self.columns:
            if column.order:
                label = f"Xếp theo {column.label.lower()}"
                found += [Choice(column.key, f"{label}, tăng"), Choice(f"-{column.key}", f"{label}, giảm")]
        return [Choice("", "Xếp theo thứ tự thường"), *found] if found else []

    @property
    def order(self) -> str:
        return self.asked.params.get(ORDER, "") if self.asked.ordered else ""

    @property
    def body(self) -> SafeString:
        """The rows of the table."""
        picked = self.spec.acts[0].about if self.spec.acts else None
        return body(self.columns, self.rows, about=picked, checked=self.all_picked)

    @property
    def after(self) -> str:
        """The address of the next page; empty on the last one."""
        values = self.part.after
        return self.address({AFTER: written(values, salt=self.asked.salt())}) if values else ""

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first one."""
        values = self.part.before
        return self.address({BEFORE: written(values, salt=self.asked.salt())}) if values else ""

    @property
    def count_url(self) -> str:
        return self.address({COUNT: "co"})

    @property
    def pick_all_url(self) -> str:
        return self.address({PICKED: "het"})

    @property
    def tabs(self) -> list[Tab]:
        """The saved views; the first is the whole list."""
        if not self.views:
            return []
        whole = Tab("Tất cả", self.cleared, current=self.view is None and not self.asked.narrows)
        return [whole, *(self._tab(view) for view in self.views)]

    def _tab(self, view: SavedView) -> Tab:
        params = {**self._carried, **params_of(self.spec, view.query), VIEW: str(view.pk)}
        return Tab(view.name, f"?{urlencode(params)}", current=view == self.view)

    @property
    def query(self) -> str:
        return self.asked.query

    def _own(self, name: str, *more: str) -> str:
        own = {WITHIN: str(self.within)} if self.within is not None else {}
        view = {VIEW: str(self.view.pk)} if self.view else {}
        query = urlencode({**own, **self.asked.params, **view})
        return f"{reverse(name, args=[self.spec.code, *more])}?{query}"

    @property
    def export_url(self) -> str:
        return self._own("list_export")

    @property
    def columns_url(self) -> str:
        return self._own("list_columns")

    @property
    def views_url(self) -> str:
        return self._own("list_views")

    @property
    def acts(self) -> list[tuple[Any, str]]:
        """The acts on picked rows, each with its address."""
        return [(act, reverse("list_act", args=[self.spec.code, act.key])) for act in self.spec.acts]


def listing(request: HttpRequest, spec: ListSpec, within: int | None = None) -> Listing:
    """The page of a list that a request asks for.

    Raises: Http404 when the list is in something that the actor may not see.
    """
    actor = actor_of(request)
    assert actor is not None, "lists are shown to those who signed in"
    choice, views = choice_of(spec, actor), menu_of(spec, actor)
    default = choice.default_view if choice else None
    default = default if default in views else None  # shared no more
    params, view = _asked_view(request, spec, views, default)
    asked = ask(spec, params, actor)
    rows = asked.rows(actor, within)
    part, misplaced = _part(rows, asked, request)
    counted = rows.count() if spec.counts or request.GET.get(COUNT) else None
    own = known(spec) | {PICKED}
    others = {name: str(value) for name, value in request.GET.items() if name not in own}
    return Listing(
        spec=spec,
        asked=asked,
        columns=(*_columns(spec, view, choice), *spec.squares(actor, within)),
        rows=spec.filled(part.rows, actor),
        part=part,
        views=views,
        view=view,
        default=default,
        counted=counted,
        misplaced=misplaced,
        kept=others,
        within=within,
        all_picked=request.GET.get(PICKED) == "het",
    )


def _asked_view(
    request: HttpRequest, spec: ListSpec, views: list[SavedView], default: SavedView | None
) -> tuple[dict[str, str], SavedView | None]:
    """What is asked and through which saved view; an address that asks nothing opens the default view."""
    params = params_of(spec, request.GET)
    named = params.pop(VIEW, "")
    view = next((one for one in views if str(one.pk) == named), None)
    asks = any(name in known(spec) - {DAY} for name in request.GET)
    if not asks and default is not None:
        return {**params_of(spec, default.query), **params}, default
    return params, view


def _columns(spec: ListSpec, view: SavedView | None, choice: ListChoice | None) -> tuple[Column, ...]:
    chosen = view.columns if view and view.columns else choice.columns if choice else ()
    return columns_of(spec, chosen)


def _part(rows: Any, asked: Asked, request: HttpRequest) -> tuple[Part, str]:
    """The rows of the page; where it begins too late or has become short, the first page."""
    keys = asked.keys(rows)
    start, misplaced = asked.start(keys, request.GET.dict())
    part = part_of(rows, keys, start, asked.spec.size or PAGE)
    short = start is not None and (not part.rows or (start.backwards and part.before is None))
    return (part_of(rows, keys, None, asked.spec.size or PAGE) if short else part), misplaced
