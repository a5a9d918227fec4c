"""Invented communes, schools and departments, as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterator

FIRST = (
    "Mường",
    "Nậm",
    "Bản",
    "Tân",
    "Đồng",
    "Phiêng",
    "Bảo",
    "Khau",
    "Lũng",
    "Thanh",
    "Minh",
    "Phú",
    "Yên",
    "Vĩnh",
    "Hòa",
    "Kim",
    "Long",
    "Xuân",
    "Hưng",
    "Nghĩa",
)
SECOND = (
    "Khe",
    "Sơn",
    "Lèo",
    "Hạ",
    "Thượng",
    "Giang",
    "Bình",
    "An",
    "Lâm",
    "Phong",
    "Quế",
    "Chum",
    "Thịnh",
    "Lộc",
    "Trung",
    "Đức",
    "Tiến",
    "Quang",
    "Hải",
    "Thủy",
)
SCHOOLS = (
    "Trường Mầm non",
    "Trường Tiểu học",
    "Trường Trung học cơ sở",
    "Trường Phổ thông dân tộc bán trú",
)
DEPARTMENTS = (
    ("SXD", "Sở Xây dựng"),
    ("SCT", "Sở Công Thương"),
    ("SNN", "Sở Nông nghiệp và Môi trường"),
    ("SDT", "Sở Dân tộc và Tôn giáo"),
    ("TTT", "Thanh tra tỉnh"),
    ("KCN", "Ban Quản lý các khu công nghiệp tỉnh"),
)
DIVISIONS = (
    "Phòng Tổ chức - Hành chính",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2",
)


def invented_places(taken: set[str]) -> Iterator[str]:
    """Names of communes, each once, none of those taken."""
    for shift in range(len(SECOND)):
        for number, first in enumerate(FIRST):
            name = f"{first} {SECOND[(number + shift) % len(SECOND)]}"
            if name.casefold() not in taken:
                yield name


def school_name(number: int, place: str) -> str:
    """The school with this number in a commune: one of each kind, then a second of each."""
    round_, kind = divmod(number, len(SCHOOLS))
    second = f" số {round_ + 1}" if round_ else ""
    return f"{SCHOOLS[kind]}{second} {place}"
