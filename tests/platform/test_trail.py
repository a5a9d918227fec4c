"""The trail: appended in the transaction of the act, and only appended."""

import pytest
from django.db import DatabaseError, connection, transaction

from nep.org import events
from nep.platform.audit.models import Event
from nep.platform.audit.trail import digest_of, record, timeline
from tests.factories.province import AT, Province


@pytest.mark.django_db
def test_a_thing_tells_its_life_in_sentences(province: Province) -> None:
    school = province.units["TH1"]
    assert [entry.sentence for entry in timeline(school)][-1] == (
        "Nếp lập đơn vị Trường Trung học cơ sở Mường Khe từ 01/07/2025."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event"])
def test_rows_of_the_trail_cannot_be_changed(province: Province, statement: str) -> None:
    before = Event.objects.count()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (Event.objects.count(), Event.objects.exclude(reason="").count()) == (before, 0)


@pytest.mark.django_db
def test_the_digest_covers_every_field(province: Province) -> None:
    event = Event.objects.latest("pk")
    assert event.digest == digest_of(event)
    for field, value in {
        "kind": "x",
        "actor_name": "x",
        "about": [],
        "reason": "x",
        "facts": {},
        "before": {},
    }.items():
        changed = Event.objects.get(pk=event.pk)
        setattr(changed, field, value)
        assert digest_of(changed) != event.digest, field


@pytest.mark.django_db
def test_a_sentence_that_lacks_a_fact_is_refused(province: Province) -> None:
    with pytest.raises(ValueError, match="unit"):
        record(events.UNIT_OPENED, actor=None, about=[province.units["XA1"]], at=AT, day="01/07/2025")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_an_act_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record(events.UNIT_OPENED, actor=None, about=[], at=AT, unit="x", day="x")
