"""Which unit a file means: by code, by name, by name and the unit above it; else the nearest names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from nep.kernel.vietnamese import fold

NEAREST = 4
_WITHIN = (" - ", " – ", ", ", " thuộc ", "/")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as the organisation knows it on the day of the file; `since` and `until` bound its life."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    line: str
    parent_id: int | None
    host_id: int | None
    since: date
    until: date | None = None

    def exists_on(self, day: date) -> bool:
        """Whether the unit is open on a day."""
        return self.since <= day and (self.until is None or day < self.until)


class Places:
    """The units that a file may speak of."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self.by_id = {unit.id: unit for unit in units}
        self.by_code = {unit.code.casefold(): unit for unit in self.by_id.values()}
        self._by_name: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self.by_id.values():
            for name in {fold(unit.name), fold(unit.short_name)}:
                self._by_name[name].append(unit)
        self._found: dict[str, list[KnownUnit]] = {}
        self._near: dict[str, list[KnownUnit]] = {}

    def find(self, written: str) -> list[KnownUnit]:
        """The units that are meant: one when it is clear, several when it is not, none when unknown."""
        if written not in self._found:
            self._found[written] = self._find(written)
        return self._found[written]

    def _find(self, written: str) -> list[KnownUnit]:
        if unit := self.by_code.get(written.casefold()):
            return [unit]
        if named := self._by_name.get(fold(written)):
            return named
        for sign in _WITHIN:
            inner, found, outer = written.partition(sign)
            if found and (within := self._within(fold(inner), fold(outer))):
                return within
        return []

    def _within(self, inner: str, outer: str) -> list[KnownUnit]:
        return [unit for unit in self._by_name.get(inner, ()) if outer in self._names_above(unit)]

    def _names_above(self, unit: KnownUnit) -> set[str]:
        names: set[str] = set()
        above = self.by_id.get(unit.parent_id or 0)
        while above is not None and fold(above.name) not in names:
            names |= {fold(above.name), fold(above.short_name)}
            above = self.by_id.get(above.parent_id or 0)
        return names

    def nearest(self, written: str) -> list[KnownUnit]:
        """The units whose names are most like what is written, the most like first."""
        if written not in self._near:
            self._near[written] = self._nearest(fold(written))
        return self._near[written]

    def _nearest(self, folded: str) -> list[KnownUnit]:
        words = set(folded.split())
        shared = sorted(
            (
                (len(words & set(name.split())) / len(words | set(name.split())), name)
                for name in self._by_name
            ),
            reverse=True,
        )[:60]
        rated = sorted(
            ((SequenceMatcher(None, folded, name).ratio(), name) for _, name in shared), reverse=True
        )
        likely = [unit for ratio, name in rated if ratio >= 0.55 for unit in self._by_name[name]]
        return list({unit.id: unit for unit in likely}.values())[:NEAREST]

    def in_words(self, unit: KnownUnit) -> str:
        """The name of a unit with that of the unit above it, which tells apart units of the same name."""
        above = self.by_id.get(unit.parent_id or 0)
        return f"{unit.name} – {above.short_name}" if above else unit.name
