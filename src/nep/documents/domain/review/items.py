"""From a reading to the items that an officer goes through, numbered as they stand in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nep.documents.domain.review.relations import relation_of
from nep.documents.domain.review.titles import (
    agency_name,
    clause_around,
    document_title,
    sentence_case,
    shortened,
    target_name,
    task_title,
)
from nep.documents.domain.review.when import as_worded, valid_rule

Json = Mapping[str, Any]

HEADER_KEYS = ("kind", "title", "issuer", "number", "issued_on", "period")
LAW, TARGET, TIME, ACTOR, QUIET = "law", "target", "time", "actor", "quiet"
TINTS = {"citation": LAW, "target": TARGET, "deadline": TIME, "task": ACTOR}

_PEOPLE = ("cán bộ", "công chức", "viên chức", "người lao động", "đoàn viên", "hội viên", "đảng viên",
           "người dân", "học sinh", "giáo viên", "nhân viên")  # fmt: skip
_UNITS = ("cơ quan", "đơn vị", "xã", "phường", "sở", "phòng", "trường", "công đoàn cơ sở", "chi bộ",
          "địa phương")  # fmt: skip
_STOP = re.compile(r"[.;:!?](?=\s)|\n\s*(?=[-+•*\n]|\d{1,2}[.)])")
_WHO = re.compile(r"có trách nhiệm|có nhiệm vụ", re.IGNORECASE)
_EXACT = ("before:", "by:", "on:", "yearly:", "half-yearly:", "quarterly:", "monthly:", "in:", "effective:")


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the original text and the tint in which it is marked."""

    start: int
    end: int
    tint: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """One item as read: `spans` are all its places, `source` names the entry of the reading it came from.

    `number` stands raised before its words in the text and beside it in the draft.
    """

    field: str
    value: dict[str, Any]
    spans: tuple[Span, ...] = ()
    source: tuple[str, int] = ("", 0)
    number: int = 0

    @property
    def start(self) -> int | None:
        """Where its words begin."""
        return self.spans[0].start if self.spans else None

    @property
    def end(self) -> int | None:
        """Where its words end."""
        return self.spans[0].end if self.spans else None


def items_of(reading: Json, text: str) -> tuple[NewItem, ...]:
    """Everything that was read except the doubts, in the order of the document, numbered from 1."""
    reading = {**reading, "deadlines": [_as_worded(entry) for entry in reading.get("deadlines") or ()]}
    found = [*_header(reading), *_citations(reading, text), *_content(reading, text)]

    def place(item: NewItem) -> int:
        # What the document does not say of itself (no number, no period) stands before everything.
        return item.start if item.start is not None else -1 if item.field == "header" else len(text)

    ordered = sorted(found, key=place)
    return tuple(replace(item, number=number) for number, item in enumerate(ordered, start=1))


def _as_worded(entry: Json) -> Json:
    return {**entry, "rule": as_worded(entry.get("rule") or "", entry.get("text") or "")}


def _spans(*entries: tuple[Json | None, str]) -> tuple[Span, ...]:
    return tuple(Span(entry["start"], entry["end"], tint) for entry, tint in entries
                 if entry and entry.get("start") is not None and entry["start"] < entry["end"])  # fmt: skip


def _header(reading: Json) -> Iterator[NewItem]:
    places = reading.get("places") or {}
    for index, key in enumerate(HEADER_KEYS):
        value = reading.get(key)
        if key == "title":
            value = document_title(value or "")
        elif key == "issuer":
            value = agency_name(value or "")
        spans = _spans((places.get(key), QUIET))
        yield NewItem("header", {"key": key, "is": value or ""}, spans, (key, index))


def _citations(reading: Json, text: str) -> Iterator[NewItem]:
    for index, entry in enumerate(reading.get("citations") or ()):
        number, name = entry.get("number") or "", entry.get("name") or ""
        value = {
            "number": number,
            "name": name or shortened(entry.get("text") or "", 300),
            "date": entry.get("date") or "",
            "relation": relation_of(text, entry.get("start") or 0, number, name),
        }
        yield NewItem("citation", value, _spans((entry, LAW)), ("citations", index))


def _content(reading: Json, text: str) -> Iterator[NewItem]:
    """All that a programme is made of; each time belongs to one item at most."""
    free = dict(enumerate(reading.get("deadlines") or ()))
    yield from _tasks(reading, free)
    yield from _targets(reading, text, free)
    yield from _times(reading, text, free)
    for index, entry in enumerate(reading.get("aims") or ()):
        value = {"text": " ".join(entry["text"].split())}
        yield NewItem("aim", value, _spans((entry, QUIET)), ("aims", index))
    yield from _rules(reading)
    yield from _named(reading, "models", "model")
    yield from _named(reading, "recipients", "recipient")


