"""What a recorded change has done: units, people, roles, months; read from what it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nep.org.domain.effects import effect_in_words, months_in_words
from nep.org.models import Grant, Person, Posting, Restatement, Unit, UnitChange, UnitName
from nep.org.queries.histories import ChangeRow, change_rows, with_units

NAMED = 12  # so many people are named, the others are counted
RESTATED = 24  # so many restated figures are shown


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of a unit that became the same other one in some months; `kept` when those are locked."""

    unit: Unit
    measure: str
    months: str
    before: int
    after: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """A change in words and counts: its units, whose postings change, which roles end, which months."""

    row: ChangeRow
    words: str
    late: bool
    old_name: str
    new_name: str
    people: list[Person]
    people_more: int
    grants: list[Grant]
    restated: list[Restated]
    restated_more: int


def effect_of(change: UnitChange, today: date) -> Effect:
    """What a change did, or does from its day on."""
    row = change_rows(with_units(UnitChange.objects.filter(pk=change.pk)))[0]
    written = UnitChange.objects.values_list("written", flat=True).get(pk=change.pk)
    people = _told(written, Posting._meta.label_lower, "person_id")
    persons = Person.objects.filter(pk__in=people).order_by("sort_key", "pk")
    ended = {entry["id"] for entry in written if entry["row"] == Grant._meta.label_lower}
    grants = Grant.objects.filter(pk__in=ended).select_related("user", "unit").order_by("pk")
    restated = list(change.restatements.select_related("unit").order_by("unit__sort_key", "month", "pk"))
    again = [one.month for one in restated if not one.kept]
    kept = [one.month for one in restated if one.kept]
    together = _together(restated)
    return Effect(
        row,
        effect_in_words(change.on, today, again, kept),
        change.on < today,
        *_names(change),
        list(persons[:NAMED]),
        max(len(people) - NAMED, 0),
        list(grants),
        together[:RESTATED],
        max(len(together) - RESTATED, 0),
    )


def _together(restated: Iterable[Restatement]) -> list[Restated]:
    """Restated figures, the months with the same figures in one line."""
    months: dict[tuple[Unit, str, int, int, bool], list[date]] = {}
    for row in restated:
        key = (row.unit, row.get_measure_display(), row.before, row.after, row.kept)
        months.setdefault(key, []).append(row.month)
    return [
        Restated(unit, measure, months_in_words(named), before, after, kept)
        for (unit, measure, before, after, kept), named in months.items()
    ]


def _names(change: UnitChange) -> tuple[str, str]:
    """The name before a renaming and the one it gave; nothing for other changes."""
    if change.kind != UnitChange.Kind.RENAME:
        return "", ""
    names = UnitName.objects.filter(unit__change_parts__change=change)
    on = names.filter(during__contains=change.on).first()
    before = names.filter(during__contains=change.on - timedelta(days=1)).first()
    return (before.name if before else "", on.name if on else "")


def _told(written: Iterable[dict[str, object]], label: str, column: str) -> set[int]:
    """The values of a column in the rows that a change wrote."""
    postings = [entry for entry in written if entry["row"] == label]
    told = {
        int(str(state[column]))
        for entry in postings
        for state in (entry["was"], entry["now"])
        if isinstance(state, dict) and state.get(column)
    }
    stored = Posting.objects.filter(pk__in=[entry["id"] for entry in postings])
    return told | set(stored.values_list(column, flat=True))
