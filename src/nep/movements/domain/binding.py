"""Whom a plan means by the name of an actor (a unit, a kind of units, all), and whom a task binds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from nep.kernel.vietnamese import fold
from nep.movements.domain.actor_names import bare_name, groups_named, name_key, names_one_body, split_within

ALL = "all"
BINDING_ROLES = frozenset({"lead", "cooperate", "advise", "execute"})


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What matching and binding need of a unit; `folded` is its name without diacritics."""

    id: int
    name: str
    short_name: str
    kind: str
    line: str
    folded: str

    @classmethod
    def of(cls, *, id: int, name: str, short_name: str, kind: str, line: str) -> UnitFacts:
        """The facts of a unit, its name folded."""
        return cls(id, name, short_name, kind, line, fold(name))


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a name means.

    A unit; or a group ("all" or a kind of units); both together mean the units of that group below that unit;
    neither: nobody in the organisation goes by that name. `certain` False asks a person to look.
    """

    unit_id: int | None = None
    group: str = ""
    certain: bool = False

    @property
    def known(self) -> bool:
        """Whether the name means anybody."""
        return self.unit_id is not None or bool(self.group)


UNKNOWN = Match()


class Acting(Protocol):
    """An actor of a task: the part it has, and whom it means."""

    @property
    def role(self) -> str: ...

    @property
    def unit_id(self) -> int | None: ...

    @property
    def group(self) -> str: ...


@dataclass(frozen=True)
class Directory:
    """Units by the words of their names, made once and asked for many actors."""

    by_key: Mapping[tuple[str, ...], frozenset[int]] = field(default_factory=dict)
    provinces: frozenset[int] = frozenset()

    @classmethod
    def of(cls, units: Iterable[UnitFacts]) -> Directory:
        """The directory of these units, by name and by short name."""
        found: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        provinces: set[int] = set()
        for unit in units:
            for name in {unit.folded, fold(unit.short_name)}:
                found[name_key(name)].add(unit.id)
            if unit.kind == "province":
                provinces.add(unit.id)
        return cls({key: frozenset(ids) for key, ids in found.items() if key}, frozenset(provinces))

    def match(self, name: str) -> tuple[Match, ...]:
        """Everybody that a name means; one unknown match when it means nobody."""
        bare = bare_name(fold(name))
        unit = self._unit(bare)
        if unit.known:
            return (unit,)
        rest, above = split_within(bare)
        inside = self._unit(above) if above else UNKNOWN
        if above and not inside.known and names_one_body(above):
            return (UNKNOWN,)
        groups = groups_named(rest)
        return tuple(Match(inside.unit_id, group, certain) for group, certain in groups) or (UNKNOWN,)

    def _unit(self, bare: str) -> Match:
        """The one unit that goes by a name; the name may go on with a place, or be cut before it."""
        key = name_key(bare)
        if not key:
            return UNKNOWN
        if key == ("tinh",) and len(self.provinces) == 1:
            return Match(min(self.provinces), certain=True)
        found = ((self.by_key.get(key), True), (self._without_place(key), True), (self._longer(key), False))
        for ids, certain in found:
            if ids and len(ids) == 1:
                return Match(min(ids), certain=certain)
        return UNKNOWN

    def _without_place(self, key: tuple[str, ...]) -> frozenset[int] | None:
        """ "Sở Nội vụ tỉnh …" is the unit "Sở Nội vụ" when the rest names a place."""
        places = [at for at, word in enumerate(key) if word in _PLACES and at >= 2]
        return self.by_key.get(key[: places[0]]) if places else None

    def _longer(self, key: tuple[str, ...]) -> frozenset[int]:
        """Units whose name begins with these words and goes on with a place."""
        size = len(key)
        return frozenset(
            unit
            for longer, ids in self.by_key.items()
            for unit in ids
            if size >= 2 and longer[:size] == key and longer[size:] and longer[size] in _PLACES
        )


_PLACES = frozenset({"tinh", "thanh", "huyen", "quan", "xa", "phuong", "thi", "dac"})


def match_actor(name: str, units: Iterable[UnitFacts]) -> Match:
    """Whom a name means among these units; the first when it means several, then not certain.

    >>> school = UnitFacts.of(id=7, name="Trường Tiểu học Suối Hoa", short_name="", kind="school",
    ...                       line="authority")
    >>> match_actor("Hiệu trưởng Trường tiểu học Suối Hoa", [school])
    Match(unit_id=7, group='', certain=True)
    >>> match_actor("UBND các xã, phường", [school])
    Match(unit_id=None, group='commune', certain=True)
    """
    first, *others = Directory.of(units).match(name)
    return Match(first.unit_id, first.group, certain=False) if others else first


def match_actors(name: str, units: Iterable[UnitFacts]) -> tuple[Match, ...]:
    """Everybody that a name means, such as the departments and the communes of one enumeration."""
    return Directory.of(units).match(name)


def binds(actors: Iterable[Acting], unit: UnitFacts, ancestors_ids: Collection[int]) -> bool:
    """Whether a task with these actors binds a unit.

    Who only receives reports is not bound. Without actors the task binds all; if nobody knows any actor, it
    binds nobody (see `unassigned`) until somebody says whom they mean.
    """
    asked = [actor for actor in actors if actor.role in BINDING_ROLES]
    if not asked:
        return True
    return any(_means(actor, unit, ancestors_ids) for actor in asked)


def unassigned(actors: Iterable[Acting]) -> bool:
    """Whether a task names actors and none of them is known."""
    asked = [actor for actor in actors if actor.role in BINDING_ROLES]
    return bool(asked) and all(actor.unit_id is None and not actor.group for actor in asked)


def _means(actor: Acting, unit: UnitFacts, ancestors_ids: Collection[int]) -> bool:
    in_group = actor.group in (ALL, unit.kind)
    if actor.unit_id is None:
        return in_group
    if not actor.group:
        return actor.unit_id == unit.id
    return in_group and actor.unit_id != unit.id and actor.unit_id in ancestors_ids
