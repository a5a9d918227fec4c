"""Sealing: in batches, missing nothing, waiting for nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from nep.org import events
from nep.platform.audit.domain.chain import NO_HEAD, Leaves, leaf
from nep.platform.audit.domain.heads import exported_lines
from nep.platform.audit.exported import export_heads, heads_folder
from nep.platform.audit.keyring import signing_key, trusted_keys
from nep.platform.audit.models import Event, Leaf, Seal
from nep.platform.audit.sealing import ONE_SEALER, seal_all, seal_batch
from nep.platform.audit.trail import record
from nep.platform.audit.verifying import verify_stored
from tests.factories.province import AT
from tests.platform.audit.trails import as_superuser, sealed_trail, some_events

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_WAIT = 600  # seconds; other tests on the same server may be in one long transaction


@contextmanager
def late_writer() -> Iterator[threading.Event]:
    """Somebody who has written an event and commits it only when told."""
    written, may_commit = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            record(events.UNIT_OPENED, actor=None, about=[], at=AT, unit="Xã đến muộn", day="01/07/2025")
            written.set()
            may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(20)
    try:
        yield may_commit
    finally:
        may_commit.set()
        writer.join()


def seals_until(event_id: int) -> list[str]:
    """Seal one event after the other until the mark has passed this one; what verification finds then.

    Transactions in other databases of the server hold the mark up too, for as long as they run.
    """
    deadline = time.monotonic() + LONGEST_WAIT
    while Seal.objects.latest("number").watermark < event_id:
        assert time.monotonic() < deadline
        sealed_trail(1)
        time.sleep(0.2)
    return [finding.sentence for finding in verify_stored().findings]


def test_a_seal_names_the_one_before_and_digests_its_events() -> None:
    first, second = sealed_trail(3, 2)
    rows = list(Event.objects.order_by("pk"))
    assert (first.number, first.previous, first.rows) == (1, NO_HEAD, 3)
    assert (second.number, second.previous, second.rows) == (2, first.digest, 2)
    assert second.leaves == Leaves(leaf(row.pk, row.digest) for row in rows[3:]).digest
    assert list(Leaf.objects.order_by("pk").values_list("pk", "seal_number")) == [
        (row.pk, 1 if index < 3 else 2) for index, row in enumerate(rows)
    ]


def test_nothing_new_makes_no_seal() -> None:
    sealed_trail(2)
    assert seal_all(signing_key(), at=AT) == []
    assert Seal.objects.count() == 1


def test_large_work_is_done_in_batches() -> None:
    some_events(7)
    assert [seal.rows for seal in seal_all(signing_key(), at=AT, batch=3)] == [3, 3, 1]
    assert verify_stored().findings == []


def test_an_event_that_commits_late_is_sealed_later() -> None:
    with late_writer() as may_commit:
        sealed_trail(2, 1)
        assert Seal.objects.latest("number").watermark == 0  # somebody who took a low number still writes
        may_commit.set()
    seals = [*seal_all(signing_key(), at=AT), *sealed_trail(1)]
    assert [seal.rows for seal in seals] == [1, 1]
    late = Event.objects.get(facts__unit="Xã đến muộn")
    assert Leaf.objects.get(pk=late.pk).seal_number == 3
    assert late.pk < Seal.objects.get(number=1).first_id
    report = verify_stored()
    assert (report.rows, report.waiting, report.findings) == (5, 0, [])
    # In the end the low number is behind the mark: one that turned up without a leaf would be an intruder.
    assert seals_until(late.pk) == []


def test_an_event_rolled_back_holds_nothing_up() -> None:
    with transaction.atomic():
        record(events.UNIT_OPENED, actor=None, about=[], at=AT, unit="x", day="x")
        transaction.set_rollback(True)
    (seal,) = sealed_trail(1)
    assert seals_until(seal.last_id) == []


def test_the_mark_moves_on_after_the_database_was_put_into_another_server() -> None:
    """There transaction ids start again lower, and would never reach those that were noted."""
    sealed_trail(2)
    as_superuser("UPDATE audit_seal SET cluster = cluster + 1, transaction = 4000000000000000000")
    before = Seal.objects.get()
    sealed_trail(1)
    assert Seal.objects.latest("number").watermark == before.last_id


def test_one_sealer_at_a_time() -> None:
    some_events(1)
    taken, done = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])
            taken.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert taken.wait(20)
    assert seal_batch(signing_key(), at=AT) is None
    done.set()
    thread.join()
    assert seal_batch(signing_key(), at=AT) is not None


def test_heads_are_exported_once_each_and_a_cut_line_is_closed_first() -> None:
    sealed_trail(1, 1)
    assert (export_heads(), export_heads()) == (2, 0)
    (path,) = heads_folder().glob("heads-*.jsonl")
    path.write_bytes(path.read_bytes()[:-20])  # the machine stopped in the middle of the second line
    sealed_trail(1)
    assert export_heads() == 2
    assert len(list(exported_lines(heads_folder()))) == 4
    report = verify_stored(heads=heads_folder())
    assert report.findings == []
    assert "1 dòng trong tệp đầu chuỗi không đọc được." in report.notes


def test_the_key_lies_in_a_file_of_its_own_and_stays() -> None:
    key = signing_key()
    assert signing_key().private_bytes_raw() == key.private_bytes_raw()
    assert [path.stat().st_mode & 0o777 for path in heads_folder().glob("key.pem")] == [0o600]
    assert len(trusted_keys()) == 1
