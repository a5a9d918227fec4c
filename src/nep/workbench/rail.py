"""The rail: the places of the product that this person can open, with what waits for them there."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from nep.accounts.elevation import elevated_until
from nep.accounts.roles import Permission
from nep.platform.access import actor_of
from nep.platform.notify.notices import unread_count
from nep.platform.ui.parts import Place


def rail(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `rail`, `actor`, how much is `unread`, and until when elevated mode runs."""
    if not hasattr(request, "user") or (actor := actor_of(request)) is None:
        return {"rail": (), "actor": None, "elevated_until": None, "unread": 0}
    places = [
        ("Hôm nay", "home", "today", True),
        ("Phong trào", "flag", "programmes", actor.holds(Permission.VIEW_PROGRAMMES)),
        ("Chỉ số", "target", "indicators", actor.holds(Permission.VIEW_PROGRAMMES)),
        ("Văn bản", "document", "documents", actor.holds(Permission.VIEW_DOCUMENTS)),
        ("Tổ chức", "tree", "units", actor.holds(Permission.VIEW_UNITS)),
        ("Nhật ký", "history", "trail", actor.holds(Permission.READ_TRAIL)),
    ]
    return {
        "actor": actor,
        "unread": cache(partial(unread_count, actor.id)),  # asked by pages with a rail alone, once
        "elevated_until": elevated_until(request),
        "rail": [
            Place(label, icon, reverse(name), current=_current(request.path, reverse(name)))
            for label, icon, name, open_to in places
            if open_to
        ],
    }


def _current(path: str, place: str) -> bool:
    return path == place if place == "/" else path.startswith(place)
