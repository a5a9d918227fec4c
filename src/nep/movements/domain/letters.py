"""The text of a letter that urges a unit: fields filled in, the table of what is late, the whole letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import Dispatch, RuledTable
from nep.documents.domain.word.fields import Letterhead, Signer
from nep.kernel.calendar import Calendar
from nep.kernel.errors import RuleError

DAYS_TO_ANSWER = 5
"""Working days that a unit is given to answer: a proposal, no rule of law names a number."""

FIELDS = ("đơn vị", "nơi giao", "chương trình", "số việc", "ngày tính", "hạn trả lời")
USUAL_SUBJECT = "đôn đốc việc quá hạn thuộc {chương trình}"
USUAL_OPENING = (
    "Qua theo dõi {chương trình}, tính đến ngày {ngày tính}, {đơn vị} còn {số việc} "
    "việc đã quá hạn mà {nơi giao} chưa nhận được kết quả, cụ thể:"
)
USUAL_CLOSING = (
    "Đề nghị {đơn vị} hoàn thành các việc nêu trên và nộp minh chứng trên Nếp chậm nhất ngày "
    "{hạn trả lời}. Việc nào chưa thể xong trong thời gian đó, đề nghị nêu lý do và ngày dự kiến xong.\n"
    "Có vướng mắc, đề nghị trao đổi sớm với {nơi giao} để cùng tháo gỡ."
)
SAME_AS_ABOVE = "Như trên"

_FIELD = re.compile(r"\{([^{}]*)\}")
_HEADS = ("TT", "Việc phải làm", "Hạn", "Trễ (ngày làm việc)")
_WIDTHS = (1.1, 9.4, 2.7, 2.8)


@dataclass(frozen=True, slots=True)
class LateTerm:
    """One term that is late: what, by when, how many working days ago."""

    title: str
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Wording:
    """What the signer writes, with fields such as {đơn vị} in it."""

    subject: str = USUAL_SUBJECT
    opening: str = USUAL_OPENING
    closing: str = USUAL_CLOSING


@dataclass(frozen=True, slots=True)
class Urging:
    """One letter before it is numbered: to whom, about which programme, what is late, what came before."""

    unit: str
    asking: str
    programme: str
    day: date
    answer_by: date
    terms: tuple[LateTerm, ...]
    earlier: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        """How often the unit has been urged, with this letter."""
        return len(self.earlier) + 1

    @property
    def facts(self) -> dict[str, str]:
        """What the fields stand for."""
        return {
            "đơn vị": self.unit,
            "nơi giao": self.asking,
            "chương trình": f"“{self.programme}”",
            "số việc": str(len(self.terms)),
            "ngày tính": f"{self.day:%d/%m/%Y}",
            "hạn trả lời": f"{self.answer_by:%d/%m/%Y}",
        }


def late_term(title: str, due_on: date, day: date, calendar: Calendar) -> LateTerm:
    """How late a term is on a day; one that fell due on the last working day is one day late."""
    return LateTerm(title, due_on, max(calendar.working_days(due_on, day), 1))


def answer_day(day: date, calendar: Calendar) -> date:
    """The day by which an answer is usually asked for."""
    return calendar.add_working(day, DAYS_TO_ANSWER)


def checked(wording: Wording) -> Wording:
    """The wording without blanks around it.

    Raises: RuleError when a part is empty or names a field that there is none.
    """
    parts = (wording.subject.strip(), wording.opening.strip(), wording.closing.strip())
    if not all(parts):
        raise RuleError("Ghi đủ trích yếu, phần đầu và phần cuối của văn bản.")
    unknown = sorted({name for part in parts for name in _FIELD.findall(part)} - set(FIELDS))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise RuleError(f"Không có ô điền {{{unknown[0]}}}. Các ô điền được: {known}.")
    return Wording(*parts)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its fields filled in.

    >>> filled("Kính đề nghị {đơn vị}.", {"đơn vị": "Sở A & B"})
    'Kính đề nghị Sở A & B.'
    """
    return _FIELD.sub(lambda found: facts[found[1]], text)


def composed(
    urging: Urging, wording: Wording, words: LetterheadWords, *, signer: str, number: int | None, on: date
) -> Dispatch:
    """The whole letter, ready to be written in Word; without a number yet for a preview."""
    facts = urging.facts
    before = [line for line in filled(wording.opening, facts).splitlines() if line.strip()]
    again = [repeated(urging.earlier)] if urging.earlier else []
    return Dispatch(
        letterhead=Letterhead(
            organ=words.organ,
            symbol=words.symbol,
            place=words.place,
            parent=words.parent or None,
            number=str(number) if number else None,
            issued_on=on,
        ),
        subject=filled(wording.subject, facts),
        to=urging.unit,
        before=tuple(before),
        table=RuledTable(_HEADS, _WIDTHS, table_rows(urging.terms)),
        after=(*again, *filled(wording.closing, facts).splitlines()),
        recipients=(SAME_AS_ABOVE, words.archive),
        signer=Signer(words.signer_title, signer, words.authority or None),
    )


def table_rows(terms: Sequence[LateTerm]) -> list[tuple[str, ...]]:
    """The lines of the table."""
    return [
        (str(place), term.title, f"{term.due_on:%d/%m/%Y}", str(term.days_late))
        for place, term in enumerate(terms, start=1)
    ]


def repeated(earlier: Sequence[str]) -> str:
    """The sentence that recalls the letters before this one."""
    return f"Đây là lần đôn đốc thứ {len(earlier) + 1}; các văn bản trước: {', '.join(earlier)}."


def mail_text(urging: Urging, *, reference: str, address: str) -> str:
    """The mail that tells of a letter: what is asked, by when, and where the letter lies."""
    lines = [f"{place}. {term.title}: hạn {term.due_on:%d/%m/%Y}" for place, term in _first(urging.terms)]
    more = len(urging.terms) - len(lines)
    return "\n".join(
        [
            f"{urging.asking} gửi {urging.unit} công văn số {reference} đôn đốc “{urging.programme}”.",
            "",
            f"Tính đến ngày {urging.day:%d/%m/%Y} còn {len(urging.terms)} việc quá hạn:",
            *lines,
            *([f"và {more} việc khác."] if more > 0 else []),
            "",
            f"Đề nghị hoàn thành chậm nhất ngày {urging.answer_by:%d/%m/%Y}.",
            f"Văn bản và việc phải làm: {address}",
        ]
    )


def _first(terms: Sequence[LateTerm], most: int = 10) -> list[tuple[int, LateTerm]]:
    return list(enumerate(terms[:most], start=1))
