"""What an officer decides on what was read: item by item, each decision kept beside what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import Max

from nep.documents import events
from nep.documents.access import may_review
from nep.documents.domain.review import doubts
from nep.documents.domain.review.sheet import place_of
from nep.documents.domain.review.stamps import stamp_of
from nep.documents.domain.review.values import header_of
from nep.documents.domain.review.words import row_words, whole_words
from nep.documents.models import Document, Field, Reading, ReviewItem
from nep.documents.review_outcome import outcome
from nep.documents.services.reading import set_head
from nep.documents.services.relations import relate_citations
from nep.kernel.errors import Conflict, RuleError
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record

State = ReviewItem.State


@dataclass(frozen=True, slots=True)
class Pick:
    """An item as the officer saw it: `stamp` tells whether somebody decided on it meanwhile."""

    item_id: int
    stamp: str


@transaction.atomic
def confirm_item(pick: Pick, *, actor: Actor, at: datetime) -> ReviewItem:
    """Say that an item was read right.

    Raises: AccessDenied, Conflict; RuleError for a doubt, which wants an answer.
    """
    item = _opened(pick, actor=actor)
    if item.field == Field.DOUBT:
        raise RuleError("Chọn câu trả lời cho điểm chưa chắc này.")
    if item.state == State.READ:
        _decide(item, State.ACCEPTED, events.ITEM_CONFIRMED, actor=actor, at=at)
    return item


@transaction.atomic
def edit_item(pick: Pick, value: dict[str, Any], *, actor: Actor, at: datetime) -> ReviewItem:
    """Change what holds for an item; what was read stays beside it, doubts about it are settled.

    Raises: AccessDenied, Conflict.
    """
    item = _opened(pick, actor=actor)
    if value == item.value and item.state != State.READ:
        return item
    _change(item, value, actor=actor, at=at)
    _settle_doubts(item, doubts.MANUAL, actor=actor, at=at)
    _follow(item.reading, item.field, actor=actor)
    return item


@transaction.atomic
def drop_item(pick: Pick, *, actor: Actor, at: datetime) -> ReviewItem:
    """Leave an item out of the programme, with the doubts about it; a doubt is passed over.

    Raises: AccessDenied, Conflict; RuleError for the head of the document.
    """
    item = _opened(pick, actor=actor)
    if item.field == Field.HEADER:
        raise RuleError("Thông tin của văn bản không bỏ được, chỉ sửa được.")
    if item.state != State.DROPPED:
        _decide(item, State.DROPPED, events.ITEM_DROPPED, actor=actor, at=at)
        _settle_doubts(item, doubts.DROP, actor=actor, at=at)
        _follow(item.reading, item.field, actor=actor)
    return item


@transaction.atomic
def restore_item(pick: Pick, *, actor: Actor, at: datetime) -> ReviewItem:
    """Bring an item back: a dropped one as it was before, an answered doubt as an open question.

    Raises: AccessDenied, Conflict.
    """
    item = _opened(pick, actor=actor)
    if item.field == Field.DOUBT:
        item.value = {**item.value, "answers": [None] * len(item.value["parts"])}
        _decide(item, State.READ, events.ITEM_RESTORED, actor=actor, at=at)
    elif item.state == State.DROPPED:
        changed = item.read is not None and item.value != _as_read(item)
        state = State.ADDED if item.read is None else State.EDITED if changed else State.ACCEPTED
        _decide(item, state, events.ITEM_RESTORED, actor=actor, at=at)
    elif item.state == State.EDITED:
        item.value = _as_read(item)
        _decide(item, State.READ, events.ITEM_RESTORED, actor=actor, at=at)
    _follow(item.reading, item.field, actor=actor)
    return item


@transaction.atomic
def answer_doubt(pick: Pick, answers: Sequence[str], *, actor: Actor, at: datetime) -> ReviewItem:
    """Settle a doubt, one answer for each of its parts; the answers change the items that they are about.

    Raises: AccessDenied, Conflict; RuleError when a part has no answer of those offered.
    """
    doubt = _opened(pick, actor=actor)
    parts, settled = doubt.value["parts"], doubt.value["answers"]
    new = [old or answer for old, answer in zip_longest(settled, answers[: len(parts)], fillvalue="")]
    for part, old, answer in zip(parts, settled, new, strict=True):
        if old is None and answer not in dict(part["choices"]):
            raise RuleError("Chọn một câu trả lời cho từng chỗ chưa chắc.")
        if old is None:
            _apply(doubt, part, answer, actor=actor, at=at)
    _answer(doubt, new, actor=actor, at=at)
    for field in (Field.HEADER, Field.CITATION):
        _follow(doubt.reading, field, actor=actor)
    return doubt


@dataclass(frozen=True, slots=True)
class NewItem:
    """What an officer adds: its field and value, the words it stands on, near which place they are."""

    field: str
    value: dict[str, Any]
    quote: str = ""
    near: int = 0


@transaction.atomic
def add_item(reading: Reading, new: NewItem, *, actor: Actor, at: datetime) -> ReviewItem:
    """Add what the reader missed, tied to the quoted words where they stand in the text.

    Raises: AccessDenied, Conflict; RuleError when the quote is not in the text.
    """
    reading = _check(reading.pk, actor=actor)
    place = place_of(reading.document.text, new.quote, new.near)
    if new.quote.strip() and place is None:
        raise RuleError("Đoạn trích này không có trong văn bản. Chép đúng chữ từ văn bản hoặc để trống.")
    last = reading.items.aggregate(last=Max("position"))["last"] or 0
    start, end = place or (None, None)
    item = ReviewItem(
        reading=reading, field=new.field, position=last + 1, value=new.value, start=start, end=end
    )
    _decide(item, State.ADDED, events.ITEM_ADDED, actor=actor, at=at)
    _follow(reading, new.field, actor=actor)
    return item


@transaction.atomic
def finish_review(document: Document, *, actor: Actor, at: datetime) -> str:
    """Close the review and make of it what the upper app makes: a programme. The address of that.

    Raises: AccessDenied; Conflict when it is closed already; RuleError as long as doubts are open.
    """
    latest = document.readings.first()
    if latest is None:
        raise RuleError("Văn bản chưa được đọc.")
    reading = _check(latest.pk, actor=actor)
    if waiting := reading.items.open_doubts().count():
        raise RuleError(f"Chưa tạo được chương trình. Còn {waiting} mục chưa xác nhận.")
    counts = _counts(reading)
    reading.closed_at = at
    reading.save(update_fields=["closed_at"])
    record(
        events.REVIEW_FINISHED,
        actor=actor,
        about=[document, reading],
        at=at,
        unit_id=document.owner_unit_id,
        **counts,
    )
    return outcome(document, actor, at)


def _check(reading_id: int, *, actor: Actor) -> Reading:
    """The reading, locked: one decision at a time."""
    readings = Reading.objects.select_for_update(of=("self",)).select_related("document__owner_unit")
    reading = readings.get(pk=reading_id)
    may_review(actor, reading.document).require()
    if reading.closed_at is not None:
        raise Conflict("Bản đọc này đã được tạo thành chương trình. Sửa tiếp trong chương trình.")
    if reading.document.readings.filter(read_at__gt=reading.read_at).exists():
        raise Conflict("Văn bản đã được đọc lại. Mở lại trang để xem bản mới.")
    return reading


def _opened(pick: Pick, *, actor: Actor) -> ReviewItem:
    item = ReviewItem.objects.get(pk=pick.item_id)
    reading = _check(item.reading_id, actor=actor)
    item = ReviewItem.objects.get(pk=pick.item_id)
    item.reading = reading
    if stamp_of(item) != pick.stamp:
        raise Conflict(f"Mục {item.position} vừa được sửa ở nơi khác. Mở lại trang rồi quyết định tiếp.")
    return item


def _decide(
    item: ReviewItem,
    state: str,
    kind: EventType,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write a decision and tell it."""
    item.state, item.decided_by_id, item.decided_at = state, actor.id, at
    item.save()
    document = item.reading.document
    what = item.value["question"] if item.field == Field.DOUBT else row_words(item.field, item.value).what
    record(
        kind,
        actor=actor,
        about=[item, item.reading, document],
        at=at,
        unit_id=document.owner_unit_id,
        before=dict(before) if before else None,
        after=dict(after) if after else None,
        number=item.position,
        what=what,
    )


