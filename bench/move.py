"""A subtree of 5,000 units moves among 50,000 while others read: seconds, and what the readers notice."""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import psutil

from bench.kit.scratch import told_by
from nep.config.cli.prove import Options

if TYPE_CHECKING:
    from nep.org.models import Unit

UNITS, MOVED, FAN_OUT = 50_000, 5_000, 7
MOST_SECONDS = 3.0
SINCE, ON, LATE = date(2025, 7, 1), date(2026, 11, 2), date(2026, 8, 20)
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
IDLE_SECONDS = 2.0
# What pages ask: the first units below a unit with the number of their people, and one unit to change.
_READ = """
SELECT unit.id, unit.name,
       (SELECT count(*) FROM org_posting p WHERE p.unit_id = unit.id AND p.during @> %(day)s::date)
FROM org_unit unit JOIN org_unitclosure above
  ON above.descendant_id = unit.id AND above.ancestor_id = %(unit)s AND above.during @> %(day)s::date
ORDER BY unit.sort_key, unit.id LIMIT 50
"""
_LOCK = "SELECT id FROM org_unit WHERE id = %(unit)s FOR UPDATE"


def prove(options: Options) -> dict[str, object]:
    """The move takes effect today; `late` is such a move recorded ten weeks late."""
    told = told_by("bench.move")
    return {"ok": told["right"] and told["move"] <= MOST_SECONDS and not told["blocked"], **told}


def main() -> None:
    """The child: load, read idle, move while reading, compare with bare statements."""
    import django  # noqa: PLC0415 -- the environment is made by the parent

    django.setup()
    from nep.org.services.changes import move_unit  # noqa: PLC0415

    units = _load()
    top, target = units[1 + 2 * MOVED], units[1 + 6 * MOVED + 3]  # a branch, and a unit deep in another one
    with _readers(top.pk) as idle:
        time.sleep(IDLE_SECONDS)
    server = _server()
    worked = sum(server.cpu_times()[:2])
    with _readers(top.pk) as busy:
        move = _timed(lambda: move_unit(top, actor=None, on=ON, at=AT, parent=target))
    worked = sum(server.cpu_times()[:2]) - worked
    bare = _bare(top.pk)
    right = _right()
    late = _timed(
        lambda: move_unit(units[1 + MOVED], actor=None, on=LATE, at=AT, parent=units[1 + 3 * MOVED])
    )
    print(
        json.dumps(
            {
                "units": UNITS,
                "moved": MOVED,
                "move": move,
                "server_cpu": round(worked, 2),
                **bare,
                "late": late,
                "right": right,
                "reads": {"idle_p95_ms": _p95(idle["read"]), "moving_p95_ms": _p95(busy["read"])},
                "row_locks": {"idle_p95_ms": _p95(idle["lock"]), "moving_p95_ms": _p95(busy["lock"])},
                "slowest_ms": round(max(busy["read"] + busy["lock"]) * 1000, 1),
                "blocked": max(busy["read"] + busy["lock"]) > move / 2,
            }
        )
    )


def _load() -> list[Unit]:
    """Ten branches of 5,000 units below one, each with one person; the closure by the service itself."""
    from django.db import connection, transaction  # noqa: PLC0415

    from nep.org.models import (  # noqa: PLC0415
        Person,
        Position,
        Posting,
        Unit,
        UnitChange,
        UnitClosure,
        UnitLink,
        UnitName,
    )
    from nep.org.services.changes_closure import rebuild_closure  # noqa: PLC0415
    from nep.sample.scale.copying import Rows, bare, span  # noqa: PLC0415

    during = span(SINCE)
    units = Rows(Unit, "code", "name", "short_name", "kind", "line", "during", "sort_key", "search")
    names = Rows(UnitName, "unit_id", "name", "short_name", "during")
    links = Rows(UnitLink, "child_id", "parent_id", "during")
    people = Rows(Person, "staff_code", "name", "sort_key", "search")
    postings = Rows(Posting, "person_id", "unit_id", "position_id", "during")
    for number in range(UNITS):
        name = f"Đơn vị {number}"
        unit = units.add(
            f"N{number}", name, name, "division", "authority", during, f"{number:06d}", f"n{number}"
        )
        names.add(unit, name, name, during)
        if number:
            links.add(unit, 1 + _above(number), during)
        person = people.add(f"P{number}", f"Vàng A {number}", f"{number:06d}", f"p{number}")
        postings.add(person, unit, 1, during)
    with transaction.atomic():
        Position.objects.create(pk=1, name="Chuyên viên")
        UnitChange.objects.create(
            kind=UnitChange.Kind.OPEN, on=SINCE, recorded_at=datetime(2025, 7, 1, tzinfo=UTC)
        )
        with bare(Unit, UnitName, UnitLink, UnitClosure, Person, Posting):
            for rows in (units, names, links, people, postings):
                rows.copy()
            with connection.cursor() as cursor:
                cursor.execute("CREATE INDEX loading ON org_unitlink (child_id)")
                rebuild_closure(range(1, UNITS + 1))
                cursor.execute("DROP INDEX loading")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return list(Unit.objects.order_by("pk"))


