"""Spans of days and what holds during them: the parent, the name, the host of a unit over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` up to, not including, `until`; None for no end in sight."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"no day between {self.since} and {self.until}")

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def covers(self, other: Span) -> bool:
        """Whether every day of the other span belongs to this one."""
        return self.since <= other.since and (
            self.until is None or (other.until is not None and other.until <= self.until)
        )

    def common(self, other: Span) -> Span | None:
        """The days that belong to both."""
        since, until = max(self.since, other.since), earlier(self.until, other.until)
        return None if until is not None and until <= since else Span(since, until)


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends, where None is no end."""
    return other if one is None else one if other is None else min(one, other)


@dataclass(frozen=True, slots=True)
class Held:
    """A value that holds in a span; `key` is the stored row, None for a piece that is new."""

    key: int | None
    value: tuple[Any, ...]
    span: Span


def window(rows: Iterable[Held], life: Span, on: date, until: date | None = None) -> Span:
    """How long a value recorded for a day lasts: until the next one that is already recorded.

    So what is recorded late does not undo what came after it. `until` ends it sooner.
    """
    rows = tuple(rows)
    ends = [row.span.until for row in rows if on in row.span]
    ends += [row.span.since for row in rows if row.span.since > on]
    last = life.until
    for end in (*ends, until):
        last = earlier(last, end)
    return Span(on, last)


def overlay(rows: Iterable[Held], span: Span, value: tuple[Any, ...] | None) -> tuple[Held, ...]:
    """The rows after a value has been laid over a span; None leaves the span empty.

    The first piece of a row keeps its key, so that a row is shortened rather than replaced.
    """
    after: list[Held] = []
    laid = None if value is None else Held(None, value, span)
    for row in rows:
        if row.span.common(span) is None:
            after.append(row)
            continue
        key = row.key
        if row.span.since < span.since:
            after.append(replace(row, span=Span(row.span.since, span.since)))
            key = None
        if laid is not None and laid.key is None and key is not None and row.span.covers(span):
            laid, key = replace(laid, key=key), None
        if span.until is not None and (row.span.until is None or row.span.until > span.until):
            after.append(Held(key, row.value, Span(span.until, row.span.until)))
    return tuple(sorted([*after, *([laid] if laid else [])], key=lambda held: held.span.since))
