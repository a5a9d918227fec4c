"""Amendments are drafted, submitted and approved; what they change waits for its day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from nep.accounts.roles import Permission
from nep.documents.access import visible_documents
from nep.documents.models import Document
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes, events
from nep.movements.domain import amendments as domain
from nep.movements.domain.amendments import ADD, CHANGE, DROP, Change, with_change
from nep.movements.domain.numbering import TARGET, TASK, part_code
from nep.movements.models import Amendment, LineOfWork, Programme, Target, Task, TaskActor
from nep.movements.models.content import Part
from nep.movements.queries.contents import HEAD_ITEM, content_ahead, part_of, values_of
from nep.movements.queries.parts import KINDS, PartKind
from nep.movements.queries.whom import Whom
from nep.movements.services.content import NewActor, check_part, meant_by
from nep.movements.services.proposals import earliest_day, propose_to
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record

ACTS = {ADD: "thêm", CHANGE: "sửa", DROP: "bỏ"}
MOST_NAME = 120


@dataclass(frozen=True, slots=True)
class AmendmentHead:
    """Why a programme changes, on which document, from which day."""

    because: str
    effective_on: date
    document: Document | None = None


@transaction.atomic
def start_amendment(programme: Programme, head: AmendmentHead, *, actor: Actor, at: datetime) -> Amendment:
    """Begin to draft the next amendment of a launched programme.

    Raises: Conflict while another one is drafted or waits; RuleError when the head is not right.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    access_changes.may_amend(actor, programme).require()
    if programme.amendments.filter(approved_at__isnull=True).exists():
        raise Conflict("Đang có một sửa đổi chưa duyệt. Soạn tiếp sửa đổi đó hoặc bỏ đi trước khi soạn mới.")
    _check_head(head, programme, actor)
    last = programme.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment = Amendment.objects.create(
        programme=programme,
        number=last + 1,
        because=head.because.strip(),
        document=head.document,
        effective_on=head.effective_on,
        created_by_id=actor.id,
        created_at=at,
    )
    _tell(events.AMENDMENT_DRAFTED, amendment, actor=actor, at=at, reason=amendment.because)
    return amendment


def _check_head(head: AmendmentHead, programme: Programme, actor: Actor) -> None:
    if not head.because.strip():
        raise RuleError("Ghi lý do sửa đổi.")
    if head.document is not None and not visible_documents(actor).filter(pk=head.document.pk).exists():
        raise RuleError("Chọn một văn bản trong kho của đơn vị.")
    earliest = earliest_day(actor.on)
    if head.effective_on < earliest:
        raise RuleError(
            f"Đơn vị cần ít nhất {domain.NOTICE} ngày làm việc để xem và trả lời: "
            f"chọn ngày có hiệu lực từ {earliest:%d/%m/%Y}."
        )
    if head.effective_on > programme.ends_on:
        raise RuleError(f"Chương trình kết thúc ngày {programme.ends_on:%d/%m/%Y}; chọn ngày trước đó.")
    before = programme.amendments.filter(approved_at__isnull=False).aggregate(last=Max("effective_on"))
    if before["last"] and head.effective_on < before["last"]:
        raise RuleError(
            f"Sửa đổi trước có hiệu lực từ {before['last']:%d/%m/%Y}; chọn ngày đó hoặc ngày sau."
        )


def lock_amendment(amendment: Amendment) -> Amendment:
    """The amendment as it stands now, held until the transaction ends."""
    rows = Amendment.objects.select_for_update(of=("self",))
    return rows.select_related("programme__lead_unit", "document").get(pk=amendment.pk)


def _at_work(amendment: Amendment, actor: Actor) -> Amendment:
    amendment = lock_amendment(amendment)
    access_changes.may_edit_amendment(actor, amendment).require()
    return amendment


def _tell(kind: EventType, amendment: Amendment, *, actor: Actor | None, at: datetime, **more: Any) -> None:
    programme, about = amendment.programme, [amendment, amendment.programme]
    if amendment.document is not None:
        about.append(amendment.document)
    record(
        kind,
        actor=actor,
        about=about,
        at=at,
        unit_id=programme.lead_unit_id,
        number=amendment.number,
        **more,
    )


@transaction.atomic
def change_amendment(amendment: Amendment, head: AmendmentHead, *, actor: Actor, at: datetime) -> Amendment:
    """Change reason, document or day of an amendment that is being drafted."""
    amendment = _at_work(amendment, actor)
    _check_head(head, amendment.programme, actor)
    before = _said(amendment)
    amendment.because, amendment.document = head.because.strip(), head.document
    amendment.effective_on = head.effective_on
    if before == _said(amendment):
        return amendment
    amendment.save(update_fields=["because", "document", "effective_on"])
    _tell(events.AMENDMENT_CHANGED, amendment, actor=actor, at=at, before=before, after=_said(amendment))
    return amendment


