"""Who enters a thing does not approve it."""

import pytest

from nep.kernel.decisions import ALLOWED, refuse
from nep.kernel.duties import Hand, not_by_same_hand

WHY = "Người nộp không tự xét."


@pytest.mark.parametrize(
    ("entered_by", "hand", "refused"),
    [
        (1, Hand(1), True),
        (1, Hand(2), False),
        (1, Hand(2, frozenset({1})), True),
        (2, Hand(2, frozenset({1})), True),
        (3, Hand(2, frozenset({1})), False),
        (None, Hand(2, frozenset({1})), False),
    ],
)
def test_neither_the_own_entry_nor_that_of_who_lent_the_role(
    entered_by: int | None, hand: Hand, refused: bool
) -> None:
    assert not_by_same_hand(entered_by, hand, WHY) == (refuse(WHY) if refused else ALLOWED)
