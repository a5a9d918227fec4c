"""Pages of amendments: what changes after the launch, drafted by the office, approved by the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, access_changes
from nep.movements.domain import amendments as domain
from nep.movements.forms.amendments import AmendmentForm, ProgrammeLineForm, StepReasonForm, item_form
from nep.movements.lists_of_changes import PROPOSALS
from nep.movements.models import Amendment, Programme
from nep.movements.queries.amendments import STATE_KINDS, amendment_rows, answers_to, drafted_kinds
from nep.movements.queries.changes_told import changes_told, content_told, key_of
from nep.movements.queries.contents import HEAD_ITEM, content_ahead
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.parts import KINDS, PartKind
from nep.movements.services import amendments as acts
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.lists.listing import listing
from nep.platform.ui.parts import Moment

READERS = holds(Permission.VIEW_PROGRAMMES)
DRAFTERS = holds(Permission.DRAFT_PROGRAMMES)
DONE = {
    "submit": "Đã trình. Thủ trưởng thấy sửa đổi ở Hôm nay.",
    "return": "Đã trả lại để soạn tiếp.",
    "approve": "Đã phê duyệt. Các đơn vị thấy sửa đổi ở Hôm nay và trả lời trước ngày có hiệu lực.",
}


def found_amendment(request: HttpRequest, amendment_id: int) -> tuple[Actor, Amendment]:
    """Who acts, and the amendment they may see; 404 for any other."""
    actor = acting(request)
    rows = access_changes.visible_amendments(actor).select_related("programme__lead_unit", "document")
    return actor, get_object_or_404(rows.defer("document__text", "document__search"), pk=amendment_id)


def found_at_work(request: HttpRequest, amendment_id: int) -> tuple[Actor, Amendment]:
    """Who acts, and the amendment that they may change; a refusal says why not."""
    actor, found = found_amendment(request, amendment_id)
    access_changes.may_edit_amendment(actor, found).require()
    return actor, found


@page(access=READERS)
def programme_amendments(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The amendments of a programme, and the way to what it said on any day."""
    actor, found = found_programme(request, programme_id)
    return render(
        request,
        "movements/amendments.html",
        {
            "frame": programme_frame(found, actor, "amendments"),
            "rows": amendment_rows(found, actor),
            "may_amend": access_changes.may_amend(actor, found),
            "today": actor.on,
        },
    )


@page(access=READERS)
def programme_content(request: HttpRequest, programme_id: int) -> HttpResponse:
    """What a programme said on a day (`ngay`), with the amendments until then."""
    actor, found = found_programme(request, programme_id)
    day = _asked_day(request, found, actor.on)
    past = found.amendments.filter(state=domain.IN_EFFECT, effective_on__lte=day)
    return render(
        request,
        "movements/programme_content.html",
        {
            "frame": programme_frame(found, actor, ""),
            "day": day,
            "today": actor.on,
            "kinds": content_told(found, day),
            "past": past.order_by("number"),
        },
    )


def _asked_day(request: HttpRequest, programme: Programme, today: date) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today
    return max(min(asked, today), programme.launched_on or today)


