"""The report of a review, as it is drafted in Word: figures, and what people wrote about them."""

from __future__ import annotations

from datetime import date, datetime

from nep.documents.domain.word import PartOfUnit, ReachedRow, ReportDraft
from nep.documents.domain.word.fields import Letterhead, Signer
from nep.documents.queries.letterheads import NO_HEAD, UNKNOWN, head_posting, letterhead_of
from nep.movements.models import GoodExample, Lesson, Narrative, Review
from nep.movements.queries.reviews import ReviewPage, all_parts, review_page
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.clock import local
from nep.platform.ui.formats import day as day_words


def review_report(review: Review, actor: Actor, now: datetime) -> ReportDraft:
    """The draft of the report; words are those that people wrote, figures those of the review's instant."""
    programme, lead = review.programme, review.programme.lead_unit
    seen, parts = review_page(review, actor, now), all_parts(review)
    words, _ = letterhead_of(lead, actor.on)
    as_of = day_words(local(seen.as_of).date())
    head = Letterhead(
        organ=words.organ,
        symbol=f"BC-{words.symbol}" if words.symbol else "BC",
        place=words.place or UNKNOWN,
        parent=words.parent or None,
    )
    return ReportDraft(
        letterhead=head,
        title=f"{review.get_kind_display()} “{programme.title}”",
        signer=_signer(lead, words.signer_title, words.authority, actor.on),
        as_of=as_of,
        legal_bases=_bases(review),
        opening=_opening(review, seen),
        assessment=_lines(review.assessment),
        targets=tuple(
            ReachedRow(row["name"], row["goal"], row["value"] or "Chưa có số", row["word"])
            for row in seen.targets
        ),
        counts=tuple((row.label, f"{row.value} ({row.base})") for row in seen.figures if row.value),
        results=_told(parts, "done"),
        difficulties=_told(parts, "difficulties"),
        causes=_told(parts, "causes"),
        examples=tuple(_example(row) for row in seen.chosen),
        lessons=tuple(_lesson(row) for row in seen.lessons),
        directions=_lines(review.directions),
        suggestions=_told(parts, "suggestions"),
        recipients=("Các đơn vị thực hiện chương trình",),
    )


def _signer(unit: Unit, title: str, authority: str, on: date) -> Signer:
    posting = head_posting(unit, on)
    return Signer(
        title=title.upper() or NO_HEAD,
        name=posting.person.name if posting else None,
        authority=authority or None,
    )


def _bases(review: Review) -> tuple[str, ...]:
    plan = review.programme.document
    if plan is None:
        return ()
    issued = f" ngày {day_words(plan.issued_on)}" if plan.issued_on else ""
    return (f"Căn cứ {plan.reference}{issued}",)


def _opening(review: Review, seen: ReviewPage) -> str:
    told = f"{review.programme.lead_unit.name} báo cáo {review.get_kind_display().lower()}"
    conference = (
        f" tại hội nghị cán bộ, công chức, viên chức ngày {day_words(review.conference_on)}"
        if review.conference_on
        else ""
    )
    return f"{told} “{review.programme.title}”{conference}; {seen.narratives_words} báo cáo."


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _told(parts: list[Narrative], field: str) -> tuple[PartOfUnit, ...]:
    told = ((part, _lines(getattr(part, field))) for part in parts)
    return tuple(PartOfUnit(part.adoption.unit.name, lines) for part, lines in told if lines)


def _example(row: GoodExample) -> str:
    return f"{row.get_kind_display()} {row.name} ({row.narrative.adoption.unit.name}): {row.deed}"


def _lesson(row: Lesson) -> str:
    return f"{row.text} Đề xuất: {row.proposal}" if row.proposal else row.text
