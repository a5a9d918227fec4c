"""The list of programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Min
from django.urls import reverse

from nep.movements.access import visible_programmes
from nep.movements.domain import states
from nep.movements.models import Programme
from nep.movements.queries.counted import plans_counted
from nep.movements.queries.frame import STATE_LOOKS, period_words
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme in the list; `issued` of `expected` units, as far as the actor may see them."""

    programme: Programme
    issued: int
    expected: int

    @property
    def state_word(self) -> str:
        return states.STATE_LABELS[self.programme.state]

    @property
    def state_kind(self) -> str:
        return STATE_LOOKS[self.programme.state][0]

    @property
    def state_icon(self) -> str:
        return STATE_LOOKS[self.programme.state][1]

    @property
    def period(self) -> str:
        return period_words(self.programme)

    @property
    def coverage(self) -> str:
        """Issued of expected; empty before the launch, or where no unit is the actor's to see."""
        return f"{self.issued}/{self.expected}" if self.expected else ""

    @property
    def coverage_url(self) -> str:
        return reverse("programme_figure", args=[self.programme.pk, "units"])


def programme_rows(programmes: Sequence[Programme], actor: Actor) -> list[ProgrammeRow]:
    """Programmes with their coverage, in one query."""
    counts = plans_counted(actor, [row.pk for row in programmes])
    return [ProgrammeRow(row, *counts.get(row.pk, (0, 0))) for row in programmes]


def running_programmes(actor: Actor, most: int) -> list[ProgrammeRow]:
    """The running programmes that the actor may see, the latest launched first, each with its coverage."""
    found = (
        visible_programmes(actor).running().select_related("lead_unit").order_by("-launched_on", "-pk")[:most]
    )
    return programme_rows(list(found), actor)


def years_of_programmes(actor: Actor) -> list[int]:
    """The years over which visible programmes run, the latest first."""
    span = visible_programmes(actor).aggregate(first=Min("starts_on"), last=Max("ends_on"))
    if span["first"] is None:
        return []
    return list(range(span["last"].year, span["first"].year - 1, -1))