def _said(amendment: Amendment) -> dict[str, Any]:
    names = ("because", "document_id", "effective_on")
    return {name: getattr(amendment, name) for name in names}


@transaction.atomic
def put_item(
    amendment: Amendment,
    kind: PartKind,
    key: int,
    values: dict[str, Any] | None,
    *,
    actor: Actor,
    at: datetime,
    actors: Collection[NewActor] = (),
) -> Change:
    """Say what an item becomes: `key` 0 is a new one, below zero one of this amendment; no values drop it.

    Raises: Conflict when the programme has no such item; RuleError when it contradicts itself.
    """
    amendment = _at_work(amendment, actor)
    known = {(change.kind, change.key): change for change in amendment.items}
    before = content_ahead(amendment.programme).get((kind.slug, key))
    if before is None and key != 0 and (kind.slug, key) not in known:
        raise Conflict("Mục này không còn trong chương trình. Mở lại trang để xem.")
    key = key or min([0, *(change.key for change in amendment.items)]) - 1
    if values is None:
        _check_unused(amendment, kind, key)
        change = Change(kind.slug, key, before, None)
    else:
        old = known.get((kind.slug, key))
        basis = (old.after if old else None) or before or {}
        change = Change(kind.slug, key, before, _after(amendment, kind, key, basis, values, actors, actor))
    _keep(
        amendment, change, what=kind.noun, name=_name(kind, change, amendment.programme), actor=actor, at=at
    )
    return change


def _after(
    amendment: Amendment,
    kind: PartKind,
    key: int,
    basis: Any,
    values: dict[str, Any],
    actors: Collection[NewActor],
    actor: Actor,
) -> dict[str, Any]:
    """What the item says with the new values."""
    part = part_of(kind.slug, basis, amendment.programme, key)
    for name, value in values.items():
        setattr(part, name, value)
    check_part(part)
    if isinstance(part, Target | Task) and not part.code:
        part.code = _next_code(amendment, part)
    return values_of(part, _meant(part, actors, actor))


def _meant(part: Part, actors: Collection[NewActor], actor: Actor) -> list[TaskActor] | None:
    if not isinstance(part, Task):
        return None
    whom = Whom.seen_from(part.programme.lead_unit, actor.on)
    return [
        TaskActor(name=given.name[:300], role=given.role, unit_id=unit_id, group=group)
        for given in actors
        for unit_id, group in meant_by(given, whom)
    ]


def _next_code(amendment: Amendment, part: Target | Task) -> str:
    model = type(part)
    taken = set(model.ever.filter(programme=amendment.programme).values_list("code", flat=True))
    for other in amendment.programme.amendments.all():
        taken |= {change.values.get("code", "") for change in other.items}
    taken |= {change.values.get("code", "") for change in amendment.items}
    return part_code(TARGET if model is Target else TASK, taken)


def _check_unused(amendment: Amendment, kind: PartKind, key: int) -> None:
    if kind.model is not LineOfWork:
        return
    content = content_ahead(amendment.programme)
    for change in amendment.items:
        content[(change.kind, change.key)] = change.after or {}
    held = sum(values.get("line_of_work") == key for values in content.values())
    if held:
        raise RuleError(f"Nhóm này còn {held} nhiệm vụ. Chuyển nhiệm vụ sang nhóm khác trước khi bỏ nhóm.")


def _name(kind: PartKind, change: Change, programme: Programme) -> str:
    return kind.name(part_of(kind.slug, change.values, programme))[:MOST_NAME]


@transaction.atomic
def put_head(amendment: Amendment, *, title: str, ends_on: date, actor: Actor, at: datetime) -> Change:
    """Say what the programme will be called and until which day it runs.

    Raises: RuleError without a title, or when it would end before the amendment is in effect.
    """
    amendment = _at_work(amendment, actor)
    if not title.strip():
        raise RuleError("Ghi tên chương trình.")
    if ends_on < amendment.effective_on:
        raise RuleError("Ngày kết thúc phải từ ngày sửa đổi có hiệu lực trở đi.")
    after = {"title": " ".join(title.split())[:500], "ends_on": ends_on.isoformat()}
    change = Change(*HEAD_ITEM, content_ahead(amendment.programme)[HEAD_ITEM], after)
    _keep(amendment, change, what="thông tin chung", name=after["title"][:MOST_NAME], actor=actor, at=at)
    return change


