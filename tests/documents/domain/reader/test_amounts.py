"""Percent targets and counts."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read


def counts(original: str) -> list[tuple[int, str]]:
    return [(q["value"], q["what"]) for q in read(original).as_json()["quantities"]]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("100% công chức ký cam kết", [100]),
        ("đạt 97,5 % hồ sơ; trên 8% đơn vị", [97.5, 8]),
        ("đạt 80 phần trăm", [80]),
        ("đạt 15 bậc", []),
    ],
)
def test_targets(words: str, values: list[float]) -> None:
    assert [t["value"] for t in read(f"Phấn đấu {words}.").as_json()["targets"]] == values


def test_target_holds_what_it_is_about() -> None:
    target = read("Trong năm, toàn xã có 91% hộ đạt chuẩn; các thôn họp bàn.").as_json()["targets"][0]
    assert target["text"] == "toàn xã có 91% hộ đạt chuẩn"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kiểm tra 8 cuộc tại 55 đơn vị", [(8, "cuộc"), (55, "đơn vị")]),
        ("UBND 9 huyện, thành phố", [(9, "huyện, thành phố")]),
        ("khen 6/20 phường", [(6, "phường")]),
        ("tập huấn cho 1.250 lượt người", [(1250, "lượt người")]),
        ("xây dựng ít nhất hai mô hình", [(2, "mô hình")]),
        ("cắt giảm 12 ĐKKD", [(12, "ĐKKD")]),
        ("10 tập thể, 13 cá nhân", [(10, "tập thể"), (13, "cá nhân")]),
        ("họp ngày 5 phường Bến Lộc", []),
        ("trao giải cho Cụm 5 đơn vị mạnh", []),
        ("kỷ niệm 70 năm; họp 3 lần/năm; mức độ 4", []),
        ("gồm 4 nhóm nội dung", []),
        ("thực hiện “4 cán bộ”", []),
    ],
)
def test_quantities(words: str, found: list[tuple[int, str]]) -> None:
    assert counts(f"Các đơn vị {words}.") == found


def test_each_count_once() -> None:
    assert counts("Có 5 phường họp. Sau đó 5 phường nộp báo cáo.") == [(5, "phường")]


def test_list_of_recipients_counts_nothing_and_an_annex_does() -> None:
    tail = "Nơi nhận:\n- 5 phòng;\n- Lưu: VT, 10 bản.\nPHỤ LỤC\n1. Trao 3 giấy khen cho 4 phòng."
    original = f"Các phòng họp.\n{tail}"
    assert counts(original) == [(3, "giấy khen"), (4, "phòng")]
