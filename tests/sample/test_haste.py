"""The sample is written as one act: whole or not at all, on a connection that is as before afterwards."""

from __future__ import annotations

import gc

import pytest
from django.db import connection, transaction

from nep.kernel.errors import RuleError
from nep.org.models import Position
from nep.sample.haste import all_or_nothing

pytestmark = pytest.mark.django_db(transaction=True)


def settings_now() -> tuple[object, ...]:
    raw = connection.connection
    return raw.cursor_factory, raw.prepare_threshold, connection.features.uses_savepoints, gc.isenabled()


def enter(*names: str) -> None:
    for name in names:
        with transaction.atomic():
            Position.objects.create(name=name, rank=1)


def fail_half_way() -> None:
    enter("Thư ký")
    raise RuleError("Tệp mẫu sai.")


def test_what_is_written_inside_stays_and_the_connection_is_as_before() -> None:
    connection.ensure_connection()
    before = settings_now()
    with all_or_nothing():
        assert settings_now() != before
        enter("Thư ký", "Kế toán")
    assert settings_now() == before
    assert set(Position.objects.values_list("name", flat=True)) == {"Thư ký", "Kế toán"}


def test_a_failure_inside_leaves_nothing() -> None:
    connection.ensure_connection()
    before = settings_now()
    with pytest.raises(RuleError), all_or_nothing():
        fail_half_way()
    assert settings_now() == before
    assert Position.objects.count() == 0
