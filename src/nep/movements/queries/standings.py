"""Units within their own block: those of one kind that one unit asked, by what each reached itself.

A unit counts with its own plan only, not with the units below it: their figures are in the indicators.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, Q

from nep.movements.domain import states
from nep.movements.models import Adoption, Evidence, Occurrence, Target
from nep.movements.models.adoptions import AdoptionQuerySet
from nep.movements.queries.tallies import Counted
from nep.movements.queries.terms_on import end_of, late
from nep.org.models import Line
from nep.org.models.units import UnitKind
from nep.platform.ui.formats import rate

ON_TIME = "dung-han"
MOST = 240  # units of a block that are drawn; larger blocks are lists
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Block:
    """Units of one kind asked by one unit; `above` is the plan of that unit, 0 for the leading one."""

    above: int
    line: str
    kind: str
    units: int

    @property
    def key(self) -> str:
        """Its word in addresses."""
        return f"{self.above}-{self.line}-{self.kind}"

    @property
    def label(self) -> str:
        return f"{UnitKind(self.kind).label}: {self.units} đơn vị"


@dataclass(frozen=True, slots=True)
class Measure:
    """By what units are compared: terms in time, or the share of a target."""

    key: str
    label: str
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in its block: numerator, denominator and place; no place where there is nothing to divide."""

    plan: Adoption
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    late: int = 0
    place: int | None = None

    @property
    def share(self) -> Fraction | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def words(self) -> str:
        """The share, cut and never rounded up; a dash where there is none."""
        if not self.denominator:
            return "–"
        return rate(int(self.numerator * HUNDREDTHS), int(self.denominator * HUNDREDTHS))

    @property
    def base(self) -> str:
        """What was divided."""
        return f"{_plain(self.numerator)}/{_plain(self.denominator)}" if self.denominator else ""


def _plain(value: Fraction) -> str:
    return f"{float(value):g}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Standings:
    """The blocks and measures to choose from, the chosen ones, and the units of the block by rank."""

    blocks: list[Block] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    block: Block | None = None
    measure: Measure | None = None
    placed: list[Placed] = field(default_factory=list)


def standings(counted: Counted, today: date, *, block: str = "", measure: str = "") -> Standings:
    """How the units of one block stand, in four queries; the largest block unless another is asked for."""
    measures = [Measure(ON_TIME, "Việc nộp đúng hạn")]
    shares = Target.objects.filter(programme=counted.programme, unit="%")
    measures += [Measure(f"target-{one.pk}", one.name, one) for one in shares]
    found = blocks(counted)
    chosen = next((one for one in found if one.key == block), found[0] if found else None)
    by = next((one for one in measures if one.key == measure), measures[0])
    if chosen is None:
        return Standings(measures=measures, measure=by)
    return Standings(found, measures, chosen, by, placed_in(counted, chosen, by, today))


def blocks(counted: Counted) -> list[Block]:
    """The blocks of the plans counted, by line, then the largest first.

    For who follows the whole programme those right below the leading unit, for others their own.
    """
    rows = counted.rows.counting(counted.day).order_by()
    if counted.whole:
        rows = rows.filter(level=1)
    told = rows.values_list("parent_id", "unit__line", "unit__kind").annotate(units=Count("pk"))
    found = [Block(above or 0, line, kind, units) for above, line, kind, units in told]
    order = {line: place for place, line in enumerate(Line.values)}
    several = (one for one in found if one.units > 1)
    return sorted(several, key=lambda one: (order[one.line], -one.units, one.key))


def placed_in(counted: Counted, block: Block, measure: Measure, today: date) -> list[Placed]:
    """The units of a block by rank: equal shares share a place, those without figures come last."""
    plans = _plans(counted, block)
    ids = [plan.pk for plan in plans]
    if measure.target is None:
        in_time = terms_in_time(ids, today, counted.day)
        return with_places([Placed(plan, *in_time.get(plan.pk, ())) for plan in plans])
    told = _told(measure.target, ids, counted.day)
    return with_places([Placed(plan, *told.get(plan.pk, ())) for plan in plans])


def with_places(rows: Sequence[Placed]) -> list[Placed]:
    """The rows in order of their shares, each with its place."""
    ahead = sorted((row.share for row in rows if row.share is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for place, share in enumerate(ahead, start=1):
        first.setdefault(share, place)
    known = [
        Placed(row.plan, row.numerator, row.denominator, row.late, first[row.share])
        for row in rows
        if row.share is not None
    ]
    known.sort(key=lambda row: (row.place or 0, row.plan.unit.sort_key))
    return [*known, *(row for row in rows if row.share is None)]


def _plans(counted: Counted, block: Block) -> list[Adoption]:
    asked = {"unit__line": block.line, "unit__kind": block.kind}
    rows: AdoptionQuerySet = counted.rows.counting(counted.day).filter(**asked)
    rows = rows.filter(parent=block.above) if block.above else rows.filter(parent__isnull=True)
    return list(rows.select_related("unit").defer("unit__search").order_by("unit__sort_key")[:MOST])


def terms_in_time(
    plans: Sequence[int], today: date, day: date | None = None
) -> dict[int, tuple[Fraction, Fraction, int]]:
    """By plan: terms sent in time, terms whose last day has passed, late ones among these; one query."""
    on = day or today
    rows = Occurrence.objects.filter(adoption__in=plans, due_on__lt=on, starts_on__lte=on)
    rows = rows.exclude(state=states.ENDED).order_by()
    in_time = Q(sent_on__lte=F("due_on")) & ~Q(state=states.RETURNED)
    told = rows.values_list("adoption_id").annotate(
        good=Count("pk", filter=in_time),
        due=Count("pk"),
        behind=Count("pk", filter=late(today, day)),
    )
    return {plan: (Fraction(good), Fraction(due), behind) for plan, good, due, behind in told}


def _told(target: Target, plans: Sequence[int], day: date | None) -> dict[int, tuple[Fraction, Fraction]]:
    """By plan the last accepted share; one query."""
    rows = Evidence.objects.filter(target=target, state=states.ACCEPTED, adoption__in=plans)
    if day is not None:
        rows = rows.filter(decided_at__lt=end_of(day))
    last = (
        rows.filter(denominator__gt=0).order_by("adoption_id", "-decided_at", "-pk").distinct("adoption_id")
    )
    told = last.values_list("adoption_id", "numerator", "denominator")
    return {plan: (Fraction(part or 0), Fraction(whole or 0)) for plan, part, whole in told}
