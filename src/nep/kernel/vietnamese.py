"""Vietnamese text: folding for search, order of letters and numbers, order of names by given name."""

from __future__ import annotations

import re
import unicodedata

# The Vietnamese alphabet; letters with a hat, breve or horn are letters of their own.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET, start=10)}
# Tones order words that are otherwise equal: level, grave, hook, tilde, acute, dot.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NUMBER = re.compile(r"0*([0-9]+)")


def fold(text: str) -> str:
    """Words in lower case without diacritics, one blank between them: what search compares.

    >>> fold("Nguyễn  Văn Đức")
    'nguyen van duc'
    """
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _NOT_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def _letters_and_tone(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif unicodedata.combining(char) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    return "".join(_RANK.get(letter, f"0{letter}") for letter in letters), tone


def _with_length(number: re.Match[str]) -> str:
    """A number behind the count of its digits: the longer one is the greater one."""
    digits = number[1]
    return f"{min(len(digits), 99):02d}{digits}"


def sort_key(text: str) -> str:
    """A key whose plain order is the Vietnamese dictionary order, word by word, letters before tones.

    Numbers stand in the order of counting.

    >>> sorted(["đa", "da", "dạ", "dà"], key=sort_key)
    ['da', 'dà', 'dạ', 'đa']
    >>> sorted(["Tổ 10", "Tổ 2"], key=sort_key)
    ['Tổ 2', 'Tổ 10']
    """
    counted = _NUMBER.sub(_with_length, text.casefold())
    words = [_letters_and_tone(word) for word in re.findall(r"\w+", counted)]
    return " ".join(letters for letters, _ in words) + "!" + "".join(tone for _, tone in words)


def name_sort_key(full_name: str) -> str:
    """The key by which people are listed: given name first, then family name and middle names.

    >>> sorted(["Trần Thị An", "Lê Văn Bình", "Bùi An"], key=name_sort_key)
    ['Bùi An', 'Trần Thị An', 'Lê Văn Bình']
    """
    words = full_name.split()
    if not words:
        return ""
    return f"{sort_key(words[-1])}|{sort_key(' '.join(words[:-1]))}"
