"""A checked plan of staff written by COPY in the transaction of the caller, with one event for each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from nep.kernel.vietnamese import name_sort_key
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.roster_state import PersonEdit, Placing, StaffPlan
from nep.org.models import ExcelImport, Person, Position, Posting, Unit
from nep.org.services.periods import restating
from nep.platform.audit.trail import record
from nep.platform.search import search_text

_LOCK = "LOCK TABLE org_person, org_position, org_posting IN SHARE ROW EXCLUSIVE MODE"
_EDIT = """
UPDATE org_person SET name = told.name, kind = told.kind, born_on = told.born_on, email = told.email,
       sort_key = told.sort_key, search = told.search
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[])
     AS told(id, name, kind, born_on, email, sort_key, search)
WHERE org_person.id = told.id
"""
_END = "UPDATE org_posting SET during = daterange(lower(during), %s), ended_because = %s WHERE id = ANY(%s)"
_REPLACE = """
UPDATE org_posting SET unit_id = told.unit_id, position_id = told.position_id
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS told(id, unit_id, position_id)
WHERE org_posting.id = told.id
"""


def lock_roster() -> None:
    """Let nobody else write people and postings until the transaction ends; reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def write_staff(plan: StaffPlan, excel_import: ExcelImport, *, actor: Actor, at: datetime) -> None:
    """Write everything that the plan says, list what it restates, and tell the trail."""
    on, because = excel_import.on, f"Theo tệp {excel_import.file_name}"
    people = _write_people(plan)
    _edit_people(plan.edits)
    touched = {placing.unit_id for placing in plan.placings}
    touched |= {placing.former_unit_id for placing in plan.placings if placing.former_unit_id}
    with restating(touched, on, at=at, people=[people[placing.code] for placing in plan.placings]):
        _write_postings(plan.placings, people, _positions(plan), on, because=because)
    _tell(plan, people, excel_import, actor=actor, at=at)


def _new_ids(model: type[Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Send rows into the table of a model with COPY."""
    named = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({named}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _write_people(plan: StaffPlan) -> dict[str, int]:
    """Add the new people; the ids of all people of the plan by their codes."""
    ids = _new_ids(Person, len(plan.people)) if plan.people else []
    columns = ("id", "staff_code", "name", "kind", "born_on", "email", "sort_key", "search")
    copy_rows(
        Person,
        columns,
        (
            (pk, new.code, new.name, new.kind, new.born_on, new.email, *_keys(new.name, new.code))
            for pk, new in zip(ids, plan.people, strict=True)
        ),
    )
    known = {edit.code for edit in plan.edits} | {placing.code for placing in plan.placings}
    found = dict(Person.objects.filter(staff_code__in=known).values_list("staff_code", "pk"))
    return found | {new.code: pk for pk, new in zip(ids, plan.people, strict=True)}


def _keys(name: str, code: str) -> tuple[str, str]:
    return name_sort_key(name)[:800], search_text(name, code)


def _edit_people(edits: Sequence[PersonEdit]) -> None:
    if not edits:
        return
    rows = [
        (edit.person_id, edit.name, edit.kind, edit.born_on, edit.email, *_keys(edit.name, edit.code))
        for edit in edits
    ]
    with connection.cursor() as cursor:
        cursor.execute(_EDIT, [list(column) for column in zip(*rows, strict=True)])


def _positions(plan: StaffPlan) -> dict[str, int]:
    Position.objects.bulk_create(Position(name=new.name, is_head=new.is_head) for new in plan.positions)
    return dict(Position.objects.values_list("name", "pk"))


def _write_postings(
    placings: Sequence[Placing], people: dict[str, int], positions: dict[str, int], on: date, *, because: str
) -> None:
    """End what ends the day before, put right what begins on the day, add the rest."""
    ending = [placing.ends for placing in placings if placing.ends]
    replaced = [
        (placing.replaces, placing.unit_id, positions[placing.position])
        for placing in placings
        if placing.replaces
    ]
    with connection.cursor() as cursor:
        if ending:
            cursor.execute(_END, [on, because[:300], ending])
        if replaced:
            cursor.execute(_REPLACE, [list(column) for column in zip(*replaced, strict=True)])
    columns = ("person_id", "unit_id", "position_id", "kind", "during", "decision", "ended_because")
    copy_rows(
        Posting,
        columns,
        (
            (
                people[placing.code],
                placing.unit_id,
                positions[placing.position],
                Posting.Kind.MAIN.value,
                f"[{on},{placing.until or ''})",
                "",
                "",
            )
            for placing in placings
            if not placing.replaces
        ),
    )


@dataclass
class _InUnit:
    """What a file does to the people of one unit."""

    people: set[int] = field(default_factory=set)
    new: int = 0
    came: int = 0
    left: int = 0
    changed: int = 0
    before: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    after: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def in_words(self) -> str:
        """What happened, in a phrase."""
        parts = (
            (self.new, "người mới"),
            (self.came, "người chuyển đến"),
            (self.left, "người chuyển đi"),
            (self.changed, "người đổi thông tin hoặc chức vụ"),
        )
        return ", ".join(f"{count} {words}" for count, words in parts if count)


def _tell(
    plan: StaffPlan, people: dict[str, int], excel_import: ExcelImport, *, actor: Actor, at: datetime
) -> None:
    """One event for each unit that the file touches, about everybody in it whom the file touches.

    So a person's time line finds the file, and an auditor of a unit sees what happened there and no more.
    """
    units = _by_unit(plan, people)
    known = Unit.objects.in_bulk(units)
    for unit_id, told in sorted(units.items()):
        record(
            events.STAFF_IMPORTED,
            actor=actor,
            about=[known[unit_id], excel_import, *(Person(pk=pk) for pk in sorted(told.people))],
            at=at,
            unit_id=unit_id,
            before=dict(told.before) or None,
            after=dict(told.after) or None,
            file=excel_import.file_name,
            unit=known[unit_id].name,
            changes=told.in_words(),
        )


def _by_unit(plan: StaffPlan, people: dict[str, int]) -> dict[int, _InUnit]:
    units: dict[int, _InUnit] = defaultdict(_InUnit)
    new = {one.code for one in plan.people}
    changed: set[str] = set()
    for edit in plan.edits:
        told = units[edit.unit_id]
        told.people.add(edit.person_id)
        told.changed += 1
        changed.add(edit.code)
        for label, before, after in edit.changed:
            told.before[edit.code][label], told.after[edit.code][label] = before, after
    known = new | changed
    for placing in plan.placings:
        told = units[placing.unit_id]
        told.people.add(people[placing.code])
        told.new += placing.code in new
        told.came += placing.former_unit_id is not None
        told.changed += placing.former_unit_id is None and placing.code not in known
        if placing.former_unit_id is not None:
            units[placing.former_unit_id].people.add(people[placing.code])
            units[placing.former_unit_id].left += 1
        if placing.code not in new:
            told.after[placing.code]["chức vụ"] = placing.position
    return dict(units)
