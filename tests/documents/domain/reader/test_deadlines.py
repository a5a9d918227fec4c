"""Deadlines and rhythms: one rule for each way of saying when."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read
from tests.documents.domain.reader import duties

BY_A_DAY = [
    ("- Các đơn vị ký cam kết xong chậm nhất ngày 30/4/2024.", ["before:2024-04-30"]),
    ("- Hoàn thành trước 30/6/2024.", ["before:2024-06-30"]),
    ("- Hoàn thành xong trước ngày 01 tháng 7.", ["before:2024-07-01"]),
    ("- Trước 17 giờ 00 ngày 20/5/2024, các đơn vị gửi danh sách.", ["before:2024-05-20"]),
    ("- Nộp hồ sơ từ ngày 02/5/2024 đến hết ngày 31/5/2024.", ["before:2024-05-31"]),
    ("- Thời gian tổ chức: Từ ngày 01/4 đến ngày 30/4/2024.", ["before:2024-04-30"]),
    ("- Thời gian thực hiện: từ tháng 4/2024 đến hết tháng 11/2024.", ["before:2024-11"]),
]
ON_OR_IN = [
    ("- Hội nghị tổng kết dự kiến tổ chức vào ngày 20/12/2024.", ["on:2024-12-20"]),
    ("- Khai mạc ngày 15/5/2024 tại Nhà văn hóa tỉnh.", ["on:2024-05-15"]),
    ("- Tổ chức lễ phát động trong tháng 4 năm 2024.", ["in:2024-04"]),
    ("- Hoàn thành trong quý II năm 2024.", ["in:2024-Q2"]),
    ("- Năm 2025: Tổng kết phong trào.", ["in:2025"]),
    ("- Quý I/2025: Tổng kết đợt thi đua.", ["in:2025-Q1"]),
    ("- Hoàn thành trong năm 2025.", ["in:2025"]),
]
RHYTHMS = [
    ("- Các sở báo cáo UBND tỉnh trước ngày 15 tháng 12 hằng năm.", ["yearly:before:12-15"]),
    ("- Kiểm tra ít nhất một lần trong năm tại các phường.", ["yearly"]),
    ("- Báo cáo hằng quý (trước ngày 20 của tháng cuối quý) gửi Sở Nội vụ.", ["quarterly:before:20"]),
    (
        "- Định kỳ 06 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12) gửi báo cáo.",
        ["half-yearly:before:06-15", "yearly:before:12-15"],
    ),
    (
        "- Gửi báo cáo 6 tháng trước ngày 05/6, báo cáo năm trước ngày 05/12.",
        ["half-yearly:before:06-05", "yearly:before:12-05"],
    ),
    ("- Hằng tháng, trước ngày 25, các phòng gửi kết quả chấm điểm.", ["monthly:before:25"]),
    ("- Hằng tuần, các đơn vị tổng vệ sinh cơ quan.", ["weekly"]),
    ("- Khảo sát hài lòng: mỗi quý 01 lần.", ["quarterly"]),
    ("- Mỗi quý một lần tổ chức đối thoại với người dân.", ["quarterly"]),
    ("- Định kỳ hằng tháng chấm điểm công chức một cửa.", ["monthly"]),
    ("- Định kỳ kiểm tra việc đeo thẻ.", ["periodic"]),
    ("- Triển khai Kế hoạch công tác hằng năm của cơ quan.", []),
]
PROMPTNESS = [
    ("- Kịp thời biểu dương các cá nhân tiêu biểu.", ["prompt"]),
    ("- Khen thưởng kịp thời gương người tốt.", ["prompt"]),
    ("- Xử lý ngay các phản ánh của người dân.", ["prompt"]),
    ("- Ngay sau khi nhận được Kế hoạch, các đơn vị phân công người theo dõi.", ["prompt"]),
    ("- Thực hiện báo cáo đầy đủ, kịp thời.", []),
    ("- Kiểm tra thường xuyên để kịp thời chấn chỉnh.", []),
    ("- Phê bình đơn vị không báo cáo kịp thời.", []),
]
NO_DEADLINES = [
    ("- Thực hiện Quyết định số 15/QĐ-UBND ngày 01/02/2023 của UBND tỉnh.", []),
    ("- Nhân dịp kỷ niệm ngày 19/5/1890, các đơn vị tổ chức tọa đàm.", []),
    ("- Trong năm 2023, các đơn vị đã tổ chức 5 hội thi.", []),
]


@pytest.mark.parametrize(("items", "rules"), BY_A_DAY + ON_OR_IN + RHYTHMS + PROMPTNESS + NO_DEADLINES)
def test_rules(items: str, rules: list[str]) -> None:
    assert duties.rules(items) == rules


def test_effect_from_the_day_of_signature() -> None:
    assert duties.rules("- Kế hoạch này có hiệu lực kể từ ngày ký.") == ["effective:2024-03-10"]


def test_own_span_of_years_stands_once() -> None:
    original = (
        "KẾ HOẠCH\nChỉnh trang công sở giai đoạn 2024 - 2026\n"
        "UBND xã Phú Lộc ban hành Kế hoạch chỉnh trang công sở giai đoạn 2024 - 2026 như sau:\n"
        "1. Các thôn thực hiện Kế hoạch giai đoạn 2024 - 2026.\n"
    )
    assert [item["rule"] for item in read(original).as_json()["deadlines"]] == ["period:2024..2026"]


def test_purpose_schedules_nothing() -> None:
    items = "- Kịp thời nắm bắt ý kiến của người dân.\n"
    assert duties.plan(items, "I. MỤC ĐÍCH")["deadlines"] == []


def test_news_tells_of_the_past() -> None:
    original = (
        "Huyện Tân Phú đổi mới cách tiếp dân\n03/04/2023\n"
        "Năm 2022, huyện đã tổ chức hội thi, kịp thời khen thưởng 20 cá nhân.\n"
    )
    assert read(original).as_json()["deadlines"] == []


def test_day_alone_in_a_cell_of_a_table() -> None:
    items = "| Việc | Đơn vị | Thời gian |\n|---|---|---|\n| Treo khẩu hiệu | Văn phòng | Ngày 24/8 |\n"
    assert duties.rules(items) == ["on:2024-08-24"]


def test_text_is_the_words_of_the_original() -> None:
    reading = duties.plan("- Gửi báo cáo về Sở Nội vụ trước ngày 20 hằng tháng.")
    (deadline,) = reading["deadlines"]
    assert (deadline["rule"], deadline["text"]) == ("monthly:before:20", "trước ngày 20 hằng tháng")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("1. Thời hạn gửi báo cáo: 15/6/2024.", ["before:2024-06-15"]),
        ("1. Hạn cuối nhận bài: 31/8/2024.", ["before:2024-08-31"]),
        ("1. Trước ngày 30/4 và 30/10 hằng "
         "năm, các xã gửi báo cáo.", ["yearly:before:04-30", "yearly:before:10-30"]),
        ("1. Phòng Nội vụ báo cáo định kỳ 6 tháng, năm.", ["half-yearly", "yearly"]),
        ("1. Mỗi năm 02 lần, Phòng Nội vụ kiểm tra các xã.", ["half-yearly"]),
        ("1. Các xã báo cáo quý trước ngày 25 của tháng cuối quý.", ["quarterly:before:25"]),
        ("1. Hạn gửi là ngày 18 của tháng cuối kỳ báo cáo.", ["quarterly:before:18"]),
        ("1. Các xã nhận bài đến hết ngày 31/8/2024 và trao giải trong tháng 10/2024.",
         ["before:2024-08-31", "in:2024-10"]),
        ("1. Thực hiện chế độ báo cáo định kỳ theo quy định.", []),
        ("1. Duy trì nghiêm chế độ giao ban định kỳ.", ["periodic"]),
        ("1. Thời gian: Tháng 5 - 6.", ["before:2024-06"]),
        ("1. Tập huấn trong tháng 4-5/2024.", ["before:2024-05"]),
        ("1. Kiểm tra chéo trong tháng 10, 11/2024.", ["in:2024-11"]),
        ("1. Hoàn thành trong quý I và quý II năm 2025.", ["in:2025-Q1", "in:2025-Q2"]),
        ("1. Các xã báo cáo trước ngày 10 của tháng đầu quý sau.", ["quarterly"]),
        ("1. Các xã gửi số liệu chậm nhất ngày 05 tháng sau.", ["monthly:before:05"]),
        ("1. Mỗi học kỳ tổ chức một buổi đối thoại.", ["half-yearly"]),
        ("1. Đưa vào chương trình sinh hoạt chuyên đề hằng quý.", ["quarterly"]),
        ("1. Quán triệt trong buổi sinh hoạt định kỳ tháng 6/2024.", ["in:2024-06"]),
        ("1. Báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 05/12 hằng năm.",
         ["half-yearly:before:06-10", "yearly:before:12-05"]),
        ("1. Thí sinh sinh trước ngày 01/01/2029 được dự thi.", []),
        ("1. Tổng vệ sinh trước ngày 30/4/2024.", ["before:2024-04-30"]),
        ("1. Nếu phát hiện vi phạm, ngay lập tức báo cáo UBND xã.", ["prompt"]),
    ],
)  # fmt: skip
def test_further_times(item: str, expected: list[str]) -> None:
    assert duties.rules(item) == expected


def test_effect_some_days_after_signing() -> None:
    original = (
        "UBND TỈNH VÂN LĨNH\nSố: 8/QĐ-UBND\nVân Lĩnh, ngày 25 tháng 12 năm 2023\n"
        "QUYẾT ĐỊNH\nVề lịch kiểm tra các trường\n"
        "Điều 1. Ban hành kèm theo Quyết định này lịch kiểm tra hằng năm của tỉnh.\n"
        "Điều 2. Quyết định này có hiệu lực thi hành sau 10 ngày, kể từ ngày ký.\n"
    )
    assert [d["rule"] for d in read(original).as_json()["deadlines"]] == ["effective:2024-01-04"]


def test_request_after_an_account_binds() -> None:
    original = (
        "Nhiều xã trễ việc\n"
        "\nTrước thực trạng đó, Chủ tịch huyện yêu cầu các xã triển khai ngay việc đã giao và báo cáo "
        "trước ngày 20/7/2020.\n"
    )
    assert [d["rule"] for d in read(original).as_json()["deadlines"]] == ["prompt", "before:2020-07-20"]


def test_timetable_in_an_account() -> None:
    original = (
        "Khảo sát người dân\n\n"
        "Tiến độ thực hiện, tháng 12/2023 in phiếu. Tháng 01/2024: Phát phiếu tại các xã.\n"
    )
    assert [d["rule"] for d in read(original).as_json()["deadlines"]] == ["in:2023-12", "in:2024-01"]


def test_spring_day_in_a_plan_of_the_autumn_belongs_to_the_next_year() -> None:
    answer = read(
        "SỞ Y TẾ\nSố: 9/KH-SYT\nHòa An, ngày 12 tháng 10 năm 2024\nKẾ HOẠCH\nRèn nếp trực ban\n"
        "II. THỰC HIỆN\n1. Các trạm gửi báo cáo trước ngày 15/3.\n2. Các trạm tự chấm trước ngày 20/11.\n"
    ).as_json()
    rules = [deadline["rule"] for deadline in answer["deadlines"]]
    assert rules == ["before:2025-03-15", "before:2024-11-20"]


def test_year_of_a_date_line_without_day() -> None:
    answer = read(
        "PHÒNG Y TẾ\nSố:    /KH-PYT\nHòa An, ngày     tháng 9 năm 2024\nKẾ HOẠCH\nRèn nếp trực ban\n"
        "II. THỰC HIỆN\n1. Các trạm gửi báo cáo trước ngày 25/11.\n"
    ).as_json()
    (deadline,) = answer["deadlines"]
    assert (answer["issued_on"], deadline["rule"]) == (None, "before:2024-11-25")
