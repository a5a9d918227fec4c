"""The list of documents."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.documents.access import visible_documents
from nep.documents.models import Document, DocumentKind, Reading
from nep.documents.queries.listing import years_of_documents
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import UnitClosure
from nep.platform.access import holds
from nep.platform.lists.cells import Linked, Standing
from nep.platform.lists.filters import Choose, Span
from nep.platform.lists.spec import Column, ListSpec, listed
from nep.platform.search import matching

LONGEST_TITLE = 140


def _rows(actor: Actor, within: int | None) -> QuerySet[Document]:
    """The documents that the actor may see, without their texts, and how far each is read."""
    readings = Reading.objects.filter(document=OuterRef("pk"))
    rows = visible_documents(actor).annotate(
        was_read=Exists(readings), was_made=Exists(readings.filter(closed_at__isnull=False))
    )
    return rows.select_related("owner_unit").defer("text", "search")


def _name(row: Document) -> Linked:
    title = row.title if row.title != row.reference else ""
    short = f"{title[: LONGEST_TITLE - 1]}…" if len(title) > LONGEST_TITLE else title
    return Linked(row.reference, reverse("document", args=[row.pk]), short)


def _progress(row: Any) -> Standing:
    if row.was_made:
        return Standing("good", "Đã tạo chương trình")
    return Standing("warn", "Chờ xem lại") if row.was_read else Standing("quiet", "Chưa đọc")


def _held_below(rows: QuerySet[Document], unit_id: str, actor: Actor) -> QuerySet[Document]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(owner_unit__in=below.values("descendant_id"))


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in years_of_documents(actor)]


DOCUMENTS = listed(
    ListSpec(
        code="van-ban",
        title="Kho văn bản",
        noun="văn bản",
        access=holds(Permission.VIEW_DOCUMENTS),
        rows=_rows,
        url=lambda within: reverse("documents"),
        columns=(
            Column("ten", "Văn bản", _name, width=60),
            Column("co-quan", "Cơ quan ban hành", lambda row: row.issuer, order=("issuer",), width=40),
            Column("ngay", "Ngày ban hành", lambda row: row.issued_on, order=("issued_on",), kind="when"),
            Column("nhan", "Nhận lúc", lambda row: row.received_at, order=("received_at",), kind="when"),
            Column("tinh-trang", "Tình trạng", _progress),
            Column("giu", "Đơn vị giữ", lambda row: row.owner_unit.name, on=False, width=40),
            Column("loai-van-ban", "Loại", lambda row: row.get_kind_display(), on=False),
        ),
        order=("-received_at",),
        filters=(
            Choose("loai", "Loại", DocumentKind.choices, lambda rows, kind, actor: rows.filter(kind=kind)),
            Choose("nam", "Năm", _years, lambda rows, year, actor: rows.filter(issued_on__year=int(year))),
            Span(
                "den-ngay",
                "Nhận",
                lambda rows, day: rows.filter(received_at__date__gte=day),
                lambda rows, day: rows.filter(received_at__date__lte=day),
            ),
            unit_filter(_held_below, label="Đơn vị giữ"),
        ),
        search=matching,
        search_label="Tìm trong toàn văn, không cần gõ dấu",
        empty="Chưa có văn bản nào",
    )
)
