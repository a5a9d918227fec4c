"""The trail attacked in four ways; what one event costs; whether sixteen writers wait while it is sealed."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import psutil

from bench.kit.scratch import told_by
from nep.config.cli.prove import Options

AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
MOST_MS = 0.5
TURNS, IN_A_TURN = 30, 40
WRITERS, WRITING_SECONDS = 16, 6.0
SEALING_PAUSE, LOOKING_PAUSE = 1.0, 0.01  # the worker seals once a minute
# Writers that wait for a row, a transaction, a table or an advisory lock; growing a file is another kind.
WAITING = """
SELECT count(*) FILTER (WHERE wait_event <> 'extend'), count(*) FILTER (WHERE wait_event = 'extend')
FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def prove(options: Options) -> dict[str, object]:
    """`event_ms` is what an event adds to a transaction with one bare insert, in time of the processor here
    and in PostgreSQL, which other work disturbs least; `event_elapsed_ms` is the same by the clock.
    """
    told = told_by("bench.trail")
    named = all(found["named"] for found in told["attacks"].values())
    waited = told["writers"]["lock_waits"]
    return {"ok": named and told["event_ms"] <= MOST_MS and waited == 0 and told["intact_after"], **told}


def main() -> None:
    """The child: attacks on a small trail, then the cost of one event, then many writers."""
    import django  # noqa: PLC0415 -- the environment is made by the parent
    from django.conf import settings  # noqa: PLC0415 -- the same

    settings.DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": WRITERS + 4}
    django.setup()
    from django.db import connection  # noqa: PLC0415 -- after django.setup()

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)")
    attacked = attacks()
    cost = one_event() | one_reading()
    print(json.dumps({"attacks": attacked, **cost, **many_writers()}, ensure_ascii=False))


def attacks() -> dict[str, dict[str, Any]]:
    """Each attack by somebody who owns the database, what verification said, and whether it named it."""
    from nep.platform.audit.domain.keys import new_key  # noqa: PLC0415 -- after django.setup()
    from nep.platform.audit.exported import export_heads  # noqa: PLC0415 -- the same
    from nep.platform.audit.models import Event, Seal  # noqa: PLC0415 -- the same
    from tests.platform.audit import trails  # noqa: PLC0415 -- the same

    trails.sealed_trail(20, 20, 20, 20, 20)
    export_heads()
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    victim, seal = ids[45], Seal.objects.get(number=3)

    def cut() -> None:
        trails.as_superuser(
            f"DELETE FROM audit_event WHERE id > {seal.last_id}",
            f"DELETE FROM audit_leaf WHERE event_id > {seal.last_id}",
            "DELETE FROM audit_seal WHERE number > 3",
        )

    def recomputed() -> None:
        trails.change_event(victim, rehash=True)
        trails.recompute_chain(3, new_key())

    def recomputed_with_the_key() -> None:
        from nep.platform.audit.keyring import signing_key  # noqa: PLC0415 -- after django.setup()

        trails.change_event(victim, rehash=True)
        trails.recompute_chain(3, signing_key())

    ways: dict[str, tuple[Callable[[], None], str, str]] = {
        "changed row": (lambda: trails.change_event(victim, rehash=True), "rehashed", f"{victim}"),
        "missing row": (
            lambda: trails.as_superuser(f"DELETE FROM audit_event WHERE id = {victim}"),
            "missing",
            f"{victim}",
        ),
        "cut tail": (cut, "cut_tail", "từ số 4 đến số 5"),
        "chain recomputed from the middle": (recomputed, "foreign_key", "từ số 3 đến số 5"),
        "the same with the true key": (recomputed_with_the_key, "recomputed", "từ số 3 đến số 5"),
    }
    return {name: attacked(way, code, words) for name, (way, code, words) in ways.items()}


def attacked(way: Callable[[], None], code: str, words: str) -> dict[str, Any]:
    """Attack, verify with the exported heads, put all back as it was."""
    from nep.platform.audit.exported import heads_folder  # noqa: PLC0415 -- after django.setup()
    from nep.platform.audit.verifying import verify_stored  # noqa: PLC0415 -- the same
    from tests.platform.audit.trails import TRAIL, as_superuser  # noqa: PLC0415 -- the same

    as_superuser(*(f"CREATE TABLE kept_{table} AS TABLE {table}" for table in TRAIL))
    way()
    found = verify_stored(heads=Path(heads_folder())).findings
    for table in TRAIL:
        as_superuser(
            f"DELETE FROM {table}", f"INSERT INTO {table} TABLE kept_{table}", f"DROP TABLE kept_{table}"
        )
    named = {finding.code for finding in found} >= {code} and any(words in each.sentence for each in found)
    return {"named": named, "said": [finding.sentence for finding in found]}


def one_event() -> dict[str, Any]:
    """A transaction with one bare insert, without and with an event; turns side by side."""
    bare, told = Spent(), Spent()
    write(with_event=True)
    for _ in range(TURNS):
        bare.turn(lambda: write(with_event=False))
        told.turn(lambda: write(with_event=True))
    return {
        "event_ms": round(told.processor_ms - bare.processor_ms, 3),
        "event_elapsed_ms": round(told.elapsed_ms - bare.elapsed_ms, 3),
        "bare_ms": round(bare.processor_ms, 3),
        "bare_elapsed_ms": round(bare.elapsed_ms, 3),
    }


