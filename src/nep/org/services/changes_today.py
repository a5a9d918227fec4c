"""Units show the name and the host of today; what was recorded ahead becomes so on its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nep.kernel.vietnamese import sort_key
from nep.org.models import Unit, UnitHost, UnitName
from nep.platform.search import search_text

BATCH = 1000


@transaction.atomic
def show_values_of(day: date, unit_ids: Iterable[int] | None = None) -> int:
    """Bring name, short name, host, order and search of units to a day; how many units were behind.

    Of a unit that is closed or not open yet, the last name it had or the first it will have is shown.
    """
    units = Unit.objects.all() if unit_ids is None else Unit.objects.filter(pk__in=list(unit_ids))
    if unit_ids is None:
        units = units.filter(_behind(day))
    behind = []
    found = list(units.order_by("pk"))
    names = _by_unit(UnitName.objects.filter(unit__in=found))
    hosts = _by_unit(UnitHost.objects.filter(unit__in=found))
    for unit in found:
        before = (unit.name, unit.short_name, unit.host_id, unit.sort_key, unit.search)
        _show(unit, names.get(unit.pk, []), hosts.get(unit.pk, []), day)
        if before != (unit.name, unit.short_name, unit.host_id, unit.sort_key, unit.search):
            behind.append(unit)
    columns = ["name", "short_name", "host", "sort_key", "search"]
    Unit.objects.bulk_update(behind, columns, batch_size=BATCH)
    return len(behind)


def _behind(day: date) -> Q:
    """Units that show another name or host than those of the day."""
    names = UnitName.objects.filter(unit=OuterRef("pk"), during__contains=day)
    hosts = UnitHost.objects.filter(unit=OuterRef("pk"), during__contains=day)
    renamed = Exists(names.exclude(name=OuterRef("name"), short_name=OuterRef("short_name")))
    attached = Q(host__isnull=True) & Q(Exists(hosts))
    moved = Exists(hosts.exclude(host=OuterRef("host")))
    freed = Q(host__isnull=False, during__contains=day) & ~Q(Exists(hosts))
    return Q(renamed) | Q(attached) | Q(moved) | Q(freed)


Dated = TypeVar("Dated", UnitName, UnitHost)


def _by_unit(rows: QuerySet[Dated]) -> dict[int, list[Dated]]:
    found: dict[int, list[Dated]] = {}
    for row in rows.order_by("during"):
        found.setdefault(row.unit_id, []).append(row)
    return found


def _show(unit: Unit, names: list[UnitName], hosts: list[UnitHost], day: date) -> None:
    begun = [row for row in names if row.during.lower <= day]
    if shown := (begun[-1] if begun else names[0] if names else None):
        unit.name, unit.short_name = shown.name, shown.short_name
    unit.host_id = next((row.host_id for row in hosts if day in row.during), None)
    if not unit.during.isempty and day < unit.during.lower and hosts:
        unit.host_id = hosts[0].host_id
    unit.sort_key = sort_key(unit.name)[:1000]
    former = [row.name for row in begun if row.name != unit.name]
    unit.search = search_text(unit.name, unit.short_name, unit.code, *former)
