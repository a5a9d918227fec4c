"""Text typed for the fonts of before Unicode, TCVN3 (ABC) and VNI: noticed, and converted when asked to.

Nothing here decides for a person: a foreign word or a formula may look like legacy text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Legacy(StrEnum):
    """An encoding of before Unicode; the value is what people call it."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


# Letters of the two encodings as they look in Unicode: none stands there in a Vietnamese word.
_TCVN3_SIGNS = re.compile(
    r"[a-z][µ¸¶·¹¨»¾¼½Æ©ÇÊË®ÌÐÎÏÑªÖ×ØÜÞßäåæç«¬ëîïñöø÷ûüþ\xad]"
    r"|[A-Z][µ¸¶·¹¨»¾¼½©®ª×ß«¬÷\xad]|®[a-zA-Zªµ¸¶·¹©¨«¬Ó-ÿ]"
)
_VNI_SIGNS = re.compile(
    r"[aeouyAEOUYôöÔÖ][øûïäåëüöØÛÏÄÅËÜÖ]|[eaEA][âÂ]|[eE][áàãÁÀÃ]|[ôöÔÖ][ùõÙÕ]|[ñÑ][aeiouyôöAEIOUYÔÖ]",
    re.ASCII,
)
_UNICODE_SIGNS = re.compile(r"[\u1EA0-\u1EF9ăđơưĂĐƠƯ\u0300\u0301\u0303\u0309\u0323]")

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)

# VNI writes a letter and behind it its marks; these letters stand for themselves.
_VNI_ALONE = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _vni_pairs() -> dict[str, str]:
    """Every letter of VNI that is written with two characters, in both cases, to its Unicode letter."""
    marks = [(base, _TONES, "") for base in "aeouyôö"]
    marks += [(base, _HAT, "\u0302") for base in "aeo"] + [("a", _BREVE, "\u0306")]
    pairs = {
        base + sign: unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + shape + tone)
        for base, signs, shape in marks
        for sign, tone in signs.items()
    }
    upper = {written.upper(): letter.upper() for written, letter in pairs.items()}
    mixed = {written[0].upper() + written[1]: letter.upper() for written, letter in pairs.items()}
    return pairs | mixed | upper


_VNI = _vni_pairs()
_VNI_LETTERS = re.compile("|".join(map(re.escape, [*_VNI, *_VNI_ALONE])))
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Signs:
    """How many places of a text look like each encoding, and how many are Vietnamese letters of Unicode."""

    tcvn3: int
    vni: int
    unicode: int

    @property
    def likely(self) -> Legacy | None:
        """The encoding that most places speak for, if they are more than those that speak for Unicode."""
        most = max(self.tcvn3, self.vni)
        if most == 0 or most <= self.unicode:
            return None
        return Legacy.TCVN3 if self.tcvn3 >= self.vni else Legacy.VNI


def signs_of(text: str) -> Signs:
    """Count what speaks for a legacy encoding and what for Unicode.

    >>> signs_of("NguyÔn V¨n §øc").likely
    <Legacy.TCVN3: 'TCVN3 (ABC)'>
    """
    return Signs(
        tcvn3=len(_TCVN3_SIGNS.findall(text)),
        vni=len(_VNI_SIGNS.findall(text)),
        unicode=len(_UNICODE_SIGNS.findall(text)),
    )


def legacy_of(texts: Iterable[str]) -> Legacy | None:
    """The one encoding in which short texts of a table were likely typed; None for Unicode.

    A few foreign words do not do: at least one text in ten that has letters beyond ASCII must speak for it.
    """
    told = [signs_of(text) for text in texts if not text.isascii()]
    found = [signs for signs in told if signs.likely]
    if not found or len(found) * 10 < len(told):
        return None
    tcvn3, vni = sum(signs.tcvn3 for signs in found), sum(signs.vni for signs in found)
    return Legacy.TCVN3 if tcvn3 >= vni else Legacy.VNI


def to_unicode(text: str, legacy: Legacy) -> str:
    """The text in Unicode, read as it was typed in this encoding.

    >>> to_unicode("NguyÔn V¨n §øc", Legacy.TCVN3)
    'Nguyễn Văn Đức'
    >>> to_unicode("Nguyeãn Vaên Ñöùc", Legacy.VNI)
    'Nguyễn Văn Đức'
    """
    if legacy is Legacy.VNI:
        return _VNI_LETTERS.sub(lambda found: _VNI.get(found[0]) or _VNI_ALONE[found[0]], text)
    return _WORD.sub(lambda found: _tcvn3_word(found[0]), text)


def _tcvn3_word(word: str) -> str:
    """TCVN3 has no capitals with tones: a word with capitals behind its first letter had them by its font."""
    converted = "".join(_TCVN3.get(char, char) for char in word)
    plain = [at for at, char in enumerate(word) if char.isascii() and char.isalpha()]
    in_capitals = any(plain) and all(word[at].isupper() for at in plain)
    return converted.upper() if in_capitals else converted
