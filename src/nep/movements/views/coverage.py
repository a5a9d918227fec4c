"""The coverage page of a programme: who has adopted it and who has not, level by level, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nep.kernel.vietnamese import fold
from nep.movements.access import sees_whole_of
from nep.movements.domain.coverage import NARROWED, Covered, Level, Reached, Wanted, levels
from nep.movements.models import Programme, Task
from nep.movements.queries import coverage as reads
from nep.movements.queries.frame import programme_frame
from nep.movements.views.adoptions import READERS
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.models import Line
from nep.platform.access import page
from nep.platform.requests.asked import asks_for_part, numbers, page_number
from nep.platform.ui.parts import Tab

ROWS = 40
CELLS = 360
VIEWS = {"": "Từng đơn vị", "nhiem-vu": "Từng nhiệm vụ", "bang": "Bảng đơn vị × nhiệm vụ"}
STATES = {
    "chua-ban-hanh": "Chưa ban hành",
    "chua-giao": "Cấp trên chưa giao",
    "chua-mo": "Chưa mở",
    "dang-chuan-bi": "Đang chuẩn bị",
    "da-mo": "Đã mở",
    "da-ban-hanh": "Đã ban hành",
    "tre": "Có việc trễ hạn",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """A figure that opens its rows."""

    label: str
    value: int
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of one line in figures."""

    label: str
    figures: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in figures."""

    task: Task
    figures: tuple[Opening, ...]


@page(access=READERS)
def programme_units(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Coverage of a programme over the units that the actor may see."""
    actor, programme = found_programme(request, programme_id)
    units = reads.covered_units(programme, actor)
    wanted = _wanted(request)
    context = {
        "programme": programme,
        "frame": programme_frame(programme, actor, "units"),
        "level_rows": [_level_row(level) for level in levels(units, Line.values)],
        "lines": dict(Line.choices),
        "clear_url": _clear_url(request),
        "whose": _whose(programme, actor, units),
        "wanted": wanted,
        "asks": any(unit.asked_by_me for unit in units),
        "states": STATES,
        "words": request.GET.get("tim", ""),
        "view": request.GET.get("xem", ""),
        "tabs": _tabs(request),
        "deepest": range(1, max((unit.level for unit in units), default=1) + 1),
    }
    context |= _shown(request, programme, units, wanted, actor)
    if asks_for_part(request):
        return render(request, "movements/coverage_drawer.html", context | _headline(wanted, context))
    return render(request, "movements/coverage_page.html", context)


def _headline(wanted: Wanted, context: dict[str, Any]) -> dict[str, str]:
    """What the drawer says over its list."""
    where = [Line(wanted.line).label] if wanted.line else []
    where += [f"cấp {wanted.level}"] if wanted.level else []
    where += ["giao trực tiếp"] if wanted.asked_by_me else []
    task = context["task"]
    title = f"{task.code} {task.title}" if task else STATES.get(wanted.state, "Đơn vị trong phạm vi")
    told = ", ".join(where)
    return {"title": title, "against": f"đơn vị, {told}" if told else "đơn vị"}


def _level_row(level: Level) -> LevelRow:
    label = f"{Line(level.line).label}, cấp {level.level}"
    figures = (
        ("Trong phạm vi", level.scope, ""),
        ("Cấp trên chưa giao", level.not_passed, "chua-giao"),
        ("Chưa mở", level.expected, "chua-mo"),
        ("Đã mở", level.opened, "da-mo"),
        ("Đang chuẩn bị", level.preparing, "dang-chuan-bi"),
        ("Đã ban hành", level.issued, "da-ban-hanh"),
    )
    asked = {"he-thong": level.line, "cap": level.level}
    return LevelRow(
        label,
        tuple(
            Opening(name, value, f"?{urlencode(asked | {'trang-thai': state})}", f"{label}: {name.lower()}")
            for name, value, state in figures
        ),
    )


