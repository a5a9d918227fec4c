"""From which address a request comes, told by nobody who could lie."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the client; None when it is not known.

    Each of our own proxies adds one entry to X-Forwarded-For; what stands before was sent by the client.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.NEP_PROXIES:
        told = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        found = told[-settings.NEP_PROXIES] if len(told) >= settings.NEP_PROXIES else found
    try:
        return str(ip_address(found))
    except ValueError:
        return None
