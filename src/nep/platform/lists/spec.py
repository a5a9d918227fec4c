"""How an app declares a list: once, in readable code, in its module `lists`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.http import Http404

from nep.kernel.decisions import Decision
from nep.platform.access import Policy
from nep.platform.lists.cells import Cell
from nep.platform.lists.filters import Filter


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives the cell of a row; `order` names the stored fields it sorts by.

    `kind` is "num" (right-aligned), "when" or "square" (of a grid); a column that is not `on` waits to
    be chosen. `about` says in full what a short label stands for.
    """

    key: str
    label: str
    value: Callable[[Any], Cell]
    order: tuple[str, ...] = ()
    kind: Literal["", "num", "when", "square"] = ""
    on: bool = True
    exported: bool = True
    width: int = 20
    about: str = ""


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on many rows, each decided by the app's own rule and done by the app's own service.

    `label` stands on the button, `done` is told with {count}; `about` names a row in the words of its page.
    """

    key: str
    label: str
    done: str
    about: Callable[[Any], str]
    decide: Callable[[Any, Any], Decision]
    act: Callable[[Any, Any, str, datetime], object]
    reason_label: str = "Lý do"
    kind: Literal["main", "destructive"] = "main"


@dataclass(frozen=True)
class ListSpec:
    """A list: which rows an actor may see, in which columns, narrowed how, in which order.

    `rows(actor, within)` starts from `visible_x(actor)`; `within` is the id of the thing that the list is in
    (a programme, …), None for a list of its own, and `rows` raises Http404 where the actor may not see it.
    `fill(rows, actor)` reads what columns need besides the row, in a fixed number of queries, for one page.
    The first column names the row and is always shown. `counts` says that counting all rows is cheap.
    `rows_on(actor, within, day)` makes it a list that also answers for any other day (`ngay` in the address).
    `grid(actor, within)` gives further columns that depend on the thing, always shown: units × tasks.
    `size` is how many rows a page has, where it is not the usual number.
    """

    code: str
    title: str
    noun: str
    access: Policy
    rows: Callable[[Any, int | None], QuerySet[Any]]
    url: Callable[[int | None], str]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_label: str = "Tìm, không cần gõ dấu"
    fill: Callable[[Sequence[Any], Any], Sequence[Any]] | None = None
    acts: tuple[BulkAct, ...] = ()
    counts: bool = False
    empty: str = "Chưa có dòng nào."
    rows_on: Callable[[Any, int | None, date], QuerySet[Any]] | None = None
    grid: Callable[[Any, int | None], tuple[Column, ...]] | None = None
    size: int = 0

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    def squares(self, actor: Any, within: int | None) -> tuple[Column, ...]:
        """The columns of the grid; none where the list is no grid."""
        return self.grid(actor, within) if self.grid else ()

    def filled(self, rows: Sequence[Model], actor: Any) -> list[Any]:
        """Rows with all that the columns need."""
        return list(self.fill(rows, actor) if self.fill and rows else rows)


_LISTS: dict[str, ListSpec] = {}


def listed(spec: ListSpec) -> ListSpec:
    """Make a list known by its code, so that its views, exports and acts have addresses.

    Raises: ValueError when the code is taken or the columns contradict each other.
    """
    if spec.code in _LISTS:
        raise ValueError(f"list declared twice: {spec.code}")
    keys = [*(column.key for column in spec.columns), *(each.key for each in spec.filters)]
    if len(set(keys)) != len(keys) or not spec.columns[0].on:
        raise ValueError(f"list {spec.code}: keys must differ, and the first column is always on")
    return _LISTS.setdefault(spec.code, spec)


def list_with(code: str) -> ListSpec:
    """The list of this code.

    Raises: Http404 when there is none.
    """
    if code not in _LISTS:
        raise Http404
    return _LISTS[code]
