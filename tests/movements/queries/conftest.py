"""A running programme."""

from __future__ import annotations

import pytest

from tests.factories.province import Province
from tests.factories.running import Running, running_programme


@pytest.fixture
def running(province: Province) -> Running:
    """The programme that runs in the small province."""
    return running_programme(province)
