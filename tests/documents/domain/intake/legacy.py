"""Vietnamese letters as the encodings before Unicode wrote them; used only to make test files."""

import unicodedata

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)

_TCVN3 = {
    "a": "µ¸¶·¹", "ă": "»¾¼½Æ", "â": "ÇÊÈÉË", "e": "ÌÐÎÏÑ", "ê": "ÒÕÓÔÖ", "i": "×ÝØÜÞ",
    "o": "ßãáâä", "ô": "åèæçé", "ơ": "êíëìî", "u": "ïóñòô", "ư": "õøö÷ù", "y": "úýûüþ",
}  # fmt: skip
_TCVN3_PLAIN = {"ă": "¨", "â": "©", "đ": "®", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\xad"}

_VNI_TONES = dict(zip(_TONES, "øùûõï", strict=True))
_VNI_HAT = dict(zip(_TONES, "àáåãä", strict=True))
_VNI_BREVE = dict(zip(_TONES, "èéúüë", strict=True))
_VNI_BASE = {"ơ": "ô", "ư": "ö", "đ": "ñ"}


def _letters(text: str) -> list[tuple[str, str]]:
    """Part each letter into itself without tone, and its tone."""
    parted = []
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in _TONES), "")
        parted.append((unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone))
    return parted


def to_tcvn3(text: str) -> str:
    """A text as it shows in a Unicode editor when it was typed for TCVN3 (ABC) fonts."""
    out = []
    for letter, tone in _letters(text):
        low = letter.lower()
        if tone:
            out.append(_TCVN3[low][_TONES.index(tone)])
        else:
            out.append(_TCVN3_PLAIN.get(low, letter))
    return "".join(out)


def to_vni(text: str) -> str:
    """A text as it shows in a Unicode editor when it was typed for VNI fonts."""
    out = []
    for letter, tone in _letters(text):
        low = letter.lower()
        if low in "âêô":
            out.append({"â": "a", "ê": "e", "ô": "o"}[low] + _VNI_HAT.get(tone, "â"))
        elif low == "ă":
            out.append("a" + _VNI_BREVE.get(tone, "ê"))
        elif low == "i" and tone:
            out.append(dict(zip(_TONES, "ìíæóò", strict=True))[tone])
        else:
            out.append(_VNI_BASE.get(low, letter) + _VNI_TONES.get(tone, ""))
    return "".join(out)


def to_windows_1258(text: str) -> bytes:
    """A text in windows-1258: a letter that has no code of its own is a base letter and a tone mark."""
    out = b""
    for letter, tone in _letters(text):
        whole = unicodedata.normalize("NFC", letter + tone)
        try:
            out += whole.encode("cp1258")
        except UnicodeEncodeError:
            out += (letter + tone).encode("cp1258")
    return out
