"""Draft tasks, rules of conduct and aims."""

from __future__ import annotations

from nep.documents.domain.reader import read
from tests.documents.domain.reader import duties

WORK = """1. Sở Nội vụ
- Chủ trì, phối hợp với Văn phòng UBND tỉnh ban hành bộ quy tắc trước ngày 30/4/2024.
- Định kỳ hằng quý tổng hợp, báo cáo UBND tỉnh.
2. Các sở, ngành
- Niêm yết quy tắc tại trụ sở; sắp xếp nơi làm việc gọn gàng.
- Khảo sát mức độ hài lòng của người dân.
Trên đây là Kế hoạch của UBND tỉnh, đề nghị các đơn vị nghiêm túc thực hiện.
"""


def told(reading: dict[str, object]) -> list[tuple[str, list[str], list[str], str | None, str]]:
    """Each task as its text, who, when, rhythm and kind of evidence."""
    actors, deadlines = reading["actors"], reading["deadlines"]
    return [
        (
            task["text"],
            [f"{actors[i]['role']} {actors[i]['name']}" for i in task["actors"]],
            [deadlines[i]["rule"] for i in task["deadlines"]],
            task["recurrence"],
            task["evidence"],
        )
        for task in reading["tasks"]
    ]


def test_each_item_is_a_task_with_who_when_and_evidence() -> None:
    assert told(duties.plan(WORK)) == [
        (
            "Chủ trì, phối hợp với Văn phòng UBND tỉnh ban hành bộ quy tắc trước ngày 30/4/2024",
            ["lead Sở Nội vụ", "cooperate Văn phòng UBND tỉnh"],
            ["before:2024-04-30"],
            None,
            "document",
        ),
        (
            "Định kỳ hằng quý tổng hợp, báo cáo UBND tỉnh",
            ["lead Sở Nội vụ", "report_to UBND tỉnh"],
            ["quarterly"],
            "quarterly",
            "report",
        ),
        (
            "Niêm yết quy tắc tại trụ sở; sắp xếp nơi làm việc gọn gàng",
            ["execute Các sở, ngành"],
            [],
            None,
            "photo",
        ),
        ("Khảo sát mức độ hài lòng của người dân", ["execute Các sở, ngành"], [], None, "figures"),
    ]


def test_task_knows_its_part() -> None:
    assert [task["section"] for task in duties.plan(WORK)["tasks"]] == ["III.1", "III.1", "III.2", "III.2"]


def test_clause_with_its_own_actor_is_a_task_of_its_own() -> None:
    items = "1. Sở Nội vụ chủ trì tập huấn; Sở Tài chính bố trí kinh phí."
    assert [task["text"] for task in duties.plan(items)["tasks"]] == [
        "Sở Nội vụ chủ trì tập huấn", "Sở Tài chính bố trí kinh phí"
    ]  # fmt: skip


def test_leading_sentence_gives_its_unit_to_the_items() -> None:
    items = "UBND tỉnh yêu cầu các xã, phường thực hiện các việc sau:\n- Tổng vệ sinh trụ sở làm việc.\n"
    assert told(duties.plan(items)) == [
        ("Tổng vệ sinh trụ sở làm việc", ["execute các xã, phường"], [], None, "photo")
    ]


def test_aims_are_no_tasks() -> None:
    reading = duties.plan("- Nâng cao tinh thần phục vụ của công chức.", "I. MỤC ĐÍCH, YÊU CẦU")
    assert ([aim["text"] for aim in reading["aims"]], reading["tasks"]) == (
        ["Nâng cao tinh thần phục vụ của công chức"], []
    )  # fmt: skip


def test_musts_and_must_nots_with_whom_they_bind() -> None:
    items = (
        "1. Thái độ phục vụ\n"
        "- Phải chào hỏi trước; lắng nghe người dân nói hết ý; không ngắt lời.\n"
        "- Công chức giữ chức vụ lãnh đạo phải tiếp dân đúng lịch; không được né tránh.\n"
        "- Đảng viên phải nêu gương nơi cư trú.\n"
    )
    reading = duties.plan(items, "II. QUY TẮC ỨNG XỬ")
    assert [(rule["kind"], rule["binds"], rule["text"]) for rule in reading["rules"]] == [
        ("must", "everyone", "Phải chào hỏi trước"),
        ("must", "everyone", "lắng nghe người dân nói hết ý"),
        ("must_not", "everyone", "không ngắt lời"),
        ("must", "leaders", "Công chức giữ chức vụ lãnh đạo phải tiếp dân đúng lịch"),
        ("must_not", "leaders", "không được né tránh"),
        ("must", "party_members", "Đảng viên phải nêu gương nơi cư trú"),
    ]
    assert {rule["topic"] for rule in reading["rules"]} == {"Thái độ phục vụ"}
    assert reading["tasks"] == []


