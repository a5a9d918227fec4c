"""What a check of a file says: findings about rows, questions to the person, the shape of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

Value = str | int | float | bool | date | None
WHOLE_FILE = 0
"""The row of a finding about no row in particular."""


class Row(Protocol):
    """One row of the table: its number in Excel, its values by key, the group heading above it."""

    @property
    def number(self) -> int: ...

    @property
    def values(self) -> Mapping[str, Value]: ...

    @property
    def band(self) -> str: ...


class Weight(StrEnum):
    """How much a finding weighs; errors stop the commit, questions wait for an answer."""

    ERROR = "error"
    QUESTION = "question"
    CHANGE = "change"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a row; `key` is the column it speaks of, empty for the whole row."""

    row: int
    key: str
    weight: Weight
    says: str


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; `examples` are pairs: as it is written, as it would become."""

    key: str
    asks: str
    options: tuple[Option, ...]
    examples: tuple[tuple[str, str], ...] = ()
    answer: str = ""


@dataclass
class Findings:
    """Collects findings; the same remark on many rows becomes one, with the number of rows."""

    rows: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _tallies: dict[tuple[str, str], tuple[int, int, str]] = field(default_factory=dict)

    def error(self, row: int, key: str, says: str) -> None:
        """Something that must be put right in the file."""
        self.rows.append(Finding(row, key, Weight.ERROR, says))

    def change(self, row: int, says: str) -> None:
        """What committing the row will do."""
        self.rows.append(Finding(row, "", Weight.CHANGE, says))

    def note(self, row: int, key: str, says: str) -> None:
        """Something to know about a row."""
        self.rows.append(Finding(row, key, Weight.NOTE, says))

    def tally(self, row: int, key: str, remark: str, example: str) -> None:
        """A remark that may hold for many rows: told once, at the first of them."""
        count, first, shown = self._tallies.get((key, remark), (0, row, example))
        self._tallies[key, remark] = (count + 1, first, shown)

    def ask(self, question: Question, answers: Mapping[str, str], row: int, key: str = "") -> str:
        """Ask, once for a key; the answer given so far if it is one of the options, else empty."""
        known = next((asked for asked in self.questions if asked.key == question.key), None)
        if known is not None:
            return known.answer
        given = answers.get(question.key, "")
        answer = given if given in {option.value for option in question.options} else ""
        self.questions.append(
            Question(question.key, question.asks, question.options, question.examples, answer)
        )
        if not answer:
            self.rows.append(Finding(row, key, Weight.QUESTION, question.asks))
        return answer

    @property
    def waiting(self) -> bool:
        """Whether a question has no answer yet."""
        return any(not question.answer for question in self.questions)

    def told(self) -> tuple[Finding, ...]:
        """All findings, in the order of the rows."""
        tallied = [
            Finding(row, key, Weight.NOTE, _tallied(count, remark, example))
            for (key, remark), (count, row, example) in self._tallies.items()
        ]
        return tuple(sorted([*self.rows, *tallied], key=lambda finding: finding.row))


def in_rows(count: int) -> str:
    """A number of rows in words."""
    return f"{count:,} dòng".replace(",", ".")


def _tallied(count: int, remark: str, example: str) -> str:
    return f"{remark}: {example}." if count == 1 else f"{remark} ({in_rows(count)}), ví dụ {example}."
