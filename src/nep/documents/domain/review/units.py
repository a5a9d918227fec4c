"""Whether a name in a document is a unit of this organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nep.kernel.vietnamese import fold

# Longer spellings of what officials abbreviate, folded.
_SHORT = (
    ("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("lien doan lao dong", "ldld"),
    ("mat tran to quoc", "mttq"), ("van phong", "vp"), ("thanh pho", "tp"),
)  # fmt: skip
_PLACES = "xa|phuong|thi tran|dac khu|huyen|quan"
_GROUP = re.compile(
    r"^(?:cac|moi|tat ca|toan the|nhung|tung) "
    r"|(?:^| )cac (?:xa|phuong|so|ban|phong|don vi|co quan|truong|dia phuong)"
    rf"|^(?:ubnd|hdnd|cong doan|dang uy|chi bo) (?:cac |cap )?(?:{_PLACES}|co so)(?: (?:{_PLACES}))*$"
    r"|^(?:co quan|don vi|phong ban|so ban nganh|thu truong|nguoi dung dau|lanh dao|cap uy)\b"
)


@dataclass(frozen=True)
class KnownUnits:
    """The units of an organisation by their folded names; also knows names of kinds of units."""

    names: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> KnownUnits:
        """The units with these names, full, short and former."""
        return cls(frozenset(key for name in names if (key := unit_key(name))))

    def __call__(self, name: str) -> bool:
        """Whether the name is a unit here, or a kind of units such as "UBND các xã, phường"."""
        key = unit_key(name)
        if not key or key in self.names or _GROUP.search(key):
            return True
        # "Sở Nội vụ tỉnh" is the Sở Nội vụ; the shorter of two names must still be two words long.
        return any(_begins(key, known) or _begins(known, key) for known in self.names)


def unit_key(name: str) -> str:
    """A unit's name folded, with its usual abbreviations."""
    key = fold(name)
    for long, short in _SHORT:
        key = re.sub(rf"\b{long}\b", short, key)
    return key


def _begins(whole: str, head: str) -> bool:
    return " " in head and whole.startswith(head + " ")
