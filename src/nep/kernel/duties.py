"""Separation of duties: who enters a thing does not approve it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from nep.kernel.decisions import ALLOWED, Decision, refuse


@dataclass(frozen=True, slots=True)
class Hand:
    """An account that acts; `for_others` are those in whose place alone it may do this act."""

    account: int
    for_others: Collection[int] = field(default=frozenset())

    @property
    def accounts(self) -> frozenset[int]:
        """The accounts whose entries this hand may not approve."""
        return frozenset({self.account, *self.for_others})


def not_by_same_hand(entered_by: int | None, hand: Hand, reason: str) -> Decision:
    """Refuse, with the reason, who entered a thing to approve it; a proxy also what the principal entered.

    A proxy has no more power than the principal, who may not approve the own entry. What Nếp itself entered
    (`entered_by` None) anybody may approve.
    """
    if entered_by is not None and entered_by in hand.accounts:
        return refuse(reason)
    return ALLOWED
