"""Figures as people read them."""

from __future__ import annotations

from decimal import Decimal

from nep.kernel.figures import write_figure
from nep.movements.domain.progress import Goal, Told
from nep.platform.ui.formats import rate

HUNDREDTHS = 100  # figures of evidence have two decimals
SHORT = 64  # characters of a title that is named again and again


def short_title(title: str) -> str:
    """A title where it only tells which programme is meant: cut between two words."""
    if len(title) <= SHORT:
        return title
    return f"{title[:SHORT].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def number_words(value: Decimal | int) -> str:
    """4841 as 4.841 and 2.50 as 2,5."""
    return write_figure(value)


def told_words(goal: Goal, told: Told) -> str:
    """What is reached: "95,6 %" cut and never rounded up, or a count; empty when nobody told a figure."""
    if told.numerator is None:
        return ""
    if not goal.is_share:
        return number_words(told.numerator)
    if not told.denominator:
        return ""
    return rate(int(told.numerator * HUNDREDTHS), int(told.denominator * HUNDREDTHS))


def goal_words(goal: Goal, units: int) -> str:
    """The goal: "100 %" or "4 hội nghị"; asked of every unit, with what that makes in all."""
    if goal.is_share:
        return f"{number_words(goal.value)}\u00a0%"
    asked = number_words(goal.asked(units))
    return f"{asked} {goal.unit}"
