"""Random histories of units that tell figures, and a recount in plain Python of what their sums must be.

The recount knows lives, links and hosts as they are recorded, and figures; neither the closure nor any sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.db.backends.postgresql.psycopg_any import DateRange

from nep.indicators.domain.periods import Period, periods_between
from nep.indicators.domain.sums import Sum
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.sums import live_sums
from nep.indicators.services.figures import Telling, expect, put
from nep.kernel.errors import RuleError
from nep.org.domain.closure import Link
from nep.org.domain.tree import Span
from nep.org.models import Line, Unit, UnitHost, UnitKind, UnitLink, UnitName
from nep.org.services.changes import reattach_unit
from nep.org.services.changes_closure import rebuild_closure
from nep.org.services.changes_ledger import span_of
from nep.org.services.units import NewUnit, open_unit
from tests.factories.histories import Book, History, tree_as_stored

Key = tuple[int, int, date, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as the recount sees it."""

    indicator: int
    unit: int
    starts_on: date
    ends_on: date
    state: str
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass
class Recount:
    """Lives, links and hosts as they are recorded, and who stands above whom on a day."""

    lives: dict[int, Span]
    links: tuple[Link, ...]
    hosts: list[tuple[int, int, Span]]
    lines: dict[int, str]
    paths: dict[tuple[int, date], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parents: dict[int, list[Link]] = {}
        for link in self.links:
            self.parents.setdefault(link.child, []).append(link)

    @classmethod
    def of_now(cls) -> Recount:
        """What the tables of the organisation say."""
        tree, _ = tree_as_stored()
        hosts = [(row.unit_id, row.host_id, span_of(row.during)) for row in UnitHost.objects.all()]
        return cls(dict(tree.lives), tree.links, hosts, dict(Unit.objects.values_list("pk", "line")))

    def above(self, unit: int, day: date) -> list[int]:
        """The unit and all above it on a day."""
        if (unit, day) not in self.paths:
            path = [unit]
            while found := [link for link in self.parents.get(path[-1], []) if day in link.span]:
                path.append(found[0].parent)
            self.paths[unit, day] = path
        return self.paths[unit, day]

    def counted_on(self, said: Said) -> date | None:
        """The last day of the period on which the unit existed."""
        day = said.ends_on
        life = self.lives.get(said.unit)
        while life is not None and day >= said.starts_on:
            if day in life:
                return day
            day -= timedelta(days=1)
        return None

    def sums(self, figures: Iterable[Said]) -> dict[Key, Sum]:
        """What is known for each unit and all below it, by line."""
        counts: dict[Key, Counter[str]] = {}
        for said in figures:
            day = self.counted_on(said)
            if day is None:
                continue
            places = set(self.above(said.unit, day))
            for unit, host, during in self.hosts:
                if unit == said.unit and day in during:
                    places |= set(self.above(host, day))
            for place in places:
                key = (said.indicator, place, said.starts_on, self.lines[said.unit])
                counts.setdefault(key, Counter()).update(_amounts(said))
        return {key: _sum(found) for key, found in counts.items()}


def _amounts(said: Said) -> dict[str, object]:
    return {
        "expected": 1,
        "told": int(said.state == "told"),
        "nothing": int(said.state == "nothing"),
        "numerator": said.numerator or Decimal(0),
        "denominator": said.denominator or Decimal(0),
    }


def _sum(found: Counter[str]) -> Sum:
    return Sum(
        found["expected"],
        found["told"],
        found["nothing"],
        Decimal(found["numerator"]),
        Decimal(found["denominator"]),
    )


def found_units(parents: Sequence[Unit], count: int, *, code: str, below: int, on: date) -> list[Unit]:
    """So many units of the authority in one go, each below one of `parents` or of the units made before.

    Every parent takes `below` units before the next one does.
    """
    life = DateRange(on, None)
    units = [
        Unit(
            code=f"{code}-{number}",
            name=f"Phòng {code} {number}",
            short_name=f"Phòng {number}",
            kind=UnitKind.DIVISION,
            line=Line.AUTHORITY,
            during=life,
            sort_key=f"phong {number:06}",
            search=f"phong {number}",
        )
        for number in range(count)
    ]
    Unit.objects.bulk_create(units, batch_size=5000)
    places = [*parents, *units]
    rows = [
        UnitLink(child=unit, parent=places[number // below], during=life) for number, unit in enumerate(units)
    ]
    UnitLink.objects.bulk_create(rows, batch_size=5000)
    UnitName.objects.bulk_create(
        (UnitName(unit=one, name=one.name, short_name=one.short_name, during=life) for one in units),
        batch_size=5000,
    )
    rebuild_closure([unit.pk for unit in units])
    return units


def said_now(on: date | None = None) -> list[Said]:
    """All figures that hold now, or held at the end of a day."""
    rows = Figure.objects.as_of(on) if on else Figure.objects.current()
    columns = ("indicator_id", "unit_id", "starts_on", "ends_on", "state", "numerator", "denominator")
    return [Said(*row) for row in rows.values_list(*columns)]


def sums_stored(
    indicators: Collection[Indicator], periods: Collection[Period], on: date | None = None
) -> dict[Key, Sum]:
    """All sums that Nếp tells, of all units and lines, whatever was locked."""
    units = list(Unit.objects.values_list("pk", flat=True))
    found: dict[Key, Sum] = {}
    for line in Line:
        starts = [one.starts_on for one in periods]
        told = live_sums(indicators, units, starts, line=line, on=on)
        found |= {(*key, str(line)): total for key, total in told.items()}
    return found


def _opened(book: Book, *, unit: int, parent: int, on: date) -> None:
    book.open(unit, parent, on)


class FigureHistory(History):
    """A province that changes at random while its units tell figures, late ones and others taken back."""

    indicators: list[Indicator]

    def begin(self, indicators: list[Indicator]) -> None:
        """Figures of these are told from now on, for months of 2026."""
        self.indicators = indicators
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        self.periods = {one.pk: periods_between(one.grain, first, last) for one in indicators}

    def found(self, count: int) -> None:
        """Begin with so many units, made in one go."""
        for unit in found_units(self.units, count, code=f"F{self.seed}", below=5, on=self.first):
            parent = UnitLink.objects.get(child=unit).parent_id
            self.units.append(unit)
            self._keep(partial(_opened, unit=unit.pk, parent=parent, on=self.first))

    def act(self) -> None:
        """One act at random on the tree, the hosts or the figures."""
        kinds = ["tree", "attach", "reattach", "tell", "expect"]
        kind = self.random.choices(kinds, [6, 1, 1, 9, 2])[0]
        if kind == "tree":
            self.step()
        else:
            getattr(self, f"_{kind}")()
        if self.random.random() < 0.2:
            self.today = min(self.today + timedelta(days=9), self.last)

    def _attach(self) -> None:
        on = self.any_day()
        number = next(self.codes)
        new = NewUnit(f"C{self.seed}-{number}", f"Công đoàn {number}", UnitKind.UNION, Line.UNION)
        unions = [unit for unit in self.units if unit.line == Line.UNION]
        parent = self.random.choice(unions) if unions and self.random.random() < 0.6 else None
        self._tried(
            lambda: self.units.append(
                open_unit(new, actor=None, on=on, at=self.at, parent=parent, host=self._authority())
            )
        )

    def _reattach(self) -> None:
        on = self.any_day()
        unions = [unit for unit in self.units if unit.line == Line.UNION]
        if unions:
            unit, host = self.random.choice(unions), self._authority()
            self._tried(lambda: reattach_unit(unit, actor=None, on=on, at=self.at, host=host))

    def _authority(self) -> Unit:
        return self.random.choice([unit for unit in self.units if unit.line == Line.AUTHORITY])

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleError:
            self.refused["hosts"] = self.refused.get("hosts", 0) + 1

    def _tell(self) -> None:
        """Some units tell a figure, nothing, or take back what they told."""
        one = self.random.choice(self.indicators)
        period = self.random.choice(self.periods[one.pk])
        chosen = self.random.sample(self.units, min(len(self.units), self.random.randint(1, 12)))
        put([self._telling(one, unit.pk, period) for unit in chosen], by=None, at=self.at)

    def _telling(self, one: Indicator, unit: int, period: Period) -> Telling:
        state = self.random.choices(["told", "nothing", "missing"], [8, 2, 2])[0]
        if state != "told":
            return Telling(one.pk, unit, period, state)
        whole = Decimal(self.random.randint(1, 400))
        part = Decimal(self.random.randint(0, int(whole)))
        return Telling(one.pk, unit, period, state, part, whole if one.is_share else None)

    def _expect(self) -> None:
        one = self.random.choice(self.indicators)
        period = self.random.choice(self.periods[one.pk])
        chosen = self.random.sample(self.units, min(len(self.units), 20))
        expect(one, [unit.pk for unit in chosen], period, at=self.at)
