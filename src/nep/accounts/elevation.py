"""Elevated mode: an administrator works as everybody else until they confirm who they are, for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from nep.platform.clock import now

KEY = "elevated_until"
LASTS = timedelta(minutes=30)


def elevated_until(request: HttpRequest) -> datetime | None:
    """When the elevated mode of this session ends; None when it is off."""
    written = request.session.get(KEY)
    until = datetime.fromisoformat(written) if written else None
    return until if until is not None and until > now() else None


def is_elevated(request: HttpRequest) -> bool:
    """Whether this session is in elevated mode."""
    return elevated_until(request) is not None


def elevate(request: HttpRequest) -> datetime:
    """Enter elevated mode; the caller has just checked who it is."""
    until = now() + LASTS
    request.session[KEY] = until.isoformat()
    return until


def leave_elevation(request: HttpRequest) -> None:
    """Go back to working as everybody else."""
    request.session.pop(KEY, None)
