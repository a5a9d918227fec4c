"""The coverage page of a programme: who has adopted it and who has not, level by level, task by task."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from nep.kernel.vietnamese import fold
from nep.movements.access import sees_whole_of, visible_programmes
from nep.movements.domain.coverage import NARROWED, Covered, Wanted, levels
from nep.movements.models import Programme
from nep.movements.queries import coverage as reads
from nep.movements.queries.frame import programme_frame
from nep.movements.views.adoptions import READERS
from nep.movements.views.asked import numbers, page_number
from nep.org.access import Actor
from nep.org.models import Line
from nep.org.requests import acting
from nep.platform.access import page
from nep.platform.ui.parts import Tab

ROWS = 40
VIEWS = {"": "Từng đơn vị", "nhiem-vu": "Từng nhiệm vụ", "bang": "Bảng đơn vị × nhiệm vụ"}
STATES = {
    "chua-ban-hanh": "Chưa ban hành", "chua-giao": "Cấp trên chưa giao", "chua-mo": "Chưa mở",
    "dang-chuan-bi": "Đang chuẩn bị", "da-mo": "Đã mở", "da-ban-hanh": "Đã ban hành",
    "tre": "Có việc trễ hạn",
}


@page(access=READERS)
def programme_units(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Coverage of a programme over the units that the actor may see."""
    actor = acting(request)
    rows = visible_programmes(actor).select_related("lead_unit")
    programme = get_object_or_404(rows, pk=programme_id)
    units = reads.covered_units(programme, actor)
    wanted = _wanted(request)
    context = {
        "programme": programme, "frame": programme_frame(programme, actor, "units"),
        "levels": levels(units, Line.values), "lines": dict(Line.choices),
        "counted": len(units), "whose": _whose(programme, actor, units), "wanted": wanted, "states": STATES,
        "words": request.GET.get("tim", ""), "view": request.GET.get("xem", ""), "tabs": _tabs(request),
        "deepest": range(1, max((unit.level for unit in units), default=1) + 1),
    }
    return render(request, "movements/coverage_page.html",
                  context | _shown(request, programme, units, wanted, actor))


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    level = numbers([asked.get("cap", "")])
    return Wanted(
        line=asked.get("he-thong", "") if asked.get("he-thong") in Line.values else "",
        level=level[0] if level else 0,
        state=asked.get("trang-thai", "") if asked.get("trang-thai") in {*NARROWED, "tre"} else "",
        words=tuple(fold(asked.get("tim", "")).split()),
    )


def _tabs(request: HttpRequest) -> list[Tab]:
    current = request.GET.get("xem", "")
    return [Tab(label, f"?xem={view}" if view else "?", current == view) for view, label in VIEWS.items()]


def _whose(programme: Programme, actor: Actor, units: list[Covered]) -> str:
    """Which units are counted, in words."""
    if sees_whole_of(actor, programme):
        return "Tính mọi đơn vị trong phạm vi của chương trình, kể cả đơn vị cấp trên chưa giao."
    if not units:
        return "Vai trò của đồng chí không xem được đơn vị nào trong phạm vi."
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
        return {"tasks": reads.reached_by_task(programme, narrowed, actor.on), "narrowed": len(narrowed)}
    chosen, task = _of_task(request, programme, narrowed, actor)
    rows = Paginator(chosen, ROWS).get_page(page_number(request.GET.get("trang", "")))
    here = list(rows.object_list)
    if view == "bang":
        tasks, lines = reads.matrix(programme, here, actor.on)
        return {"rows": rows, "matrix_tasks": tasks, "matrix": lines, "task": task}
    heads = reads.heads_of(here, actor.on)
    return {"rows": rows, "listed": [(unit, heads.get(unit.unit_id, "")) for unit in here], "task": task}


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
