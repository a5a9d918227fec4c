"""The part of `bench/programme.py` and `bench/load.py` beside the database: sign people in, count queries."""

from __future__ import annotations

import json
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

THEN = "2026-06-30"  # the past day at which pages are measured too
VISITORS = {
    "officer": "phongtrao",
    "head": "chutich",
    "commune_head": "chutich.haininh",
    "school_head": "hieutruong.haininh",
}


def main() -> None:
    """Print by visitor a cookie, and by page its path and number of queries."""
    from nep.accounts.models import User  # noqa: PLC0415 -- after django.setup

    told = {}
    for name, login in VISITORS.items():
        client = Client()
        client.force_login(User.objects.get(login=login))
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        pages = {page: {"path": path, "queries": _queries(client, path)} for page, path in _pages().items()}
        told[name] = {"cookie": cookie, "pages": pages}
    print(json.dumps(told))


def _pages() -> dict[str, str]:
    from nep.movements.models import Adoption, Programme, Target  # noqa: PLC0415 -- after django.setup

    programme = Programme.objects.filter(lead_unit__code="VL").earliest("pk")
    target = Target.objects.filter(programme=programme).earliest("pk")
    commune = Adoption.objects.get(programme=programme, unit__code="HN")
    units = reverse("programme_units", args=[programme.pk])
    figure = "programme_figure"
    unit = reverse("unit", args=[commune.unit_id])
    return {
        "bare": reverse("elevate"),
        "programme": reverse("programme", args=[programme.pk]),
        "today": reverse("today"),
        "programmes": reverse("programmes"),
        "figure_of_target": reverse(figure, args=[programme.pk, f"target-{target.pk}"]),
        "figure_of_late_tasks": reverse(figure, args=[programme.pk, "tasks-late"]),
        "figure_of_units": reverse(figure, args=[programme.pk, "units"]),
        "tasks": reverse("programme_tasks", args=[programme.pk]),
        "coverage": units,
        "coverage_late": f"{units}?trang-thai=tre",
        "coverage_tasks": reverse("programme_units_tasks", args=[programme.pk]),
        "coverage_grid": reverse("programme_units_grid", args=[programme.pk]),
        "late": reverse("programme_late", args=[programme.pk]),
        "unit": unit,
        "unit_work": reverse("unit_work", args=[commune.unit_id]),
        "programme_then": f"{reverse('programme', args=[programme.pk])}?ngay={THEN}",
        "coverage_then": f"{units}?ngay={THEN}",
        "late_then": f"{reverse('programme_late', args=[programme.pk])}?ngay={THEN}",
        "unit_work_then": f"{reverse('unit_work', args=[commune.unit_id])}?ngay={THEN}",
        "timeline": reverse("programme_timeline", args=[programme.pk]),
        "adoption": reverse("adoption", args=[commune.pk]),
        "evidence_waiting": reverse("evidence_waiting"),
    }


def _queries(client: Client, path: str) -> Any:
    """How many queries a page asks, the fewest of three: the calendar is read once in some seconds.

    None when it is not for this visitor.
    """
    counts = [_asked(client, path) for _ in range(3)]
    return None if None in counts else min(count for count in counts if count is not None)


def _asked(client: Client, path: str) -> int | None:
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(path)
    return len(asked) if answer.status_code == 200 else None


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    main()
