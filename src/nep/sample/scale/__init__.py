"""Provinces of any size for trying and measuring, made by COPY, alike at every run."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from nep.movements.queries.tallies import fold
from nep.org.models import Unit
from nep.sample.organisation import plan
from nep.sample.scale.adoptions import Adopting
from nep.sample.scale.evidence import Showing, stored_photos
from nep.sample.scale.indicators import tell_figures
from nep.sample.scale.members import join_unions_and_party
from nep.sample.scale.people import Staffing
from nep.sample.scale.programmes import PROGRAMMES, launch
from nep.sample.scale.trail import Trail
from nep.sample.scale.tree import FEWEST_UNITS, Province
from nep.sample.scale.units import load_units


@dataclass(frozen=True, slots=True)
class Size:
    """How many people work in how many units that are open today."""

    people: int
    units: int


SIZES = {"10k": Size(10_000, 500), "50k": Size(50_000, 3_000), "200k": Size(200_000, 12_000)}


def load(*, people: int, units: int) -> None:
    """Fill an empty database with a province of this size: all of it or nothing.

    Raises: ValueError when it is too small, or the database holds units.
    """
    if units < FEWEST_UNITS or people < 3 * units:
        raise ValueError(f"a province has {FEWEST_UNITS} units or more, and three people to each")
    if Unit.objects.exists():
        raise ValueError("the database holds units already")
    with transaction.atomic():
        _fill(people, units)
        fold(least=1)
    with connection.cursor() as cursor:
        # Index-only scans need to know which pages are whole; inside a transaction that cannot be told.
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")


def _fill(people: int, units: int) -> None:
    province, trail = Province(plan(), units), Trail()
    province.grow()
    load_units(province.places, trail)
    staffing = Staffing(province.places, plan(), trail)
    staffing.staff(people)
    join_unions_and_party(province.places, staffing)
    staffing.copy()
    trail.copy()
    photos = stored_photos()
    for told in PROGRAMMES:
        adopting = Adopting(told, launch(told), staffing.seats, trail)
        adopting.adopt(1)
        if told.passed:
            adopting.pass_on()
        adopting.adopt(2)
        Showing(adopting, photos).show()
        trail.copy()
    tell_figures(PROGRAMMES[0].until)
