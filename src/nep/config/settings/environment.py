"""Reading the environment, with an error that teaches."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[4]


def text(name: str, default: str | None = None) -> str:
    """The value of a variable.

    Raises: ImproperlyConfigured when it is unset and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Thiếu biến môi trường {name}; xem docs/operations.md.")
    return value


def flag(name: str) -> bool:
    """True when a variable is set to 1, true or yes."""
    return text(name, "").lower() in {"1", "true", "yes"}


DATA = Path(text("NEP_DATA", str(ROOT / "var"))).absolute()
DEMO = flag("NEP_DEMO")
# Error pages that show code and data are for the demo on one's own machine, not for a server.
DEBUG = DEMO and flag("NEP_DEBUG")