def one_reading() -> dict[str, Any]:
    """What a page of sensitive data costs more: the first reading of a thing, and again within the hour."""
    from nep.org.events import PERSON_READ  # noqa: PLC0415 -- after django.setup()
    from nep.platform.audit.readings import record_reading  # noqa: PLC0415 -- the same

    reader, things, first, again = Reader(), count(1), Spent(), Spent()

    def read(thing: int) -> None:
        record_reading(PERSON_READ, actor=reader, about=[], at=AT, thing=f"org.person:{thing}", person="x")

    read(0)
    for _ in range(TURNS):
        first.turn(lambda: read(next(things)))
        again.turn(lambda: read(0))
    return {"reading_ms": round(first.processor_ms, 3), "same_hour_ms": round(again.processor_ms, 3)}


class Reader:
    """Somebody who reads."""

    id, name = 1, "Lò Văn Thành"

    def holds(self, permission: str) -> bool:
        """Nothing is asked."""
        return False


class Spent:
    """Milliseconds of one piece of work: elapsed, and of the processor here and in PostgreSQL together."""

    def __init__(self) -> None:
        """Nothing yet."""
        from django.db import connection  # noqa: PLC0415 -- after django.setup()

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._processes = [psutil.Process(), psutil.Process(cursor.fetchone()[0])]
        self._elapsed: list[float] = []
        self._processor: list[float] = []

    def turn(self, work: Callable[[], None]) -> None:
        """Do the work some times."""
        began, used = time.perf_counter(), self._used()
        for _ in range(IN_A_TURN):
            work()
        self._elapsed.append((time.perf_counter() - began) * 1000 / IN_A_TURN)
        self._processor.append((self._used() - used) * 1000 / IN_A_TURN)

    def _used(self) -> float:
        return sum(sum(process.cpu_times()[:2]) for process in self._processes)

    @property
    def elapsed_ms(self) -> float:
        return statistics.median(self._elapsed)

    @property
    def processor_ms(self) -> float:
        # The processor's clock ticks coarsely: a mean over all turns, not a median of single ones.
        return statistics.fmean(self._processor)


def write(*, with_event: bool) -> None:
    """One transaction as a service makes it."""
    from django.db import connection, transaction  # noqa: PLC0415 -- after django.setup()

    from nep.org.events import UNIT_OPENED  # noqa: PLC0415 -- the same
    from nep.platform.audit.trail import record  # noqa: PLC0415 -- the same

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare (words) VALUES ('Xã Mường Khe')")
        if with_event:
            record(UNIT_OPENED, actor=None, about=[], unit="Xã Mường Khe", day="02/11/2026", before={"a": 1})


def many_writers() -> dict[str, Any]:
    """Transactions a second of sixteen writers: bare, with events, with events while they are sealed."""
    from nep.platform.audit.keyring import signing_key  # noqa: PLC0415 -- after django.setup()
    from nep.platform.audit.models import Seal  # noqa: PLC0415 -- the same
    from nep.platform.audit.sealing import seal_all, seal_batch  # noqa: PLC0415 -- the same
    from nep.platform.audit.verifying import verify_stored  # noqa: PLC0415 -- the same

    key = signing_key()
    seal_all(key, at=AT)
    earlier = Seal.objects.count()
    bare, _ = throughput(with_event=False)
    told, _ = throughput(with_event=True)
    began = time.perf_counter()
    backlog = sum(seal.rows for seal in seal_all(key, at=AT))
    sealing = time.perf_counter() - began
    with repeated(lambda: seal_batch(key, at=AT), SEALING_PAUSE):
        sealed, waits = throughput(with_event=True)
    seal_all(key, at=AT)
    began = time.perf_counter()
    report = verify_stored()
    verifying = time.perf_counter() - began
    return {
        "writers": {
            "count": WRITERS,
            "bare_per_s": bare,
            "with_events_per_s": told,
            "while_sealing_per_s": sealed,
            "seals": Seal.objects.count() - earlier,
            "lock_waits": sum(lock for lock, _ in waits),
            "file_growth_waits": sum(extend for _, extend in waits),
            "looks": len(waits),
        },
        "intact_after": report.intact and report.waiting == 0,
        "rows_per_s": {"sealed": round(backlog / sealing), "verified": round(report.rows / verifying)},
    }


def throughput(*, with_event: bool) -> tuple[int, list[tuple[int, int]]]:
    """Transactions a second of all writers, and how many waited for a lock at each look."""
    done, stop = [0] * WRITERS, threading.Event()

    def work(writer: int) -> None:
        from django.db import connection  # noqa: PLC0415 -- after django.setup()

        while not stop.is_set():
            write(with_event=with_event)
            done[writer] += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(WRITERS)]
    with repeated(look, LOOKING_PAUSE) as looks:
        for thread in threads:
            thread.start()
        time.sleep(WRITING_SECONDS)
        stop.set()
        for thread in threads:
            thread.join()
    return round(sum(done) / WRITING_SECONDS), looks


def look() -> tuple[int, int]:
    """How many wait for a lock just now, and how many for a file to grow."""
    from django.db import connection  # noqa: PLC0415 -- after django.setup()

    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        lock, extend = cursor.fetchone()
        return int(lock), int(extend)


@contextmanager
def repeated(work: Callable[[], Any], pause: float) -> Iterator[list[Any]]:
    """Do something over and over in a thread of its own while the block runs; what it gave."""
    given: list[Any] = []
    stop = threading.Event()

    def go() -> None:
        from django.db import connection  # noqa: PLC0415 -- after django.setup()

        while not stop.wait(pause):
            given.append(work())
        connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield given
    finally:
        stop.set()
        thread.join()


if __name__ == "__main__":
    main()
