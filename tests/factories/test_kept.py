"""Rows that come back are the rows that the factory wrote, and new ones go on behind them."""

from __future__ import annotations

import pytest
from django.db import transaction

from nep.accounts.models import User
from nep.org.models import Unit, UnitKind
from tests.factories.kept import Kept, all_rows, may_pass_triggers
from tests.factories.province import Province, as_it_stands, by_services

pytestmark = pytest.mark.django_db


def test_what_comes_back_is_what_was_written() -> None:
    kept, told = Kept(by_services, as_it_stands), []
    for _ in range(2):
        with transaction.atomic():
            province = kept()
            told.append((all_rows(), sorted(province.units), sorted(province.users)))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert len(told[0][0]["org_unit"]) == 12


def test_new_rows_go_on_behind_those_that_came_back() -> None:
    kept = Kept(by_services, as_it_stands)
    for _ in range(2):
        with transaction.atomic():
            province: Province = kept()
            opened = province.open("XA3", "Ủy ban nhân dân xã Nà Lang", UnitKind.COMMUNE, parent="UBND")
            assert opened.pk == max(Unit.objects.values_list("pk", flat=True))
            transaction.set_rollback(True)


def test_beside_other_rows_the_factory_writes() -> None:
    kept = Kept(by_services, as_it_stands)
    with transaction.atomic():
        kept()
        transaction.set_rollback(True)
    User.objects.create(login="somebody", name="Lò Thị Ế")
    assert "stranger" in kept().users


def test_the_embedded_server_lets_rows_come_back() -> None:
    assert may_pass_triggers()
