"""Addresses that every list has: columns, saved views, sheets, acts on many rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from nep.kernel.errors import NepError, RuleError
from nep.platform.access import Actor, actor_of, page, signed_in
from nep.platform.clock import now
from nep.platform.jobs.runs import start
from nep.platform.lists import changes
from nep.platform.lists.asked import DAY, VIEW, ask, params_of
from nep.platform.lists.bulk import MOST, do_to_all, outlook
from nep.platform.lists.exports import Wanted, export_list, is_small, path_of
from nep.platform.lists.forms import ReasonForm, ViewForm
from nep.platform.lists.listing import PICKED, WITHIN
from nep.platform.lists.models import ListExport, SavedView
from nep.platform.lists.saved import Place, choice_of, columns_of, may_change, places, visible_views
from nep.platform.lists.spec import BulkAct, ListSpec, list_with
from nep.platform.lists.tasks import make_sheet
from nep.platform.requests.asked import numbers

BACK = "ve"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _opened(request: HttpRequest, code: str) -> tuple[Actor, ListSpec]:
    """Who acts and on which list; refused as the list's own page refuses."""
    spec, actor = list_with(code), actor_of(request)
    spec.access.decide(actor).require()
    assert actor is not None, "the policy let in who is signed in"
    return actor, spec


def _within(request: HttpRequest) -> int | None:
    found = numbers([request.GET.get(WITHIN, "")])
    return found[0] if found else None


def _back(request: HttpRequest, spec: ListSpec, query: str | None = None) -> str:
    """The page of the list as it was left."""
    asked = urlencode(params_of(spec, request.GET)) if query is None else query
    url = spec.url(_within(request))
    return f"{url}?{asked}" if asked else url


def _chosen(request: HttpRequest, spec: ListSpec, actor: Actor) -> tuple[str, ...]:
    """The columns that the person sees: of the open view, else their own."""
    asked = numbers([request.GET.get(VIEW, "")])
    view = visible_views(spec, actor).filter(pk__in=asked).first()
    choice = choice_of(spec, actor)
    keys = view.columns if view and view.columns else choice.columns if choice else []
    return tuple(column.key for column in columns_of(spec, keys))


