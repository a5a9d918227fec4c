"""The list behind "Nơi nhận"."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read


@pytest.mark.parametrize(
    ("tail", "recipients"),
    [
        ("Nơi nhận:\n- Như trên;\n- Sở Y tế (b/c);\n- Lưu: VT.\nHoàng Văn Mẫu", ["Như trên", "Sở Y tế"]),
        ("Nơi nhận:\n-VP Đảng uỷ, BGĐ (báo cáo);\n - Lưu: VP.", ["VP Đảng uỷ, BGĐ"]),
        ("Nơi nhận: - Như Điều 3; - Công báo tỉnh; - Lưu VP.", ["Như Điều 3", "Công báo tỉnh"]),
        ("NƠI NHẬN: Như trên; UBND huyện (để phối hợp); Lưu: VT", ["Như trên", "UBND huyện"]),
        ("Nơi nhận:\n- VPUB: CVP; Trợ lý CT, Cổng TTĐT;\n- Lưu: VT.", ["VPUB: CVP; Trợ lý CT, Cổng TTĐT"]),
        (
            "Nơi nhận:       TM. ỦY BAN NHÂN DÂN\n- Các thôn;        CHỦ TỊCH\n- Các chi bộ;\n- Lưu: VT.",
            ["Các thôn", "Các chi bộ"],
        ),
        ("Nơi nhận:\nNhư trên;\nCác phòng;\nLưu: VT.", ["Như trên", "Các phòng"]),
        ("CHỦ TỊCH\nHoàng Văn Mẫu", []),
    ],
)
def test_recipients(tail: str, recipients: list[str]) -> None:
    assert read(f"Các phòng thực hiện nghiêm túc./.\n{tail}").as_json()["recipients"] == recipients


def test_page_behind_the_list_is_left_out() -> None:
    original = (
        "Nơi nhận:\nNhư trên;\nPhòng Tư pháp (để biết);\n"
        "Bấm vào nút để nghe bài đọc.\nBạn có thể dừng lúc nào cũng được\n"
    )
    assert read(original).as_json()["recipients"] == ["Như trên", "Phòng Tư pháp"]