@page(access=READERS)
def amendment(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """One amendment: why, from when, what changes item by item, how units answer."""
    actor, found = found_amendment(request, amendment_id)
    return render(
        request,
        "movements/amendment.html",
        {
            "frame": programme_frame(found.programme, actor, ""),
            "amendment": found,
            "state_kind": STATE_KINDS[found.state],
            "changes": changes_told(found.items, found.programme),
            "answers": answers_to(found, actor),
            "may_edit": access_changes.may_edit_amendment(actor, found),
            "steps": _steps(found, actor),
            "moments": _told(found) if access.sees_whole_of(actor, found.programme) else [],
        },
    )


def _told(found: Amendment) -> list[Moment]:
    """How it came to be; the answers of units have a list of their own."""
    return moments(found, limit=20, kinds=("movements.amendment_",))


def _steps(found: Amendment, actor: Actor) -> list[dict[str, Any]]:
    if not access.sees_whole_of(actor, found.programme):
        return []
    return [
        {"step": step, "decision": access_changes.may_step_amendment(actor, found, step)}
        for step in domain.AMENDMENT.leaving(found.state)
    ]


@page(access=READERS)
def amendment_answers(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """How each unit answered."""
    actor, found = found_amendment(request, amendment_id)
    return render(
        request,
        "movements/amendment_answers.html",
        {
            "frame": programme_frame(found.programme, actor, ""),
            "amendment": found,
            "answers": listing(request, PROPOSALS, within=found.pk),
        },
    )


@page(access=DRAFTERS, writes=True)
def amendment_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Begin an amendment: why, on which document, from when."""
    actor, found = found_programme(request, programme_id)
    access_changes.may_amend(actor, found).require()
    form = AmendmentForm(actor, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.start_amendment(found, form.head, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "Đã mở sửa đổi. Chọn mục cần thêm, sửa hoặc bỏ.")
            return redirect("amendment_edit", made.pk)
    return _form_page(request, actor, found, form, "Soạn sửa đổi", "programme_amendments", found.pk)


def _form_page(
    request: HttpRequest,
    actor: Actor,
    programme: Programme,
    form: Form,
    heading: str,
    back: str,
    back_id: int,
    **more: Any,
) -> HttpResponse:
    shown = {"frame": programme_frame(programme, actor, ""), "form": form, "heading": heading}
    return render(request, "movements/amendment_form.html", shown | {"back": back, "back_id": back_id} | more)


@page(access=DRAFTERS)
def amendment_edit(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """The workspace of an amendment: every item of the programme with what becomes of it."""
    actor, found = found_at_work(request, amendment_id)
    line = next((one for one in changes_told(found.items, found.programme) if one.kind == domain.HEAD), None)
    return render(
        request,
        "movements/amendment_edit.html",
        {
            "frame": programme_frame(found.programme, actor, ""),
            "amendment": found,
            "kinds": drafted_kinds(found),
            "line": line,
        },
    )


def _saved(request: HttpRequest, form: Form, act: Callable[[], object]) -> bool:
    """Whether a valid form was acted on; a refusal stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except (RuleError, Conflict) as error:
        form.add_error(None, error.reason)
        return False
    return True


@page(access=DRAFTERS, writes=True)
def amendment_head(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Reason, document and day of an amendment."""
    actor, found = found_at_work(request, amendment_id)
    form = AmendmentForm(actor, found.programme, request.POST or None, of=found)
    if _saved(request, form, lambda: acts.change_amendment(found, form.head, actor=actor, at=now())):
        return redirect("amendment_edit", found.pk)
    heading = f"Thông tin của sửa đổi lần {found.number}"
    return _form_page(request, actor, found.programme, form, heading, "amendment_edit", found.pk)


@page(access=DRAFTERS, writes=True)
def amendment_line(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """What the programme will be called, and until when it runs."""
    actor, found = found_at_work(request, amendment_id)
    told = next((one.after for one in found.items if one.kind == domain.HEAD), None)
    values = told or content_ahead(found.programme)[HEAD_ITEM]
    initial = {"title": values["title"], "ends_on": date.fromisoformat(values["ends_on"])}
    form = ProgrammeLineForm(request.POST or None, initial=initial)
    if _saved(request, form, lambda: acts.put_head(found, **form.cleaned_data, actor=actor, at=now())):
        return redirect("amendment_edit", found.pk)
    heading = "Tên và thời gian của chương trình"
    return _form_page(request, actor, found.programme, form, heading, "amendment_edit", found.pk)


def _kind(slug: str) -> PartKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@page(access=DRAFTERS, writes=True)
def amendment_item_new(request: HttpRequest, amendment_id: int, kind: str) -> HttpResponse:
    """Add an item."""
    actor, found = found_at_work(request, amendment_id)
    return _item_page(request, actor, found, _kind(kind), 0, None)


@page(access=DRAFTERS, writes=True)
def amendment_item(request: HttpRequest, amendment_id: int, kind: str, key: str) -> HttpResponse:
    """Say what an item becomes."""
    actor, found = found_at_work(request, amendment_id)
    sort, number = _kind(kind), _key(key)
    known = next((one for one in found.items if (one.kind, one.key) == (kind, number)), None)
    values = (known.after if known else None) or content_ahead(found.programme).get((kind, number))
    if values is None:
        raise Http404
    return _item_page(request, actor, found, sort, number, values)


def _key(words: str) -> int:
    key = key_of(words)
    if not key:
        raise Http404
    return key


def _item_page(
    request: HttpRequest, actor: Actor, found: Amendment, kind: PartKind, key: int, values: Any
) -> HttpResponse:
    form, rows = item_form(kind, found.programme, values, actor, request.POST or None)

    def save() -> None:
        actors = [given for row in rows if (given := row.actor())] if rows is not None else []
        acts.put_item(found, kind, key, form.values(), actors=actors, actor=actor, at=now())

    if (rows is None or request.method != "POST" or rows.is_valid()) and _saved(request, form, save):
        return redirect("amendment_edit", found.pk)
    heading = f"Sửa {kind.noun}" if key else f"Thêm {kind.noun}"
    programme = found.programme
    return _form_page(
        request, actor, programme, form, heading, "amendment_edit", found.pk, rows=rows, found=found
    )


@page(access=DRAFTERS, writes=True)
def amendment_item_drop(request: HttpRequest, amendment_id: int, kind: str, key: str) -> HttpResponse:
    """Drop an item."""
    actor, found = found_at_work(request, amendment_id)
    sort, number = _kind(kind), _key(key)
    if request.method == "POST":
        acts.put_item(found, sort, number, None, actor=actor, at=now())
    return redirect("amendment_edit", found.pk)


@page(access=DRAFTERS, writes=True)
def amendment_item_keep(request: HttpRequest, amendment_id: int, kind: str, key: str) -> HttpResponse:
    """Leave an item as it is."""
    actor, found = found_at_work(request, amendment_id)
    number = 0 if kind == domain.HEAD else _key(key)
    if request.method == "POST":
        acts.take_back_item(found, kind, number, actor=actor, at=now())
    return redirect("amendment_edit", found.pk)


@page(access=READERS, writes=True)
def amendment_step(request: HttpRequest, amendment_id: int, step: str) -> HttpResponse:
    """Submit, return or approve an amendment, with the whole of it before the eyes."""
    actor, found = found_amendment(request, amendment_id)
    taken = next((known for known in domain.AMENDMENT if known.name == step), None)
    if taken is None or not access.sees_whole_of(actor, found.programme):
        raise Http404
    if request.method == "POST" and found.state in taken.sources:
        actor.may_at(Permission(taken.permission), found.programme.lead_unit).require()
    form = StepReasonForm(found, request.POST or None, needs_reason=taken.needs_reason)

    def take() -> None:
        given = form.cleaned_data
        reason, seen = given["reason"], given["state"]
        acts.step_amendment(step, found, actor=actor, at=now(), reason=reason, seen_state=seen)

    if _saved(request, form, take):
        messages.success(request, DONE[step])
        return redirect("amendment", found.pk)
    return render(
        request,
        "movements/amendment_step.html",
        {
            "frame": programme_frame(found.programme, actor, ""),
            "amendment": found,
            "step": taken,
            "form": form,
            "decision": access_changes.may_step_amendment(actor, found, taken),
            "changes": changes_told(found.items, found.programme),
            "act_kind": "destructive" if taken.destructive else "main",
        },
    )


@page(access=DRAFTERS, writes=True)
def amendment_remove(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Give up an amendment that is being drafted, after asking once."""
    actor, found = found_at_work(request, amendment_id)
    if request.method == "POST":
        acts.remove_amendment(found, actor=actor, at=now())
        messages.success(request, "Đã bỏ sửa đổi đang soạn.")
        return redirect("programme_amendments", found.programme_id)
    frame = programme_frame(found.programme, actor, "")
    return render(request, "movements/amendment_remove.html", {"frame": frame, "amendment": found})