@page(access=signed_in(), writes=True)
def list_columns(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the columns of a list and their order."""
    actor, spec = _opened(request, code)
    back = _back(request, spec)
    if request.method == "POST":
        picked = [] if "usual" in request.POST else request.POST.getlist("cot")
        places_of = {key: numbers([request.POST.get(f"thu-tu-{key}", "")]) or [99] for key in picked}
        changes.choose_columns(spec, sorted(picked, key=lambda key: places_of[key][0]), actor=actor)
        messages.success(request, "Đã giữ lựa chọn cột của danh sách này.")
        return redirect(back)
    shown = _chosen(request, spec, actor)
    order = [*shown, *(column.key for column in spec.columns if column.key not in shown)]
    rows = [(spec.column(key), key in shown, place) for place, key in enumerate(order, start=1)]
    return render(
        request, "lists/columns.html", {"spec": spec, "rows": rows[1:], "first": rows[0][0], "back": back}
    )


@page(access=signed_in(), writes=True)
def list_views(request: HttpRequest, code: str) -> HttpResponse:
    """The saved views of a list; keep the present filters, order and columns as one more."""
    actor, spec = _opened(request, code)
    params = params_of(spec, request.GET)
    params.pop(VIEW, None)
    params.pop(DAY, None)  # a view shows whatever day one looks at
    form = ViewForm(places().own(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = changes.save_view(
                spec,
                form.cleaned_data["name"].strip(),
                query=urlencode(params),
                columns=_chosen(request, spec, actor),
                place=form.place,
                actor=actor,
                at=now(),
            )
            messages.success(request, f"Đã lưu cách xem “{view.name}”.")
            return redirect(_back(request, spec, urlencode({**params, VIEW: str(view.pk)})))
        except NepError as error:
            form.add_error(None, error.reason)
    return render(request, "lists/views.html", _views_page(request, spec, actor, form, params))


def _views_page(
    request: HttpRequest, spec: ListSpec, actor: Actor, form: ViewForm, params: dict[str, str]
) -> dict[str, Any]:
    asked = ask(spec, params, actor)
    choice = choice_of(spec, actor)
    views = [(view, may_change(actor, view)) for view in visible_views(spec, actor)[:100]]
    told = [answer.chip for answer in asked.answers if answer.chip]
    told += [f"Tìm “{asked.words}”"] if asked.words else []
    return {
        "spec": spec,
        "form": form,
        "views": views,
        "default_id": choice.default_view_id if choice else None,
        "told": told,
        "back": _back(request, spec),
        "query": request.GET.urlencode(),
    }


def _view(actor: Actor, spec: ListSpec, view_id: int) -> SavedView:
    return get_object_or_404(visible_views(spec, actor), pk=view_id)


@page(access=signed_in(), writes=True)
def list_view(request: HttpRequest, code: str, view_id: int) -> HttpResponse:
    """Rename a saved view, or share it."""
    actor, spec = _opened(request, code)
    view = _view(actor, spec, view_id)
    may_change(actor, view).require()
    shared = [Place(view.place_id, view.place_name)] if view.place_id else []
    offered = [*dict.fromkeys([*places().own(actor), *shared])]
    form = ViewForm(offered, request.POST) if request.method == "POST" else ViewForm.showing(view, offered)
    if request.method == "POST" and form.is_valid():
        try:
            changes.rename_view(view, form.cleaned_data["name"].strip(), place=form.place, actor=actor)
            return redirect("list_views", code)
        except NepError as error:
            form.add_error(None, error.reason)
    return render(request, "lists/view.html", {"spec": spec, "view": view, "form": form})


@page(access=signed_in(), writes=True)
def list_view_remove(request: HttpRequest, code: str, view_id: int) -> HttpResponse:
    """Remove a saved view."""
    actor, spec = _opened(request, code)
    view = _view(actor, spec, view_id)
    may_change(actor, view).require()
    if request.method == "POST":
        changes.remove_view(view, actor=actor)
        messages.success(request, f"Đã bỏ cách xem “{view.name}”.")
        return redirect("list_views", code)
    return render(request, "lists/view_remove.html", {"spec": spec, "view": view})


@page(access=signed_in(), writes=True)
def list_view_default(request: HttpRequest, code: str) -> HttpResponse:
    """Open the list with a view from now on, or with all its rows."""
    actor, spec = _opened(request, code)
    if request.method == "POST":
        asked = numbers([request.POST.get("view", "")])
        view = _view(actor, spec, asked[0]) if asked and asked[0] else None
        changes.choose_default(spec, view, actor=actor)
        told = f"mở bằng cách xem “{view.name}”" if view else "mở với tất cả các dòng"
        messages.success(request, f"Từ nay danh sách này {told}.")
    return redirect("list_views", code)


@page(access=signed_in(), writes=True)
def list_export(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the list as an Excel sheet: at once, or by a job when it is large."""
    actor, spec = _opened(request, code)
    if request.method != "POST":
        return redirect(_back(request, spec))
    params = params_of(spec, request.GET)
    params.pop(VIEW, None)
    wanted = Wanted(spec.code, urlencode(params), _chosen(request, spec, actor), _within(request))
    if is_small(wanted, actor):
        return redirect("list_file", export_list(wanted, actor=actor, at=now()).pk)
    run = start(
        make_sheet,
        title=f"Xuất Excel: {spec.title}"[:200],
        actor=actor,
        user_id=actor.id,
        code=wanted.code,
        query=wanted.query,
        columns=list(wanted.columns),
        within=wanted.within,
    )
    return redirect("job", run.pk)


@page(access=signed_in())
def list_file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """A sheet, for who asked for it, until its day is over."""
    export = get_object_or_404(ListExport, pk=export_id, user_id=request.user.pk)
    if export.expires_at <= now() or not path_of(export).exists():
        raise Http404
    name = f"{export.title} {export.made_at:%Y-%m-%d}.xlsx"
    return FileResponse(path_of(export).open("rb"), as_attachment=True, filename=name, content_type=XLSX)


@page(access=signed_in(), writes=True)
def list_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Do one act to the picked rows: shows what will be done and asks for the reason first."""
    actor, spec = _opened(request, code)
    chosen: BulkAct | None = next((one for one in spec.acts if one.key == act), None)
    if chosen is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    ids = numbers(asked.getlist(PICKED))[:MOST]
    found = spec.rows(actor, _within(request)).filter(pk__in=ids)
    rows = spec.filled(list(found.order_by("pk")), actor)
    back = _back(request, spec, urlencode(params_of(spec, request.GET.get(BACK, ""))))
    form = ReasonForm(chosen.reason_label, request.POST or None)
    if request.method == "POST" and not rows:
        raise RuleError("Các dòng đã chọn không còn trong danh sách. Mở lại danh sách rồi chọn.")
    if request.method == "POST" and form.is_valid():
        done = do_to_all(chosen, rows, actor=actor, reason=form.cleaned_data["reason"].strip(), at=now())
        if done.rows:
            messages.success(request, chosen.done.format(count=len(done.rows)))
        for refused in done.refused:
            messages.warning(request, f"{refused.about}: {refused.reason}")
        return redirect(back)
    seen = outlook(chosen, rows, actor=actor)
    context = {
        "spec": spec,
        "act": chosen,
        "seen": seen,
        "told": [chosen.about(row) for row in seen.rows],
        "gone": len(set(ids)) - len(rows),
        "form": form,
        "back": back,
    }
    return render(request, "lists/act.html", context)
