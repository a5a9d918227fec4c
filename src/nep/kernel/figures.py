"""Figures as they are written in Vietnamese: points between thousands, a comma before the decimals."""

from __future__ import annotations

import re
from decimal import Decimal

_WHOLE = r"(?:\d{1,3}(?:\.\d{3})+|\d+)"
_WRITTEN = re.compile(rf"(?P<sign>[-−]?)(?P<whole>{_WHOLE})(?:,(?P<rest>\d+))?$")
# A keyboard without a comma: two digits behind a single point cannot be thousands.
_WITH_POINT = re.compile(r"(?P<sign>[-−]?)(?P<whole>\d+)\.(?P<rest>\d{1,2})$")


def read_figure(text: str) -> Decimal:
    """The figure that was typed.

    >>> read_figure("1.234,5")
    Decimal('1234.5')

    Raises: ValueError for anything that is no figure, or could be read in two ways.
    """
    typed = re.sub(r"\s", "", text)
    found = _WRITTEN.match(typed) or _WITH_POINT.match(typed)
    if found is None:
        raise ValueError(f"not a figure: {text!r}")
    whole = found["whole"].replace(".", "")
    return Decimal(f"{'-' if found['sign'] else ''}{whole}.{found['rest'] or '0'}").normalize() + 0


def write_figure(value: Decimal | int) -> str:
    """A figure as it is read: 4841 as 4.841 and 2.50 as 2,5."""
    exact = Decimal(value)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    rest = rest.rstrip("0")
    sign = "−" if exact < 0 else ""
    return f"{sign}{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
