"""A person's home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nep.org.requests import acting
from nep.platform.access import page, signed_in
from nep.platform.clock import now
from nep.workbench.queries import home


@page(access=signed_in())
def today(request: HttpRequest) -> HttpResponse:
    """Hôm nay: what I owe, what waits for my decision, what I asked of others; `?viec=het` far duties too."""
    shown = home(acting(request), now(), with_later=request.GET.get("viec") == "het")
    return render(request, "workbench/today.html", {"home": shown})
