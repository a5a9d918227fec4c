"""A file of units: its table, what it would change, and doing that by the services of single changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.domain.roster_findings import Finding, Question, Weight
from nep.org.domain.roster_units import UnitPlan, UnitRow, UnitStep, check_units
from nep.org.models import ExcelImport, Line, Unit, UnitKind
from nep.org.queries.imports import unit_state
from nep.org.services.changes import move_unit, reattach_unit, rename_unit
from nep.org.services.changes_frame import Decided, lock_tree
from nep.org.services.imports_columns import UNITS
from nep.org.services.units import NewUnit, open_unit
from nep.platform.imports.book import Book
from nep.platform.imports.tables import Table, find_table


@dataclass(frozen=True, slots=True)
class CheckedUnits:
    """What a check of a file of units gives, and what it comes to in words and numbers."""

    plan: UnitPlan
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    @property
    def stops(self) -> bool:
        """Whether an error stands against the commit."""
        return any(finding.weight == Weight.ERROR for finding in self.findings)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Figures for the head of the page."""
        return [
            ("Lập mới", self.plan.count("open")),
            ("Đổi tên", self.plan.count("rename")),
            ("Đổi cấp trên, cơ quan gắn", self.plan.count("move", "reattach")),
            ("Không đổi", self.plan.unchanged),
            ("Không có trong tệp", self.plan.gone),
        ]

    @property
    def words(self) -> str:
        """The figures in a phrase."""
        told = [f"{count} {label.lower()}" for label, count in self.counts[:3] if count]
        return ", ".join(told) or "không có gì thay đổi"


class UnitFile:
    """One import of units."""

    def __init__(self, excel_import: ExcelImport, actor: Actor) -> None:
        self.excel_import, self.actor = excel_import, actor

    @staticmethod
    def table(book: Book) -> Table:
        """The table of units in a workbook.

        Raises: RuleError when there is none, or it has no codes or names.
        """
        return find_table(book, UNITS, needed=(("code",), ("name",)))

    def lock(self) -> None:
        """Hold the tree still until the transaction ends."""
        lock_tree()

    def checked(self, table: Table) -> CheckedUnits:
        """What the rows would do to the tree as it is now."""
        root = self.excel_import.root
        lines = {
            grant.line
            for grant in self.actor.elevated_self.grants_with(Permission.IMPORT_STAFF)
            if root.pk in set(Unit.objects.below([grant.unit_id], self.actor.on).values_list("pk", flat=True))
        }
        codes = {str(code).strip() for row in table.rows if (code := row.values.get("code")) is not None}
        state = unit_state(root, on=self.excel_import.on, lines=frozenset(lines), codes=codes)
        outcome = check_units(table.rows, state, self.excel_import.answers)
        return CheckedUnits(outcome.plan, outcome.findings, outcome.questions)

    def write(self, plan: UnitPlan, *, at: datetime) -> None:
        """Do step by step what was checked; each step is a change of its own, with its event.

        Raises: RuleError of the first step that the tree refuses, with its row.
        """
        for step in plan.steps:
            try:
                self._do(step, at)
            except RuleError as refused:
                raise RuleError(f"Dòng {step.row.number}: {refused.reason}") from refused

    def _do(self, step: UnitStep, at: datetime) -> None:
        row, on, actor = step.row, self.excel_import.on, self.actor
        decision = Decided(note=f"Theo tệp {self.excel_import.file_name}, dòng {row.number}.")
        if step.does == "open":
            open_unit(
                new_unit(row),
                actor=actor,
                on=on,
                at=at,
                parent=_by_code(row.parent),
                host=_by_code(row.host),
                decision=decision,
            )
            return
        unit = Unit.objects.get(pk=step.unit_id)
        if step.does == "rename":
            short = row.short_name
            rename_unit(unit, row.name, actor=actor, on=on, at=at, short_name=short, decision=decision)
        elif step.does == "move":
            move_unit(unit, actor=actor, on=on, at=at, parent=_by_code(row.parent), decision=decision)
        else:
            reattach_unit(unit, actor=actor, on=on, at=at, host=_by_code(row.host), decision=decision)


def new_unit(row: UnitRow) -> NewUnit:
    """A row as the unit that it opens."""
    return NewUnit(row.code, row.name, UnitKind(row.kind), Line(row.line), row.short_name)


def _by_code(code: str) -> Unit | None:
    return Unit.objects.get(code=code) if code else None
