"""One world for all walks of a module; what a walk changes is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.conformity.walk.people import walkers
from tests.conformity.walk.places import Place, open_places, places
from tests.factories.province import TODAY, Province, small_province


@dataclass(frozen=True)
class World:
    """The province, its people and the four places."""

    province: Province
    places: dict[str, Place]


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """The files of the world lie in a folder for the module, not for each test."""


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Built once for a module, on the province's own day; taken back at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        folder = tmp_path_factory.mktemp("walk")
        for name in ("NEP_FILES", "NEP_SEALS"):
            patch.setattr(settings, name, folder / name.lower())
        patch.setattr("nep.org.access.today", lambda: TODAY)
        patch.setattr("nep.org.requests.today", lambda: TODAY)
        with transaction.atomic():
            province = small_province()
            open_places(province)
            walkers(province)
            yield World(province, places(province))
            transaction.set_rollback(True)
