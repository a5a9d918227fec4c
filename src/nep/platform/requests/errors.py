"""Error pages: what happened, and the next step."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def refusal(request: HttpRequest, *, status: int, reason: str) -> HttpResponse:
    """A page with the reason of a refusal."""
    return render(
        request,
        f"ui/errors/{status if status in {400, 403, 404, 409} else 409}.html",
        {"reason": reason, "back": _page_before(request)},
        status=status,
    )


def _page_before(request: HttpRequest) -> str:
    """The page of ours from which a refused form came; empty for anything else."""
    before = urlsplit(request.headers.get("Referer", ""))
    ours = before.netloc == request.META.get("HTTP_HOST") and before.scheme in {"http", "https"}
    address = f"{before.path}?{before.query}" if before.query else before.path
    leads_here = ours and url_has_allowed_host_and_scheme(address, None)
    return address if request.method == "POST" and leads_here else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return refusal(request, status=400, reason="")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return refusal(request, status=403, reason="")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and for what the actor must not know of."""
    return refusal(request, status=404, reason="")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a stale form: says to send it again."""
    return refusal(
        request,
        status=403,
        reason="Trang này đã mở quá lâu hoặc được mở từ nơi khác. Mở lại trang rồi gửi lại.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a template that needs nothing that may be broken."""
    return render(request, "ui/errors/500.html", status=500)
