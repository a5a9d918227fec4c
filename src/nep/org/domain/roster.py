"""A staff file against the roster: who is new, who changed, who moved; what must be put right or answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nep.kernel.vietnamese import fold
from nep.org.domain.postings import YOUNGEST
from nep.org.domain.roster_findings import WHOLE_FILE, Finding, Findings, Question, Row
from nep.org.domain.roster_places import KnownUnit
from nep.org.domain.roster_rows import RowReader, StaffRow, in_unicode
from nep.org.domain.roster_state import (
    KINDS,
    UNKNOWN_KIND,
    KnownPerson,
    KnownPosting,
    NewPerson,
    PersonEdit,
    Placing,
    StaffPlan,
    StaffState,
)
from nep.org.domain.roster_where import Posts, Where
from nep.org.domain.roster_who import UNCLEAR, Who, same_birth

MOST_GONE_TOLD = 200


@dataclass(frozen=True, slots=True)
class StaffOutcome:
    """What checking a file gives: the plan, and everything there is to say about it."""

    plan: StaffPlan
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]


def check_staff(
    rows: Sequence[Row], columns: frozenset[str], state: StaffState, answers: Mapping[str, str]
) -> StaffOutcome:
    """What committing these rows would do to the roster; `columns` are the keys that the sheet has.

    Nobody is ever removed: who is no longer in the file is only told.
    """
    findings = Findings()
    convert = in_unicode(rows, answers, findings)
    if findings.waiting:
        return StaffOutcome(StaffPlan(), findings.told(), tuple(findings.questions))
    reader = RowReader(findings, convert, state.today)
    plan = _Check(state, columns, answers, findings).plan([reader.read(row) for row in rows])
    return StaffOutcome(plan, findings.told(), tuple(findings.questions))


class _Check:
    """One pass over the rows, with what it has seen so far."""

    def __init__(
        self, state: StaffState, columns: frozenset[str], answers: Mapping[str, str], findings: Findings
    ) -> None:
        self.state, self.findings = state, findings
        self.who = Who(state, answers, findings)
        self.where = Where(state, columns, answers, findings)
        self.posts = Posts(state, findings)
        self.people: list[NewPerson] = []
        self.edits: list[PersonEdit] = []
        self.placings: list[Placing] = []
        self.unchanged = 0

    def plan(self, rows: Sequence[StaffRow]) -> StaffPlan:
        """Look at every row, then at who is missing."""
        self.who.ask(rows)
        self.where.ask(rows)
        for row in rows:
            known = self.who.find(row)
            unit = self.where.find(row, None if known == UNCLEAR else known)
            if not row.readable or known == UNCLEAR or unit is None:
                continue
            if known is None:
                self._add(row, unit)
            else:
                self._update(row, known, unit)
        self._check_heads()
        return StaffPlan(
            people=tuple(self.people),
            edits=tuple(self.edits),
            placings=tuple(self.placings),
            positions=tuple(self.posts.new.values()),
            unchanged=self.unchanged,
            gone=self._tell_gone(),
        )

    def _add(self, row: StaffRow, unit: KnownUnit) -> None:
        position = self.posts.name_for(row, unit)
        if position is None or not self._old_enough(row, row.born_on):
            return
        if not row.kind:
            self.findings.tally(row.number, "kind", "Không ghi đối tượng nên để “Khác”", row.name)
        self.who.warn_of_same(row)
        self.people.append(
            NewPerson(row.number, row.code, row.name, row.kind or UNKNOWN_KIND, row.born_on, row.email)
        )
        self.placings.append(
            Placing(row.number, row.code, unit.id, position, until=self._until(row, unit, None))
        )
        self.findings.change(row.number, f"Thêm mới {row.name}, {position} tại {unit.name}.")

    def _update(self, row: StaffRow, known: KnownPerson, unit: KnownUnit) -> None:
        edit = self._edit(row, known, unit)
        told = [f"{label} “{before or 'trống'}” thành “{after}”" for label, before, after in edit.changed]
        errors = len(self.findings.rows)
        if placing := self._placing(row, known, unit):
            self.placings.append(placing)
            told.append(self._in_words(placing, known, unit))
        if edit.changed:
            self.edits.append(edit)
        if told:
            self.findings.change(row.number, f"{known.name}: {'; '.join(told)}.")
        elif len(self.findings.rows) == errors:
            self.unchanged += 1

    def _edit(self, row: StaffRow, known: KnownPerson, unit: KnownUnit) -> PersonEdit:
        """The fields that the row says otherwise; what the file leaves blank stays."""
        born = known.born_on if known.born_on and same_birth(row, known) else row.born_on
        kind, email = row.kind or known.kind, row.email or known.email
        fields = (
            ("họ tên", known.name, row.name),
            ("đối tượng", KINDS[known.kind], KINDS[kind]),
            ("ngày sinh", _shown(known.born_on), _shown(born)),
            ("thư điện tử", known.email, email),
        )
        changed = tuple(field for field in fields if field[1] != field[2])
        return PersonEdit(row.number, known.id, unit.id, known.code, row.name, kind, born, email, changed)

    def _placing(self, row: StaffRow, known: KnownPerson, unit: KnownUnit) -> Placing | None:
        """The posting to write for somebody known; None when it stays, or cannot be written."""
        on = self.state.on
        current, later = known.main_on(on), known.next_main(on)
        held = self._held(known)
        if current and current.unit_id == unit.id and fold(row.position) in {"", fold(held)}:
            self.posts.note_head(row, unit, held)
            return None
        position = self.posts.name_for(row, unit, otherwise=held)
        if position is None:
            return None
        if any(not one.main and one.unit_id == unit.id for one in known.postings):
            self.findings.error(
                row.number,
                "unit",
                f"{known.name} đang có vị trí khác tại {unit.name}; kết thúc vị trí đó trước.",
            )
            return None
        if not self._old_enough(row, row.born_on or known.born_on):
            return None
        if later is not None:
            since = f"{later.since:%d/%m/%Y}"
            self.findings.note(row.number, "", f"{known.name} đã có vị trí tiếp theo từ {since}; giữ nguyên.")
        begins_on_the_day = current is not None and current.since == on
        return Placing(
            row.number,
            known.code,
            unit.id,
            position,
            until=self._until(row, unit, later.since if later else None),
            ends=current.id if current and not begins_on_the_day else None,
            replaces=current.id if current and begins_on_the_day else None,
            former_unit_id=current.unit_id if current and current.unit_id != unit.id else None,
        )

    def _until(self, row: StaffRow, unit: KnownUnit, later: date | None) -> date | None:
        """Where the posting ends: at the next one, or with the unit."""
        if unit.until is None or (later is not None and later <= unit.until):
            return later
        day = f"{unit.until:%d/%m/%Y}"
        self.findings.note(row.number, "unit", f"{unit.name} kết thúc từ {day}; vị trí hết vào ngày đó.")
        return unit.until

    def _old_enough(self, row: StaffRow, born: date | None) -> bool:
        """Whether somebody was of working age on the day of the file."""
        if born is None or self.state.on.year - born.year >= YOUNGEST:
            return True
        on = f"{self.state.on:%d/%m/%Y}"
        self.findings.error(
            row.number, "born", f"Ngày {on} quá gần ngày sinh {born:%d/%m/%Y}. Kiểm tra lại năm."
        )
        return False

    def _held(self, known: KnownPerson) -> str:
        current = known.main_on(self.state.on)
        return self.posts.by_id[current.position_id].name if current else ""

    def _in_words(self, placing: Placing, known: KnownPerson, unit: KnownUnit) -> str:
        day, held = f"từ {self.state.on:%d/%m/%Y}", self._held(known)
        if placing.former_unit_id is not None:
            former = self.where.places.by_id[placing.former_unit_id].name
            return f"chuyển từ {former} đến {unit.name}, {placing.position}, {day}"
        if held:
            return f"chức vụ “{held}” thành “{placing.position}” {day}"
        return f"{placing.position} tại {unit.name} {day}"

    def _tell_gone(self) -> int:
        """Tell who works in the units of the file and is not in it; nobody is removed."""
        gone = [
            person
            for person in self.state.people
            if person.code not in self.who.seen and self.who.works_here(person)
        ]
        for person in gone[:MOST_GONE_TOLD]:
            says = f"{person.name}, mã {person.code}, không có trong tệp; giữ nguyên, không xóa."
            self.findings.note(WHOLE_FILE, "", says)
        if len(gone) > MOST_GONE_TOLD:
            more = len(gone) - MOST_GONE_TOLD
            self.findings.note(WHOLE_FILE, "", f"Còn {more} người nữa không có trong tệp; giữ nguyên.")
        return len(gone)

    def _check_heads(self) -> None:
        """Refuse a head for a unit that has another one, whom the file leaves in that post."""
        ended = {placing.ends or placing.replaces for placing in self.placings}
        coming = {placing.unit_id: placing for placing in self.placings if self.posts.leads(placing.position)}
        for person in self.state.people:
            for held in person.postings:
                placing = coming.get(held.unit_id)
                if placing is None or placing.code == person.code or held.id in ended:
                    continue
                if self.posts.by_id[held.position_id].is_head and self._reaches(held):
                    unit = self.where.places.by_id[held.unit_id]
                    says = f"{unit.name} đang có {person.name} đứng đầu; ghi việc thôi giữ chức vụ đó trước."
                    self.findings.error(placing.row, "position", says)

    def _reaches(self, held: KnownPosting) -> bool:
        return held.until is None or held.until > self.state.on


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
