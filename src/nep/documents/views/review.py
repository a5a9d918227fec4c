"""The review: the sheet and the draft side by side, and each act on an item."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.documents.access import may_review
from nep.documents.domain.review.additions import first_value, guessed_field
from nep.documents.forms.items import FORMS, AddForm, ItemForm
from nep.documents.models import Document, Reading, ReviewItem
from nep.documents.queries.review import review_page
from nep.documents.review_outcome import made_from
from nep.documents.services import review as services
from nep.documents.services.review import Pick
from nep.documents.views.documents import visible_document
from nep.kernel.errors import RuleError
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now
from nep.platform.requests.asked import numbers
from nep.platform.ui.parts import Crumb, ErrorLine, Shortcut, Step

KEYS = (
    Shortcut("J", "Mục sau"),
    Shortcut("K", "Mục trước"),
    Shortcut("Enter", "Xác nhận"),
    Shortcut("1–9", "Chọn câu trả lời của điểm chưa chắc"),
    Shortcut("E", "Sửa tay"),
    Shortcut("X", "Bỏ mục này"),
    Shortcut("R", "Khôi phục"),
    Shortcut("A", "Thêm mục từ chữ đang chọn"),
    Shortcut("G", "Tạo chương trình"),
    Shortcut("Ctrl + Enter", "Lưu mục đang sửa"),
    Shortcut("Esc", "Thôi sửa"),
)


MOST_PARTS = 1000  # of a doubt; what is posted beyond is not read
NO_FORMS = {"edited": None, "edit_form": None, "add_form": None, "new_form": None, "add_lines": ()}


def _reading(document: Document) -> Reading:
    """The latest reading; 404 where the document has not been read."""
    reading = document.readings.select_related("document").first()
    if reading is None:
        raise Http404
    return reading


def _shown(request: HttpRequest, document: Document, *, refused: str = "", **forms: Any) -> HttpResponse:
    """The page, with at most one open form: of an item under edit, or of one to be added."""
    actor = acting(request)
    chosen = request.GET.get("muc", "")
    chosen_pk = int(chosen) if chosen.isdigit() else 0
    shown = review_page(_reading(document), shown=chosen_pk)
    return render(
        request,
        "documents/review.html",
        {
            "shown": shown,
            "document": document,
            "may_review": may_review(actor, document),
            "refused": refused,
            "chosen": chosen_pk,
            "keys": KEYS,
            "made": made_from(document, actor),
            "steps": _steps(document),
            "crumbs": _crumbs(),
            **NO_FORMS,
            **forms,
        },
    )


def _crumbs() -> list[Crumb]:
    return [Crumb("Văn bản", reverse("documents")), Crumb("Lập từ văn bản")]


def _steps(document: Document) -> list[Step]:
    """The way from the document to the running programme."""
    first = Step("Tải văn bản", reverse("document", args=[document.pk]))
    return [first, Step("Xem lại"), Step("Giao đơn vị"), Step("Phát động")]


def _back(document_id: int, item: ReviewItem) -> HttpResponseRedirect:
    url = reverse("review", args=[document_id])
    return redirect(f"{url}?muc={item.pk}#muc-{item.pk}")


@page(access=holds(Permission.VIEW_DOCUMENTS))
def review(request: HttpRequest, document_id: int) -> HttpResponse:
    """What was read beside the text; `sua` opens the form of an item, `them` the one of a new item."""
    document = visible_document(request, document_id)
    if asked := numbers([request.GET.get("sua", "")]):
        item = get_object_or_404(_reading(document).items, pk=asked[0])
        if item.field in FORMS:
            return _shown(request, document, edited=item, edit_form=FORMS[item.field](item.value))
    if "them" in request.GET:
        return _shown(request, document, **_adding(request.GET))
    return _shown(request, document)


def _adding(asked: QueryDict) -> dict[str, Any]:
    """The two forms of a new item: where it stands, and its values guessed from the quoted words."""
    quote = asked.get("trich", "").replace("\r\n", "\n")
    field = asked.get("them", "")
    field = field if field in FORMS and field != "header" else guessed_field(quote)
    data = {"them": field, "trich": quote, "tu": asked.get("tu", "")}
    return {"add_form": AddForm(data), "new_form": FORMS[field](first_value(field, quote)) if field else None}


@page(access=holds(Permission.DRAFT_PROGRAMMES), writes=True)
def review_act(request: HttpRequest, document_id: int) -> HttpResponse:
    """One act on one item: `act` is its name, the item and the stamp that the officer saw."""
    document = visible_document(request, document_id)
    if request.method != "POST":
        return redirect("review", document_id)
    name, _, rest = request.POST.get("act", "").partition(":")
    item_id, _, stamp = rest.partition(":")
    if not item_id.isdigit() or not _reading(document).items.filter(pk=item_id).exists():
        raise Http404
    pick, actor = Pick(int(item_id), stamp), acting(request)
    acts = {"confirm": services.confirm_item, "drop": services.drop_item, "restore": services.restore_item}
    try:
        if name == "answer":
            item = services.answer_doubt(pick, _answers(request.POST, item_id), actor=actor, at=now())
        elif name in acts:
            item = acts[name](pick, actor=actor, at=now())
        else:
            raise Http404
    except RuleError as refused:
        return _shown(request, document, refused=refused.reason)
    return _back(document_id, item)


def _answers(data: QueryDict, item_id: str) -> list[str]:
    """The answers to the parts of a doubt in their order."""
    prefix = f"answer-{item_id}-"
    given = {
        part: str(value)
        for key, value in data.items()
        if key.startswith(prefix)
        for part in numbers([key.removeprefix(prefix)])
        if part < MOST_PARTS
    }
    return [given.get(part, "") for part in range(max(given, default=-1) + 1)]


@page(access=holds(Permission.DRAFT_PROGRAMMES), writes=True)
def review_edit(request: HttpRequest, document_id: int, item_id: int) -> HttpResponse:
    """Change an item by hand."""
    document = visible_document(request, document_id)
    item = get_object_or_404(_reading(document).items.filter(field__in=FORMS), pk=item_id)
    if request.method != "POST":
        return redirect(f"{reverse('review', args=[document_id])}?sua={item_id}#muc-{item_id}")
    form = FORMS[item.field](item.value, request.POST)
    if form.is_valid():
        pick = Pick(item_id, request.POST.get("stamp", ""))
        return _back(document_id, services.edit_item(pick, form.value(), actor=acting(request), at=now()))
    return _shown(request, document, edited=item, edit_form=form)


@page(access=holds(Permission.DRAFT_PROGRAMMES), writes=True)
def review_add(request: HttpRequest, document_id: int) -> HttpResponse:
    """Add what the reader missed."""
    document = visible_document(request, document_id)
    if request.method != "POST":
        return redirect(f"{reverse('review', args=[document_id])}?them=")
    place = AddForm(request.POST)
    if "retype" in request.POST or (not place.is_valid() and "them" in place.errors):
        return _shown(request, document, **_adding(request.POST))
    field = place.cleaned_data["them"]
    form: ItemForm = FORMS[field](first_value(field, ""), request.POST)
    if form.is_valid() and place.is_valid():
        try:
            quote, near = place.cleaned_data["trich"], place.cleaned_data["tu"] or 0
            new = services.NewItem(field, form.value(), quote, near)
            item = services.add_item(_reading(document), new, actor=acting(request), at=now())
            return _back(document_id, item)
        except RuleError as refused:
            place.add_error("trich", refused.reason)
    lines = [ErrorLine(str(error), "id_trich") for error in place.errors.get("trich", ())]
    return _shown(request, document, add_form=place, new_form=form, add_lines=lines)


@page(access=holds(Permission.DRAFT_PROGRAMMES), writes=True)
def review_finish(request: HttpRequest, document_id: int) -> HttpResponse:
    """End the review and go on to the programme made of it."""
    document = visible_document(request, document_id)
    if request.method != "POST":
        return redirect("review", document_id)
    try:
        return redirect(services.finish_review(document, actor=acting(request), at=now()))
    except RuleError as refused:
        return _shown(request, document, refused=refused.reason)
