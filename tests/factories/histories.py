"""Random histories of units, made by the services and kept beside by a book that knows nothing of them.

The book holds, per unit, the days on which its parent was set, and replays the acts that were accepted. What
it counts on a day must be what Nếp counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from nep.kernel.errors import RuleError
from nep.org.domain.closure import Link, Post, Tree
from nep.org.models import Line, Person, Position, Posting, Unit, UnitChange, UnitKind, UnitLink
from nep.org.services.changes import Handover, close_unit, move_unit, rename_unit
from nep.org.services.changes_ledger import span_of
from nep.org.services.changes_merging import Share, merge_units, split_unit
from nep.org.services.changes_withdrawal import withdraw_change
from nep.org.services.people import post_person, register_person
from nep.org.services.units import NewUnit, open_unit

Counted = dict[int, tuple[int, int]]


@dataclass
class Book:
    """Who was where, kept by days on which something was set rather than by spans."""

    opened: dict[int, date] = field(default_factory=dict)
    closed: dict[int, date] = field(default_factory=dict)
    parents: dict[int, dict[date, int | None]] = field(default_factory=dict)
    posts: list[tuple[int, int, date, date | None]] = field(default_factory=list)

    def parent(self, unit: int, day: date) -> int | None:
        """The parent that was set last."""
        earlier = [on for on in self.parents[unit] if on <= day]
        return self.parents[unit][max(earlier)] if earlier else None

    def open(self, unit: int, parent: int | None, on: date) -> None:
        """A unit opens."""
        self.opened[unit], self.parents[unit] = on, {on: parent}

    def move(self, unit: int, parent: int | None, on: date) -> None:
        """A unit goes below another one, until it is said to go elsewhere."""
        self.parents[unit][on] = parent

    def close(self, unit: int, taker: int, on: date, above: int | None = None) -> None:
        """A unit closes; children and people go to the taker, and the taker `above` when it was a child."""
        for child in list(self.parents):
            if self.exists(child, on) and self.parent(child, on) == unit:
                self.parents[child][on] = above if child == taker else taker
        self.closed[unit] = on
        self.give(lambda post: post[1] == unit, taker, on)

    def give(
        self, chosen: Callable[[tuple[int, int, date, date | None]], bool], taker: int, on: date
    ) -> None:
        """Postings go on elsewhere from a day."""
        kept: list[tuple[int, int, date, date | None]] = []
        for post in self.posts:
            person, unit, since, until = post
            if not chosen(post) or (until is not None and until <= on):
                kept.append(post)
                continue
            if since < on:
                kept.append((person, unit, since, on))
            kept.append((person, taker, max(since, on), until))
        self.posts = kept

    def exists(self, unit: int, day: date) -> bool:
        """Whether a unit is open on a day."""
        return self.opened[unit] <= day and (unit not in self.closed or day < self.closed[unit])

    def counted(self, day: date) -> Counted:
        """Units and distinct people of every unit and all below it on a day."""
        units: dict[int, set[int]] = {}
        people: dict[int, set[int]] = {}
        staff: dict[int, set[int]] = {}
        for person, unit, since, until in self.posts:
            if since <= day and (until is None or day < until):
                staff.setdefault(unit, set()).add(person)
        for unit in self.opened:
            if not self.exists(unit, day):
                continue
            above: int | None = unit
            while above is not None:
                units.setdefault(above, set()).add(unit)
                people.setdefault(above, set()).update(staff.get(unit, ()))
                above = self.parent(above, day)
        return {unit: (len(found), len(people[unit])) for unit, found in units.items()}


Replay = Callable[[Book], None]


@dataclass
class History:
    """A province that changes at random between two days; every act may be late or ahead."""

    seed: int
    first: date = date(2025, 1, 1)
    last: date = date(2027, 12, 31)
    today: date = date(2026, 1, 5)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.codes = count(1)
        self.units: list[Unit] = []
        self.people: list[Person] = []
        self.acts: dict[int, Replay] = {}
        self.refused: dict[str, int] = {}
        self.done: dict[str, int] = {}
        self.position, _ = Position.objects.get_or_create(name="Chuyên viên")
        root = self._opened(None, self.first)
        self.units.append(root)

    @property
    def at(self) -> datetime:
        """The instant at which the next act is recorded."""
        return datetime.combine(self.today, time(3), tzinfo=UTC)

    @property
    def book(self) -> Book:
        """The acts that were accepted and not withdrawn, replayed."""
        book = Book()
        for replay in self.acts.values():
            replay(book)
        return book

    def grow(self, units: int) -> None:
        """Open units with people until there are so many, each below one that is there."""
        while len(self.units) < units:
            self.units.append(self._opened(self.random.choice(self.units), self.first))
            self.step("post")

    def run(self, acts: int) -> None:
        """So many acts that are accepted."""
        wanted = sum(self.done.values()) + acts
        while sum(self.done.values()) < wanted:
            self.step()

    def step(self, name: str = "") -> None:
        """One act at random; refusals are counted."""
        kinds = ["open", "post", "move", "merge", "absorb", "split", "close", "rename", "withdraw"]
        name = name or self.random.choices(kinds, weights=[6, 8, 8, 3, 3, 3, 3, 2, 2])[0]
        try:
            getattr(self, f"_{name}")()
        except RuleError as refusal:
            self.refused[name] = self.refused.get(name, 0) + 1
            self.last_refusal = refusal.reason
        else:
            self.done[name] = self.done.get(name, 0) + 1

    def any_day(self) -> date:
        """A day of the history."""
        return self.first + timedelta(days=self.random.randrange((self.last - self.first).days))

    def _new(self) -> NewUnit:
        number = next(self.codes)
        return NewUnit(f"N{self.seed}-{number}", f"Phòng {number}", UnitKind.DIVISION, Line.AUTHORITY)

    def _any(self, on: date) -> Unit:
        """A unit that is open on the day before, as far as there is one."""
        ids = [unit.pk for unit in self.units]
        known = Unit.objects.filter(pk__in=ids, during__contains=on - timedelta(days=1)).order_by("pk")
        return self.random.choice(list(known) or self.units)

    def _above(self, unit: Unit, on: date) -> int | None:
        link = UnitLink.objects.filter(child=unit, during__contains=on).first()
        return link.parent_id if link else None

    def _keep(self, replay: Replay, change: UnitChange | None = None) -> None:
        self.acts[change.pk if change else -next(self.codes)] = replay

    def _opened(self, parent: Unit | None, on: date) -> Unit:
        unit = open_unit(self._new(), actor=None, on=on, at=self.at, parent=parent)
        child, above = unit.pk, parent.pk if parent else None
        self._keep(lambda book: book.open(child, above, on), UnitChange.objects.latest("pk"))
        return unit

    def _open(self) -> None:
        on = self.any_day()
        self.units.append(self._opened(self._any(on), on))

    def _post(self) -> None:
        number = len(self.people)
        person = register_person(f"P{self.seed}-{number}", f"Vàng A {number}", actor=None, at=self.at)
        if self.people and self.random.random() < 0.3:
            person = self.random.choice(self.people)  # a second posting, at another time
        self.people.append(person)
        on = self.any_day()
        unit = self._any(on).pk
        until = on + timedelta(days=self.random.randrange(1, 900)) if self.random.random() < 0.5 else None
        post_person(
            person,
            actor=None,
            unit=Unit.objects.get(pk=unit),
            position=self.position,
            on=on,
            until=until,
            at=self.at,
        )
        who = person.pk
        self._keep(lambda book: book.posts.append((who, unit, on, until)))

    def _move(self) -> None:
        on = self.any_day()
        unit, parent = self._any(on), self._any(on)
        change = move_unit(unit, actor=None, on=on, at=self.at, parent=parent)
        self._keep(lambda book: book.move(unit.pk, parent.pk, on), change)

    def _rename(self) -> None:
        on, name = self.any_day(), f"Phòng {next(self.codes)}"
        change = rename_unit(self._any(on), name, actor=None, on=on, at=self.at)
        self._keep(lambda book: None, change)

    def _close(self) -> None:
        on = self.any_day()
        unit, taker = self._any(on), self._any(on)
        above = self._above(unit, on)
        change = close_unit(
            unit, actor=None, on=on, at=self.at, handover=Handover(units_to=taker, people_to=taker)
        )
        self._keep(lambda book: book.close(unit.pk, taker.pk, on, above), change)

    def _absorb(self) -> None:
        on = self.any_day()
        unit, taker = self._any(on), self._any(on)
        above = self._above(unit, on)
        _, change = merge_units([unit], taker, actor=None, on=on, at=self.at)
        self._keep(lambda book: book.close(unit.pk, taker.pk, on, above), change)

    def _merge(self) -> None:
        on, parent = self.any_day(), self.units[0]
        units = list({unit.pk: unit for unit in (self._any(on), self._any(on))}.values())
        made, change = merge_units(units, self._new(), actor=None, on=on, at=self.at, parent=parent)
        self.units.append(made)

        def replay(book: Book) -> None:
            book.open(made.pk, parent.pk, on)
            for unit in units:
                book.close(unit.pk, made.pk, on)

        self._keep(replay, change)

    def _split(self) -> None:
        on, closes = self.any_day(), self.random.random() < 0.5
        unit = self._any(on)
        children = UnitLink.objects.filter(parent=unit, during__contains=on).values_list(
            "child_id", flat=True
        )
        people = Posting.objects.filter(unit=unit, during__contains=on).values_list("person_id", flat=True)
        some, staff = list(children)[::2], list(dict.fromkeys(people))[::2]
        above = self._above(unit, on)
        shares = [Share(self._new(), some, staff), Share(self._new())]
        made, change = split_unit(
            unit, shares, actor=None, on=on, at=self.at, closes=closes, rest_to=1 if closes else None
        )
        self.units.extend(made)
        one, rest = (new.pk for new in made)

        def replay(book: Book) -> None:
            for new in (one, rest):
                book.open(new, above, on)
            for child in some:
                book.move(child, one, on)
            book.give(lambda post: post[1] == unit.pk and post[0] in staff, one, on)
            if closes:
                book.close(unit.pk, rest, on)

        self._keep(replay, change)

    def _withdraw(self) -> None:
        known = [key for key in self.acts if key > 0][1:]
        if not known:
            return
        change = UnitChange.objects.get(pk=self.random.choice(known))
        gone = [
            entry["id"] for entry in change.written if entry["row"] == "org.unit" and entry["was"] is None
        ]
        withdraw_change(change, actor=None, at=self.at, reason="Ghi nhầm.")
        del self.acts[change.pk]
        self.units = [unit for unit in self.units if unit.pk not in gone]


def tree_as_stored() -> tuple[Tree, list[Post]]:
    """Lives, links and postings of the database as plain data, without the closure."""
    lives = {unit.pk: span_of(unit.during) for unit in Unit.objects.all() if not unit.during.isempty}
    links = tuple(Link(row.child_id, row.parent_id, span_of(row.during)) for row in UnitLink.objects.all())
    posts = [Post(row.person_id, row.unit_id, span_of(row.during)) for row in Posting.objects.all()]
    return Tree(lives, links), posts
