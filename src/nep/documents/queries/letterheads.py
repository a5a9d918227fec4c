"""What stands at the head of a unit's documents: what was confirmed, else what is usual."""

from __future__ import annotations

import re
from datetime import date

from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.numbering import initials
from nep.documents.models import UnitLetterhead
from nep.org.models import Posting, Unit, UnitClosure, UnitHost, UnitKind

COUNCILS = frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE})
COUNCIL_AUTHORITY = "TM. ỦY BAN NHÂN DÂN"
NO_HEAD = "THỦ TRƯỞNG ĐƠN VỊ"
UNKNOWN = "…"

_PLACE = re.compile(r"\b(?:tỉnh|thành phố|xã|phường|thị trấn|đặc khu)\s+(?P<name>\S.*)$")


def letterhead_of(unit: Unit, on: date) -> tuple[LetterheadWords, bool]:
    """A unit's letterhead and whether somebody has confirmed it; else what is usual, to be confirmed."""
    kept = UnitLetterhead.objects.filter(unit=unit).first()
    if kept is not None:
        words = LetterheadWords(
            organ=kept.organ,
            parent=kept.parent,
            symbol=kept.symbol,
            place=kept.place,
            authority=kept.authority,
            signer_title=kept.signer_title,
            archive=kept.archive,
        )
        return words, True
    above, head = units_above(unit, on), head_posting(unit, on)
    return LetterheadWords(
        organ=unit.name,
        parent=above[0].name if above else "",
        symbol=symbol_of(unit),
        place=place_of([unit, *above]).replace(UNKNOWN, ""),
        authority=authority_of(unit),
        signer_title=head.position.name if head else "",
        archive="Lưu: VT",
    ), False


def units_above(unit: Unit, on: date) -> list[Unit]:
    """The units above, the nearest first; those of the host for an attached unit that has none."""
    rows = UnitClosure.objects.filter(descendant=unit, depth__gte=1, during__contains=on).order_by("depth")
    found = [row.ancestor for row in rows.select_related("ancestor")]
    hosts = UnitHost.objects.filter(unit=unit, during__contains=on).select_related("host")
    return found or [row.host for row in hosts]


def place_of(units: list[Unit]) -> str:
    """The place of a letter: the first place named by the unit or one above it."""
    places = (_PLACE.search(unit.name) for unit in units)
    return next((place["name"] for place in places if place), UNKNOWN)


def symbol_of(unit: Unit) -> str:
    """The letters of an organ after the number: UBND, SNV; empty where they are the unit's own choice."""
    if unit.kind in COUNCILS:
        return "UBND"
    return initials(unit.short_name) if unit.kind == UnitKind.DEPARTMENT else ""


def authority_of(unit: Unit) -> str:
    """In whose name the head signs: a council's, where it decides as one."""
    return COUNCIL_AUTHORITY if unit.kind in COUNCILS else ""


def head_posting(unit: Unit, on: date) -> Posting | None:
    """Who heads a unit on a day, and as what."""
    rows = Posting.objects.filter(unit=unit, during__contains=on, position__is_head=True)
    return rows.select_related("person", "position").order_by("position__rank", "pk").first()
