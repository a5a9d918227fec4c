"""What amendments change and what a programme says, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nep.indicators.models import Indicator
from nep.movements.domain.amendments import ADD, CHANGE, DROP, HEAD, Change, Values, fields_changed
from nep.movements.domain.deadline_forms import rule_in_words
from nep.movements.models import ConductRule, LineOfWork, Programme, Target, TaskActor
from nep.movements.models.content import EvidenceKind
from nep.movements.queries.contents import content_on, part_of, places_of_parts
from nep.movements.queries.parts import KINDS
from nep.movements.queries.rules import BINDS
from nep.movements.queries.words import number_words
from nep.platform.ui.formats import day as day_words

HEAD_TITLE = "Thông tin chung"
ACT_WORDS = {ADD: "Thêm", CHANGE: "Sửa", DROP: "Bỏ"}
ACT_KINDS = {ADD: "good", CHANGE: "warn", DROP: "bad"}
LABELS = {
    "title": "Tên",
    "name": "Tên",
    "text": "Nội dung",
    "value": "Mức",
    "unit": "Đơn vị tính",
    "subject": "Tính trên",
    "rule": "Thời hạn",
    "source_of_figures": "Lấy số từ",
    "indicator": "Chỉ số",
    "line_of_work": "Nhóm giải pháp",
    "evidence_kind": "Minh chứng",
    "actors": "Giao cho",
    "kind": "Loại",
    "binds": "Áp dụng cho",
    "topic": "Chủ đề",
    "items": "Các điều",
    "ends_on": "Thực hiện đến hết ngày",
}
NAMES_ITSELF = {"name", "title", "code"}


@dataclass(frozen=True, slots=True)
class ValueWords:
    """One value of an item before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One item that an amendment changes; `key` as addresses name it."""

    act: str
    act_word: str
    act_kind: str
    kind: str
    key: str
    noun: str
    code: str
    name: str
    values: list[ValueWords]


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One item of a programme on a day, or of a template."""

    kind: str
    key: str
    code: str
    name: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class KindWords:
    """All items of one kind."""

    kind: str
    title: str
    noun: str
    rows: list[ItemWords]

    @property
    def count(self) -> str:
        return f"{len(self.rows)} mục"


def key_words(key: int) -> str:
    """A number as addresses tell it: new items of an amendment have none of their own yet."""
    return str(key) if key >= 0 else f"m{-key}"


def key_of(words: str) -> int | None:
    """The number that an address tells; None for one that is none."""
    digits = words.removeprefix("m")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    return -int(digits) if words.startswith("m") else int(digits)


@dataclass(frozen=True, slots=True)
class Namer:
    """Knows the names of what values only number: groups of tasks and indicators."""

    lines: Mapping[int, str]
    indicators: Mapping[int, str]

    @classmethod
    def of(cls, lines: Mapping[int, str], values: Iterable[Values]) -> Namer:
        """The namer for these values, in one query where they name indicators."""
        asked = {told["indicator"] for told in values if told.get("indicator")}
        rows = Indicator.objects.filter(pk__in=asked).values_list("pk", "name") if asked else ()
        return cls(lines, dict(rows))

    def words(self, field: str, value: Any, kind: str) -> str:
        """A value as people read it."""
        if value in (None, "", []):
            return {"rule": "không đặt hạn", "actors": "mọi đơn vị trong phạm vi"}.get(field, "")
        tell = _TELL.get(field)
        if tell is not None:
            return str(tell(value))
        if field == "line_of_work":
            return self.lines.get(value, "")
        if field == "indicator":
            return self.indicators.get(value, "")
        if field == "kind" and kind == "quy-tac":
            return str(ConductRule.Kind(value).label)
        return str(value)


def _actors(rows: list[dict[str, Any]]) -> str:
    return "; ".join(f"{row['name']} ({TaskActor.Role(row['role']).label})" for row in rows)


_TELL: dict[str, Any] = {
    "rule": rule_in_words,
    "value": lambda value: number_words(Decimal(value)),
    "subject": lambda value: str(Target.Subject(value).label),
    "evidence_kind": lambda value: str(EvidenceKind(value).label),
    "binds": lambda value: BINDS.get(value, value),
    "actors": _actors,
    "items": "; ".join,
    "ends_on": lambda value: day_words(date.fromisoformat(value)),
}


def changes_told(changes: Iterable[Change], programme: Programme) -> list[ChangeWords]:
    """What an amendment changes, kind by kind in the order of the programme's pages."""
    told = list(changes)
    lines = dict(LineOfWork.ever.filter(programme=programme).values_list("pk", "name"))
    namer = Namer.of(lines, [values for one in told for values in (one.before or {}, one.after or {})])
    order = [HEAD, *KINDS]
    told.sort(key=lambda one: (order.index(one.kind), one.key < 0, abs(one.key)))
    return [_change(one, namer, programme) for one in told]


def _change(change: Change, namer: Namer, programme: Programme) -> ChangeWords:
    code, name, noun = _named(change.kind, change.values, programme)
    values = [
        ValueWords(
            LABELS[one.field],
            namer.words(one.field, one.before, change.kind) if change.before is not None else "",
            namer.words(one.field, one.after, change.kind) if change.after is not None else "",
        )
        for one in fields_changed(change)
        if one.field in LABELS and not (change.act != CHANGE and one.field in NAMES_ITSELF)
    ]
    return ChangeWords(
        change.act,
        ACT_WORDS[change.act],
        ACT_KINDS[change.act],
        change.kind,
        key_words(change.key),
        noun,
        code,
        name,
        [value for value in values if value.before or value.after],
    )


def _named(kind: str, values: Values, programme: Programme) -> tuple[str, str, str]:
    """Code, name and sort of an item."""
    if kind == HEAD:
        return "", HEAD_TITLE, HEAD_TITLE.lower()
    sort = KINDS[kind]
    code = str(values.get("code", ""))
    name = sort.name(part_of(kind, values, programme))
    return code, name.removeprefix(code).strip() if code else name, sort.noun


def items_told(
    content: Mapping[tuple[str, int], Values],
    places: Mapping[tuple[str, int], int],
    programme: Programme,
    *,
    empty: bool = False,
) -> list[KindWords]:
    """A whole content in words, kind by kind; `empty`: also the kinds that it has not."""
    lines = {key: values["name"] for (kind, key), values in content.items() if kind == "nhom"}
    namer = Namer.of(lines, content.values())
    found = []
    for sort in KINDS.values():
        items = sorted(
            (item for item in content if item[0] == sort.slug),
            key=lambda item: (places.get(item, len(places)), abs(item[1])),
        )
        rows = [_item(item, content[item], namer, programme) for item in items]
        if rows or empty:
            found.append(KindWords(sort.slug, sort.title, sort.noun, rows))
    return found


def _item(item: tuple[str, int], values: Values, namer: Namer, programme: Programme) -> ItemWords:
    code, name, _ = _named(item[0], values, programme)
    itself = {"name", "title", "code"} if item[0] not in ("muc-dich", "moc", "quy-tac") else {"text"}
    facts = [
        (LABELS[field], namer.words(field, value, item[0]))
        for field, value in values.items()
        if field in LABELS and field not in itself
    ]
    told = [(label, words) for label, words in facts if words]
    return ItemWords(item[0], key_words(item[1]), code, name, told)


def content_told(programme: Programme, day: date) -> list[KindWords]:
    """What a programme said on a day, in words."""
    return items_told(content_on(programme, day), places_of_parts(programme), programme)
