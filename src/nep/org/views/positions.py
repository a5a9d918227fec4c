"""The list of positions, and the postings that are due for rotation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.org.access import may_manage_positions
from nep.org.forms.people import PositionForm, RotationForm
from nep.org.models import Position
from nep.org.queries.rotation import due_for_rotation
from nep.org.requests import acting
from nep.org.services.positions import keep_position
from nep.org.views.acts import Act, act_page, right_of
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.requests.asked import page_number

READERS = holds(Permission.VIEW_PEOPLE)


@page(access=READERS)
def positions(request: HttpRequest) -> HttpResponse:
    """The positions people hold: rank, whether they head a unit, length until rotation."""
    right = right_of(acting(request), may_manage_positions)
    return render(request, "org/positions.html", {"positions": Position.objects.all(), "right": right})


def _keep(request: HttpRequest, position: Position | None) -> HttpResponse:
    actor = acting(request)
    act = Act(
        title=position.name if position else "Thêm chức vụ",
        lead="Danh mục dùng chung cho cả tổ chức.",
        button="Lưu chức vụ",
        done="Đã lưu chức vụ.",
        back=reverse("positions"),
        place="",
    )
    stored = {name: getattr(position, name) for name in PositionForm.base_fields} if position else None
    form = PositionForm(request.POST or None, initial=stored)

    def do() -> None:
        keep_position(position, actor=actor, at=now(), **form.cleaned_data)

    return act_page(request, act, right_of(actor, may_manage_positions), form, do)


@page(access=READERS, writes=True)
def position_new(request: HttpRequest) -> HttpResponse:
    """Add a position."""
    return _keep(request, None)


@page(access=READERS, writes=True)
def position_edit(request: HttpRequest, position_id: int) -> HttpResponse:
    """Change a position."""
    return _keep(request, get_object_or_404(Position, pk=position_id))


@page(access=READERS)
def rotation(request: HttpRequest) -> HttpResponse:
    """Who is due for rotation, the most urgent first, within some months."""
    actor = acting(request)
    form = RotationForm(request.GET or {"trong": "6"})
    due = due_for_rotation(actor, months=form.months, page=page_number(request.GET.get("trang", "")))
    return render(request, "org/rotation.html", {"due": due, "form": form})
