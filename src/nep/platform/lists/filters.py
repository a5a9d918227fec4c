"""Filters of a list: what a person may ask for, how it narrows the rows, how it is told.

A value that makes no sense asks for nothing and says so; it never breaks the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from django.db.models import Q, QuerySet

from nep.kernel.vietnamese import fold
from nep.platform.ui.formats import day
from nep.platform.ui.parts import Choice

Narrow = Callable[[QuerySet[Any], str, Any], QuerySet[Any]]
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Control:
    """A filter as the bar shows it: a select, a field to type into, two days; `kept` is a chip only."""

    kind: Literal["select", "pick", "span", "kept"]
    key: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one filter made of the address: words for its chip and how it narrows, or why it does not."""

    control: Control
    chip: str = ""
    narrow: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    problem: str = ""
    instead: tuple[Choice, ...] = ()


class Filter(Protocol):
    """One filter of a list."""

    @property
    def key(self) -> str: ...

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address that belong to it."""

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """What the address asks of it, and its field in the bar."""


@dataclass(frozen=True, slots=True)
class Choose:
    """One of a few values. `choices` are pairs of value and words, or a function of the actor."""

    key: str
    label: str
    choices: Pairs | Callable[[Any], Pairs]
    narrow: Narrow
    any_label: str = "Tất cả"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """The chosen value, if it is one of them; the bar shows a select."""
        pairs = {str(value): str(label) for value, label in self._pairs(actor)}
        value = asked.get(self.key, "").strip()
        choices = [Choice("", f"{self.label}: {self.any_label.lower()}")]
        choices += [Choice(other, label) for other, label in pairs.items()]
        chosen = value if value in pairs else ""
        control = Control("select", self.key, self.label, chosen, tuple(choices))
        if value and not chosen:
            problem = f"Không có lựa chọn này cho “{self.label}”; danh sách chưa lọc theo mục đó."
            return Answer(control, problem=problem)
        if not chosen:
            return Answer(control)
        chip = f"{self.label}: {pairs[chosen]}"
        return Answer(control, chip, lambda rows: self.narrow(rows, chosen, actor))

    def _pairs(self, actor: Any) -> Pairs:
        return self.choices(actor) if callable(self.choices) else self.choices


def yes_or_no(key: str, label: str, condition: Q) -> Choose:
    """Rows for which the condition holds, or does not hold."""

    def narrow(rows: QuerySet[Any], value: str, actor: Any) -> QuerySet[Any]:
        return rows.filter(condition if value == "co" else ~condition)

    return Choose(key, label, (("co", "Có"), ("khong", "Không")), narrow)


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing among many, found by typing: a unit, a person, a programme.

    `found(actor, words)` gives at most nine things that match; `one(actor, id)` the thing with this id that
    the actor may see, or None. The address carries the id; typed words that fit one thing alone choose it.
    """

    key: str
    label: str
    one: Callable[[Any, int], Choice | None]
    found: Callable[[Any, str], Sequence[Choice]]
    narrow: Narrow

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """The thing with this id, or the only one that the words fit; the bar shows a field to type into."""
        control = Control("pick", self.key, self.label)
        value = asked.get(self.key, "").strip()
        if not value:
            return Answer(control)
        chosen = self.one(actor, int(value)) if value.isdecimal() and len(value) < 19 else None
        fitting = [chosen] if chosen else _best(list(self.found(actor, value[:200])), value)
        if len(fitting) == 1:
            only = fitting[0]
            chip = f"{self.label}: {only.label}"
            return Answer(control, chip, lambda rows: self.narrow(rows, only.value, actor))
        if not fitting:
            problem = f"Không thấy “{value[:80]}” trong mục “{self.label}”; chưa lọc theo mục đó."
            return Answer(control, problem=problem)
        problem = f"Nhiều mục khớp “{value[:80]}”. Chọn một:"
        return Answer(control, problem=problem, instead=tuple(fitting[:8]))


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both counted; either may be left open."""

    key: str
    label: str
    narrow_from: Callable[[QuerySet[Any], date], QuerySet[Any]]
    narrow_to: Callable[[QuerySet[Any], date], QuerySet[Any]]

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}-tu", f"{self.key}-den")

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """The days, where they are days."""
        given = [asked.get(name, "").strip() for name in self.names]
        control = Control("span", self.key, self.label, given[0], to=given[1])
        first, last = (_day(words) for words in given)
        if (given[0] and not first) or (given[1] and not last):
            return Answer(control, problem=f"Ngày của “{self.label}” không đúng; chưa lọc theo mục đó.")
        if first and last and first > last:
            return Answer(control, problem=f"“{self.label}”: ngày đầu sau ngày cuối; chưa lọc theo mục đó.")
        if not first and not last:
            return Answer(control)
        told = [f"từ {day(first)}"] if first else []
        told += [f"đến {day(last)}"] if last else []

        def narrow(rows: QuerySet[Any]) -> QuerySet[Any]:
            rows = self.narrow_from(rows, first) if first else rows
            return self.narrow_to(rows, last) if last else rows

        return Answer(control, f"{self.label}: {' '.join(told)}", narrow)


def _best(found: list[Choice], words: str) -> list[Choice]:
    """The one that is called just so, else all that were found."""
    called = [choice for choice in found if fold(choice.label) == fold(words)]
    return called if len(called) == 1 else found


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