def _above(number: int) -> int:
    """The parent of a unit: the top for the first of each branch, else within the branch, seven to each."""
    first = 1 + (number - 1) // MOVED * MOVED
    return 0 if number == first else first + (number - first - 1) // FAN_OUT


@contextmanager
def _readers(unit: int) -> Iterator[dict[str, list[float]]]:
    """Read pages and lock a unit's row from another connection, over and over; seconds of each."""
    import psycopg  # noqa: PLC0415

    seen: dict[str, list[float]] = {"read": [], "lock": []}
    over = threading.Event()

    def read() -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            while not over.is_set():
                for name, query in (("read", _READ), ("lock", _LOCK)):
                    began = time.perf_counter()
                    connection.execute(query, {"unit": unit, "day": ON}).fetchall()
                    seen[name].append(time.perf_counter() - began)
                over.wait(0.01)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def _bare(top: int) -> dict[str, Any]:
    """The closure rows that the move rewrote, updated and inserted again by bare statements, then undone."""
    from django.db import connection, transaction  # noqa: PLC0415

    moved = "descendant_id IN (SELECT descendant_id FROM org_unitclosure WHERE ancestor_id = %s)"
    ended, begun = f"{moved} AND upper(during) = %s", f"{moved} AND lower(during) = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(f"UPDATE org_unitclosure SET during = during WHERE {ended}", [top, ON])
        updated = cursor.rowcount
        update = time.perf_counter() - began
        cursor.execute(
            f"CREATE TEMP TABLE again ON COMMIT DROP AS SELECT * FROM org_unitclosure WHERE {begun}",
            [top, ON],
        )
        cursor.execute("DELETE FROM org_unitclosure WHERE id IN (SELECT id FROM again)")
        began = time.perf_counter()
        cursor.execute(
            "INSERT INTO org_unitclosure (ancestor_id, descendant_id, depth, during) "
            "SELECT ancestor_id, descendant_id, depth, during FROM again"
        )
        inserted = cursor.rowcount
        insert = time.perf_counter() - began
        transaction.set_rollback(True)
    return {
        "rows": {"ended": updated, "begun": inserted},
        "bare_update": round(update, 2),
        "bare_insert": round(insert, 2),
    }


def _right() -> bool:
    """Whether the closure on the day of the move and the day before equals the links, recomputed apart."""
    from datetime import timedelta  # noqa: PLC0415

    from nep.org.domain.closure import Link, Tree  # noqa: PLC0415
    from nep.org.models import Unit, UnitClosure, UnitLink  # noqa: PLC0415
    from nep.org.services.changes_ledger import span_of  # noqa: PLC0415

    lives = {unit.pk: span_of(unit.during) for unit in Unit.objects.all()}
    tree = Tree(
        lives, tuple(Link(r.child_id, r.parent_id, span_of(r.during)) for r in UnitLink.objects.all())
    )
    for day in (ON - timedelta(days=1), ON):
        rows = UnitClosure.objects.filter(during__contains=day)
        stored = set(rows.values_list("ancestor_id", "descendant_id", "depth"))
        if stored != {(a, u, d) for u, path in tree.above_on(day).items() for d, a in enumerate(path)}:
            return False
    return True


def _server() -> psutil.Process:
    """The server process behind Django's connection: what it worked tells the cost on a busy machine."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def _timed(act: Any) -> float:
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 2)


def _p95(seconds: list[float]) -> float:
    return round(statistics.quantiles(seconds, n=20)[-1] * 1000, 1)


if __name__ == "__main__":
    main()
