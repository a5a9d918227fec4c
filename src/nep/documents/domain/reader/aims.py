"""Aims and requirements: what a plan is for and how it is to be carried out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .closing import recipients_at
from .context import Context
from .text import Text

_AIM_PART = re.compile(r"(?<!\w)(?:mục đích|mục tiêu|yêu cầu|ý nghĩa|quan điểm)(?!\w)")
_OTHER_PART = re.compile(r"nhiệm vụ|giải pháp|nội dung|tổ chức thực hiện|đối tượng|thời gian|phân công")
_STATED = re.compile(
    r"(?:theo đó,?\s+)?(?:(?:với|nhằm|về)\s+)?(?:mục đích|mục tiêu)(?:\s+[^.;:]{0,80}?)?\s*(?:là|nhằm|:"
    r"|để)\s+|nhằm\s+(?=\w+\s+\w+)"
)
_HELD = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu đến)(?!\w)")


@dataclass(frozen=True)
class Aim:
    """One aim or requirement in the words of the document."""

    start: int
    end: int


def find_aims(text: Text, ctx: Context) -> tuple[Aim, ...]:
    """Aims and requirements in reading order: the items of their parts, or the sentences that state them."""
    stop = recipients_at(text)
    found: list[Aim] = []
    stated_line = -1
    for sentence in ctx.sentences:
        if sentence.start >= stop or ctx.is_cited(sentence.start):
            continue
        line = text.lines[sentence.line]
        if line.heading and len(line.text.split()) < 12:
            continue
        if _is_aim_part(ctx.titles_above(sentence.section)):
            found.append(_trimmed(text, sentence.start, sentence.end))
            continue
        match = _STATED.match(text.fold, sentence.start, sentence.end)
        goes_on = stated_line == sentence.line
        if match or goes_on or _HELD.match(_after_subject(text.fold[sentence.start : sentence.start + 60])):
            stated_line = sentence.line if match else stated_line
            found.append(_trimmed(text, sentence.start, sentence.end))
    return tuple(aim for aim in found if len(text.clean[aim.start : aim.end].split()) >= 5)


def _is_aim_part(titles: tuple[str, ...]) -> bool:
    """Whether the innermost heading that speaks of aims or of work speaks of aims."""
    for title in reversed(titles):
        low = title.lower()
        if _AIM_PART.search(low) and not _OTHER_PART.search(low):
            return True
        if _OTHER_PART.search(low):
            return False
    return False


def _after_subject(head: str) -> str:
    """The words of a sentence after a short subject ("Quận", "Toàn tỉnh")."""
    words = head.split()
    for size in range(min(3, len(words))):
        if words[size] == "phấn":
            return " ".join(words[size:])
    return head


def _trimmed(text: Text, start: int, end: int) -> Aim:
    while end > start and text.clean[end - 1] in " .;,:/…":
        end -= 1
    return Aim(start, end)
