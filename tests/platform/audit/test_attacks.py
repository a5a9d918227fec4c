"""A trail changed behind its back: verification names what was done, in the database and in an export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nep.platform.audit.domain.bundle import Bundle, write_bundle
from nep.platform.audit.domain.chain import instant
from nep.platform.audit.domain.findings import Report
from nep.platform.audit.domain.heads import exported_lines, read_heads
from nep.platform.audit.domain.keys import new_key
from nep.platform.audit.domain.verification import verify
from nep.platform.audit.exported import export_heads, heads_folder
from nep.platform.audit.keyring import signing_key, trusted_keys
from nep.platform.audit.models import Event
from nep.platform.audit.stored import StoredTrail
from nep.platform.audit.verifying import verify_stored
from tests.factories.province import AT
from tests.platform.audit.trails import (
    as_superuser,
    change_event,
    recompute_chain,
    sealed_trail,
    some_events,
)

pytestmark = pytest.mark.django_db(transaction=True)

Verify = Callable[..., Report]


def in_database(*, with_heads: bool = True) -> Report:
    return verify_stored(heads=heads_folder() if with_heads else None)


@pytest.fixture(params=["database", "export"])
def verified(request: pytest.FixtureRequest, tmp_path: Path) -> Verify:
    """Verification of the database itself, or of an export of what it now holds."""

    def exported(*, with_heads: bool = True) -> Report:
        folder = tmp_path / "bundle"
        folder.mkdir()
        write_bundle(StoredTrail(), folder, made_at=instant(AT), complete=True, key=signing_key())
        heads = read_heads(exported_lines(heads_folder()), trusted_keys()) if with_heads else None
        assert Bundle(folder).wrong_with_files(trusted_keys()) == []
        return verify(Bundle(folder), trusted_keys(), heads)

    return in_database if request.param == "database" else exported


@pytest.fixture
def trail(db: None) -> list[int]:
    """Three batches of three events, their heads exported; the numbers of the events."""
    sealed_trail(3, 3, 3)
    export_heads()
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def told(report: Report) -> list[tuple[str, int | None, int | None]]:
    return [(finding.code, finding.event, finding.seal) for finding in report.findings]


def test_a_trail_left_alone_is_intact(trail: list[int], verified: Verify) -> None:
    report = verified()
    assert (report.rows, report.seals, report.waiting, told(report)) == (9, 3, 0, [])
    assert report.notes == ["Tệp đầu chuỗi đã xuất đến dấu niêm phong số 3."]


def test_what_waits_for_its_seal_is_counted(trail: list[int], verified: Verify) -> None:
    some_events(2)
    report = verified(with_heads=False)
    assert (report.waiting, report.waiting_since, told(report)) == (2, instant(AT), [])
    assert report.notes == [
        "2 sự kiện chưa niêm phong: nếu bị sửa lúc này thì không biết được.",
        "Không có tệp đầu chuỗi đã xuất (--heads): không biết được đuôi nhật ký có bị cắt không.",
    ]


@pytest.mark.parametrize(("rehash", "code"), [(False, "changed"), (True, "rehashed")])
def test_a_changed_event_is_named(trail: list[int], verified: Verify, rehash: bool, code: str) -> None:
    change_event(trail[4], rehash=rehash)
    assert told(verified()) == [(code, trail[4], 2)]


def test_a_missing_event_is_named(trail: list[int], verified: Verify) -> None:
    as_superuser(("DELETE FROM audit_event WHERE id = %s", [trail[4]]))
    assert told(verified()) == [("missing", trail[4], 2)]


def test_an_event_missing_with_its_leaf_is_seen_in_its_batch(trail: list[int], verified: Verify) -> None:
    as_superuser(
        ("DELETE FROM audit_event WHERE id = %s", [trail[4]]),
        ("DELETE FROM audit_leaf WHERE event_id = %s", [trail[4]]),
    )
    assert told(verified()) == [("batch", None, 2)]


def test_a_cut_tail_is_named_when_heads_were_kept(trail: list[int], verified: Verify) -> None:
    as_superuser(
        ("DELETE FROM audit_event WHERE id > %s", [trail[2]]),
        ("DELETE FROM audit_leaf WHERE event_id > %s", [trail[2]]),
        "DELETE FROM audit_seal WHERE number > 1",
    )
    report = verified()
    assert [(each.code, each.seal, each.last_seal) for each in report.findings] == [("cut_tail", 2, 3)]
    assert report.findings[0].sentence == (
        "Đuôi nhật ký bị cắt: đã xuất đầu chuỗi của dấu niêm phong từ số 2 đến số 3 mà nay không còn."
    )


def test_a_cut_tail_cannot_be_known_without_heads(trail: list[int]) -> None:
    as_superuser(
        ("DELETE FROM audit_event WHERE id > %s", [trail[2]]),
        ("DELETE FROM audit_leaf WHERE event_id > %s", [trail[2]]),
        "DELETE FROM audit_seal WHERE number > 1",
    )
    report = in_database(with_heads=False)
    assert told(report) == []
    assert "không biết được đuôi nhật ký có bị cắt không" in report.notes[-1]


def test_seals_gone_from_the_middle_are_named(trail: list[int], verified: Verify) -> None:
    as_superuser("DELETE FROM audit_seal WHERE number = 2")
    assert told(verified()) == [("seal_missing", None, 2)]


def test_a_chain_recomputed_without_the_key_is_named(trail: list[int], verified: Verify) -> None:
    change_event(trail[4], rehash=True)
    recompute_chain(2, None)
    report = verified(with_heads=False)
    assert [(each.code, each.seal, each.last_seal) for each in report.findings] == [("unsigned", 2, 3)]


def test_a_chain_signed_anew_by_another_key_is_named(trail: list[int], verified: Verify) -> None:
    change_event(trail[4], rehash=True)
    recompute_chain(2, new_key())
    report = verified(with_heads=False)
    assert [(each.code, each.seal, each.last_seal) for each in report.findings] == [("foreign_key", 2, 3)]


def test_a_chain_signed_anew_by_the_true_key_is_named_by_the_heads(
    trail: list[int], verified: Verify
) -> None:
    """Whoever has the key too cannot take back what was exported."""
    change_event(trail[4], rehash=True)
    recompute_chain(2, signing_key())
    assert told(verified(with_heads=False)) == []


def test_the_same_with_heads(trail: list[int], verified: Verify) -> None:
    change_event(trail[4], rehash=True)
    recompute_chain(2, signing_key())
    report = verified()
    assert [(each.code, each.seal, each.last_seal) for each in report.findings] == [("recomputed", 2, 3)]


def test_an_event_put_in_behind_the_mark_is_named(trail: list[int], verified: Verify) -> None:
    gap = trail[4]
    as_superuser(
        ("DELETE FROM audit_event WHERE id = %s", [gap]),
        ("DELETE FROM audit_leaf WHERE event_id = %s", [gap]),
        "UPDATE audit_seal SET watermark = last_id",
    )
    recompute_chain(1, signing_key())  # as if the number had been lost by a transaction that was rolled back
    columns = "at, kind, keep, actor_id, actor_name, about, unit_id, reason, facts, before, after, digest"
    as_superuser(
        (f"INSERT INTO audit_event (id, {columns}) SELECT %s, {columns} FROM audit_event LIMIT 1", [gap])
    )
    rows = {"rows": [each for each in told(verified(with_heads=False)) if each[0] == "inserted"]}
    assert rows == {"rows": [("inserted", gap, None)]}


def test_an_edited_seal_is_named(trail: list[int], verified: Verify) -> None:
    as_superuser("UPDATE audit_seal SET rows = 4 WHERE number = 3")
    assert told(verified()) == [("seal_changed", None, 3), ("batch", None, 3)]


def test_heads_that_nobody_signed_do_not_count(trail: list[int]) -> None:
    (path,) = heads_folder().glob("heads-*.jsonl")
    path.write_text(path.read_text().replace('"rows":3', '"rows":2', 1))
    report = in_database()
    assert [each.sentence for each in report.findings] == ["1 dòng trong tệp đầu chuỗi không có chữ ký đúng."]


def test_an_export_edited_afterwards_is_named(trail: list[int], tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    at = instant(datetime(2026, 3, 2, tzinfo=UTC))
    write_bundle(StoredTrail(), folder, made_at=at, complete=True, key=signing_key())
    path = folder / "sealed.jsonl"
    path.write_text(path.read_text().replace("Xã số 1", "Xã số 7", 1))
    bundle = Bundle(folder)
    assert [each.sentence for each in bundle.wrong_with_files(trusted_keys())] == [
        "Tệp sealed.jsonl của bản xuất đã bị sửa."
    ]
    assert told(verify(bundle, trusted_keys())) == [("changed", trail[1], 1)]
