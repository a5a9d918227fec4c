"""The tree recomputed from its links alone: what the stored closure and every count must equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nep.org.domain.tree import Span


@dataclass(frozen=True, slots=True)
class Link:
    """A child below a parent in a span."""

    child: int
    parent: int
    span: Span


@dataclass(frozen=True, slots=True)
class Post:
    """A person who works in a unit in a span."""

    person: int
    unit: int
    span: Span


@dataclass(frozen=True, slots=True)
class Tree:
    """The lives of units and the links between them."""

    lives: Mapping[int, Span]
    links: tuple[Link, ...]

    def parents_on(self, day: date) -> dict[int, int]:
        """Parent of each unit on a day; units at the top have none."""
        return {link.child: link.parent for link in self.links if day in link.span}

    def above_on(self, day: date) -> dict[int, list[int]]:
        """Of each unit that exists on a day: itself, then those above it, the nearest first.

        Raises: ValueError when a unit stands below itself.
        """
        parents = self.parents_on(day)
        paths: dict[int, list[int]] = {}
        for unit in (unit for unit, life in self.lives.items() if day in life):
            path = [unit]
            while path[-1] in parents:
                path.append(parents[path[-1]])
                if len(path) > len(parents) + 1:
                    raise ValueError(f"unit {unit} stands below itself on {day}")
            paths[unit] = path
        return paths

    def turning_days(self) -> list[date]:
        """The days on which something begins or ends; between two of them nothing changes."""
        spans = [*self.lives.values(), *(link.span for link in self.links)]
        ends = {span.until for span in spans if span.until is not None}
        return sorted({span.since for span in spans} | ends)


def closure(tree: Tree) -> set[tuple[int, int, int, Span]]:
    """Ancestor, descendant, depth and the longest spans in which it is so, day by day from the links.

    Raises: ValueError when a unit stands below itself on some day.
    """
    days = tree.turning_days()
    running: dict[tuple[int, int, int], date] = {}
    found: set[tuple[int, int, int, Span]] = set()
    for day in days:
        now = {
            (ancestor, unit, depth)
            for unit, path in tree.above_on(day).items()
            for depth, ancestor in enumerate(path)
        }
        for ended in [row for row in running if row not in now]:
            found.add((*ended, Span(running.pop(ended), day)))
        for row in now:
            running.setdefault(row, day)
    return found | {(*row, Span(since)) for row, since in running.items()}


def recount(tree: Tree, posts: Iterable[Post], day: date) -> dict[int, tuple[int, int]]:
    """Units and distinct people of each unit and all below it on a day."""
    units: dict[int, set[int]] = {}
    people: dict[int, set[int]] = {}
    paths = tree.above_on(day)
    for unit, path in paths.items():
        for ancestor in path:
            units.setdefault(ancestor, set()).add(unit)
    for post in posts:
        if day in post.span:
            for ancestor in paths.get(post.unit, ()):
                people.setdefault(ancestor, set()).add(post.person)
    return {unit: (len(below), len(people.get(unit, ()))) for unit, below in units.items()}
