"""Why a task binds a unit, and what a plan lacks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nep.movements.domain.adoption import EVERYBODY, Because, Place, binds_at, lacking_before_issue, reasons
from nep.movements.domain.binding import UnitFacts


@dataclass(frozen=True)
class Named:
    name: str
    role: str = "execute"
    unit_id: int | None = None
    group: str = ""


COMMUNE = Place(
    UnitFacts.of(id=7, name="Xã Mường Khe", short_name="", kind="commune", line="authority"),
    frozenset({1, 7}),
)


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([], (EVERYBODY,)),
        ([Named("nơi nhận báo cáo", role="report_to", unit_id=9)], (EVERYBODY,)),
        ([Named("UBND các xã, phường", group="commune")], (Because("execute", "UBND các xã, phường"),)),
        ([Named("Sở Y tế", unit_id=3)], ()),
        (
            [
                Named("Sở Y tế", "lead", 3),
                Named("xã Mường Khe", "cooperate", 7),
                Named("các đơn vị", group="all"),
            ],
            (Because("cooperate", "xã Mường Khe"), Because("execute", "các đơn vị")),
        ),
    ],
)
def test_reasons_name_the_words_of_the_plan(actors: list[Named], expected: tuple[Because, ...]) -> None:
    assert reasons(actors, COMMUNE) == expected
    assert binds_at(actors, COMMUNE) is bool(expected)


@pytest.mark.parametrize(
    ("without", "head", "plan", "directly", "where"),
    [
        (0, False, True, "", []),
        (3, True, True, "", []),
        (0, False, False, "Đơn vị có bốn người.", []),
        (3, False, True, "", ["viec"]),
        (1, False, False, " ", ["viec", "ke-hoach"]),
    ],
)
def test_what_a_plan_lacks(without: int, head: bool, plan: bool, directly: str, where: list[str]) -> None:
    found = lacking_before_issue(
        without_person=without, head_answers=head, has_plan=plan, directly_because=directly
    )
    assert [item.where for item in found] == where
