"""A unit's plan as a Word draft, made from what it has adopted and added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument

from nep.documents.domain.word.fields import Letterhead, Signer
from nep.documents.domain.word.letter import (
    add_bases,
    add_closing,
    add_heading,
    add_letterhead,
    add_text,
    add_title,
)
from nep.documents.domain.word.sheet import finished, new_sheet, ruled_table

_ROMAN = ("I", "II", "III", "IV", "V")
_TARGET_HEADS = ("TT", "Chỉ tiêu", "Mức phấn đấu", "Thời hạn", "Căn cứ đánh giá")
_TARGET_WIDTHS = (1.1, 6.6, 2.7, 2.6, 3.0)
_TASK_HEADS = ("TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời hạn", "Minh chứng")
_TASK_WIDTHS = (1.1, 5.3, 2.6, 2.5, 2.4, 2.1)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target: what, how much, by when, judged from what."""

    what: str
    value: str
    deadline: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: what, who leads, who takes part, by when, shown by what."""

    content: str
    lead: str
    cooperating: str = ""
    deadline: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Everything a plan says; parts without content are left out and the others numbered through."""

    letterhead: Letterhead
    title: str
    signer: Signer
    legal_bases: tuple[str, ...] = ()
    opening: str = ""
    aims: tuple[str, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    additions: tuple[TaskRow, ...] = ()
    organisation: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def draft_plan(plan: PlanDraft) -> bytes:
    """Draft a plan as a .docx in the layout of the decree.

    Source: Decree 30/2020/NĐ-CP, Appendix I and III (form of a document with a name of its kind).
    """
    document = new_sheet(plan.letterhead, plan.title)
    add_letterhead(document, plan.letterhead)
    add_title(document, "KẾ HOẠCH", plan.title)
    add_bases(document, plan.legal_bases)
    if plan.opening:
        add_text(document, plan.opening)
    for number, (heading, add) in zip(_ROMAN, _parts(plan), strict=False):
        add_heading(document, f"{number}. {heading}")
        add(document)
    add_closing(document, plan.recipients, plan.signer)
    return finished(document)


def _parts(plan: PlanDraft) -> list[tuple[str, Callable[[WordDocument], None]]]:
    parts: list[tuple[str, Sequence[object], Callable[[WordDocument], None]]] = [
        ("MỤC ĐÍCH, YÊU CẦU", plan.aims, lambda document: _numbered(document, plan.aims)),
        ("CHỈ TIÊU", plan.targets, lambda document: _target_table(document, plan.targets)),
        ("NHIỆM VỤ", plan.tasks, lambda document: _task_table(document, plan.tasks)),
        ("NHIỆM VỤ BỔ SUNG", plan.additions, lambda document: _task_table(document, plan.additions)),
        ("TỔ CHỨC THỰC HIỆN", plan.organisation, lambda document: _numbered(document, plan.organisation)),
    ]
    return [(heading, add) for heading, content, add in parts if content]


def _numbered(document: WordDocument, texts: tuple[str, ...]) -> None:
    for number, text in enumerate(texts, start=1):
        add_text(document, f"{number}. {text}")


def _target_table(document: WordDocument, targets: tuple[TargetRow, ...]) -> None:
    rows = [
        (str(number), one.what, one.value, one.deadline, one.evidence)
        for number, one in enumerate(targets, start=1)
    ]
    ruled_table(document, _TARGET_HEADS, _TARGET_WIDTHS, rows)


def _task_table(document: WordDocument, tasks: tuple[TaskRow, ...]) -> None:
    rows = [
        (str(number), one.content, one.lead, one.cooperating, one.deadline, one.evidence)
        for number, one in enumerate(tasks, start=1)
    ]
    ruled_table(document, _TASK_HEADS, _TASK_WIDTHS, rows)
