"""Parts of `bench/people.py` that run beside a province: load it, sign three kinds of people in."""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from nep.accounts.roles import ADMINISTRATOR, HEAD, SUPERVISOR
from nep.org.models import Grant, Person, Unit, UnitKind
from nep.sample.scale import load

SEARCHED = "nguyen van"


def main() -> None:
    """Load as many people in as many units as the command line says; print who opens which pages."""
    people, units = (int(word) for word in sys.argv[1:3])
    load(people=people, units=units)
    print(json.dumps({"people": Person.objects.count(), "visitors": visitors()}, ensure_ascii=False))


def visitors() -> dict[str, Any]:
    """For each kind of person the cookie of a session, and the pages of the list with their queries."""
    wide = Grant.objects.filter(unit__kind=UnitKind.PROVINCE)
    few = Grant.objects.filter(unit__kind=UnitKind.COMMUNE, role=HEAD.code).order_by("unit__code")
    grants = {
        "administrator": wide.filter(role=ADMINISTRATOR.code).first(),
        "commune_head": few.first(),
        "supervisor": wide.filter(role=SUPERVISOR.code).first(),
    }
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("code")[0]
    return {name: visitor(grant, commune) for name, grant in grants.items() if grant}


def visitor(grant: Grant, commune: Unit) -> dict[str, Any]:
    """One person's cookie and pages."""
    people = reverse("people")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(grant.user)
    link = re.search(r'href="([?][^"]*sau=[^"]*)"', client.get(people).content.decode())
    paths = {
        "list": people,
        "search": f"{people}?tim={SEARCHED.replace(' ', '+')}",
        "unit": f"{people}?don-vi={commune.pk}",
        "falling": f"{people}?sap=-ten",
    }
    if link:
        paths["next"] = people + unescape(link[1])
    counts = {name: queries(client, path) for name, path in paths.items()}
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].OutputString().split(";")[0]
    return {"cookie": cookie, "paths": paths, "queries": counts}


def queries(client: Client, path: str) -> int:
    """How many queries a page asks."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get(path)
    return len(asked)
