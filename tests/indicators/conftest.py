"""What tests of indicators share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nep.indicators.domain.periods import MONTH, Period, read_period
from nep.indicators.models import Indicator

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FEBRUARY = read_period(MONTH, "2026-02")


@pytest.fixture
def online(db: None) -> Indicator:
    """A shipped share that units enter month by month."""
    return Indicator.objects.get(code="dvctt-toan-trinh")


@pytest.fixture
def february() -> Period:
    """The month before the tests' today."""
    return FEBRUARY
