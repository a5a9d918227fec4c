"""Handing out a list as a sheet: small ones at once, large ones by a job, each told in the trail.

The rows are read anew through the list's own `rows(actor, within)` as they stand for that person at that
moment, in pieces by key, so that what comes or goes meanwhile neither repeats nor hides a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import transaction

from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.lists import events
from nep.platform.lists.asked import Asked, ask, day_in, params_of
from nep.platform.lists.keyset import Start, part_of
from nep.platform.lists.models import ListExport
from nep.platform.lists.saved import columns_of
from nep.platform.lists.sheets import write_sheet
from nep.platform.lists.spec import ListSpec, list_with

AT_ONCE = 2_000
PIECE = 2_000
LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows and columns of which list somebody asks for; plain values that a job can keep."""

    code: str
    query: str
    columns: tuple[str, ...]
    within: int | None

    @property
    def spec(self) -> ListSpec:
        return list_with(self.code)

    @property
    def title(self) -> str:
        """The title of the list, with the day where it is not of today."""
        day = day_in(params_of(self.spec, self.query)) if self.spec.rows_on else None
        return f"{self.spec.title} ngày {day:%d-%m-%Y}" if day else self.spec.title

    def asked(self, actor: Actor) -> Asked:
        """The same question, answered for this actor now."""
        return ask(self.spec, params_of(self.spec, self.query), actor)


def folder() -> Path:
    """Where sheets lie until they are removed."""
    return Path(settings.NEP_FILES) / "exports"


def path_of(export: ListExport) -> Path:
    """The file of a sheet."""
    return folder() / export.file


def pieces(wanted: Wanted, actor: Actor) -> Iterator[list[Any]]:
    """All rows that are asked for, in pieces."""
    asked = wanted.asked(actor)
    rows = asked.rows(actor, wanted.within)
    keys, start = asked.keys(rows), None
    while True:
        part = part_of(rows, keys, start, PIECE)
        yield wanted.spec.filled(part.rows, actor)
        if part.after is None:
            return
        start = Start(part.after)


def is_small(wanted: Wanted, actor: Actor) -> bool:
    """Whether the sheet is made while the person waits; reads no more rows than such a sheet holds."""
    rows = wanted.asked(actor).rows(actor, wanted.within)
    return len(rows.order_by().values_list("pk", flat=True)[: AT_ONCE + 1]) <= AT_ONCE


def count_of(wanted: Wanted, actor: Actor) -> int:
    """How many rows the sheet will have."""
    return wanted.asked(actor).rows(actor, wanted.within).count()


def export_list(
    wanted: Wanted, *, actor: Actor, at: datetime, step: Callable[[int], None] = lambda done: None
) -> ListExport:
    """Make the sheet, keep it for a day for this person alone, and tell the trail what was read."""
    chosen = (*columns_of(wanted.spec, wanted.columns), *wanted.spec.squares(actor, wanted.within))
    columns = [column for column in chosen if column.exported]
    folder().mkdir(parents=True, exist_ok=True)
    name = f"{token_hex(16)}.xlsx"

    def rows() -> Iterator[Any]:
        done = 0
        for piece in pieces(wanted, actor):
            yield from piece
            done += len(piece)
            step(done)

    count = write_sheet(folder() / name, wanted.spec.title, columns, rows())
    return _keep(wanted, name, count, actor=actor, at=at)


@transaction.atomic
def _keep(wanted: Wanted, name: str, count: int, *, actor: Actor, at: datetime) -> ListExport:
    title = wanted.title
    export = ListExport.objects.create(
        list_code=wanted.code,
        title=title,
        user_id=actor.id,
        rows=count,
        file=name,
        made_at=at,
        expires_at=at + LASTS,
    )
    record(
        events.EXPORTED,
        actor=actor,
        about=[export],
        at=at,
        title=title,
        count=count,
        list=wanted.code,
        query=wanted.query,
        columns=list(wanted.columns),
    )
    return export


def remove_old() -> int:
    """Remove the sheets whose day is over, and files that no row knows; how many files went."""
    removed, current = 0, now()
    kept = set(ListExport.objects.filter(expires_at__gt=current).values_list("file", flat=True))
    for file in folder().glob("*.xlsx") if folder().exists() else ():
        old = file.stat().st_mtime < (current - LASTS).timestamp()
        if file.name not in kept and (old or ListExport.objects.filter(file=file.name).exists()):
            file.unlink(missing_ok=True)
            removed += 1
    return removed
