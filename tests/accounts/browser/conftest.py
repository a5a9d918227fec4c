"""The browser of the kit's tests."""

from tests.platform.ui.conftest import chromium as chromium
