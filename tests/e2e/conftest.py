"""One running demo and one browser for all journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.site import chromium, demo

# Playwright runs an event loop in this thread, in which Django would refuse to use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the running product."""
    with demo() as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, for one module: another one in the same process could not open its own beside it."""
    with chromium() as opened:
        yield opened
