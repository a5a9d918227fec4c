"""A file of staff: its table, what it would change, and the writing of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nep.org.access import Actor
from nep.org.domain.roster import check_staff
from nep.org.domain.roster_findings import Finding, Question, Weight
from nep.org.domain.roster_state import StaffPlan
from nep.org.domain.roster_values import tidy
from nep.org.models import ExcelImport
from nep.org.queries.imports import staff_state
from nep.org.services.changes_frame import lock_tree
from nep.org.services.imports_columns import STAFF
from nep.org.services.imports_write import lock_roster, write_staff
from nep.platform.imports.book import Book
from nep.platform.imports.tables import Table, find_table


@dataclass(frozen=True, slots=True)
class CheckedStaff:
    """What a check of a staff file gives, and what it comes to in words and numbers."""

    plan: StaffPlan
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    @property
    def stops(self) -> bool:
        """Whether an error stands against the commit."""
        return any(finding.weight == Weight.ERROR for finding in self.findings)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Figures for the head of the page."""
        moved = sum(placing.former_unit_id is not None for placing in self.plan.placings)
        new = {person.code for person in self.plan.people}
        changed = {edit.code for edit in self.plan.edits} | {
            placing.code for placing in self.plan.placings if placing.former_unit_id is None
        }
        return [
            ("Thêm mới", len(new)),
            ("Chuyển đơn vị", moved),
            ("Đổi thông tin, chức vụ", len(changed - new)),
            ("Không đổi", self.plan.unchanged),
            ("Không có trong tệp", self.plan.gone),
        ]

    @property
    def words(self) -> str:
        """The figures in a phrase."""
        told = [f"{count} {label.lower()}" for label, count in self.counts[:3] if count]
        return ", ".join(told) or "không có gì thay đổi"


class StaffFile:
    """One import of staff."""

    def __init__(self, excel_import: ExcelImport, actor: Actor) -> None:
        self.excel_import, self.actor = excel_import, actor

    @staticmethod
    def table(book: Book) -> Table:
        """The table of people in a workbook.

        Raises: RuleError when there is none, or it has no column of names.
        """
        return find_table(book, STAFF, needed=(("name", "given"),))

    def lock(self) -> None:
        """Hold still what the check depends on, until the transaction ends."""
        lock_tree()
        lock_roster()

    def checked(self, table: Table) -> CheckedStaff:
        """What the rows would do to the roster as it is now."""
        codes = {code for row in table.rows if (code := tidy(row.values.get("code")))}
        state = staff_state(self.excel_import.root, on=self.excel_import.on, today=self.actor.on, codes=codes)
        columns = frozenset(table.heading.columns)
        outcome = check_staff(table.rows, columns, state, self.excel_import.answers)
        return CheckedStaff(outcome.plan, outcome.findings, outcome.questions)

    def write(self, plan: StaffPlan, *, at: datetime) -> None:
        """Write what was checked."""
        write_staff(plan, self.excel_import, actor=self.actor, at=at)