@transaction.atomic
def take_back_item(amendment: Amendment, kind: str, key: int, *, actor: Actor, at: datetime) -> None:
    """Leave an item as it is in the programme.

    Raises: Conflict when the amendment does not change it.
    """
    amendment = _at_work(amendment, actor)
    change = next((one for one in amendment.items if (one.kind, one.key) == (kind, key)), None)
    if change is None:
        raise Conflict("Sửa đổi không còn mục này. Mở lại trang để xem.")
    part_kind = KINDS.get(kind)
    what = part_kind.noun if part_kind else "thông tin chung"
    name = _name(part_kind, change, amendment.programme) if part_kind else amendment.programme.title
    same = Change(kind, key, change.before, change.before)
    _keep(amendment, same, what=what, name=name[:MOST_NAME], actor=actor, at=at)


def _keep(amendment: Amendment, change: Change, *, what: str, name: str, actor: Actor, at: datetime) -> None:
    before = list(amendment.changes)
    amendment.changes = [one.as_told() for one in with_change(amendment.items, change)]
    if before == amendment.changes:
        return
    amendment.save(update_fields=["changes"])
    left = change.before == change.after
    kind = events.AMENDMENT_ITEM_TAKEN if left else events.AMENDMENT_ITEM_PUT
    facts = {"what": what, "name": name} | ({} if left else {"act": ACTS[change.act]})
    _tell(
        kind,
        amendment,
        actor=actor,
        at=at,
        before=dict(change.before or {}),
        after=dict(change.after or {}),
        **facts,
    )


@transaction.atomic
def remove_amendment(amendment: Amendment, *, actor: Actor, at: datetime) -> None:
    """Give up an amendment that is being drafted."""
    amendment = _at_work(amendment, actor)
    _tell(events.AMENDMENT_REMOVED, amendment, actor=actor, at=at, before=_said(amendment))
    amendment.delete()


@transaction.atomic
def step_amendment(
    name: str, amendment: Amendment, *, actor: Actor, at: datetime, reason: str = "", seen_state: str = ""
) -> Amendment:
    """Submit, return or approve an amendment; approving sends it to every unit right below.

    Raises: Conflict when it left `seen_state`; RuleError when it changes nothing or its day is too near.
    """
    amendment = lock_amendment(amendment)
    if seen_state and seen_state != amendment.state:
        raise Conflict("Sửa đổi vừa được chuyển bước. Mở lại trang để xem.")
    step = domain.AMENDMENT.check(name, state=amendment.state, reason=reason, has_document=False)
    access_changes.may_step_amendment(actor, amendment, step).require()
    if name != "return":
        _check_ready(amendment, actor)
    amendment.state = step.target
    by = actor.standing_at(Permission(step.permission), amendment.programme.lead_unit)
    _STEPS[name](amendment, by, at, reason.strip())
    return amendment


def _check_ready(amendment: Amendment, actor: Actor) -> None:
    if not amendment.changes:
        raise RuleError("Sửa đổi chưa có mục nào. Thêm, sửa hoặc bỏ ít nhất một mục.")
    access_changes.amendable(amendment.programme).require()
    _check_head(AmendmentHead(amendment.because, amendment.effective_on, None), amendment.programme, actor)


def _submit(amendment: Amendment, actor: Actor, at: datetime, reason: str) -> None:
    amendment.submitted_by_id, amendment.returned_because = actor.id, ""
    amendment.save(update_fields=["state", "submitted_by_id", "returned_because"])
    _tell(events.AMENDMENT_SUBMITTED, amendment, actor=actor, at=at, reason=reason)


def _return(amendment: Amendment, actor: Actor, at: datetime, reason: str) -> None:
    amendment.returned_because = reason
    amendment.save(update_fields=["state", "returned_because"])
    _tell(events.AMENDMENT_RETURNED, amendment, actor=actor, at=at, reason=reason)


def _approve(amendment: Amendment, actor: Actor, at: datetime, reason: str) -> None:
    amendment.approved_by_name, amendment.approved_at = actor.name[:200], at
    amendment.save(update_fields=["state", "approved_by_name", "approved_at"])
    first = amendment.programme.adoptions.filter(parent__isnull=True)
    units = propose_to(first, amendment, parent=None, on=actor.on)
    _tell(
        events.AMENDMENT_APPROVED,
        amendment,
        actor=actor,
        at=at,
        reason=reason,
        after={"changes": amendment.changes},
        day=f"{amendment.effective_on:%d/%m/%Y}",
        units=units,
    )


_STEPS = {"submit": _submit, "return": _return, "approve": _approve}