def test_topic_of_a_rule_is_the_matter_it_names() -> None:
    (rule,) = duties.plan("- Khi nghe điện thoại phải xưng tên.", "II. QUY TẮC ỨNG XỬ")["rules"]
    assert (rule["kind"], rule["topic"]) == ("must", "Khi nghe điện thoại")


def test_part_addressed_to_persons_gives_rules() -> None:
    items = "1. Đối với cán bộ quản lý\n- Đi làm đúng giờ; không bao che cấp dưới."
    reading = duties.plan(items, "II. NỘI DUNG")
    assert [(rule["kind"], rule["binds"]) for rule in reading["rules"]] == [
        ("must", "leaders"), ("must_not", "leaders")
    ]  # fmt: skip


def test_unit_that_must_has_a_task_not_a_rule() -> None:
    reading = duties.plan("1. Sở Nội vụ phải hướng dẫn các đơn vị trước ngày 15/4/2024.")
    assert (reading["rules"], len(reading["tasks"])) == ([], 1)


def test_slogan_in_quotes_is_no_rule() -> None:
    assert duties.plan("- Hưởng ứng cuộc vận động “Công chức không hẹn lại lần hai”.")["rules"] == []


TABLE = """| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 1 | Ban hành lịch kiểm tra | Phòng Nội vụ | Các phòng, ban liên quan | Trước 30/4/2024 |
| 2 | Kiểm tra đột xuất các xã | Thanh tra huyện | Công an huyện | Quý III/2024 |
"""


def test_row_of_a_table_is_a_task() -> None:
    assert told(duties.plan(TABLE, "II. NỘI DUNG")) == [
        (
            "Ban hành lịch kiểm tra",
            ["lead Phòng Nội vụ", "cooperate Các phòng, ban liên quan"],
            ["before:2024-04-30"],
            None,
            "document",
        ),
        (
            "Kiểm tra đột xuất các xã",
            ["lead Thanh tra huyện", "cooperate Công an huyện"],
            ["in:2024-Q3"],
            None,
            "report",
        ),
    ]


TABS = (
    "TT\tNội dung công việc\tChủ trì\tPhối hợp\tThời hạn\tMinh chứng\n"
    "I\tTUYÊN TRUYỀN\n"
    "1\tHội nghị giới thiệu quy tắc\tVăn phòng HĐND và UBND huyện\tPhòng Nội vụ; Huyện đoàn"
    "\t15/4/2024\tBiên bản\n"
    "2\tBáo cáo kết quả 6 tháng\tPhòng Nội vụ\t\tTháng 6\tBáo cáo\n"
    "3\tSơn lại phòng chờ; kê thêm ghế\tBan Quản lý chợ\n"
)


def test_rows_with_tabs_are_tasks() -> None:
    assert told(duties.plan(TABS, "II. NHIỆM VỤ")) == [
        (
            "Hội nghị giới thiệu quy tắc",
            ["lead Văn phòng HĐND và UBND huyện", "cooperate Phòng Nội vụ", "cooperate Huyện đoàn"],
            ["before:2024-04-15"],
            None,
            "photo",
        ),
        ("Báo cáo kết quả 6 tháng", ["lead Phòng Nội vụ"], ["in:2024-06"], None, "report"),
        ("Sơn lại phòng chờ; kê thêm ghế", ["lead Ban Quản lý chợ"], [], None, "any"),
    ]


def test_share_in_a_table_is_told_of_its_row() -> None:
    table = "TT\tChỉ tiêu\tMức\tThời hạn\n1\tHồ sơ trả đúng hẹn\t95%\tQuý II/2024\n"
    assert [(t["value"], t["text"]) for t in duties.plan(table, "II. CHỈ TIÊU")["targets"]] == [
        (95, "Hồ sơ trả đúng hẹn\t95%")
    ]
    assert duties.plan(table, "II. CHỈ TIÊU")["tasks"] == []


def test_letterhead_in_a_row_is_no_table() -> None:
    original = (
        "UBND HUYỆN TÂN AN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 4/KH-UBND\t\tTân An, ngày 2 tháng 5 năm 2024\n"
    )
    answer = read(original + "KẾ HOẠCH\nTrồng cây trong công sở\n").as_json()
    assert (answer["issuer"], answer["number"], answer["issued_on"]) == (
        "UBND HUYỆN TÂN AN",
        "4/KH-UBND",
        "2024-05-02",
    )
