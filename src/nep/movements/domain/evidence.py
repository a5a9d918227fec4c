"""What may be sent as evidence, and whether it shows what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REPORT, DOCUMENT, PHOTO, FIGURES = "report", "document", "photo", "figures"
MOST_FILES = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What a unit sends; figures are `numerator` of `denominator`; `nothing` says that nothing occurred."""

    happened_on: date
    text: str = ""
    link: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    nothing: bool = False
    photos: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a duty asks to be shown: a kind of evidence; for a target a share, or a count of something.

    Nothing counts that was done before the programme began on `not_before`.
    """

    kind: str = ""
    share: bool = False
    counted_in: str = ""
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with evidence, and in which field."""

    field: str
    sentence: str


def problems(content: Content, asked: Asked, *, on: date) -> tuple[Problem, ...]:
    """Everything that keeps evidence from being sent; empty when it may go.

    Zero is a figure and says that it was counted; `nothing` says that there was nothing to count.
    """
    if content.nothing:
        return (*_about_day(content, asked, on), *_about_nothing(content))
    return (
        *_about_day(content, asked, on),
        *_about_figures(content, asked),
        *_about_what_is_shown(content, asked),
    )


def _about_day(content: Content, asked: Asked, on: date) -> list[Problem]:
    first = asked.not_before
    if first and content.happened_on < first <= on:
        return [Problem("happened_on", f"Ngày thực hiện trước khi chương trình bắt đầu, {first:%d/%m/%Y}.")]
    if content.happened_on > on:
        return [Problem("happened_on", f"Ngày thực hiện chưa đến. Hôm nay là {on:%d/%m/%Y}.")]
    return []


def _about_nothing(content: Content) -> list[Problem]:
    found = []
    if not content.text.strip():
        found.append(Problem("text", "Giải thích vì sao không phát sinh trong kỳ này."))
    if content.numerator is not None or content.denominator is not None:
        found.append(
            Problem(
                "nothing",
                "Đã báo không phát sinh thì bỏ trống số liệu. Nếu đếm được 0 thì bỏ chọn mục này và ghi 0.",
            )
        )
    if content.link or content.files or content.photos:
        found.append(Problem("nothing", "Đã báo không phát sinh thì không kèm tệp và đường dẫn."))
    return found


def _about_figures(content: Content, asked: Asked) -> list[Problem]:
    needed = asked.share or bool(asked.counted_in) or asked.kind == FIGURES
    found = []
    if needed and content.numerator is None:
        found.append(Problem("numerator", "Ghi số đã đạt được; đếm được 0 thì ghi 0."))
    if asked.share and content.denominator is None:
        found.append(Problem("denominator", "Ghi tổng số để tính tỷ lệ."))
    if content.denominator is not None and content.numerator is None and not needed:
        found.append(Problem("numerator", "Ghi số đã đạt được trong tổng số."))
    return found or _about_part_of_whole(content)


def _about_part_of_whole(content: Content) -> list[Problem]:
    if content.numerator is not None and content.numerator < 0:
        return [Problem("numerator", "Số đạt được không thể âm.")]
    if content.denominator is None or content.numerator is None:
        return []
    if content.denominator <= 0:
        return [Problem("denominator", "Tổng số phải lớn hơn 0. Không có gì để đếm thì báo không phát sinh.")]
    if content.numerator > content.denominator:
        return [Problem("numerator", "Số đạt được không thể lớn hơn tổng số.")]
    return []


def _about_what_is_shown(content: Content, asked: Asked) -> list[Problem]:
    attached = content.files + content.photos
    if asked.kind == PHOTO and not content.photos:
        return [Problem("attached", "Việc này yêu cầu ảnh. Chọn ít nhất một ảnh JPG, PNG hoặc WebP.")]
    if asked.kind == DOCUMENT and not (content.files or content.link):
        return [Problem("attached", "Việc này yêu cầu văn bản đã ban hành. Chọn tệp hoặc ghi đường dẫn.")]
    if asked.kind == REPORT and not (attached or content.link or content.text.strip()):
        return [Problem("text", "Việc này yêu cầu báo cáo. Viết vào đây hoặc đính kèm tệp báo cáo.")]
    figures = content.numerator is not None
    if not (attached or content.link or content.text.strip() or figures):
        return [Problem("text", "Nêu đã làm gì, hoặc kèm tệp, ảnh, đường dẫn, số liệu.")]
    return []
