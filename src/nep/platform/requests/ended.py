"""What somebody typed before their session ended, carried through the sign-in so that nothing is lost.

The fields travel in the pages themselves, not on the server; the person sends them again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nep.platform.requests.once import FIELD

CARRIED = "carried"
LEFT_BEHIND = frozenset({"csrfmiddlewaretoken", FIELD, "password", "current", "new"})


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form that came too late; `with_files` tells that files were chosen, which are lost."""

    fields: tuple[tuple[str, str], ...]
    with_files: bool

    def written(self) -> str:
        """As one hidden field."""
        return json.dumps({"fields": self.fields, "with_files": self.with_files}, ensure_ascii=False)

    @property
    def texts(self) -> list[str]:
        """What a person wrote in words, to be copied where it cannot be sent again."""
        return [value for _, value in self.fields if " " in value.strip()]


def typed_in(request: HttpRequest) -> Typed:
    """What the form of a request holds, without passwords and tokens."""
    found = [(name, value) for name, values in request.POST.lists() for value in values]
    files = any(file.size for files in request.FILES.lists() for file in files[1])
    return Typed(tuple(pair for pair in found if pair[0] not in LEFT_BEHIND), files)


def carried(request: HttpRequest) -> Typed | None:
    """What a sign-in carries along; None when there is nothing, or something that is none of ours."""
    try:
        given = json.loads(request.POST.get(CARRIED, ""))
        fields = tuple((str(name), str(value)) for name, value in given["fields"])
        return Typed(fields, bool(given["with_files"]))
    except (ValueError, TypeError, KeyError):
        return None


def session_ended(request: HttpRequest) -> HttpResponse:
    """The answer to a form that came after the session had ended: sign in, then go on with what was typed."""
    return render(
        request,
        "ui/errors/session_ended.html",
        {"next": request.get_full_path(), "typed": typed_in(request), "carried": CARRIED},
        status=403,
    )
