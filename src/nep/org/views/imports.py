"""Files of units and staff: sent, checked, asked about, committed."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.kernel.vietnamese import fold
from nep.org import tasks
from nep.org.access import Actor, may_anywhere
from nep.org.forms.imports import AnswersForm, ImportForm
from nep.org.lists import IMPORTS
from nep.org.models import ExcelImport, Unit
from nep.org.queries import imports as queries
from nep.org.requests import acting
from nep.org.services import imports as services
from nep.org.services.imports_books import findings_book, template
from nep.org.views.allowed import right_to
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.files.store import file_response
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import start
from nep.platform.lists.listing import listing
from nep.platform.requests.asked import numbers, page_number
from nep.platform.ui.parts import Crumb, Tab

READERS = holds(Permission.VIEW_PEOPLE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ExcelImport.State


@page(access=READERS)
def imports(request: HttpRequest) -> HttpResponse:
    """The files sent so far, and where to send one."""
    actor = administering(request)
    shown = {"imports": listing(request, IMPORTS), "root": _chosen_root(request, actor)}
    return render(request, "org/imports.html", shown)


@page(access=READERS, writes=True)
def import_new(request: HttpRequest) -> HttpResponse:
    """Send a file; its check runs at once."""
    actor = administering(request)
    chosen = _chosen_root(request, actor)
    form = ImportForm(actor, chosen, request.POST or None, request.FILES or None)
    if request.method == "POST":
        may_anywhere(actor, Permission.IMPORT_STAFF).require()
        if form.is_valid():
            try:
                given = form.cleaned_data
                made = services.receive_import(
                    form.upload, kind=given["kind"], root=given["root"], on=given["on"], actor=actor, at=now()
                )
                return _queued(tasks.check_file, f"Kiểm tra tệp {made.file_name}", made, actor)
            except RuleError as refused:
                form.add_error(None, refused.reason)
    right = right_to(actor, Permission.IMPORT_STAFF, chosen)
    context = {"form": form, "right": right, "root": chosen, "crumbs": _crumbs("Tải tệp lên")}
    return render(request, "org/import_new.html", context)


@page(access=READERS)
def import_template(request: HttpRequest, kind: str, unit_id: int) -> HttpResponseBase:
    """A workbook to fill in for a unit."""
    actor = administering(request)
    root = get_object_or_404(queries.may_import_in(actor), pk=unit_id)
    word = "nhan-su" if kind == ExcelImport.Kind.STAFF else "don-vi"
    return _workbook(template(kind, root, actor.on), f"mau-{word}-{slugify(fold(root.short_name))[:60]}.xlsx")


@page(access=READERS)
def imported(request: HttpRequest, import_id: int) -> HttpResponse:
    """What the check of a file found, and what can be done with the file."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    weight = request.GET.get("muc", "")
    form = AnswersForm(found.summary.get("questions", []))
    context: dict[str, Any] = {
        "found": found,
        "findings": queries.findings_page(found, weight, page_number(request.GET.get("trang", ""))),
        "tabs": _tabs(request.path, weight, queries.counts_by_weight(found)),
        "form": form if form.fields and found.state in services.OPEN_STATES else None,
        "open": found.state in services.OPEN_STATES,
        "right": right_to(actor, Permission.IMPORT_STAFF, found.root),
        "sender": queries.name_of_account(found.created_by_id),
        "moments": moments(found, limit=10, kinds=("org.import",)),
        "crumbs": _crumbs(found.file_name),
    }
    return render(request, "org/import_page.html", context)


@page(access=READERS, writes=True)
def import_answer(request: HttpRequest, import_id: int) -> HttpResponse:
    """Answer what the check asks, and check again."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    if request.method == "POST":
        actor.may_within(Permission.IMPORT_STAFF, found.root).require()
    form = AnswersForm(found.summary.get("questions", []), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.answer_import(found, form.answers, actor=actor)
        return _queued(tasks.check_file, f"Kiểm tra tệp {found.file_name}", found, actor)
    return redirect("import", import_id)


@page(access=READERS, writes=True)
def import_recheck(request: HttpRequest, import_id: int) -> HttpResponse:
    """Check the same file against the organisation as it is now."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    if request.method != "POST":
        return redirect("import", import_id)
    services.recheck_import(found, actor=actor)
    return _queued(tasks.check_file, f"Kiểm tra tệp {found.file_name}", found, actor)


@page(access=READERS, writes=True)
def import_commit(request: HttpRequest, import_id: int) -> HttpResponse:
    """Commit the file that was checked."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    if request.method != "POST":
        return redirect("import", import_id)
    services.begin_commit(found, actor=actor)
    return _queued(tasks.commit_file, f"Ghi tệp {found.file_name}", found, actor)


@page(access=READERS, writes=True)
def import_cancel(request: HttpRequest, import_id: int) -> HttpResponse:
    """Drop a file that is not committed."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    if request.method != "POST":
        return redirect("import", import_id)
    services.cancel_import(found, actor=actor)
    messages.success(request, "Đã bỏ lần nhập này. Không có gì được ghi.")
    return redirect("imports")


@page(access=READERS)
def import_findings(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The findings as a workbook."""
    found = visible_import(administering(request), import_id)
    return _workbook(findings_book(found), f"ghi-nhan-{found.pk}.xlsx")


@page(access=READERS)
def import_file(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The file as it was sent; only in elevated mode, for it may hold more than was read."""
    actor = administering(request)
    found = visible_import(actor, import_id)
    actor.may_within(Permission.IMPORT_STAFF, found.root).require()
    return file_response(found.file, name=found.file_name)


def administering(request: HttpRequest) -> Actor:
    """Who acts, if they could import in elevated mode.

    Raises: AccessDenied for everybody else.
    """
    actor = acting(request)
    may_anywhere(actor.elevated_self, Permission.IMPORT_STAFF).require()
    return actor


def visible_import(actor: Actor, import_id: int) -> ExcelImport:
    """The import, or 404 when its unit is out of the actor's reach."""
    return get_object_or_404(queries.visible_imports(actor), pk=import_id)


def _chosen_root(request: HttpRequest, actor: Actor) -> Unit:
    """The unit that the address names, else the first over which the actor was given the role."""
    asked = numbers([request.GET.get("don-vi", "")])
    units = queries.may_import_in(actor)
    if asked:
        return get_object_or_404(units, pk=asked[0])
    given = [grant.unit_id for grant in actor.elevated_self.grants_with(Permission.IMPORT_STAFF)]
    return units.get(pk=given[0])


def _queued(task: Any, title: str, found: ExcelImport, actor: Actor) -> HttpResponse:
    run: JobRun = start(task, title=title[:200], actor=actor, import_id=found.pk, user_id=actor.id)
    return redirect("job", run.pk)


def _workbook(content: bytes, name: str) -> HttpResponseBase:
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _tabs(path: str, weight: str, counts: dict[str, int]) -> list[Tab]:
    words = {"error": "Phải sửa", "question": "Cần trả lời", "change": "Sẽ đổi", "note": "Lưu ý"}
    tabs = [Tab("Tất cả", path, current=weight not in words, count=sum(counts.values()))]
    return tabs + [
        Tab(word, f"{path}?muc={key}", current=weight == key, count=counts[key])
        for key, word in words.items()
    ]


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb("Tổ chức", reverse("units")), Crumb("Nhập từ Excel", reverse("imports")), Crumb(here)]
