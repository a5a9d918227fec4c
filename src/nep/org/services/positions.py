"""The list of positions, which the whole organisation shares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.org import access, events
from nep.org.access import Actor
from nep.org.models import Position
from nep.platform.audit.trail import record

TOLD = ("name", "rank", "is_head", "rotation_months")


@transaction.atomic
def keep_position(
    position: Position | None,
    *,
    actor: Actor,
    at: datetime,
    name: str,
    rank: int,
    is_head: bool,
    rotation_months: int | None,
) -> Position:
    """Add a position to the list, or change one.

    Raises: RuleError when the name is taken.
    """
    access.may_manage_positions(actor).require()
    name = " ".join(name.split())
    if not name:
        raise RuleError("Ghi tên chức vụ.")
    others = Position.objects.exclude(pk=position.pk) if position else Position.objects.all()
    if others.filter(name__iexact=name).exists():
        raise RuleError(f"Chức vụ {name} đã có trong danh mục.")
    kept = Position.objects.select_for_update().get(pk=position.pk) if position else Position()
    before = _state(kept) if position else None
    kept.name, kept.rank, kept.is_head, kept.rotation_months = name, rank, is_head, rotation_months
    kept.save()
    record(
        events.POSITION_KEPT,
        actor=actor,
        about=[kept],
        at=at,
        before=before,
        after=_state(kept),
        position=name,
    )
    return kept


def _state(position: Position) -> dict[str, Any]:
    return {name: getattr(position, name) for name in TOLD}
