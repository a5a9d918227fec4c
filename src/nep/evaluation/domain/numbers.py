"""Exact numbers as they are shown: cut off, never rounded up."""

from __future__ import annotations

from fractions import Fraction

PLACES = 6


def truncated(value: Fraction, places: int = PLACES) -> str:
    """The decimal digits of a number, cut off behind so many places, never rounded up.

    >>> truncated(Fraction(280, 3))
    '93.333333'
    """
    scaled = abs(value.numerator) * 10**places // value.denominator
    whole, rest = divmod(scaled, 10**places)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def told(value: Fraction | None) -> dict[str, str] | None:
    """A number as commands print it: exact and as a truncated decimal; None stays None.

    >>> told(Fraction(28))
    {'exact': '28', 'decimal': '28.000000'}
    """
    return None if value is None else {"exact": str(value), "decimal": truncated(value)}


def lack_in_words(value: Fraction) -> str:
    """How many points are lacking; what is less than a hundredth does not read as nothing.

    >>> lack_in_words(Fraction(1, 3000))
    'chưa đến 0,01'
    """
    text = in_words(value)
    return "chưa đến 0,01" if text == "0" else text


def in_words(value: Fraction, places: int = 2) -> str:
    """A number as a Vietnamese sentence shows it: a comma before the decimals, none where it is whole.

    >>> in_words(Fraction(280, 3))
    '93,33'
    """
    text = truncated(value, places)
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text
