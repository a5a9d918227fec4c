"""The product with one page more: a bare signed-in view, as a measure of what every page costs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.people import BARE
from nep.config.wsgi import application as application  # what the web server is given
from nep.platform.access import page, signed_in


@page(access=signed_in())
def bare(request: HttpRequest) -> HttpResponse:
    """The frame of every page with nothing in it."""
    return render(request, "ui/base.html")


def add_bare_page() -> None:
    """Give the bare view its address."""
    from nep.config import urls  # noqa: PLC0415 -- needs the apps, which the import of `application` made ready

    urls.urlpatterns.append(path(BARE, bare, name="bare"))


add_bare_page()
