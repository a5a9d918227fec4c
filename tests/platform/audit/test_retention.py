"""Events past their years leave; their leaves stay, and verification counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from nep.platform.audit.models import Event, Leaf, Removal, RetentionRule
from nep.platform.audit.retention import in_words, remove_expired, set_retention
from nep.platform.audit.verifying import verify_stored
from nep.platform.clock import now
from tests.factories.province import AT
from tests.platform.audit.trails import as_superuser, sealed_trail, some_events

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = now() - timedelta(days=365 * 8)
SINCE = date(2020, 1, 1)


def keep(years: int, *, confirmed: bool = True) -> RetentionRule:
    return set_retention(
        "business", years, since=SINCE, source="Quyết định số 12", confirmed=confirmed, at=LONG_AGO
    )


def test_by_default_everything_is_kept() -> None:
    sealed_trail(3, at=LONG_AGO)
    assert remove_expired(at=now()) == 0
    assert Event.objects.count() == 3


def test_a_rule_that_waits_for_confirmation_removes_nothing() -> None:
    sealed_trail(3, at=LONG_AGO)
    keep(5, confirmed=False)
    assert remove_expired(at=now()) == 0
    assert in_words()[0].endswith("(cần xác nhận, chưa áp dụng)")


def test_what_is_past_its_years_leaves_and_is_told() -> None:
    sealed_trail(3, at=LONG_AGO)
    sealed_trail(2)  # of this year
    keep(5)
    assert (remove_expired(at=now()), remove_expired(at=now())) == (3, 0)
    assert Event.objects.filter(keep="business").count() == 2
    assert Leaf.objects.count() == 5
    event = Event.objects.get(kind="audit.events_removed")
    assert (event.facts["rows"], event.facts["years"]) == (3, 5)
    report = verify_stored()
    assert (report.removed, report.rows, report.findings) == (3, 2, [])


def test_what_was_sealed_late_stays_as_long_as_its_seal_is_young() -> None:
    some_events(2, LONG_AGO)
    sealed_trail(1)
    keep(5)
    assert remove_expired(at=now()) == 0


def test_what_is_not_sealed_stays() -> None:
    some_events(2, LONG_AGO)
    keep(5)
    assert remove_expired(at=now()) == 0


def test_a_removal_that_the_trail_does_not_tell_is_found() -> None:
    """The owner of the database can forge a removal, but not the event that tells of it."""
    (seal,) = sealed_trail(3, at=LONG_AGO)
    as_superuser(
        "INSERT INTO audit_removal (id, keep, cutoff, rows, at) VALUES (1, 'business', now(), 1, now())",
        ("INSERT INTO audit_removedevent VALUES (%s, 1)", [seal.first_id]),
        ("DELETE FROM audit_event WHERE id = %s", [seal.first_id]),
    )
    assert [finding.code for finding in verify_stored().findings] == ["removal_untold"]


def test_a_removal_before_its_time_is_found() -> None:
    (seal,) = sealed_trail(3, at=AT)
    as_superuser(
        "INSERT INTO audit_removal (id, keep, cutoff, rows, at)"
        " VALUES (1, 'business', now() - interval '5 years', 1, now())",
        ("INSERT INTO audit_removedevent VALUES (%s, 1)", [seal.first_id]),
        ("DELETE FROM audit_event WHERE id = %s", [seal.first_id]),
    )
    found = verify_stored().findings
    assert [(finding.code, finding.event) for finding in found] == [("removed_early", seal.first_id)]


def test_the_owner_cannot_delete_without_a_removal_on_record() -> None:
    sealed_trail(1, at=LONG_AGO)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_remove_expired('business', 10)")
        assert cursor.fetchall() == []
    assert (Event.objects.count(), Removal.objects.count()) == (1, 0)
