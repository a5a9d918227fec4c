"""Sums of figures along the tree: equal to a recount in 200 random histories, and what one evidence costs."""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.kit.scratch import told_by
from nep.config.cli.prove import Options

if TYPE_CHECKING:
    from tests.factories.figures import FigureHistory
    from tests.factories.told import Asked

HISTORIES, UNITS = 200, 300
TREE_ACTS = 25
SIZES, TIMES = (300, 12_000), 200
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def prove(options: Options) -> dict[str, object]:
    """Equal in every history; one evidence costs at 12,000 units at most half as much again, and 5 ms."""
    told = told_by("bench.rollup")
    small, large = (told["cost"][str(size)]["rollup_ms"] for size in SIZES)
    holds = not told["differ"] and large <= 1.5 * small and large <= 5
    return {"ok": holds, "ratio": round(large / small, 2), **told}


def main() -> None:
    """The child: histories in transactions that are taken back, then two provinces that stay."""
    import django  # noqa: PLC0415 -- the environment is made by the parent

    django.setup()
    told: dict[str, Any] = {"histories": HISTORIES, "units": 0, "sums": 0, "evidence": 0, "differ": []}
    acts: Counter[str] = Counter()
    for seed in range(HISTORIES):
        _history(seed, told, acts)
    told["acts"] = dict(acts)
    told["cost"] = {str(size): _cost(size) for size in SIZES}
    print(json.dumps(told, ensure_ascii=False))


def _history(seed: int, told: dict[str, Any], acts: Counter[str]) -> None:
    from django.db import transaction  # noqa: PLC0415

    from nep.indicators.models import Indicator  # noqa: PLC0415
    from tests.factories.figures import FigureHistory  # noqa: PLC0415
    from tests.factories.told import asked_programme  # noqa: PLC0415

    with transaction.atomic():
        history = FigureHistory(seed)
        history.found(UNITS - 1)
        own = list(Indicator.objects.filter(code__in=["dvctt-toan-trinh", "co-quan-dat-chuan-van-hoa"]))
        history.begin(own)
        asked = asked_programme(history.units[0], history.units, code=f"CT-{seed}", at=history.at)
        sent = _Sending(history, asked)
        done = 0
        while done < TREE_ACTS:
            before = sum(history.done.values())
            history.act()
            done += sum(history.done.values()) - before
            sent.step()
        told["evidence"] += sent.count
        told["units"] += len(history.units)
        told["sums"] += _compare(history, asked, own, told["differ"])
        acts.update(history.done)
        transaction.set_rollback(True)


class _Sending:
    """Units send evidence, which is accepted at once, later, or returned."""

    def __init__(self, history: FigureHistory, asked: Asked) -> None:
        from nep.indicators.domain.periods import MONTH, QUARTER, YEAR, periods_between  # noqa: PLC0415

        self.history, self.asked, self.count = history, asked, 0
        self.waiting: list[Any] = []
        self.terms: dict[tuple[int, int, date], Any] = {}
        first, last = asked.programme.starts_on, asked.programme.ends_on
        self.periods = {
            asked.share.pk: periods_between(QUARTER, first, last),
            asked.count.pk: [*periods_between(YEAR, first, last), *periods_between(MONTH, first, last)[:1]],
        }

    def step(self) -> None:
        """Send, or decide on something that waits; half of what is sent waits a while."""
        from tests.factories.told import decide, send  # noqa: PLC0415

        random = self.history.random
        if self.waiting and random.random() < 0.4:
            row = self.waiting.pop(random.randrange(len(self.waiting)))
            decide(row, self.asked, accept=random.random() < 0.7, at=self.history.at)
            return
        target = random.choice([self.asked.share, self.asked.count])
        unit = random.choice(list(self.asked.adoptions))
        whole = random.randint(1, 300)
        numbers = None if random.random() < 0.15 else (random.randint(0, whole), whole)
        row = send(self.asked, target, unit, self._term(target, unit), numbers, at=self.history.at)
        self.count += 1
        if random.random() < 0.5:
            self.waiting.append(row)
        else:
            decide(row, self.asked, accept=random.random() < 0.8, at=self.history.at)

    def _term(self, target: Any, unit: int) -> Any:
        from nep.movements.models import Occurrence  # noqa: PLC0415

        period = self.history.random.choice(self.periods[target.pk])
        key = (target.pk, unit, period.ends_on)
        if key not in self.terms:
            plan = self.asked.adoptions[unit]
            self.terms[key] = Occurrence.objects.create(
                programme=self.asked.programme,
                unit_id=unit,
                adoption=plan,
                target=target,
                number=len(self.terms) + 1,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                due_on=period.ends_on,
            )
        return self.terms[key]


