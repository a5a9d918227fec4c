"""An invented plan of an invented province, into which tests put one item of work."""

from __future__ import annotations

from typing import Any

from nep.documents.domain.reader import read

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN
Số: 12/KH-UBND
Hòa An, ngày 10 tháng 3 năm 2024
KẾ HOẠCH
Thực hiện nếp sống văn minh nơi công sở
UBND tỉnh Hòa An ban hành Kế hoạch như sau:
"""


def plan(items: str, part: str = "III. TỔ CHỨC THỰC HIỆN") -> dict[str, Any]:
    """The reading of the plan with these items in this part."""
    return read(f"{HEAD}{part}\n{items}\n").as_json()


def actors(items: str) -> list[str]:
    """The actors of the items as "role name", in alphabetical order."""
    return sorted(f"{actor['role']} {actor['name']}" for actor in plan(items)["actors"])


def rules(items: str) -> list[str]:
    """The deadline rules of the items, in alphabetical order."""
    return sorted(deadline["rule"] for deadline in plan(items)["deadlines"])
