"""What the address of a list asks for, in one vocabulary for all lists.

`tim` words · `sap` order (`-` for falling) · `sau`/`truoc` place in the order · `dem` count all ·
`cach-xem` saved view · `ngay` another day, where a list answers for days · and one parameter (or two) for
each filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from nep.platform.lists.filters import Answer
from nep.platform.lists.keyset import Key, Start, keys_of, read_back
from nep.platform.lists.spec import Column, ListSpec

WORDS, ORDER, AFTER, BEFORE, COUNT, VIEW = "tim", "sap", "sau", "truoc", "dem", "cach-xem"
DAY = "ngay"
PLACES = frozenset({AFTER, BEFORE, COUNT})  # where in the list, not which list
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a list by one person."""

    spec: ListSpec
    params: Mapping[str, str]
    answers: tuple[Answer, ...]
    ordered: tuple[Column, bool] | None
    problems: tuple[str, ...]
    day: date | None = None

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.params.get(WORDS, "").strip()[:LONGEST_WORDS] if self.spec.search else ""

    @property
    def order(self) -> tuple[str, ...]:
        """The stored fields to sort by."""
        if self.ordered is None:
            return self.spec.order
        column, falling = self.ordered
        return tuple(_turned(name) for name in column.order) if falling else column.order

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words) or any(answer.narrow for answer in self.answers)

    @property
    def query(self) -> str:
        """The address of this list from its beginning: what a saved view keeps and an export repeats."""
        return urlencode({name: value for name, value in self.params.items() if name != VIEW})

    def rows(self, actor: Any, within: int | None) -> QuerySet[Any]:
        """The rows that are asked for, as they stand today or stood on the day that is asked for."""
        if self.day and self.spec.rows_on:
            return self._narrowed(self.spec.rows_on(actor, within, self.day))
        return self._narrowed(self.spec.rows(actor, within))

    def _narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for answer in self.answers:
            rows = answer.narrow(rows) if answer.narrow else rows
        return self.spec.search(rows, self.words) if self.spec.search and self.words else rows

    def salt(self) -> str:
        """What a place in the order belongs to: this list in this order."""
        return f"{self.spec.code}:{','.join(self.order)}"

    def start(self, keys: tuple[Key, ...], places: Mapping[str, str]) -> tuple[Start | None, str]:
        """Where the page begins, and what to tell when the address says it wrongly."""
        for name in (AFTER, BEFORE):
            if word := places.get(name, ""):
                values = read_back(word, keys, salt=self.salt())
                if values is None:
                    return None, "Không tìm thấy trang này của danh sách nữa; đây là trang đầu."
                return Start(values, backwards=name == BEFORE), ""
        return None, ""

    def keys(self, rows: QuerySet[Any]) -> tuple[Key, ...]:
        """The keys of the order."""
        return keys_of(rows, self.order)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def known(spec: ListSpec) -> frozenset[str]:
    """The parameters that a list understands."""
    named = {name for each in spec.filters for name in each.names}
    dated = {DAY} if spec.rows_on else set()
    return frozenset({WORDS, ORDER, VIEW} | PLACES | dated | named)


def params_of(spec: ListSpec, given: QueryDict | str) -> dict[str, str]:
    """What an address, or the query that a view keeps, asks of a list; empty and foreign parts left out."""
    pairs = parse_qsl(given if isinstance(given, str) else given.urlencode())
    names = known(spec) - PLACES
    return {name: value for name, value in pairs if name in names and value.strip() and "\0" not in value}


def ask(spec: ListSpec, params: Mapping[str, str], actor: Any) -> Asked:
    """Understand what is asked; what makes no sense is left out and told."""
    answers = tuple(each.answer(params, actor) for each in spec.filters)
    wanted = params.get(ORDER, "")
    column = spec.column(wanted.lstrip("-"))
    problems: tuple[str, ...] = ()
    if wanted and (column is None or not column.order):
        column, problems = None, ("Danh sách này không xếp theo mục đó được.",)
    ordered = (column, wanted.startswith("-")) if column and wanted else None
    return Asked(spec, params, answers, ordered, problems, day_in(params) if spec.rows_on else None)


def day_in(params: Mapping[str, str]) -> date | None:
    """The day that an address asks for; None where it names none, or none that there is."""
    try:
        return date.fromisoformat(params.get(DAY, ""))
    except ValueError:
        return None