def _compare(history: FigureHistory, asked: Asked, own: list[Any], differ: list[str]) -> int:
    """All sums against the recount: of evidence from the rows of evidence, of the rest from what was told."""
    from nep.indicators.domain.periods import GRAINS, periods_between  # noqa: PLC0415
    from tests.factories.figures import Recount, said_now, sums_stored  # noqa: PLC0415
    from tests.factories.told import figures_from_evidence  # noqa: PLC0415

    known = {one.pk for one in own}
    said = [row for row in said_now() if row.indicator in known]
    said += figures_from_evidence([asked.share, asked.count])
    expected = Recount.of_now().sums(said)
    periods = {
        one for grain in GRAINS for one in periods_between(grain, date(2026, 1, 1), date(2026, 12, 31))
    }
    indicators = [*own, asked.share.indicator, asked.count.indicator]
    stored = sums_stored(indicators, list(periods))
    differ += [
        f"{history.seed}: {key}"
        for key in stored.keys() | expected.keys()
        if stored.get(key) != expected.get(key)
    ]
    return len(expected)


def _cost(size: int) -> dict[str, float]:
    """Milliseconds of one evidence among so many units: the service, the roll-up in it, a bare insert."""
    from nep.indicators.queries.folding import fold  # noqa: PLC0415
    from nep.movements.services.evidence import accept_evidence  # noqa: PLC0415
    from nep.movements.services.indicators import catch_up, figure_of  # noqa: PLC0415

    asked, waiting = _province(size)
    catch_up(AT)
    fold(least=1)
    _analyse()
    services = [_timed(partial(accept_evidence, row, actor=asked.actor, at=AT)) for row in waiting]
    units = [row.adoption.unit_id for row in waiting]
    rollups = [_put(asked, unit, figure_of) for unit in units]
    inserts = [_timed(partial(_bare, asked, unit)) for unit in units]
    found = {"service_ms": services, "rollup_ms": rollups, "bare_insert_ms": inserts}
    return {name: round(statistics.median(times) * 1000, 2) for name, times in found.items()}


def _put(asked: Asked, unit: int, figure_of: Callable[..., Any]) -> float:
    """What accepting adds: the figure of the unit told anew, as another value each time."""
    from dataclasses import replace  # noqa: PLC0415

    from nep.indicators.domain.periods import period_of  # noqa: PLC0415
    from nep.indicators.services.figures import put  # noqa: PLC0415

    indicator = asked.share.indicator
    assert indicator is not None, "given at the launch"

    def tell() -> None:
        told = figure_of(asked.share, indicator, unit, period_of(indicator.grain, date(2026, 2, 1)))
        put([replace(told, numerator=(told.numerator or 0) + 1, denominator=500)], by=None, at=AT)

    return _timed(tell)


def _bare(asked: Asked, unit: int) -> None:
    """One row of evidence, and nothing else."""
    from tests.factories.told import send  # noqa: PLC0415

    plan = asked.adoptions[unit]
    term = plan.occurrences.first()
    assert term is not None, "every plan has one"
    send(asked, asked.share, unit, term, (1, 2), at=AT)


def _timed(act: Callable[[], object]) -> float:
    """Seconds of an act in a transaction of its own, as a request has it."""
    from django.db import transaction  # noqa: PLC0415

    began = time.perf_counter()
    with transaction.atomic():
        act()
    return time.perf_counter() - began


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _province(size: int) -> tuple[Asked, list[Any]]:
    """A province of four levels in which most units have told a figure of this quarter already."""
    from nep.accounts.roles import HEAD  # noqa: PLC0415
    from nep.indicators.domain.periods import QUARTER, period_of  # noqa: PLC0415
    from nep.indicators.services.figures import Telling, put  # noqa: PLC0415
    from nep.movements.models import Occurrence  # noqa: PLC0415
    from nep.org.models import Line, UnitKind  # noqa: PLC0415
    from nep.org.services.grants import grant_role  # noqa: PLC0415
    from nep.org.services.units import NewUnit, open_unit  # noqa: PLC0415
    from tests.factories.figures import found_units  # noqa: PLC0415
    from tests.factories.told import asked_programme, send  # noqa: PLC0415

    on = date(2025, 1, 1)
    new = NewUnit(f"T{size}", "Tỉnh thử", UnitKind.PROVINCE, Line.AUTHORITY)
    root = open_unit(new, actor=None, on=on, at=AT)
    below = max(4, round(size ** (1 / 3)))
    units = found_units([root], size - 1, code=f"T{size}", below=below, on=on)
    asked = asked_programme(root, [root, *units], code=f"DO-{size}", at=AT - timedelta(days=60))
    grant_role(asked.actor.user, HEAD, actor=None, unit=root, on=on, at=AT)
    term = period_of(QUARTER, date(2026, 2, 1))
    indicator = asked.share.indicator
    assert indicator is not None, "given at the launch"
    known = [Telling(indicator.pk, unit.pk, term, "told", Decimal(5), Decimal(10)) for unit in units]
    put(known, by=None, at=AT - timedelta(days=1))
    rows = Occurrence.objects.bulk_create(
        (
            Occurrence(
                programme=asked.programme,
                unit_id=unit,
                adoption=plan,
                target=asked.share,
                number=1,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                due_on=term.ends_on,
            )
            for unit, plan in asked.adoptions.items()
        ),
        batch_size=5000,
    )
    chosen = rows[1 :: max(1, (len(rows) - 1) // TIMES)][:TIMES]
    waiting = [send(asked, asked.share, row.unit_id, row, (7, 9), at=AT) for row in chosen]
    return asked, waiting


if __name__ == "__main__":
    main()
