"""The sample is one long act of thousands of small ones, and is written as one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.postgresql.base import ServerBindingCursor

REMEMBERED = 5  # a statement sent so often is planned once for the rest of the sample


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction around services that are called thousands of times.

    The acts inside get no way back of their own: whatever fails in one of them ends the whole sample.
    PostgreSQL remembers how it carries out what it is asked again and again, and Python does not look for
    garbage, of which there is little, among everything that it has loaded.
    """
    with transaction.atomic():
        raw = connection.connection
        before = raw.cursor_factory, raw.prepare_threshold
        raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, REMEMBERED
        connection.features.uses_savepoints = False
        gc.disable()
        try:
            yield
        finally:
            gc.enable()
            del connection.features.uses_savepoints
            raw.cursor_factory, raw.prepare_threshold = before
