"""Whether what somebody tells can be a figure of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Said:
    """What is told for one unit and period; `nothing`: there was nothing to count, which is not zero."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    nothing: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing was filled in at all."""
        return not self.nothing and self.numerator is None and self.denominator is None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which field."""

    field: str
    sentence: str


MOST = Decimal("999999999999.99")


def problems(said: Said, *, share: bool) -> tuple[Problem, ...]:
    """Everything that keeps it from being a figure; empty when it is one."""
    if said.nothing:
        if said.numerator is None and said.denominator is None:
            return ()
        sentence = "Đã báo không phát sinh thì bỏ trống số liệu. Nếu đếm được 0 thì ghi 0."
        return (Problem("nothing", sentence),)
    found = []
    if said.numerator is None:
        found.append(Problem("numerator", "Ghi số đạt được; đếm được 0 thì ghi 0."))
    if share and said.denominator is None:
        found.append(Problem("denominator", "Ghi tổng số để tính tỷ lệ."))
    if not share and said.denominator is not None:
        found.append(Problem("denominator", "Chỉ số này là số đếm, không có tổng số."))
    return tuple(found) or _of_amounts(said)


def _of_amounts(said: Said) -> tuple[Problem, ...]:
    assert said.numerator is not None, "asked for before"
    if said.numerator < 0:
        return (Problem("numerator", "Số đạt được không thể âm."),)
    if max(said.numerator, said.denominator or 0) > MOST:
        return (Problem("numerator", "Số quá lớn, không thể là số liệu của một kỳ."),)
    if said.denominator is None:
        return ()
    if said.denominator <= 0:
        sentence = "Tổng số phải lớn hơn 0. Không có gì để đếm thì báo không phát sinh."
        return (Problem("denominator", sentence),)
    if said.numerator > said.denominator:
        return (Problem("numerator", "Số đạt được không thể lớn hơn tổng số."),)
    return ()
