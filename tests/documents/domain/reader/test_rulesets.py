"""Named sets of rules, and models."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read


def sets(original: str) -> list[tuple[str, list[str]]]:
    return [(s["name"], s["items"]) for s in read(original).as_json()["rule_sets"]]


@pytest.mark.parametrize(
    ("words", "name", "items"),
    [
        ("“3 biết”: biết chào, biết nghe, biết cảm ơn.", "3 biết", ["biết chào", "biết nghe", "biết cảm ơn"]),
        (
            "“2 có, 2 không” (có tâm, có tầm; không phiền, không hà).",
            "2 có, 2 không",
            ["có tâm", "có tầm", "không phiền", "không hà"],
        ),
        (
            "“Ba không” gồm: Không nói suông, hứa suông; không đùn đẩy; không vòi vĩnh.",
            "Ba không",
            ["Không nói suông, hứa suông", "không đùn đẩy", "không vòi vĩnh"],
        ),
        (
            "5 nhớ (nhớ tên, nhớ việc, nhớ hẹn, nhớ lời và nhớ ơn).",
            "5 nhớ",
            ["nhớ tên", "nhớ việc", "nhớ hẹn", "nhớ lời", "nhớ ơn"],
        ),
        ("“2 nhanh”: nhanh tay, nhanh mắt; tổ chức họp dân.", "2 nhanh", ["nhanh tay", "nhanh mắt"]),
        ("“2 vui”: “Vui đón, vui tiễn” và nhiều việc khác.", "2 vui", ["Vui đón", "vui tiễn"]),
        ("“Hai giữ” gồm:\n- Giữ lời;\n- Giữ giờ.\nCác phòng thực hiện.", "Hai giữ", ["Giữ lời", "Giữ giờ"]),
    ],
)
def test_named_sets(words: str, name: str, items: list[str]) -> None:
    assert sets(f"Công chức thực hiện {words}") == [(name, items)]


@pytest.mark.parametrize(
    "words",
    [
        "phương châm “Tận tâm - Tận lực - Tận tình”.",
        "trong 03 ngày: 24, 25 và 26 tháng 8.",
        "“2 giỏi” trong toàn ngành.",
    ],
)
def test_what_is_no_set(words: str) -> None:
    assert sets(f"Công chức làm việc {words}") == []


def test_items_have_places() -> None:
    original = "Thực hiện “2 xin”: xin chào, xin\nlỗi."
    rule_set = read(original).as_json()["rule_sets"][0]
    assert [original[at["start"] : at["end"]] for at in rule_set["items_at"]] == ["xin chào", "xin\nlỗi"]
    assert rule_set["items"] == ["xin chào", "xin lỗi"]


@pytest.mark.parametrize(
    ("words", "models"),
    [
        (
            "nhân rộng mô hình “Ngày không hẹn”, “Giờ vàng” và “Bàn trà”",
            ["Ngày không hẹn", "Giờ vàng", "Bàn trà"],
        ),
        ("các mô hình gắn với phong trào như: mô hình “Cửa mở”; mô hình “Cửa mở”", ["Cửa mở"]),
        ("mô hình theo phương châm “Nhanh và đúng”", []),
        ("mô hình chính quyền hai cấp", []),
    ],
)
def test_models(words: str, models: list[str]) -> None:
    assert read(f"Các xã {words}.").as_json()["models"] == models


@pytest.mark.parametrize(
    ("words", "name", "items"),
    [
        ("“03 rõ: Rõ người, rõ việc, rõ hạn”, tránh chồng chéo.", "03 rõ", ["Rõ người", "rõ việc", "rõ hạn"]),
        ("giao việc rõ người, rõ việc và rõ hạn (3 rõ).", "3 rõ", ["rõ người", "rõ việc", "rõ hạn"]),
        ("“3 tại chỗ”: người tại chỗ, xe tại chỗ, xăng tại chỗ.", "3 tại chỗ",
         ["người tại chỗ", "xe tại chỗ", "xăng tại chỗ"]),
        ("“2 nên”: (1) nên chào; (2) nên cười.", "2 nên", ["nên chào", "nên cười"]),
        ("2 nên\n- Nên chào;\n- Nên cười.", "2 nên", ["Nên chào", "Nên cười"]),
        ("2 chớ gồm chớ cáu, chớ quát.", "2 chớ", ["chớ cáu", "chớ quát"]),
    ],
)  # fmt: skip
def test_sets_in_other_shapes(words: str, name: str, items: list[str]) -> None:
    assert sets(f"Công chức thực hiện {words}") == [(name, items)]


def test_counted_things_name_no_set() -> None:
    assert (
        sets("Tổ chức 2 đợt (đợt 1 tháng 3, đợt 2 tháng 9) và 2 vòng: vòng sơ khảo, vòng chung khảo.") == []
    )