def _task_row(task: Task, reached: Reached) -> TaskRow:
    figures = (
        ("Phải thực hiện", reached.bound, ""),
        ("Đã nhận", reached.taken, "co"),
        ("Còn thiếu", reached.missing, "thieu"),
    )
    return TaskRow(
        task,
        tuple(
            Opening(
                name, len(ids), f"?{urlencode({'nhiem-vu': task.pk, 'nhan': which})}", f"{task.code}: {name}"
            )
            for name, ids, which in figures
        ),
    )


def _clear_url(request: HttpRequest) -> str:
    view = request.GET.get("xem", "")
    return f"?{urlencode({'xem': view})}" if view in VIEWS and view else "?"


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    level = numbers([asked.get("cap", "")])
    return Wanted(
        line=asked.get("he-thong", "") if asked.get("he-thong") in Line.values else "",
        level=level[0] if level else 0,
        state=asked.get("trang-thai", "") if asked.get("trang-thai") in {*NARROWED, "tre"} else "",
        words=tuple(fold(asked.get("tim", "")).split()),
        asked_by_me=asked.get("giao") == "toi",
    )


def _tabs(request: HttpRequest) -> list[Tab]:
    current = request.GET.get("xem", "")
    return [Tab(label, f"?xem={view}" if view else "?", current == view) for view, label in VIEWS.items()]


def _whose(programme: Programme, actor: Actor, units: list[Covered]) -> str:
    """Which units are counted, in words."""
    if sees_whole_of(actor, programme):
        return "Tính mọi đơn vị trong phạm vi của chương trình, kể cả đơn vị cấp trên chưa giao."
    if not units:
        return f"Vai trò của {actor.user.address} không xem được đơn vị nào trong phạm vi."
    names = ", ".join(unit.name for unit in units[:3])
    more = f" và {len(units) - 3} đơn vị khác" if len(units) > 3 else ""
    return f"Chỉ tính đơn vị trong phạm vi được xem: {names}{more}."


def _shown(
    request: HttpRequest, programme: Programme, units: list[Covered], wanted: Wanted, actor: Actor
) -> dict[str, Any]:
    """What the chosen view needs besides the levels."""
    view = request.GET.get("xem", "")
    narrowed = [unit for unit in units if wanted.takes(unit)]
    if view == "nhiem-vu":
        reached = reads.reached_by_task(programme, narrowed, actor.on)
        return {"task_rows": [_task_row(*pair) for pair in reached], "narrowed": len(narrowed), "task": None}
    chosen, task = _of_task(request, programme, narrowed, actor)
    asked_page = page_number(request.GET.get("trang", ""))
    if view == "bang":
        rows = Paginator(chosen, _matrix_rows(programme)).get_page(asked_page)
        tasks, lines = reads.matrix(programme, list(rows.object_list), actor.on)
        return {"rows": rows, "matrix_tasks": tasks, "matrix": lines, "task": task}
    rows = Paginator(chosen, ROWS).get_page(asked_page)
    here = list(rows.object_list)
    heads = reads.heads_of(here, actor.on)
    return {"rows": rows, "listed": [(unit, heads.get(unit.unit_id, "")) for unit in here], "task": task}


def _matrix_rows(programme: Programme) -> int:
    """How many units a page of the matrix holds, so that it stays light with many tasks."""
    return max(5, min(ROWS, CELLS // max(programme.tasks.count(), 1)))


def _of_task(
    request: HttpRequest, programme: Programme, units: list[Covered], actor: Actor
) -> tuple[list[Covered], Any]:
    """Units narrowed to those that a task binds, that took it or that miss it."""
    asked = numbers([request.GET.get("nhiem-vu", "")])
    if not asked:
        return units, None
    for task, reached in reads.reached_by_task(programme, units, actor.on):
        if task.pk == asked[0]:
            which = {"co": reached.taken, "thieu": reached.missing}
            ids = which.get(request.GET.get("nhan", ""), reached.bound)
            return [unit for unit in units if unit.unit_id in ids], task
    return units, None
