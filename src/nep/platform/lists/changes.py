"""Keeping what people choose for a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.lists.models import ListChoice, SavedView
from nep.platform.lists.saved import Place, columns_of, may_change, places
from nep.platform.lists.spec import ListSpec

MOST_OWN = 40


def choose_columns(spec: ListSpec, keys: Sequence[str], *, actor: Actor) -> None:
    """Show a person these columns in this order from now on; none for the usual ones."""
    chosen = [column.key for column in columns_of(spec, keys)] if keys else []
    ListChoice.objects.update_or_create(list_code=spec.code, user_id=actor.id, defaults={"columns": chosen})


def choose_default(spec: ListSpec, view: SavedView | None, *, actor: Actor) -> None:
    """Open the list with this view from now on; None for the whole list."""
    ListChoice.objects.update_or_create(
        list_code=spec.code, user_id=actor.id, defaults={"default_view": view}
    )


@transaction.atomic
def save_view(
    spec: ListSpec,
    name: str,
    *,
    query: str,
    columns: Sequence[str],
    place: Place | None,
    actor: Actor,
    at: datetime,
) -> SavedView:
    """Keep filters, order and columns under a name; the same name again takes the place of the old one.

    Raises: RuleError for a place that is not the actor's, or when too many are kept already.
    """
    own = SavedView.objects.filter(list_code=spec.code, owner_id=actor.id)
    if place is not None and place not in places().own(actor):
        raise RuleError("Chỉ chia sẻ được trong đơn vị mình làm việc hoặc giữ vai trò.")
    if not own.filter(name=name).exists() and own.count() >= MOST_OWN:
        raise RuleError(
            f"Mỗi danh sách giữ nhiều nhất {MOST_OWN} cách xem của một người. Bỏ bớt rồi lưu lại."
        )
    view, _ = SavedView.objects.update_or_create(
        list_code=spec.code,
        owner_id=actor.id,
        name=name,
        defaults={
            "owner_name": actor.name,
            "place_id": place.id if place else None,
            "place_name": place.name if place else "",
            "query": query,
            "columns": list(columns),
            "saved_at": at,
        },
    )
    return view


@transaction.atomic
def rename_view(view: SavedView, name: str, *, place: Place | None, actor: Actor) -> SavedView:
    """Give a view another name, or share it elsewhere or no more.

    Raises: AccessDenied for who may not; RuleError when the name is taken.
    """
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    may_change(actor, view).require()
    same = SavedView.objects.filter(list_code=view.list_code, owner_id=view.owner_id, name=name)
    if same.exclude(pk=view.pk).exists():
        raise RuleError("Đã có cách xem khác mang tên này.")
    if place is not None and place.id != view.place_id and place not in places().own(actor):
        raise RuleError("Chỉ chia sẻ được trong đơn vị mình làm việc hoặc giữ vai trò.")
    view.name = name
    view.place_id, view.place_name = (place.id, place.name) if place else (None, "")
    view.save(update_fields=["name", "place_id", "place_name"])
    return view


@transaction.atomic
def remove_view(view: SavedView, *, actor: Actor) -> None:
    """Remove a view; the list itself stays.

    Raises: AccessDenied for who may not.
    """
    may_change(actor, view).require()
    view.delete()