def _change(item: ReviewItem, value: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    before = {"value": whole_words(item.field, item.value)}
    item.value = value
    same = item.read is not None and value == _as_read(item)
    state = State.ADDED if item.read is None else State.ACCEPTED if same else State.EDITED
    _decide(
        item,
        state,
        events.ITEM_EDITED,
        actor=actor,
        at=at,
        before=before,
        after={"value": whole_words(item.field, value)},
    )


def _apply(doubt: ReviewItem, part: Mapping[str, Any], answer: str, *, actor: Actor, at: datetime) -> None:
    """Let an answer change the items that it is about."""
    code = doubt.value["code"]
    rows = doubt.reading.items.standing()
    everywhere = doubts.concerns_every_task(code)
    about = rows.filter(field=Field.TASK) if everywhere else rows.filter(position=part["about"] or 0)
    for item in about.exclude(field=Field.DOUBT):
        item.reading = doubt.reading
        if doubts.drops_item(code, answer):
            _decide(item, State.DROPPED, events.ITEM_DROPPED, actor=actor, at=at)
        elif value := doubts.changed_by(code, part, answer, item.value):
            _change(item, value, actor=actor, at=at)


def _answer(doubt: ReviewItem, answers: list[str | None], *, actor: Actor, at: datetime) -> None:
    """Keep the answers; the doubt is settled when each part has one."""
    doubt.value = {**doubt.value, "answers": answers}
    doubt.state = State.ACCEPTED if all(answers) else State.READ
    doubt.decided_by_id, doubt.decided_at = actor.id, at
    doubt.save()
    document = doubt.reading.document
    record(
        events.DOUBT_ANSWERED,
        actor=actor,
        about=[doubt, doubt.reading, document],
        at=at,
        unit_id=document.owner_unit_id,
        after={"answers": answers},
        question=doubt.value["question"],
        answer=doubts.in_words(doubt.value),
    )


def _settle_doubts(item: ReviewItem, answer: str, *, actor: Actor, at: datetime) -> None:
    """What is asked about an item is answered when the officer edits or drops the item itself."""
    for doubt in item.reading.items.open_doubts():
        doubt.reading = item.reading
        given = list(zip(doubt.value["parts"], doubt.value["answers"], strict=True))
        answers = [old or (answer if part["about"] == item.position else None) for part, old in given]
        if answers != doubt.value["answers"]:
            _answer(doubt, answers, actor=actor, at=at)


def _follow(reading: Reading, field: str, *, actor: Actor) -> None:
    """Keep head and relations of the document in step with their items."""
    if field == Field.HEADER:
        values = {item.value["key"]: item.value["is"] for item in reading.items.filter(field=Field.HEADER)}
        set_head(reading.document, header_of(values))
    elif field == Field.CITATION:
        relate_citations(reading, actor=actor)


def _as_read(item: ReviewItem) -> dict[str, Any]:
    return {key: value for key, value in (item.read or {}).items() if key != "spans"}


def _counts(reading: Reading) -> dict[str, Any]:
    """How many items were kept as read, edited, added, dropped; doubts aside."""
    states = list(reading.items.exclude(field=Field.DOUBT).values_list("state", flat=True))
    return {
        "read": states.count(State.READ) + states.count(State.ACCEPTED),
        "edited": states.count(State.EDITED),
        "added": states.count(State.ADDED),
        "dropped": states.count(State.DROPPED),
    }
