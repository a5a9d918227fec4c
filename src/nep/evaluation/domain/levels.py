"""The four levels of a year, and being not ranked."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of the year, as its code is stored."""

    HTXS = "HTXS"
    HTT = "HTT"
    HTNV = "HTNV"
    KHT = "KHT"
    NOT_RANKED = "not_ranked"

    @property
    def label(self) -> str:
        """The official term."""
        return _LABELS[self]

    def is_above(self, other: Level) -> bool:
        """Whether this level is higher than another; being not ranked is neither above nor below."""
        if Level.NOT_RANKED in (self, other):
            return False
        return _ORDER.index(self) < _ORDER.index(other)


_ORDER = (Level.HTXS, Level.HTT, Level.HTNV, Level.KHT)
_LABELS = {
    Level.HTXS: "Hoàn thành xuất sắc nhiệm vụ",
    Level.HTT: "Hoàn thành tốt nhiệm vụ",
    Level.HTNV: "Hoàn thành nhiệm vụ",
    Level.KHT: "Không hoàn thành nhiệm vụ",
    Level.NOT_RANKED: "Không xếp loại",
}
RANKED = _ORDER
