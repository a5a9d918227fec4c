"""Kinds of events: a code and the Vietnamese sentence that tells it."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

REGISTRY: dict[str, EventType] = {}


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event; `sentence` names the facts it needs as {fields}, `{actor}` is always there."""

    code: str
    sentence: str

    @property
    def fields(self) -> frozenset[str]:
        """The facts that the sentence needs."""
        named = {field for _, field, _, _ in Formatter().parse(self.sentence) if field}
        return frozenset(named - {"actor"})


def event(code: str, sentence: str) -> EventType:
    """Declare a kind of event.

    Raises: ValueError when the code is taken.
    """
    if code in REGISTRY:
        raise ValueError(f"event declared twice: {code}")
    return REGISTRY.setdefault(code, EventType(code, sentence))
