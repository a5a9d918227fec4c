"""What a unit's official letters say outside their body."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterheadWords:
    """The head and foot of a unit's letters: `symbol` stands after the number, `archive` ends the recipients.

    `authority` is in whose name the signer signs ("TM. …", "KT. …"), where it is not the own.
    """

    organ: str
    symbol: str
    place: str
    signer_title: str
    archive: str
    parent: str = ""
    authority: str = ""
