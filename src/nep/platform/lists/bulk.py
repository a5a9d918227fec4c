"""One act on many picked rows: each is decided by itself; the refused are told, the others are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from nep.kernel.errors import NepError
from nep.platform.access import Actor
from nep.platform.lists.spec import BulkAct

MOST = 200  # rows in one act


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that the act passes over, and why."""

    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an act would do now: rows it takes and rows it passes over."""

    rows: tuple[Any, ...]
    refused: tuple[Refused, ...]


def outlook(act: BulkAct, rows: Sequence[Any], *, actor: Actor) -> Outlook:
    """What the act would do to these rows."""
    takes, refused = [], []
    for row in rows:
        decision = act.decide(actor, row)
        if decision:
            takes.append(row)
        else:
            refused.append(Refused(act.about(row), decision.reason))
    return Outlook(tuple(takes), tuple(refused))


@transaction.atomic
def do_to_all(act: BulkAct, rows: Sequence[Any], *, actor: Actor, reason: str, at: datetime) -> Outlook:
    """Do the act to every row that it may be done to, in one transaction; a refusal leaves only its own row.

    The answer holds the rows that were done and those that were not.
    """
    done, refused = [], []
    for row in sorted(rows, key=lambda row: row.pk):  # in one order: no two acts lock crosswise
        try:
            with transaction.atomic():
                act.decide(actor, row).require()
                act.act(row, actor, reason, at)
        except NepError as error:
            refused.append(Refused(act.about(row), error.reason))
        else:
            done.append(row)
    return Outlook(tuple(done), tuple(refused))