def _tasks(reading: Json, free: dict[int, Json]) -> Iterator[NewItem]:
    actors, deadlines = reading.get("actors") or (), reading.get("deadlines") or ()
    titles = {section["label"]: section.get("title") or "" for section in reading.get("sections") or ()}
    for index, entry in enumerate(reading.get("tasks") or ()):
        mine = [actors[at] for at in entry.get("actors") or () if at < len(actors)]
        times = [at for at in entry.get("deadlines") or () if at in free and valid_rule(free[at]["rule"])]
        times.sort(key=lambda at: not deadlines[at]["rule"].startswith(_EXACT))
        rule = deadlines[times[0]]["rule"] if times else valid_rule(entry.get("recurrence") or "")
        value = {
            "title": task_title(entry["text"], [actor["name"] for actor in mine]),
            "text": " ".join(entry["text"].split()),
            "line": line_of_work(entry.get("section") or "", titles),
            "actors": [{"name": shortened(actor["name"], 290), "role": actor["role"]} for actor in mine],
            "rule": rule,
            "evidence": entry.get("evidence") or "any",
        }
        when = free.pop(times[0]) if times else None
        spans = _spans((entry, QUIET), *((actor, ACTOR) for actor in mine), (when, TIME))
        yield NewItem("task", value, spans, ("tasks", index))


def _times(reading: Json, text: str, free: Mapping[int, Json]) -> Iterator[NewItem]:
    """Times that belong to nothing else; the document's own span of years stands in its head already."""
    period = reading.get("period") or {}
    own = f"period:{period.get('from')}..{period.get('to')}"
    for index, entry in free.items():
        rule = valid_rule(entry.get("rule") or "")
        if rule and rule != own:
            value = {"rule": rule, "text": _sentence_around(text, entry["start"], entry["end"])}
            yield NewItem("deadline", value, _spans((entry, TIME)), ("deadlines", index))


def _sentence_around(text: str, start: int, end: int) -> str:
    """The words of a time with those of its sentence, so that a bare "hằng năm" says of what."""
    far = max(0, start - 240)
    stops = [match.end() for match in _STOP.finditer(text, far, start)]
    left = stops[-1] if stops else far and text.find(" ", far, start) + 1
    after = _STOP.search(text, end, end + 120)
    return shortened(text[left : after.start() if after else end], 300)


def line_of_work(label: str, titles: Mapping[str, str]) -> str:
    """The nearest titled part of the outline that holds a label such as "III.2.a"."""
    while label:
        title = titles.get(label)
        # "UBND các xã có trách nhiệm" heads the duties of somebody, it is no line of work.
        if title and not _WHO.search(title):
            return shortened(sentence_case(" ".join(title.split()).rstrip(" :.")), 200)
        label = label.rpartition(".")[0]
    return ""


def _targets(reading: Json, text: str, free: dict[int, Json]) -> Iterator[NewItem]:
    for field, unit in (("targets", "%"), ("quantities", "")):
        for index, entry in enumerate(reading.get(field) or ()):
            words = entry.get("text") or ""
            when = _same_sentence(entry, text, free) if unit else None
            around = clause_around(text, entry["start"], entry["end"])
            name = target_name(words) if unit else sentence_case(around)
            value = {
                "name": shortened(name, 480),
                "value": str(entry["value"]),
                "unit": unit or shortened(entry.get("what") or "", 60),
                "subject": subject_of(words),
                "rule": free[when]["rule"] if when is not None else "",
                "source": "",
            }
            time = free.pop(when) if when is not None else None
            yield NewItem("target", value, _spans((entry, TARGET), (time, TIME)), (field, index))


def subject_of(words: str) -> str:
    """Whom a target is told of, by the first word that says so: people, units or other."""
    folded = words.casefold()
    first = {kind: min((folded.find(word) for word in group if word in folded), default=len(folded))
             for kind, group in (("people", _PEOPLE), ("units", _UNITS))}  # fmt: skip
    if min(first.values()) == len(folded):
        return "other"
    return min(first, key=lambda kind: first[kind])


def _same_sentence(entry: Json, text: str, free: Mapping[int, Json]) -> int | None:
    """The first free time that stands in the sentence of an entry."""
    start, end = entry["start"], entry["end"]
    for at, deadline in free.items():
        left, right = min(end, deadline["end"]), max(start, deadline["start"])
        between = text[left:right]
        if len(between) < 200 and not any(stop in between for stop in (". ", ";", "\n\n", ".\n")):
            return at if valid_rule(deadline["rule"]) else None
    return None


def _rules(reading: Json) -> Iterator[NewItem]:
    for index, entry in enumerate(reading.get("rules") or ()):
        value = {
            "kind": entry["kind"],
            "binds": entry.get("binds") or "everyone",
            "topic": shortened(entry.get("topic") or "", 290),
            "text": " ".join(entry["text"].split()),
        }
        yield NewItem("rule", value, _spans((entry, QUIET)), ("rules", index))
    for index, entry in enumerate(reading.get("rule_sets") or ()):
        rules = [shortened(rule, 290) for rule in entry["items"]]
        value = {"name": shortened(entry["name"], 190), "items": rules}
        yield NewItem("rule_set", value, _spans((entry, QUIET)), ("rule_sets", index))


def _named(reading: Json, key: str, field: str) -> Iterator[NewItem]:
    places: Sequence[Json] = (reading.get("places") or {}).get(key) or ()
    for index, name in enumerate(reading.get(key) or ()):
        place = places[index] if index < len(places) else None
        yield NewItem(field, {"name": shortened(name, 480)}, _spans((place, QUIET)), (key, index))
