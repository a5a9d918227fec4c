"""A file of units or staff on its way: received, checked row by row, asked about, committed as checked.

Who sends a file may commit it too: a small school has one administrator. What guards it instead: elevated
mode for each of the two steps, the dry run between them, no account and no role made by a file, and a trail
that names who sent and who committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction

from nep.accounts.roles import Permission
from nep.kernel.errors import AccessDenied, Conflict, RuleError, Unavailable
from nep.kernel.vietnamese import fold
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.roster_findings import WHOLE_FILE, Finding, Question, Weight
from nep.org.models import ExcelImport, ImportFinding, Unit
from nep.org.services.imports_staff import StaffFile
from nep.org.services.imports_units import UnitFile
from nep.org.services.imports_write import copy_rows
from nep.platform.audit.trail import record
from nep.platform.files.store import path_of, store
from nep.platform.imports.reading import MAX_BYTES, read_book
from nep.platform.imports.tables import Table
from nep.platform.jobs.runs import Progress

State = ExcelImport.State
# States from which a file may be checked again, answered, or dropped.
OPEN_STATES = (State.CHECKING, State.ASKING, State.READY, State.REFUSED, State.STALE)
ORDINALS = frozenset({"stt", "tt", "so tt", "so thu tu"})
FURTHEST = 366 * 10
"""Most days between today and the day of a file."""


class Checked(Protocol):
    """What a check gives, of units or of staff."""

    @property
    def plan(self) -> Any: ...

    @property
    def findings(self) -> tuple[Finding, ...]: ...

    @property
    def questions(self) -> tuple[Question, ...]: ...

    @property
    def stops(self) -> bool: ...

    @property
    def counts(self) -> list[tuple[str, int]]: ...

    @property
    def words(self) -> str: ...


class ImportFile(Protocol):
    """A file of one kind: what it depends on, what it would change, the writing of that."""

    def lock(self) -> None: ...

    def checked(self, table: Table) -> Checked: ...

    def write(self, plan: Any, *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came from the browser."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def receive_import(
    upload: Upload, *, kind: str, root: Unit, on: date, actor: Actor, at: datetime
) -> ExcelImport:
    """Keep a file that is to be checked for a unit and all below it; the caller queues the check.

    Raises: AccessDenied; RuleError when the file is too large or empty, or the day is absurd.
    """
    actor.may_within(Permission.IMPORT_STAFF, root).require()
    if abs((on - actor.on).days) > FURTHEST:
        raise RuleError(f"Ngày {on:%d/%m/%Y} quá xa hôm nay. Xem lại ngày tính.")
    if on not in root.during:
        raise RuleError(f"{root.name} chưa có hoặc đã đóng vào ngày {on:%d/%m/%Y}.")
    made = ExcelImport.objects.create(
        kind=kind,
        root=root,
        file=store(upload.chunks, name=upload.name, max_size=MAX_BYTES),
        file_name=upload.name[-255:],
        on=on,
        created_by_id=actor.id,
        created_at=at,
    )
    record(
        events.IMPORT_RECEIVED,
        actor=actor,
        about=[made, root],
        at=at,
        unit_id=root.pk,
        file=made.file_name,
        unit=root.name,
        sha256=made.file.sha256,
    )
    return made


def check_import(excel_import: ExcelImport, *, actor: Actor, progress: Progress | None = None) -> None:
    """Say row by row what committing the file would do; nothing else is written.

    A file that cannot be read at all ends in one finding that says why.
    """
    _tell(progress, 0, "Đang đọc tệp")
    try:
        table = _table(excel_import)
    except RuleError as refused:
        _keep_refusal(excel_import, refused.reason, OPEN_STATES)
        return
    _tell(progress, 1, "Đang đối chiếu từng dòng")
    checked = _file_of(excel_import, actor).checked(table)
    _tell(progress, 2, "Đang ghi kết quả kiểm tra")
    with transaction.atomic():
        locked = _locked(excel_import, OPEN_STATES)
        _keep(locked, table, checked)
    _tell(progress, 3, "")


@transaction.atomic
def answer_import(excel_import: ExcelImport, answers: dict[str, str], *, actor: Actor) -> None:
    """Keep what was answered; the caller queues the check that takes it into account.

    Raises: AccessDenied; Conflict when the file is no longer open; RuleError when nothing was answered.
    """
    actor.may_within(Permission.IMPORT_STAFF, excel_import.root).require()
    locked = _locked(excel_import, OPEN_STATES)
    asked = {question["key"]: question for question in locked.summary.get("questions", [])}
    given = {
        key: value
        for key, value in answers.items()
        if key in asked and value in {option["value"] for option in asked[key]["options"]}
    }
    if not given:
        raise RuleError("Chọn câu trả lời cho ít nhất một câu hỏi.")
    locked.answers = {**locked.answers, **given}
    locked.state = State.CHECKING
    locked.save(update_fields=["answers", "state"])


@transaction.atomic
def recheck_import(excel_import: ExcelImport, *, actor: Actor) -> None:
    """Ask for the same file to be checked against the organisation as it is now; the caller queues it."""
    actor.may_within(Permission.IMPORT_STAFF, excel_import.root).require()
    locked = _locked(excel_import, OPEN_STATES)
    locked.state = State.CHECKING
    locked.save(update_fields=["state"])


@transaction.atomic
def cancel_import(excel_import: ExcelImport, *, actor: Actor) -> None:
    """Drop a file that has not been committed; its findings stay to be read.

    Raises: AccessDenied; Conflict.
    """
    actor.may_within(Permission.IMPORT_STAFF, excel_import.root).require()
    locked = _locked(excel_import, OPEN_STATES)
    locked.state = State.CANCELLED
    locked.save(update_fields=["state"])


@transaction.atomic
def begin_commit(excel_import: ExcelImport, *, actor: Actor) -> None:
    """Let a checked file be committed; the caller queues it. Also for one whose commit was cut off.

    Raises: AccessDenied; Conflict; RuleError when there is nothing to write.
    """
    actor.may_within(Permission.IMPORT_STAFF, excel_import.root).require()
    locked = _locked(excel_import, (State.READY, State.COMMITTING))
    if not locked.summary.get("writes"):
        raise RuleError("Không có gì thay đổi nên không cần ghi.")
    locked.state = State.COMMITTING
    locked.save(update_fields=["state"])


def commit_import(
    excel_import: ExcelImport, *, actor: Actor, at: datetime, progress: Progress | None = None
) -> bool:
    """Write the very file that was checked, whole or not at all; whether it was written.

    The file is read and checked again against the organisation as it is now. When that gives another plan
    than the one shown, nothing is written: the import becomes STALE and shows the new findings.

    A step that the tree refuses undoes all before it and is told as the one finding of the file.

    Raises: AccessDenied; Conflict when somebody else commits it, or it is no longer waiting for that.
    """
    actor.may_within(Permission.IMPORT_STAFF, excel_import.root).require()
    _tell(progress, 0, "Đang đọc lại tệp")
    table = _table(excel_import)
    _tell(progress, 1, "Đang đối chiếu lần cuối và ghi")
    try:
        written = _write_whole(excel_import, table, actor=actor, at=at)
    except (RuleError, AccessDenied) as refused:
        _keep_refusal(excel_import, refused.reason, (State.COMMITTING,))
        return False
    _tell(progress, 3, "")
    return written


@transaction.atomic
def _write_whole(excel_import: ExcelImport, table: Table, *, actor: Actor, at: datetime) -> bool:
    """Check for the last time while nobody else may change anything, and write; whether it was written."""
    locked = _locked(excel_import, (State.COMMITTING,))
    file = _file_of(locked, actor)
    file.lock()
    checked = file.checked(table)
    if checked.plan.fingerprint != locked.fingerprint or checked.stops:
        _keep(locked, table, checked, stale=True)
        return False
    file.write(checked.plan, at=at)
    locked.state, locked.committed_at = State.COMMITTED, at
    locked.summary |= {"committed_by": actor.name}
    locked.save(update_fields=["state", "committed_at", "summary"])
    record(
        events.IMPORT_COMMITTED,
        actor=actor,
        about=[locked, locked.root],
        at=at,
        unit_id=locked.root_id,
        file=locked.file_name,
        unit=locked.root.name,
        summary=locked.summary["words"],
        sent_by=locked.created_by_id,
        sha256=locked.file.sha256,
    )
    return True


def _tell(progress: Progress | None, done: int, message: str) -> None:
    if progress is not None:
        progress.step(done, 3, message)


def _locked(excel_import: ExcelImport, states: Iterable[str]) -> ExcelImport:
    """The import, held until the end of the transaction.

    Raises: Conflict when it is in none of the states.
    """
    rows = ExcelImport.objects.select_for_update(of=("self",)).select_related("root", "file")
    locked = rows.get(pk=excel_import.pk)
    if locked.state not in states:
        raise Conflict(
            f"Lần nhập này đang ở trạng thái “{locked.get_state_display()}” nên không làm được việc này."
        )
    return locked


def _file_of(excel_import: ExcelImport, actor: Actor) -> ImportFile:
    return _kind_of(excel_import)(excel_import, actor)


def _kind_of(excel_import: ExcelImport) -> type[StaffFile] | type[UnitFile]:
    return StaffFile if excel_import.kind == ExcelImport.Kind.STAFF else UnitFile


def _table(excel_import: ExcelImport) -> Table:
    try:
        content = path_of(excel_import.file.sha256).read_bytes()
    except OSError as error:
        raise Unavailable("Không mở được tệp đã lưu. Báo người vận hành, hoặc tải tệp lên lại.") from error
    return _kind_of(excel_import).table(read_book(content))


def _keep_refusal(excel_import: ExcelImport, reason: str, states: Iterable[str]) -> None:
    """Tell in one finding why the whole file cannot be taken."""
    with transaction.atomic():
        locked = _locked(excel_import, states)
        locked.findings.all().delete()
        ImportFinding.objects.create(
            excel_import=locked, row=0, weight=ImportFinding.Weight.ERROR, says=reason
        )
        locked.state, locked.fingerprint = State.REFUSED, ""
        locked.summary = {"words": reason, "counts": [], "questions": [], "writes": False}
        locked.save(update_fields=["state", "fingerprint", "summary"])


def _keep(excel_import: ExcelImport, table: Table, checked: Checked, *, stale: bool = False) -> None:
    """Keep the findings of a check and what they come to."""
    excel_import.findings.all().delete()
    findings: tuple[Finding, ...] = (*_about_the_sheet(table), *checked.findings)
    copy_rows(
        ImportFinding,
        ("excel_import_id", "row", "column", "weight", "says"),
        (
            (
                excel_import.pk,
                finding.row,
                table.heading.place(finding.key),
                finding.weight.value,
                finding.says,
            )
            for finding in findings
        ),
    )
    waits = any(not question.answer for question in checked.questions)
    excel_import.state = _state(checked.stops, waits=waits, stale=stale)
    excel_import.fingerprint = checked.plan.fingerprint
    excel_import.summary = {
        "sheet": table.sheet,
        "rows": len(table.rows),
        "counts": checked.counts,
        "words": checked.words,
        "writes": not checked.plan.empty,
        "questions": [_plain(question) for question in checked.questions],
    }
    excel_import.save(update_fields=["state", "fingerprint", "summary"])


def _state(stops: bool, *, waits: bool, stale: bool) -> State:
    if stale:
        return State.STALE
    if waits:
        return State.ASKING
    return State.REFUSED if stops else State.READY


def _plain(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "asks": question.asks,
        "options": [{"value": option.value, "label": option.label} for option in question.options],
        "examples": [list(example) for example in question.examples],
        "answer": question.answer,
    }


def _about_the_sheet(table: Table) -> Iterable[Finding]:
    """What was passed over, so that nobody thinks it was read."""
    if table.other_sheets:
        names = ", ".join(f"“{name}”" for name in table.other_sheets)
        yield Finding(WHOLE_FILE, "", Weight.NOTE, f"Chỉ đọc trang tính “{table.sheet}”; không đọc {names}.")
    for letter, text in table.heading.unknown.items():
        if fold(text) in ORDINALS:
            continue
        yield Finding(table.heading.top + 1, "", Weight.NOTE, f"Cột {letter} “{text[:80]}” không được dùng.")
    for number, why in table.skipped:
        yield Finding(number, "", Weight.NOTE, f"Bỏ qua {why}.")
