"""Random histories of 300 units: what Nếp counts equals an independent recount on 1,000 random days."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench.kit.scratch import told_by
from nep.config.cli.prove import Options

if TYPE_CHECKING:
    from tests.factories.histories import History

UNITS, DAYS, SEEDS = 300, 1_000, (335, 2026)
TURNS = 0.05  # so often time goes on between two acts


def prove(options: Options) -> dict[str, object]:
    """Two histories; half of the days are asked of each. Acts are late, today or ahead, at random."""
    told = told_by("bench.histories")
    return {"ok": not told["differ"] and told["days"] >= DAYS, **told}


def main() -> None:
    """The child: make the histories through the services, then ask."""
    import django  # noqa: PLC0415 -- the environment is made by the parent

    django.setup()
    told: dict[str, Any] = {"units": [], "days": 0, "counts": 0, "differ": [], "acts": {}, "refused": {}}
    for seed in SEEDS:
        _ask(_history(seed), told)
    print(json.dumps(told, ensure_ascii=False))


def _history(seed: int) -> History:
    """Three times as many units as it begins with, more by mergers and splits than by openings."""
    from tests.factories.histories import History  # noqa: PLC0415

    history = History(seed)
    history.grow(UNITS // 3)
    while len(history.units) < UNITS:
        history.step()
        if history.random.random() < TURNS:
            history.today = min(history.today + timedelta(days=9), history.last)
    return history


def _ask(history: History, told: dict[str, Any]) -> None:
    """Compare every unit on random days, and the whole closure, with what the book and the links say."""
    from nep.org.domain.closure import closure  # noqa: PLC0415
    from nep.org.models import UnitClosure  # noqa: PLC0415
    from nep.org.queries.denominators import denominators  # noqa: PLC0415
    from nep.org.services.changes_ledger import span_of  # noqa: PLC0415
    from tests.factories.histories import tree_as_stored  # noqa: PLC0415

    book = history.book
    for _ in range(DAYS // len(SEEDS)):
        day = history.any_day()
        expected = book.counted(day)
        found = denominators(list(book.opened), day)
        counted = {unit: (one.units, one.people) for unit, one in found.items() if one.units}
        told["counts"] += len(expected)
        if counted != expected:
            told["differ"].append(f"{history.seed}: {day}")
    rows = UnitClosure.objects.filter(ancestor__in=book.opened)
    stored = {(row.ancestor_id, row.descendant_id, row.depth, span_of(row.during)) for row in rows}
    if stored != {row for row in closure(tree_as_stored()[0]) if row[0] in book.opened}:
        told["differ"].append(f"{history.seed}: closure")
    told["days"] += DAYS // len(SEEDS)
    told["units"].append(len(book.opened))
    for name in ("acts", "refused"):
        for act, times in (history.done if name == "acts" else history.refused).items():
            told[name][act] = told[name].get(act, 0) + times


if __name__ == "__main__":
    main()
