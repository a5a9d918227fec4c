"""What the page of a unit shows on a day; the number of queries does not depend on the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.org.access import Actor, visible_people
from nep.org.domain.months import month_of
from nep.org.models import Posting, Restatement, Unit, UnitClosure, UnitHost, UnitLink, UnitName
from nep.org.models.units import UnitQuerySet
from nep.org.queries.histories import History, history_of
from nep.org.queries.lives import Life, life_of
from nep.org.queries.months import Figure, figure_for
from nep.org.queries.tree import Level, Node, level_of, node_of, with_below_and_head
from nep.org.sight import has_page, sees_on, sees_people_on

CHILDREN = 30  # units below one, the rest in the tree
PEOPLE = 60  # people shown of one unit, the rest in the list of people
COUNTED_AT_ONCE = 400  # units; for more below, people are counted when somebody asks
RESTATED = 6  # restated figures shown on the page of a unit


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in a unit on a day; `seen` tells whether the actor may see it, `linked` whose page opens."""

    postings: list[Posting]
    seen: bool
    linked: frozenset[int]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of a unit shows; `may_open` are those of the units named on it that have a page too."""

    unit: Unit
    name: str
    life: Life
    day: date
    path: list[Unit]
    host: Unit | None
    names: list[UnitName]
    parents: list[UnitLink]
    level: Level
    attached: list[Node]
    staff: Staff
    history: History
    figures: Figures | None
    may_open: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Units and people of a unit and all below it in the month of a day, and what was restated lately.

    `figure` is None where so many are below that they are counted only when somebody asks.
    """

    month: date
    figure: Figure | None
    restated: list[Restatement]

    @property
    def word(self) -> str:
        """Whether the figure is final."""
        if self.figure is None:
            return ""
        return "Đã khóa" if self.figure.locked else "Đang mở"


def units_with_a_page(actor: Actor, day: date) -> UnitQuerySet:
    """Units whose page the actor may open when looking at a day; for few units, asked from each upwards."""
    return Unit.objects.filter(has_page(actor, day))


def unit_page(actor: Actor, unit: Unit, day: date, *, counting: bool = False) -> UnitPage:
    """A unit on a day: its path to the top, names and parents over time, what is below, who works there.

    `counting`: count the people of all units below, also where these are thousands.
    """
    above = UnitClosure.objects.filter(descendant=unit, during__contains=day, depth__gt=0)
    ids = list(above.order_by("-depth").values_list("ancestor_id", flat=True))
    host = UnitHost.objects.filter(unit=unit, during__contains=day).values_list("host_id", flat=True).first()
    parents = list(unit.parent_links.select_related("parent").order_by("-during"))
    named = {*ids, *([host] if host else []), *(link.parent_id for link in parents)}
    stood = {row.pk: row for row in Unit.objects.filter(pk__in=[*ids, host]).named_on(day)}
    attached = Unit.objects.filter(sees_on(actor, day)).attached_to([unit.pk], day)
    names = list(unit.names.order_by("-during"))
    staff, history = staff_of(actor, unit, day), history_of(unit, actor.on)
    named |= history.unit_ids
    return UnitPage(
        unit=unit,
        name=next((name.name for name in names if day in name.during), unit.name),
        life=life_of(unit, actor.on),
        day=day,
        path=[stood[pk] for pk in ids],
        host=stood.get(host) if host else None,
        names=names,
        parents=parents,
        level=level_of(actor, day, unit, size=CHILDREN),
        attached=[node_of(row) for row in with_below_and_head(attached, day)[:CHILDREN]],
        staff=staff,
        history=history,
        figures=figures_of(unit, day, actor.on, counting=counting) if staff.seen else None,
        may_open=frozenset(units_with_a_page(actor, day).filter(pk__in=named).values_list("pk", flat=True)),
    )


def staff_of(actor: Actor, unit: Unit, day: date) -> Staff:
    """The people of a unit on a day, by rank, as far as the actor may see them; oneself in any case."""
    seen = Unit.objects.filter(sees_people_on(actor, day), pk=unit.pk).exists()
    rows = Posting.objects.filter(unit=unit, during__contains=day).select_related("person", "position")
    rows = rows.order_by("position__rank", "person__sort_key", "pk")
    shown = list(rows if seen else rows.filter(person__user=actor.user))
    people = visible_people(actor).filter(pk__in=[row.person_id for row in shown])
    return Staff(shown, seen, frozenset(people.values_list("pk", flat=True)))


def figures_of(unit: Unit, day: date, today: date, *, counting: bool) -> Figures:
    """The denominators of the month of a day, and the latest figures that later records made others."""
    month = month_of(day)
    below = UnitClosure.objects.filter(ancestor=unit, during__contains=day)
    small = counting or len(below.values_list("pk", flat=True)[: COUNTED_AT_ONCE + 1]) <= COUNTED_AT_ONCE
    restated = Restatement.objects.filter(unit=unit).order_by("-recorded_at", "-month", "pk")
    figure = figure_for(unit, month, max(day, today)) if small else None
    return Figures(month, figure, list(restated[:RESTATED]))
