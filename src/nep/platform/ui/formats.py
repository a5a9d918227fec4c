"""Numbers and dates as Vietnamese readers write them; no Django."""

from datetime import date, datetime
from fractions import Fraction


def whole_number(value: int) -> str:
    """4841 as 4.841; minus is the real minus sign."""
    return f"{value:,}".replace(",", ".").replace("-", "−")


def rate(numerator: int, denominator: int, *, places: int = 1) -> str:
    """A share as 95,6 %, cut and never rounded up: 100 only when it is all."""
    if denominator <= 0:
        raise ValueError("a rate needs a denominator above zero")
    cut = Fraction(numerator * 100 * 10**places, denominator).__floor__()
    whole, rest = divmod(cut, 10**places)
    return f"{whole_number(whole)},{rest:0{places}d}\u00a0%" if places else f"{whole_number(whole)}\u00a0%"


def day(value: date) -> str:
    """23/11/2026."""
    return f"{value:%d/%m/%Y}"


def day_of_year(value: date) -> str:
    """23/11, for lists of one year."""
    return f"{value:%d/%m}"


def instant(value: datetime) -> str:
    """09:42 23/11/2026."""
    return f"{value:%H:%M %d/%m/%Y}"
