"""Programmes come to be, from a reviewed plan or by hand, and their head is changed while they are drafts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from nep.documents.access import visible_documents
from nep.documents.models import Document
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, events
from nep.movements.domain.numbering import programme_code
from nep.movements.models import Programme, ProgrammeParent, ProgrammeScope
from nep.movements.queries.parts import fingerprint
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record
from nep.platform.search import search_text

NUMBER_LOCK = 7_310_002  # programmes are numbered one after the other


@dataclass(frozen=True, slots=True)
class ProgrammeHead:
    """What a programme is, who leads it, over which days, both included."""

    kind: str
    title: str
    lead_unit: Unit
    starts_on: date
    ends_on: date


@transaction.atomic
def create_programme(
    head: ProgrammeHead, *, actor: Actor, at: datetime, document: Document | None = None
) -> Programme:
    """A new draft by hand, with or without the document that it carries; it reaches the units right below.

    Raises: RuleError when the head is not right or the document has a programme already.
    """
    programme = insert_programme(head, actor=actor, at=at, document=document)
    record(
        events.PROGRAMME_CREATED,
        actor=actor,
        about=[programme],
        at=at,
        unit_id=head.lead_unit.pk,
        code=programme.code,
        title=programme.title,
    )
    return programme


def insert_programme(
    head: ProgrammeHead, *, actor: Actor, at: datetime, document: Document | None
) -> Programme:
    """The rows of a new draft: itself and its first scope; part of the acts that create programmes."""
    access.may_draft(actor, head.lead_unit).require()
    _check_head(head)
    if document is not None:
        _check_document(document, actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    year = actor.on.year
    taken = Programme.objects.filter(code__startswith=f"PT-{year}-").values_list("code", flat=True)
    programme = Programme(
        code=programme_code(year, taken), document=document, created_by_id=actor.id, created_at=at
    )
    _write_head(programme, head)
    ProgrammeScope.objects.create(programme=programme, line=head.lead_unit.line, root=head.lead_unit)
    return programme


def _check_document(document: Document, actor: Actor) -> None:
    if not visible_documents(actor).filter(pk=document.pk).exists():
        raise RuleError("Chọn một văn bản trong kho của đơn vị.")
    if Programme.objects.filter(document=document).exists():
        known = access.visible_programmes(actor).filter(document=document).first()
        raise RuleError(f"Văn bản này đã lập thành chương trình{f' {known.code}' if known else ''}.")


def _check_head(head: ProgrammeHead) -> None:
    if not head.title.strip():
        raise RuleError("Ghi tên chương trình.")
    if head.ends_on < head.starts_on:
        raise RuleError("Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.")


def _write_head(programme: Programme, head: ProgrammeHead) -> None:
    programme.kind = head.kind
    programme.title = " ".join(head.title.split())[:500]
    programme.lead_unit = head.lead_unit
    programme.starts_on = head.starts_on
    programme.ends_on = head.ends_on
    programme.search = search_text(programme.title, programme.code, head.lead_unit.name)
    programme.save()


def lock_draft(programme: Programme, actor: Actor) -> Programme:
    """The programme as it stands now, held for the transaction, if the actor may change its content."""
    rows = Programme.objects.select_for_update(of=("self",)).select_related("lead_unit")
    locked = rows.get(pk=programme.pk)
    access.may_edit(actor, locked).require()
    return locked


def head_said(programme: Programme) -> dict[str, Any]:
    """What the head says, for the trail and for noticing that somebody else changed it."""
    fields = ("kind", "title", "lead_unit_id", "starts_on", "ends_on", "document_id")
    return {name: getattr(programme, name) for name in fields}


@transaction.atomic
def change_head(
    programme: Programme, head: ProgrammeHead, *, actor: Actor, at: datetime, seen: str = ""
) -> Programme:
    """Change name, kind or days of a draft; the leading unit stays as it is.

    Raises: RuleError when the head is not right; Conflict when it changed since `seen` was shown.
    """
    programme = lock_draft(programme, actor)
    before = head_said(programme)
    refuse_stale(seen, before)
    if head.lead_unit.pk != programme.lead_unit_id:
        raise RuleError("Không đổi được đơn vị chủ trì. Lập chương trình mới cho đơn vị đó.")
    _check_head(head)
    _write_head(programme, head)
    record(
        events.PROGRAMME_CHANGED,
        actor=actor,
        about=[programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before=before,
        after=head_said(programme),
    )
    return programme


def refuse_stale(seen: str, now_said: dict[str, Any]) -> None:
    """Refuse to overwrite what somebody else changed after the page was opened."""
    if seen and seen != fingerprint(now_said):
        raise Conflict("Đồng nghiệp vừa sửa mục này. Mở lại trang để xem bản mới rồi sửa tiếp.")


@transaction.atomic
def set_parents(
    programme: Programme,
    *,
    programmes: Collection[Programme],
    documents: Collection[Document],
    actor: Actor,
    at: datetime,
) -> None:
    """Say which programmes and documents a draft carries out; replaces what was said before.

    Raises: RuleError when one is out of sight, or carries out this programme itself.
    """
    programme = lock_draft(programme, actor)
    wanted = {row.pk for row in programmes}
    if access.visible_programmes(actor).filter(pk__in=wanted).count() != len(wanted):
        raise RuleError("Chọn chương trình trong danh sách.")
    wanted_documents = {row.pk for row in documents}
    if visible_documents(actor).filter(pk__in=wanted_documents).count() != len(wanted_documents):
        raise RuleError("Chọn văn bản trong danh sách.")
    if wanted & _below(programme.pk):
        raise RuleError("Chương trình cấp trên không thể lại thực hiện chính chương trình này.")
    before = parents_said(programme)
    ProgrammeParent.objects.filter(programme=programme).delete()
    ProgrammeParent.objects.bulk_create(
        [
            *(ProgrammeParent(programme=programme, parent=row) for row in programmes),
            *(ProgrammeParent(programme=programme, document=row) for row in documents),
        ]
    )
    after = parents_said(programme)
    record(
        events.PARENTS_SET,
        actor=actor,
        about=[programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before={"parents": before},
        after={"parents": after},
        parents="; ".join(after) or "không có",
    )


def _below(programme_id: int) -> set[int]:
    """The programme and all that carry it out, over any number of steps."""
    found, edge = {programme_id}, {programme_id}
    while edge:
        rows = ProgrammeParent.objects.filter(parent__in=edge).values_list("programme_id", flat=True)
        edge = set(rows) - found
        found |= edge
    return found


def parents_said(programme: Programme) -> list[str]:
    """Names of what a programme carries out."""
    rows = ProgrammeParent.objects.filter(programme=programme).select_related("parent", "document")
    return [str(row.parent or row.document) for row in rows.order_by("pk")]
