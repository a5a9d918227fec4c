"""One document read: every field, with its place in the original text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .actors import Actor, find_actors
from .aims import Aim, find_aims
from .amounts import Quantity, Target, find_quantities, find_targets
from .context import Context
from .deadlines import Deadline, find_deadlines
from .doubts import Doubt, Findings, find_doubts
from .place import Place
from .recipients import Recipient, find_recipients
from .rules import Rule, find_rules
from .rulesets import Model, RuleSet, find_models, find_rule_sets
from .tasks import Task, find_tasks
from .text import Text

KnownUnits = Callable[[str], bool]


class Spanned(Protocol):
    """Anything with a span in the clean text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Reading:
    """What the reader found; all spans are in the clean text, `as_json` leads them back to the original."""

    text: Text
    context: Context
    targets: tuple[Target, ...]
    quantities: tuple[Quantity, ...]
    deadlines: tuple[Deadline, ...]
    actors: tuple[Actor, ...]
    rule_sets: tuple[RuleSet, ...]
    models: tuple[Model, ...]
    recipients: tuple[Recipient, ...]
    rules: tuple[Rule, ...]
    tasks: tuple[Task, ...]
    aims: tuple[Aim, ...]
    doubts: tuple[Doubt, ...]
    source: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The reading as plain data in the form of the label files, with places in the original text."""
        return _Writer(self).document()


class _Writer:
    """Turns the parts of a reading into plain data."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text

    def document(self) -> dict[str, Any]:
        """All keys of the answer."""
        reading, header = self.reading, self.reading.context.header
        return {
            "source": reading.source,
            "kind": header.kind,
            "issuer": self._named(header.issuer),
            "number": header.number.value if header.number else None,
            "issued_on": header.issued_on.value if header.issued_on else None,
            "period": {"from": header.period.first, "to": header.period.last} if header.period else None,
            "title": self._named(header.title),
            **self._lists(),
            "places": self._places(),
        }

    def _lists(self) -> dict[str, Any]:
        reading = self.reading
        return {
            "citations": [
                {"number": c.number, "name": c.name, "date": c.date, **self._words(c)}
                for c in reading.context.citations
            ],
            "targets": [{"value": _plain(t.value), **self._words(t)} for t in reading.targets],
            "quantities": [{"value": q.value, "what": q.what, **self._words(q)} for q in reading.quantities],
            "deadlines": [{"rule": d.rule, **self._words(d)} for d in reading.deadlines],
            "actors": [
                {"name": self.text.words_of(a.start, a.end), "role": a.role, **self._words(a)}
                for a in reading.actors
            ],
            "rule_sets": [self._rule_set(rule_set) for rule_set in reading.rule_sets],
            "models": [self.text.words_of(m.start, m.end) for m in reading.models],
            "recipients": [self.text.words_of(r.start, r.end) for r in reading.recipients],
            "rules": [
                {"kind": r.kind, "binds": r.binds, "topic": r.topic, **self._words(r)} for r in reading.rules
            ],
            "tasks": [self._task(task) for task in reading.tasks],
            "aims": [self._words(aim) for aim in reading.aims],
            "doubts": [self._doubt(doubt) for doubt in reading.doubts],
            "sections": [
                {"label": s.label, "level": s.level, "title": s.title or None, **self._span(s)}
                for s in reading.context.sections
            ],
        }

    def _rule_set(self, rule_set: RuleSet) -> dict[str, Any]:
        return {
            "name": self.text.words_of(rule_set.name_start, rule_set.name_end),
            "items": [self.text.words_of(item.start, item.end) for item in rule_set.items],
            "items_at": self._spans(rule_set.items),
            **self._span(rule_set),
        }

    def _task(self, task: Task) -> dict[str, Any]:
        return {
            "section": task.section,
            "actors": list(task.actors),
            "deadlines": list(task.deadlines),
            "recurrence": task.recurrence,
            "evidence": task.evidence,
            **self._words(task),
        }

    def _doubt(self, doubt: Doubt) -> dict[str, Any]:
        start, end = self.text.to_original(doubt.start, doubt.end)
        row: dict[str, Any] = {
            "code": doubt.code,
            "question": doubt.question,
            "quote": self.text.original[start:end],
            "start": start,
            "end": end,
            "field": doubt.field,
            "index": doubt.index,
        }
        if doubt.choices:
            row["choices"] = [{"value": value, "label": label} for value, label in doubt.choices]
        return row

    def _places(self) -> dict[str, Any]:
        reading, header = self.reading, self.reading.context.header
        single = {
            "kind": header.kind_place,
            "issuer": header.issuer,
            "number": header.number,
            "issued_on": header.issued_on,
            "period": header.period,
            "title": header.title,
        }
        return {
            "models": self._spans(reading.models),
            "recipients": self._spans(reading.recipients),
            **{key: self._span(item) if item else None for key, item in single.items()},
        }

    def _named(self, place: Place | None) -> str | None:
        """A name as written in the original where it stands there whole."""
        if place is None:
            return None
        clean = self.text.clean[place.start : place.end].replace("\n", " ")
        return self.text.words_of(place.start, place.end) if clean.strip() == place.value else place.value

    def _words(self, item: Spanned) -> dict[str, Any]:
        start, end = self.text.to_original(item.start, item.end)
        return {"text": self.text.original[start:end], "start": start, "end": end}

    def _span(self, item: Spanned) -> dict[str, int]:
        start, end = self.text.to_original(item.start, item.end)
        return {"start": start, "end": end}

    def _spans(self, items: Iterable[Spanned]) -> list[dict[str, int]]:
        return [self._span(item) for item in items]


def _plain(value: float) -> int | float:
    """100.0 as 100: whole percentages are written as whole numbers."""
    return int(value) if value == int(value) else value


def read(original: str, *, known_units: KnownUnits | None = None, source: str | None = None) -> Reading:
    """Read a Vietnamese administrative document.

    `known_units` tells whether a name is a unit of the reader's organisation; names it does not
    know become doubts. Never raises on any text; text that says nothing gives kind "other" and no items.
    """
    text = Text.of(original)
    context = Context.of(text)
    targets, deadlines = find_targets(text, context), context.once(find_deadlines, text)
    actors, rule_sets = find_actors(text, context), find_rule_sets(text, context)
    recipients = find_recipients(text, context)
    findings = Findings(targets, deadlines, actors, rule_sets, bool(recipients))
    return Reading(
        text=text,
        context=context,
        targets=targets,
        quantities=find_quantities(text, context),
        deadlines=deadlines,
        actors=actors,
        rule_sets=rule_sets,
        models=find_models(text, context),
        recipients=recipients,
        rules=context.once(find_rules, text),
        tasks=find_tasks(text, context),
        aims=context.once(find_aims, text),
        doubts=find_doubts(text, context, findings, known_units),
        source=source,
    )
