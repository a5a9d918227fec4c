"""The review page: the sheet with its marks, the doubts, the draft by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nep.accounts.models import User
from nep.documents.domain.review.doubts import DROP, drops_item, in_words
from nep.documents.domain.review.items import QUIET
from nep.documents.domain.review.sheet import SheetLine, sheet_of
from nep.documents.domain.review.stamps import stamp_of
from nep.documents.domain.review.words import difference, row_words
from nep.documents.models import Document, Field, Reading, ReviewItem
from nep.documents.queries.marks import marks_of, tint_of

State = ReviewItem.State
WORK = frozenset({Field.TARGET, Field.TASK, Field.RULE, Field.RULE_SET, Field.MODEL})


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the draft; `was` and `now` where the officer changed what was read."""

    item: ReviewItem
    tint: str
    what: str
    under: str
    value: str
    stamp: str
    was: str
    now: str
    doubtful: bool

    @property
    def dropped(self) -> bool:
        return self.item.state == State.DROPPED

    @property
    def changed(self) -> bool:
        return self.item.state == State.EDITED

    @property
    def is_head(self) -> bool:
        return self.item.field == Field.HEADER


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a doubt: `about` is the row it concerns, `answer` what was given by hand already."""

    index: int
    question: str
    quote: str
    choices: tuple[tuple[str, str, bool], ...]
    about: Row | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A doubt: one question, or several of the same kind."""

    item: ReviewItem
    number: int
    tint: str
    kind: str
    question: str
    parts: tuple[Part, ...]
    stamp: str
    state: str
    answer: str

    @property
    def edits(self) -> Row | None:
        """The row that "Sửa tay" opens, where the doubt is about a single one."""
        return self.parts[0].about if len(self.parts) == 1 else None

    @property
    def drops(self) -> Row | None:
        """The row that "Bỏ mục này" leaves out; a doubt about a name or the head leaves nothing out."""
        row, code = self.edits, self.item.value["code"]
        return row if row and not row.is_head and drops_item(code, DROP) else None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one field."""

    field: str
    title: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the review shows."""

    document: Document
    reading: Reading
    lines: tuple[SheetLine, ...]
    cards: tuple[Card, ...]
    groups: tuple[Group, ...]
    items: int
    waiting: tuple[Card, ...]
    reader: str

    @property
    def finds_no_work(self) -> bool:
        """Whether nothing was read that anybody would have to do or keep to."""
        return not any(group.field in WORK for group in self.groups)

    @property
    def waiting_words(self) -> str:
        """Which doubts keep the programme from being made."""
        numbers = ", ".join(str(card.number) for card in self.waiting)
        return f"Còn {len(self.waiting)} mục chưa xác nhận: {numbers}."

    @property
    def first_waiting_url(self) -> str:
        """Where the first open doubt stands on the page."""
        return f"?muc={self.waiting[0].item.pk}#muc-{self.waiting[0].item.pk}" if self.waiting else ""


def review_page(reading: Reading, *, shown: int | None = None) -> ReviewPage:
    """The review of a reading; `shown` is the item whose acts are open, else the first open doubt."""
    document = reading.document
    items = list(reading.items.all())
    asked = {
        part["about"]
        for item in items
        if item.field == Field.DOUBT and item.state == State.READ
        for part in item.value["parts"]
    }
    rows = [_row(item, item.position in asked) for item in items if item.field != Field.DOUBT]
    by_number = {row.item.position: row for row in rows}
    doubts = [item for item in items if item.field == Field.DOUBT]
    open_doubts = [item.pk for item in doubts if item.state == State.READ]
    opened = shown if shown in open_doubts else next(iter(open_doubts), None)
    cards = tuple(_card(item, by_number, opened) for item in doubts)
    receiver = User.objects.filter(pk=document.received_by_id).values_list("name", flat=True).first()
    lines = sheet_of(document.text, reading.result["layout"], marks_of(items))
    waiting = tuple(card for card in cards if card.item.state == State.READ)
    return ReviewPage(document, reading, lines, cards, _groups(rows), len(rows), waiting, receiver or "")


def _row(item: ReviewItem, doubtful: bool) -> Row:
    words = row_words(item.field, item.value)
    changed = item.state == State.EDITED and item.read is not None
    was, now = difference(item.field, item.read or {}, item.value) if changed else ("", "")
    return Row(item, tint_of(item), words.what, words.under, words.value, stamp_of(item), was, now, doubtful)


def _groups(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Rows by field in the order of the fields, within one as they stand in the document."""
    found = []
    for field in Field:
        own = sorted((row for row in rows if row.item.field == field), key=_place)
        if own:
            dropped = sum(row.dropped for row in own)
            note = f"{len(own)} mục" + (f", {dropped} mục đã bỏ" if dropped else "")
            found.append(Group(field.value, field.label, note, tuple(own)))
    return tuple(found)


def _place(row: Row) -> tuple[bool, int, int]:
    return row.item.start is None and not row.is_head, row.item.start or 0, row.item.position


def _card(item: ReviewItem, rows: dict[int, Row], opened: int | None) -> Card:
    value = item.value
    parts = tuple(
        _part(index, part, answer, rows)
        for index, (part, answer) in enumerate(zip(value["parts"], value["answers"], strict=True))
    )
    about = parts[0].about if len(parts) == 1 else None
    settled = item.state != State.READ
    state = "decided" if settled else "open" if item.pk == opened else "closed"
    answer = "" if not settled else "Đã bỏ qua" if item.state == State.DROPPED else in_words(value)
    return Card(
        item=item,
        number=about.item.position if about else item.position,
        tint=about.tint if about else QUIET,
        kind=Field(about.item.field).label if about else "Văn bản",
        question=value["question"],
        parts=parts,
        stamp=stamp_of(item),
        state=state,
        answer=answer,
    )


def _part(index: int, part: dict[str, Any], answer: str | None, rows: dict[int, Row]) -> Part:
    choices = tuple((value, label, at == 0) for at, (value, label) in enumerate(part["choices"]))
    return Part(index, part["question"], part["quote"], choices, rows.get(part["about"] or 0), answer)
