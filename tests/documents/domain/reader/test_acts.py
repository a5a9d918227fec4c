"""Where the act of a duty begins, and duties with two times."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader.acts import act_at
from tests.documents.domain.reader import duties


@pytest.mark.parametrize(
    ("duty", "act"),
    [
        ("Sở Nội vụ tham mưu Ủy ban nhân dân tỉnh sơ kết", "tham mưu Ủy ban nhân dân tỉnh sơ kết"),
        ("Phòng Nội vụ chủ trì, phối hợp với Văn phòng, Huyện đoàn mở lớp tập huấn", "mở lớp tập huấn"),
        ("Giao Thanh tra huyện là cơ quan đầu mối theo dõi việc thực hiện", "theo dõi việc thực hiện"),
        ("Định kỳ hằng quý, các xã tổng hợp số liệu", "tổng hợp số liệu"),
        ("Trước ngày 5/6, các trường gửi danh sách", "gửi danh sách"),
        ("Trạm y tế căn cứ chức năng được giao, lập kế hoạch khám", "lập kế hoạch khám"),
        ("Hiệu trưởng các trường chịu trách nhiệm trước Chủ tịch UBND xã về kết quả",
         "chịu trách nhiệm trước Chủ tịch UBND xã về kết quả"),
        ("Công an xã phối hợp thực hiện", "phối hợp thực hiện"),
        ("Theo dõi, đôn đốc các thôn", "Theo dõi, đôn đốc các thôn"),
        ("Hội nghị giới thiệu quy tắc", "Hội nghị giới thiệu quy tắc"),
        ("", ""),
    ],
)  # fmt: skip
def test_act_behind_who_and_when(duty: str, act: str) -> None:
    assert duty[act_at(duty) :] == act


def test_two_duties_with_two_times_are_two_tasks() -> None:
    reading = duties.plan("1. Các xã nộp danh sách trước ngày 20/6, gửi báo cáo tổng kết trước ngày 30/11.")
    told = [
        (task["text"], task["actors"], [reading["deadlines"][i]["rule"] for i in task["deadlines"]])
        for task in reading["tasks"]
    ]
    assert told == [
        ("Các xã nộp danh sách trước ngày 20/6", [0], ["before:2024-06-20"]),
        ("gửi báo cáo tổng kết trước ngày 30/11", [0], ["before:2024-11-30"]),
    ]


def test_item_below_a_heading_that_ends_with_a_month_is_a_line_of_its_own() -> None:
    reading = duties.plan(
        "2. Đánh giá hằng tháng\na) Các xã chấm điểm công chức, gửi kết quả trước ngày 25 hằng tháng."
    )
    assert [(task["section"], task["text"]) for task in reading["tasks"]] == [
        ("III.2.a", "Các xã chấm điểm công chức, gửi kết quả trước ngày 25 hằng tháng")
    ]
