"""Kind, issuer, number, date, years and title of a document."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read
from tests.documents.domain.reader.samples import ARTICLE, DISPATCH, PLAN

FIELDS = ("kind", "issuer", "number", "issued_on", "period", "title")


def head(original: str) -> dict[str, object]:
    answer = read(original).as_json()
    return {field: answer[field] for field in FIELDS}


def test_plan_with_letterhead() -> None:
    assert head(PLAN) == {
        "kind": "plan",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH AN SƠN",
        "number": "27/KH-UBND",
        "issued_on": "2024-03-12",
        "period": {"from": 2024, "to": 2026},
        "title": "KẾ HOẠCH NÂNG CAO CHẤT LƯỢNG PHỤC VỤ TẠI BỘ PHẬN MỘT CỬA GIAI ĐOẠN 2024 - 2026",
    }


def test_article_tells_of_the_document_it_reports() -> None:
    assert head(ARTICLE) == {
        "kind": "news",
        "issuer": "UBND huyện Bình Khê",
        "number": "61/KH-UBND",
        "issued_on": "2023-05-18",
        "period": {"from": 2023, "to": 2023},
        "title": "Huyện Bình Khê nhân rộng cách làm hay ở công sở",
    }


def test_dispatch() -> None:
    assert head(DISPATCH) == {
        "kind": "dispatch",
        "issuer": "BỆNH VIỆN ĐA KHOA BẾN LỘC",
        "number": "45/BV-TCHC",
        "issued_on": "2022-09-07",
        "period": None,
        "title": "V/v chấn chỉnh tác phong làm việc",
    }


@pytest.mark.parametrize("original", ["", "   ", "\ufeff\n", "---"])
def test_nothing_to_read(original: str) -> None:
    assert head(original) == {**dict.fromkeys(FIELDS), "kind": "other"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("KẾ HOẠCH", "plan"),
        ("QUYẾT ĐỊNH", "decision"),
        ("CÔNG ĐIỆN", "dispatch"),
        ("BÁO CÁO", "report"),
        ("NGHỊ ĐỊNH", "other"),
        ("CHỈ THỊ", "other"),
    ],
)
def test_kind_by_its_line(title: str, kind: str) -> None:
    assert read(f"{title}\nVỀ VIỆC GIỮ GÌN CÔNG SỞ\nNội dung gồm các việc sau đây.").as_json()["kind"] == kind


@pytest.mark.parametrize(
    ("original", "kind"),
    [
        (
            "Trường Tiểu học Bến Lộc xây dựng Kế hoạch giữ sạch sân trường, cụ thể như sau:\n1. Quét sân.",
            "plan",
        ),
        ("Kính gửi: Các phòng\nĐề nghị các phòng nộp báo cáo.", "dispatch"),
        (
            "Vì nếp sống mới.\nQUYẾT ĐỊNH:\nĐiều 1. Lập tổ công tác.\nĐiều 2. Chánh Văn phòng thi hành.",
            "decision",
        ),
        ("Mới đây, xã Bến Lộc ban hành kế hoạch giữ gìn nếp sống công sở với nhiều việc cụ thể.", "news"),
    ],
)
def test_kind_by_prose(original: str, kind: str) -> None:
    assert read(original).as_json()["kind"] == kind


@pytest.mark.parametrize(
    ("original", "issuer"),
    [
        (
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 9/KH-UBND | An Sơn, ngày 4"
            " tháng 5 năm 2021 |\n"
            "Các việc làm trên địa bàn tỉnh An Sơn.",
            "ỦY BAN NHÂN DÂN tỉnh An Sơn",
        ),
        (
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nAN SƠN\n\nTRƯỜNG THPT BẾN LỘC\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT"
            " NAM\nSố: 5/KH-THPTBL",
            "TRƯỜNG THPT BẾN LỘC",
        ),
        (
            "Thực hiện Kế hoạch số 8/KH-SVH ngày 2/3/2020 của Sở Văn hóa, Ban Chấp hành Công đoàn cơ sở"
            " xã Bến Lộc"
            " xây dựng kế hoạch thi đua như sau:\n1. Mục đích",
            "Ban Chấp hành Công đoàn cơ sở xã Bến Lộc",
        ),
        (
            "Sáng 5/6, Chủ tịch UBND tỉnh Nguyễn Văn Mẫu đã ký ban hành Chỉ thị số 3/CT-UBND về giờ làm"
            " việc.",
            "Chủ tịch UBND tỉnh",
        ),
        (
            "Kính gửi: Các trường\nBộ Văn hóa, Thể thao và Du lịch đề nghị các trường thực hiện một số"
            " việc như sau:",
            "Bộ Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Theo đó, Sở Nội vụ tỉnh An Sơn yêu cầu các đơn vị chấn chỉnh giờ giấc. Phóng viên ghi nhận.",
            "Sở Nội vụ tỉnh An Sơn",
        ),
    ],
)
def test_issuer(original: str, issuer: str) -> None:
    assert read(original).as_json()["issuer"] == issuer


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("GIAI ĐOẠN 2021-2025", {"from": 2021, "to": 2025}),
        ("TỪ NĂM 2022 ĐẾN NĂM 2024", {"from": 2022, "to": 2024}),
        ("NĂM 2024", {"from": 2024, "to": 2024}),
        ("NĂM HỌC 2023 - 2024", None),
        ("VÀ NẾP SỐNG MỚI", None),
    ],
)
def test_period(title: str, period: dict[str, int] | None) -> None:
    original = f"KẾ HOẠCH\nGIỮ GÌN CÔNG SỞ {title}\nCăn cứ Nghị quyết số 5/NQ-HĐND giai đoạn 2011 - 2020;"
    assert read(original).as_json()["period"] == period


def test_blank_number_and_day_are_not_read() -> None:
    answer = read("Số: /KH-THCS\nBến Lộc, ngày ... tháng 8 năm 2025\nKẾ HOẠCH\nGIỮ TRƯỜNG SẠCH").as_json()
    assert (answer["number"], answer["issued_on"]) == (None, None)


def test_annex_names_its_document() -> None:
    original = (
        "Kính gửi: Các phòng\nĐề nghị nộp số liệu.\n(Kèm theo Công văn số 77/SNV-VP ngày"
        " 9/8/2023 của Sở Nội vụ)"
    )
    answer = read(original).as_json()
    assert (answer["number"], answer["issued_on"], answer["citations"]) == ("77/SNV-VP", "2023-08-09", [])


def test_launch_of_a_campaign_has_an_issuer_and_no_issue_date() -> None:
    original = (
        "Ngày 5/6/2022, Công đoàn xã Bến Lộc tổ chức lễ phát động phong trào “Công sở sạch”."
        " Phóng viên ghi nhận."
    )
    answer = read(original).as_json()
    assert (answer["issuer"], answer["issued_on"]) == ("Công đoàn xã Bến Lộc", None)


def test_regulation_takes_its_head_from_the_decision_it_is_attached_to() -> None:
    original = (
        "QUY CHẾ\nGIỮ GÌN TRẬT TỰ\n(Ban hành kèm theo Quyết định số 6/QĐ-UBND ngày 7/8/2021"
        " của UBND xã Bến Lộc)"
    )
    answer = read(original).as_json()
    assert [answer[f] for f in ("kind", "issuer", "number", "issued_on")] == [
        "other",
        "UBND xã Bến Lộc",
        "6/QĐ-UBND",
        "2021-08-07",
    ]


def test_headline_stands_above_the_date_line() -> None:
    original = (
        "TIN TRONG TUẦN Ở XÃ\nXã Bến Lộc chấn chỉnh giờ giấc làm việc\nNgày đăng"
        " 3/4/2022\nCán bộ đi làm đúng giờ."
    )
    assert (
        read(original + " Theo đó, mọi người vui vẻ.").as_json()["title"]
        == "Xã Bến Lộc chấn chỉnh giờ giấc làm việc"
    )


def test_party_letterhead() -> None:
    original = (
        "BAN CHẤP HÀNH ĐẢNG BỘ      ĐẢNG CỘNG SẢN VIỆT NAM\nXÃ BẾN LỘC\nSố 12-KH/ĐU      Bến"
        " Lộc, ngày 3 tháng 4 năm 2024"
    )
    answer = read(original + "\nKẾ HOẠCH\nhọc tập năm 2024").as_json()
    assert [answer[f] for f in ("kind", "issuer", "number", "issued_on", "title")] == [
        "plan",
        "BAN CHẤP HÀNH ĐẢNG BỘ XÃ BẾN LỘC",
        "12-KH/ĐU",
        "2024-04-03",
        "KẾ HOẠCH học tập năm 2024",
    ]


def test_number_and_day_in_the_headline() -> None:
    answer = read(
        "Công văn số 318 ngày 7/5/2021 V/v đăng ký thi đua\n"
        "Kính gửi: Các phòng, ban.\nPhòng Nội vụ đề nghị các phòng gửi bản đăng ký.\n"
    ).as_json()
    assert (answer["kind"], answer["number"], answer["issued_on"]) == ("dispatch", "318", "2021-05-07")
    assert answer["citations"] == []


def test_particulars_of_a_portal() -> None:
    answer = read(
        "Tăng cường kỷ luật giờ giấc\n| Số hiệu | 9/CT-UBND |\n"
        "| Ngày ban hành | 14/2/2024 |\n| Cơ quan ban hành | Huyện Tân Lập |\n"
        "Các phòng, ban thực hiện nghiêm giờ làm việc.\n"
    ).as_json()
    assert (answer["kind"], answer["number"], answer["issued_on"], answer["issuer"]) == (
        "other",
        "9/CT-UBND",
        "2024-02-14",
        "Huyện Tân Lập",
    )


def test_number_behind_the_end_of_the_text() -> None:
    answer = read(
        "Kính gửi: UBND các xã\nPhòng Y tế đề nghị các xã kiểm tra bếp ăn./.Số: 61/YT\nCông văn\n"
    ).as_json()
    assert (answer["kind"], answer["number"]) == ("dispatch", "61/YT")


def test_article_sends_its_reader_to_the_document() -> None:
    answer = read(
        "Sở Y tế hướng dẫn trực lễ\n\n"
        "Theo đó, các bệnh viện trực đủ bốn cấp và báo cáo trước ngày 3/5/2022.\n\n"
        "Xem chi tiết Công văn số77/SYT-NV tại đây.\n"
    ).as_json()
    assert (answer["kind"], answer["issuer"], answer["number"]) == ("news", "Sở Y tế", "77/SYT-NV")


def test_part_behind_a_dash_is_no_name() -> None:
    answer = read(
        "Sáng 8/3, Sở Xây dựng - Khối trưởng Khối thi đua các sở phát động phong trào thi đua nói lời hay.\n"
    ).as_json()
    assert answer["issuer"] == "Sở Xây dựng"


def test_notice_in_capitals_is_no_menu() -> None:
    answer = read(
        "THÔNG BÁO\nLịch tiếp công dân của Chủ tịch xã trong tháng Tư\nNgày 4: tiếp tại trụ sở.\n"
    ).as_json()
    assert answer["kind"] == "other"


def named(original: str) -> tuple[object, object, object]:
    answer = read(original).as_json()
    return answer["kind"], answer["issuer"], answer["number"]


def test_officer_who_decides_above_the_legal_bases() -> None:
    original = (
        "PHÒNG GD&ĐT BÌNH KHÊ\nTRƯỜNG MN HOA SEN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 8/QĐ-MNHS\n"
        "QUYẾT ĐỊNH\nVề việc ban hành nội quy\nHIỆU TRƯỞNG TRƯỜNG MẦM NON HOA SEN\n"
        "Căn cứ Điều lệ trường mầm non;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành nội quy.\n"
    )
    assert named(original) == ("decision", "HIỆU TRƯỞNG TRƯỜNG MẦM NON HOA SEN", "8/QĐ-MNHS")


def test_letterhead_run_together_on_one_numbered_line() -> None:
    original = (
        "Xem mẫu\n\n  1. ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM HUYỆN BÌNH KHÊ "
        "Độc lập – Tự do – Hạnh phúc Số: /QĐ-UBND Bình Khê, ngày tháng năm 2015 QUYẾT ĐỊNH Thành lập Tổ "
        "công tác một cửa CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BÌNH KHÊ Căn cứ Luật Tổ chức chính quyền địa "
        "phương; QUYẾT ĐỊNH: Điều 1. Thành lập Tổ công tác. Điều 2. Phòng Nội vụ thi hành./.\n"
    )
    assert named(original) == ("decision", "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BÌNH KHÊ", None)


def test_page_tells_its_own_number_in_its_first_lines() -> None:
    original = (
        "KẾ HOẠCH RÀ SOÁT TRANG PHỤC CÔNG CHỨC NĂM 2022\n\n"
        "Ngày 14 tháng 02 năm 2022, Chi cục Dân số ban hành Kế hoạch số 16/KH-CCDS về rà soát trang phục\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Giữ tác phong gọn gàng.\nII. NỘI DUNG\n1. Rà soát việc đeo thẻ.\n"
    )
    assert named(original) == ("plan", "Chi cục Dân số", "16/KH-CCDS")
    assert read(original).as_json()["issued_on"] == "2022-02-14"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("ĐẢNG BỘ HUYỆN BÌNH KHÊ\nCHI BỘ TRƯỜNG THCS HÒA AN\n*\nSố 12 KH/CB\nĐẢNG CỘNG SẢN VIỆT NAM",
         ("plan", "CHI BỘ TRƯỜNG THCS HÒA AN", "12-KH/CB")),
        ("TỈNH ĐOÀN HÒA AN\nBCH ĐOÀN HUYỆN BÌNH KHÊ\n***\nSố:11-KH/ĐTN\nĐOÀN TNCS HỒ CHÍ MINH",
         ("plan", "BCH ĐOÀN HUYỆN BÌNH KHÊ", "11-KH/ĐTN")),
        ("CÔNG ĐOÀN GIÁO DỤC BÌNH KHÊ\nCĐCS TRƯỜNG TIỂU HỌC HÒA AN\nSố: 05/KH CĐCS\nĐộc lập - Tự do",
         ("plan", "CĐCS TRƯỜNG TIỂU HỌC HÒA AN", "05/KH-CĐCS")),
        ("ĐẢNG ỦY XÃ AN SƠN ĐẢNG CỘNG SẢN VIỆT NAM\nBCĐ PHONG TRÀO NẾP SỐNG MỚI\nSố: 01-KH/BCĐ",
         ("plan", "BCĐ PHONG TRÀO NẾP SỐNG MỚI", "01-KH/BCĐ")),
        ("ỦY BAN NHÂN DÂN\nHUYỆN BÌNH KHÊ\nVĂN PHÒNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/KHUBND",
         ("plan", "VĂN PHÒNG ỦY BAN NHÂN DÂN HUYỆN BÌNH KHÊ", "3/KH-UBND")),
        ("ĐẢNG BỘ TỈNH HÒA AN\nĐẢNG ỦY XÃ AN SƠN\n*\nSố       -KH/ĐU\nVề nếp làm việc của\n"
         "Ban Thường vụ Tỉnh ủy\nĐẢNG CỘNG SẢN VIỆT NAM", ("plan", "ĐẢNG ỦY XÃ AN SƠN", None)),
    ],
)  # fmt: skip
def test_letterheads_of_houses_within_houses(lines: str, expected: tuple[object, ...]) -> None:
    below = "An Sơn, ngày 5 tháng 3 năm 2023\nKẾ HOẠCH\nRèn nếp làm việc đúng giờ\n"
    assert named(f"{lines}\n{below}") == expected


def test_kind_from_a_number_without_digits() -> None:
    original = "/KH-THPTHA\nV/v tổ chức hội thi\nI. MỤC ĐÍCH\n1. Vui khỏe.\nHọc sinh dự thi đông đủ.\n"
    assert named(original) == ("plan", None, None)


def test_body_that_carries_out_its_own_numbered_plan() -> None:
    original = "Sở Y tế tỉnh Hòa An vừa triển khai Kế hoạch số 55/KH-SYT. Theo đó, các trạm phải trực đủ.\n"
    assert named(original) == ("news", "Sở Y tế tỉnh Hòa An", "55/KH-SYT")


def test_notice_that_ends_as_a_document_is_no_article() -> None:
    original = "1. Các cơ quan treo cờ.\nUBND phường thông báo để các cơ quan, Nhân dân biết, thực hiện./."
    assert read(original).as_json()["kind"] == "other"


def test_campaign_named_in_quotes_and_number_without_its_word() -> None:
    week = "Sáng 4/3, UBND phường Hòa An tổ chức lễ phát động “Tuần lễ không giấy” năm 2025.\n"
    assert named(week) == ("news", "UBND phường Hòa An", None)
    letter = "UBND TP Hòa An vừa có Công văn 512/UBND-NC về việc giữ nếp trực. Theo đó, các sở phải trực.\n"
    assert named(letter) == ("news", "UBND TP Hòa An", "512/UBND-NC")
