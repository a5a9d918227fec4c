"""Invented names, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Lò",
    "Vàng",
    "Giàng",
    "Hà",
    "Nông",
    "Lý",
    "Chu",
    "Đinh",
    "Bế",
    "Phùng",
    "Tẩn",
)
MIDDLES = {
    "female": ("Thị", "Thị Ngọc", "Thu", "Thị Hoài", "Bích", "Mai", "Kim", "Thị Thanh"),
    "male": ("Văn", "Đức", "Công", "Hữu", "Minh", "Quang", "Tiến", "Xuân"),
}
GIVEN = {
    "female": (
        "An",
        "Bình",
        "Chi",
        "Diễm",
        "Dung",
        "Hà",
        "Hằng",
        "Hiền",
        "Hoa",
        "Huyền",
        "Lan",
        "Linh",
        "Mai",
        "Nga",
        "Nhung",
        "Oanh",
        "Phương",
        "Quyên",
        "Thảo",
        "Thủy",
        "Trang",
        "Tuyết",
        "Vân",
        "Yến",
    ),
    "male": (
        "Anh",
        "Bách",
        "Cường",
        "Dũng",
        "Đạt",
        "Giang",
        "Hải",
        "Hiếu",
        "Hùng",
        "Khánh",
        "Kiên",
        "Lâm",
        "Long",
        "Nam",
        "Phong",
        "Quân",
        "Sơn",
        "Thành",
        "Thắng",
        "Tú",
        "Tuấn",
        "Vinh",
        "Việt",
        "Ý",
    ),
}


def invented_names(seed: int) -> Iterator[str]:
    """Names without end, no two alike in one run."""
    draw, given_out = random.Random(seed), set[str]()
    while True:
        gender = draw.choice(("female", "male"))
        name = f"{draw.choice(FAMILIES)} {draw.choice(MIDDLES[gender])} {draw.choice(GIVEN[gender])}"
        if name not in given_out:
            given_out.add(name)
            yield name
