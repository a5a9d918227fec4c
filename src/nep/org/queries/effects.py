"""What a recorded change has done: units, people, roles, months; read from what it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nep.org.domain.effects import effect_in_words
from nep.org.models import Grant, Person, Posting, Restatement, UnitChange, UnitName
from nep.org.queries.histories import ChangeRow, change_rows, with_units

NAMED = 12  # so many people are named, the others are counted
RESTATED = 24  # so many restated figures are shown


@dataclass(frozen=True, slots=True)
class Effect:
    """A change in words and counts: its units, whose postings change, which roles end, which months."""

    row: ChangeRow
    words: str
    late: bool
    named: str
    people: list[Person]
    people_more: int
    grants: list[Grant]
    restated: list[Restatement]
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
    return Effect(
        row,
        effect_in_words(change.on, today, again, kept),
        change.on < today,
        _new_name(change),
        list(persons[:NAMED]),
        max(len(people) - NAMED, 0),
        list(grants),
        restated[:RESTATED],
        max(len(restated) - RESTATED, 0),
    )


def _new_name(change: UnitChange) -> str:
    """The name that a change gave."""
    if change.kind != UnitChange.Kind.RENAME:
        return ""
    unit = change.parts.get().unit_id
    return UnitName.objects.filter(unit=unit, during__contains=change.on).values_list("name", flat=True)[0]


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
