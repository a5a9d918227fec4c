"""How numbers and signs of official letters are written.

Source: Decree 30/2020/NĐ-CP, Appendix I, part I, section II, item 3: numbers run from 01 within a year; a
letter without a name of its kind (công văn) bears the letters of the organ and of the part that drafted it.
"""

from __future__ import annotations

import re

from nep.kernel.errors import RuleError

_SYMBOL = re.compile(r"[A-ZĐÀ-ỸƯƠĂÂÊÔ0-9&.]+(?:-[A-ZĐÀ-ỸƯƠĂÂÊÔa-zđà-ỹ0-9&.]+)*")


def reference(number: int, symbol: str) -> str:
    """Number and sign as they are cited: 7 and "SNV-TTr" give "07/SNV-TTr".

    >>> reference(7, "UBND-VX")
    '07/UBND-VX'
    """
    return f"{number:02d}/{symbol}"


def initials(name: str) -> str:
    """The letters by which an organ is usually abbreviated; a proposal, which the organ confirms.

    >>> initials("Sở Nội vụ")
    'SNV'
    """
    return "".join(word[0] for word in name.split() if word[0].isalpha()).upper()


def checked_symbol(typed: str) -> str:
    """The sign without the number, blanks and strokes taken out.

    Raises: RuleError when it is not made of capitals joined by hyphens.
    """
    symbol = re.sub(r"\s+", "", typed).strip("/-")
    if not _SYMBOL.fullmatch(symbol):
        raise RuleError("Ký hiệu gồm chữ viết tắt in hoa nối bằng gạch ngang, ví dụ UBND-VX hoặc SNV-XDCQ.")
    return symbol
