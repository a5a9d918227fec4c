"""A report of results as a Word draft: figures in tables, then what is told about them."""

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

_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_TARGET_HEADS = ("TT", "Chỉ tiêu", "Mức phấn đấu", "Kết quả", "Đánh giá")
_TARGET_WIDTHS = (1.1, 6.9, 2.6, 2.6, 2.8)
_COUNT_HEADS = ("TT", "Nội dung", "Số liệu")
_COUNT_WIDTHS = (1.1, 10.9, 4.0)


@dataclass(frozen=True, slots=True)
class ReachedRow:
    """One target: what, how much was asked, how much was reached, how that stands."""

    what: str
    asked: str
    reached: str
    standing: str


@dataclass(frozen=True, slots=True)
class PartOfUnit:
    """What one unit tells, paragraph by paragraph."""

    unit: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """Everything a report says; parts without content are left out and the others numbered through."""

    letterhead: Letterhead
    title: str
    signer: Signer
    as_of: str
    legal_bases: tuple[str, ...] = ()
    opening: str = ""
    assessment: tuple[str, ...] = ()
    targets: tuple[ReachedRow, ...] = ()
    counts: tuple[tuple[str, str], ...] = ()
    results: tuple[PartOfUnit, ...] = ()
    difficulties: tuple[PartOfUnit, ...] = ()
    causes: tuple[PartOfUnit, ...] = ()
    examples: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    suggestions: tuple[PartOfUnit, ...] = ()
    recipients: tuple[str, ...] = ()


def draft_report(report: ReportDraft) -> bytes:
    """Draft a report as a .docx in the layout of the decree.

    Source: Decree 30/2020/NĐ-CP, Appendix I and III (form of a document with a name of its kind).
    """
    document = new_sheet(report.letterhead, report.title)
    add_letterhead(document, report.letterhead)
    add_title(document, "BÁO CÁO", report.title)
    add_bases(document, report.legal_bases)
    if report.opening:
        add_text(document, report.opening)
    for number, (heading, add) in zip(_ROMAN, _parts(report), strict=False):
        add_heading(document, f"{number}. {heading}")
        add(document)
    add_closing(document, report.recipients, report.signer)
    return finished(document)


def _parts(report: ReportDraft) -> list[tuple[str, Callable[[WordDocument], None]]]:
    parts: list[tuple[str, bool, Callable[[WordDocument], None]]] = [
        (
            "KẾT QUẢ THỰC HIỆN",
            bool(report.assessment or report.targets or report.counts or report.results),
            lambda document: _results(document, report),
        ),
        (
            "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
            bool(report.difficulties or report.causes),
            lambda document: _shortcomings(document, report),
        ),
        ("ĐIỂN HÌNH TIÊN TIẾN", bool(report.examples), lambda document: _listed(document, report.examples)),
        ("BÀI HỌC KINH NGHIỆM", bool(report.lessons), lambda document: _listed(document, report.lessons)),
        (
            "PHƯƠNG HƯỚNG, NHIỆM VỤ",
            bool(report.directions),
            lambda document: _paragraphs(document, report.directions),
        ),
        (
            "KIẾN NGHỊ, ĐỀ XUẤT",
            bool(report.suggestions),
            lambda document: _units(document, report.suggestions),
        ),
    ]
    return [(heading, add) for heading, filled, add in parts if filled]


def _results(document: WordDocument, report: ReportDraft) -> None:
    _paragraphs(document, report.assessment)
    if report.targets:
        add_text(document, f"Kết quả các chỉ tiêu, tính đến {report.as_of}:")
        rows = [(row.what, row.asked, row.reached, row.standing) for row in report.targets]
        ruled_table(document, _TARGET_HEADS, _TARGET_WIDTHS, _numbered(rows))
    if report.counts:
        add_text(document, f"Tình hình thực hiện nhiệm vụ, tính đến {report.as_of}:")
        ruled_table(document, _COUNT_HEADS, _COUNT_WIDTHS, _numbered(report.counts))
    _units(document, report.results)


def _shortcomings(document: WordDocument, report: ReportDraft) -> None:
    _units(document, report.difficulties)
    if report.causes:
        add_text(document, "Nguyên nhân khách quan:")
        _units(document, report.causes)


def _numbered(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(str(number), *row) for number, row in enumerate(rows, start=1)]


def _paragraphs(document: WordDocument, texts: Sequence[str]) -> None:
    for text in texts:
        add_text(document, text)


def _listed(document: WordDocument, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        add_text(document, f"{number}. {text}")


def _units(document: WordDocument, parts: Sequence[PartOfUnit]) -> None:
    for part in parts:
        first, *others = part.paragraphs
        add_text(document, f"- {part.unit}: {first}")
        _paragraphs(document, others)
