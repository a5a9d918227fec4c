"""The gallery of components and the choice of theme."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from nep.platform.access import page, public
from nep.platform.ui.gallery import evidence_context, gallery_context
from nep.platform.ui.themes import COOKIE, YEAR, chosen_theme


@page(access=public("the gallery shows invented samples, no data"))
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, light beside dark."""
    return render(request, "ui/gallery.html", gallery_context())


@page(access=public("the gallery's sample of a drawer, no data"))
def evidence(request: HttpRequest) -> HttpResponse:
    """The drawer that the gallery's figures open; a page of its own without script."""
    return render(request, "ui/gallery/evidence.html", evidence_context())


@page(access=public("anybody may choose light or dark"), writes=True)
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to where the reader was; a script stays there."""
    wanted = chosen_theme(request.POST.get("theme", ""))
    if not wanted:
        return HttpResponseBadRequest("Chọn light hoặc dark.")
    back = request.POST.get("next", "/")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=secure):
        back = "/"
    response = HttpResponse(status=204) if "HX-Request" in request.headers else HttpResponseRedirect(back)
    response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    return response
