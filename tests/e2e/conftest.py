"""One running demo and one browser for all journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.site import chromium, copied, demo, prepare

# Playwright runs an event loop in this thread, in which Django would refuse to use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample province, in which nothing runs: demos take copies of it."""
    folder = tmp_path_factory.mktemp("province")
    prepare(folder)
    return folder


@pytest.fixture(scope="session")
def site(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running product."""
    with demo(copied(province, tmp_path_factory.mktemp("site") / "data")) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, for one module: another one in the same process could not open its own beside it."""
    with chromium() as opened:
        yield opened
