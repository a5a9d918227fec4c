"""A running programme and browsers in which people are signed in, on the province's own day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.province import TODAY, Province
from tests.factories.running import Running, running_programme


@pytest.fixture
def running(province: Province) -> Running:
    """The programme that runs in the small province."""
    return running_programme(province)


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the day of the small province."""
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


@pytest.fixture
def browser(signed_in: Callable[[str], Client]) -> Callable[[str], Client]:
    """The browser of an account."""
    return signed_in
