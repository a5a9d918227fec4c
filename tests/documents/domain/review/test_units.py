"""Names of units of this organisation."""

from __future__ import annotations

import pytest

from nep.documents.domain.review.units import KnownUnits

UNITS = KnownUnits.of(["Sở Nội vụ", "Ủy ban nhân dân tỉnh Vân Lĩnh", "Trường Tiểu học Hải Ninh"])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("sở nội vụ", True),
        ("Sở Nội vụ tỉnh", True),
        ("UBND tỉnh Vân Lĩnh", True),
        ("UBND tỉnh", True),
        ("UBND các xã, phường", True),
        ("các cơ quan chuyên môn", True),
        ("Thủ trưởng đơn vị", True),
        ("Sở Cơ khí", False),
        ("Sở", False),
        ("Trường Tiểu học Đông", False),
    ],
)
def test_a_name_is_known_or_a_kind(name: str, known: bool) -> None:
    assert UNITS(name) is known
