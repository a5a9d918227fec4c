"""Names of units compared: one spelling, abbreviations spelt out, quantifiers aside."""

from __future__ import annotations

import re

from . import lexicon as lex

_SHORT = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "tp": "thành phố", "bch": "ban chấp hành",
    "vp": "văn phòng", "cđcs": "công đoàn cơ sở", "lđlđ": "liên đoàn lao động", "ubkt": "ủy ban kiểm tra",
    "bgh": "ban giám hiệu", "mttq": "mặt trận tổ quốc", "btc": "ban tổ chức", "gdđt": "giáo dục và đào tạo",
    "tncs": "thanh niên cộng sản",
}  # fmt: skip
_IDLE = frozenset(
    {"các", "những", "mỗi", "từng", "tất", "cả", "toàn", "thể", "có", "và", "đồng", "chí", "của"}
)


def unit_key(name: str, head: str = "") -> tuple[str, ...]:
    """The words a name is compared by; a head shared by several names ("các Sở: A, B") is put before each."""
    words: list[str] = []
    for word in re.findall(r"\w+", re.sub(r"\([^()]*\)", " ", name.lower())):
        words.extend(_SHORT.get(word, word).split())
    if head and head not in words[:2]:
        words.insert(0, head)
    return tuple(word for word in words if word not in _IDLE) or tuple(words)


def same_unit(first: tuple[str, ...], second: tuple[str, ...], kind: str) -> bool:
    """Whether two keys name one unit: equal, or one general naming inside the other."""
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    rest = long[len(short) :]
    if long[: len(short)] != short:
        return False
    if kind == "kinds":
        return not lex.KIND_HEADS.match(rest, 0)
    if kind in ("officer", "council"):
        return rest in (("trực", "thuộc", "trung", "ương"), ("bộ",)) or lex.LEVELS.match(rest, 0) == len(rest)
    return kind in ("body", "post")


def is_issuer(key: tuple[str, ...], issuer: tuple[str, ...]) -> bool:
    """Whether a name means the issuer: its words stand in the issuer's name, or begin with all of it."""
    if key[: len(issuer)] == issuer:
        return True
    return any(issuer[i : i + len(key)] == key for i in range(len(issuer) - len(key) + 1))


def is_people(words: tuple[str, ...], at: int) -> int:
    """How many words of a group of persons ("cán bộ, công chức") stand here."""
    return lex.PEOPLE.match(words, at)
