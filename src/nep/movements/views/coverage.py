"""The coverage of a programme: who has adopted it, unit by unit, task by task, as a grid; what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nep.movements.access import sees_whole_of
from nep.movements.access_letters import urging_units
from nep.movements.domain.coverage import Level
from nep.movements.lists_of_units import COVERAGE, LATE, READERS, SQUARES, TASKS
from nep.movements.models import Programme
from nep.movements.queries.coverage import level_rows
from nep.movements.queries.frame import programme_frame
from nep.movements.views.days import Looked, looked_at
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.models import Line
from nep.platform.access import page
from nep.platform.lists.listing import Listing, listing
from nep.platform.lists.spec import ListSpec
from nep.platform.requests.asked import asks_for_part
from nep.platform.ui.parts import Tab

VIEWS = (
    ("programme_units", "Từng đơn vị"),
    ("programme_units_tasks", "Từng nhiệm vụ"),
    ("programme_units_grid", "Bảng đơn vị × nhiệm vụ"),
    ("programme_late", "Đang trễ"),
)
COLUMNS = (
    ("Trong phạm vi", ""),
    ("Cấp trên chưa giao", "chua-giao"),
    ("Chưa mở", "chua-mo"),
    ("Đã mở", "da-mo"),
    ("Đang chuẩn bị", "dang-chuan-bi"),
    ("Đã ban hành", "da-ban-hanh"),
)
PAST_COLUMNS = (
    ("Trong phạm vi", ""),
    ("Cấp trên chưa giao", "chua-giao"),
    ("Chưa ban hành", "chua-ban-hanh"),
    ("Đã ban hành", "da-ban-hanh"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A figure that opens its rows."""

    label: str
    value: int
    url: str
    about: str


@page(access=READERS)
def programme_units(request: HttpRequest, programme_id: int) -> HttpResponse:
    """How far a programme has reached each level, and unit by unit; in the drawer the units of one figure."""
    actor, programme = found_programme(request, programme_id)
    at = looked_at(request, actor.on, since=programme.launched_on)
    shown = listing(request, COVERAGE, within=programme.pk)
    whose = _whose(programme, actor)
    if asks_for_part(request):
        context = {"programme": programme, "list": shown, "whose": whose, **_headline(shown, actor)}
        return render(request, "movements/coverage_drawer.html", context)
    columns = PAST_COLUMNS if at.past else COLUMNS
    rows = [(_label(level), _figures(level, columns, at)) for level in level_rows(programme, actor, at.past)]
    more = {"level_rows": rows, "level_heads": [label for label, _ in columns], "whose": whose}
    return _page(request, programme, actor, "programme_units", at, shown, **more)


@page(access=READERS)
def programme_units_tasks(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Task by task: how many units it binds, how many took it, how many miss it."""
    return _view(request, programme_id, "programme_units_tasks", TASKS)


@page(access=READERS)
def programme_units_grid(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Units × tasks, each square the state of one task in one unit."""
    return _view(request, programme_id, "programme_units_grid", SQUARES)


@page(access=READERS)
def programme_late(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What is late and with whom."""
    return _view(request, programme_id, "programme_late", LATE)


def _view(request: HttpRequest, programme_id: int, name: str, spec: ListSpec) -> HttpResponse:
    actor, programme = found_programme(request, programme_id)
    at = looked_at(request, actor.on, since=programme.launched_on)
    return _page(request, programme, actor, name, at, listing(request, spec, within=programme.pk))


def _page(
    request: HttpRequest,
    programme: Programme,
    actor: Actor,
    name: str,
    at: Looked,
    shown: Listing,
    **more: Any,
) -> HttpResponse:
    tabs = [
        Tab(label, f"{reverse(view, args=[programme.pk])}{at.query}", current=view == name)
        for view, label in VIEWS
    ]
    frame = programme_frame(programme, actor, "units", at.past)
    urges = not at.past and bool(urging_units(actor, programme))
    context = {"frame": frame, "at": at, "list": shown, "views": tabs, "urges": urges, **more}
    return render(request, "movements/coverage_page.html", context)


def _label(level: Level) -> str:
    return f"{Line(level.line).label}, cấp {level.level}"


def _figures(level: Level, columns: tuple[tuple[str, str], ...], at: Looked) -> list[Opening]:
    """The figures of a level, each with the address of its units."""
    asked = {"he-thong": level.line, "cap": level.level} | ({"ngay": at.past} if at.past else {})
    return [
        Opening(
            name,
            level.narrowed(state) if state else level.scope,
            f"?{urlencode(asked | ({'trang-thai': state} if state else {}))}",
            f"{_label(level)}: {name.lower()}",
        )
        for name, state in columns
    ]


def _headline(shown: Listing, actor: Actor) -> dict[str, Any]:
    """What the drawer says over its list: what narrows it, and how many units these are."""
    told = " · ".join(chip.words for chip in shown.chips) or "Đơn vị trong phạm vi"
    return {"title": told, "count": shown.asked.rows(actor, shown.within).count()}


def _whose(programme: Programme, actor: Actor) -> str:
    """Which units are counted, in words."""
    if sees_whole_of(actor, programme):
        return "Tính mọi đơn vị trong phạm vi của chương trình, kể cả đơn vị cấp trên chưa giao."
    return "Chỉ tính đơn vị trong phạm vi được xem."
