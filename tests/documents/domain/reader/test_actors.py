"""Actors and their roles, frame by frame."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read
from tests.documents.domain.reader import duties

SUBJECTS = [
    (
        "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các cơ quan liên quan mở hội thi.",
        "cooperate Công an tỉnh|cooperate Sở Tài chính|cooperate các cơ quan liên quan|lead Sở Nội vụ",
    ),
    (
        "1. Báo Hòa An, Đài Phát thanh và Truyền hình tỉnh mở chuyên mục.",
        "execute Báo Hòa An|execute Đài Phát thanh và Truyền hình tỉnh",
    ),
    ("1. Phòng Văn hóa, Khoa học và Thông tin tham mưu UBND huyện tổ chức giải chạy.",
     "advise Phòng Văn hóa, Khoa học và Thông tin"),
    ("1. Công đoàn cơ sở phối hợp với chính quyền đồng cấp phát động thi đua.",
     "cooperate Công đoàn cơ sở|cooperate chính quyền đồng cấp"),
    ("1. Đoàn Thanh niên chủ trì hội thi; Hội Phụ nữ và Hội Cựu chiến binh phối hợp tham gia.",
     "cooperate Hội Cựu chiến binh|cooperate Hội Phụ nữ|lead Đoàn Thanh niên"),
    ("1. Bộ tiêu chí do Sở Nội vụ chủ trì xây dựng.", "lead Sở Nội vụ"),
    ("1. Hằng năm, căn cứ kết quả chấm điểm, Sở Nội vụ chủ trì thẩm định, trình UBND tỉnh công nhận.",
     "lead Sở Nội vụ|report_to UBND tỉnh"),
    ("1. Văn phòng HĐND và UBND huyện là cơ quan đầu mối theo dõi.",
     "lead Văn phòng HĐND và UBND huyện"),
    ("1. Tổ công tác số 2 kiểm tra đột xuất các đơn vị; Thanh tra tỉnh xử lý vi phạm.",
     "execute Thanh tra tỉnh|execute Tổ công tác số 2"),
    ("1. Công chức Văn phòng - Thống kê theo dõi, tổng hợp.", "execute Công chức Văn phòng - Thống kê"),
]  # fmt: skip
ASSIGNED = [
    ("2. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc, báo cáo Chủ tịch UBND tỉnh.",
     "execute Văn phòng UBND tỉnh|report_to Chủ tịch UBND tỉnh"),
    ("2. Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội vận động đoàn viên.",
     "execute các tổ chức chính trị - xã hội|execute Ủy ban MTTQ Việt Nam tỉnh"),
    ("2. Yêu cầu thủ trưởng các đơn vị, trưởng các khoa, phòng triển khai đến toàn thể viên chức.",
     "execute thủ trưởng các đơn vị|execute trưởng các khoa, phòng"),
    ("2. Các ông (bà): Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ chịu trách nhiệm thi hành.",
     "execute Chánh Văn phòng HĐND và UBND huyện|execute Trưởng phòng Nội vụ"),
    ("2. Giám đốc các sở, Chủ tịch UBND các xã, phường có trách nhiệm tổ chức thực hiện.",
     "execute Chủ tịch UBND các xã, phường|execute Giám đốc các sở"),
]  # fmt: skip
REPORTED_TO = [
    ("3. Các phòng, ban, đơn vị định kỳ báo cáo kết quả về Thường trực Ban Chỉ đạo (qua Phòng Nội vụ).",
     "execute Các phòng, ban, đơn vị|report_to Phòng Nội vụ|report_to Thường trực Ban Chỉ đạo"),
    ("3. Các khoa, phòng đăng ký mô hình gửi Phòng Tổ chức cán bộ.",
     "execute Các khoa, phòng|report_to Phòng Tổ chức cán bộ"),
    ("3. Trình cấp có thẩm quyền khen thưởng.", ""),
]  # fmt: skip
NAMES = [
    ("4. Các Sở: Nội vụ, Tài chính, Tài nguyên và Môi trường thực hiện Kế hoạch này.",
     "execute Các Sở: Nội vụ|execute Tài chính|execute Tài nguyên và Môi trường"),
    ("4. Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn các cấp tổ chức trực ban.",
     "execute Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn các cấp"),
    ("4. UBND huyện Quang Sơn, Bắc Lâm triển khai thực hiện.", "execute UBND huyện Quang Sơn, Bắc Lâm"),
    ("4. Khoa Khám bệnh, Phòng Công tác xã hội bố trí người hướng dẫn.",
     "execute Khoa Khám bệnh|execute Phòng Công tác xã hội"),
    ("4. Bộ phận Tiếp nhận và Trả kết quả các cấp niêm yết công khai thủ tục.",
     "execute Bộ phận Tiếp nhận và Trả kết quả các cấp"),
    ("4. Ban Giám hiệu, Chi bộ, Công đoàn nhà trường tổ chức phát động.",
     "execute Ban Giám hiệu|execute Chi bộ|execute Công đoàn nhà trường"),
    ("4. Đài Truyền thanh - Truyền hình thành phố mở chuyên mục buổi sáng.",
     "execute Đài Truyền thanh - Truyền hình thành phố"),
    ("4. Công chức Bộ phận tiếp nhận và trả kết quả huyện chấm điểm.",
     "execute Công chức Bộ phận tiếp nhận và trả kết quả huyện"),
    ("4. Tổ trưởng chuyên môn: Theo dõi tổ viên.", "execute Tổ trưởng chuyên môn"),
    ("4. Sở Giao thông vận tải - Xây dựng chủ trì.", "lead Sở Giao thông vận tải - Xây dựng"),
    ("4. Chi bộ, chính quyền, đoàn thể các trường tổ chức ký cam kết.",
     "execute Chi bộ, chính quyền, đoàn thể các trường"),
]  # fmt: skip
NOBODY = [
    ("5. Tổ chức hội nghị, hội thảo; ban hành bộ quy tắc; báo cáo đầy đủ.", ""),
    ("5. Phòng, chống tham nhũng; bảo đảm an sinh xã hội.", ""),
    ("5. Thực hiện Quyết định số 15/QĐ-UBND ngày 01/02/2023 của Bộ trưởng Bộ Nội vụ.", ""),
]


@pytest.mark.parametrize(("items", "actors"), SUBJECTS + ASSIGNED + REPORTED_TO + NAMES + NOBODY)
def test_frames(items: str, actors: str) -> None:
    assert duties.actors(items) == sorted(actors.split("|") if actors else [])


def test_heading_gives_its_items_to_the_unit() -> None:
    items = "1. Sở Nội vụ\na) Chủ trì, phối hợp với các sở, ngành theo dõi.\nb) Tham mưu UBND tỉnh khen."
    assert duties.actors(items) == ["cooperate các sở, ngành", "lead Sở Nội vụ"]


def test_heading_without_items_still_names_who_acts() -> None:
    assert duties.actors("Điều 3. Chánh Văn phòng UBND tỉnh, Thủ trưởng các sở, ban, ngành") == [
        "execute Chánh Văn phòng UBND tỉnh", "execute Thủ trưởng các sở, ban, ngành"
    ]  # fmt: skip


def test_first_role_of_a_unit_that_acts_stands_for_all() -> None:
    items = "1. Sở Nội vụ chủ trì hội thi.\n2. Sở Nội vụ tổng hợp kết quả."
    assert duties.actors(items) == ["lead Sở Nội vụ"]


def test_own_acts_of_the_issuer_are_no_duty() -> None:
    assert duties.actors("1. UBND tỉnh Hòa An tổ chức sơ kết.") == []


def test_news_counts_only_what_is_asked() -> None:
    original = (
        "Tỉnh Hòa An mở đợt thi đua\n05/06/2023\n"
        "UBND tỉnh vừa ban hành Kế hoạch số 40/KH-UBND về mở đợt thi đua.\n"
        "Phòng Nội vụ đã tổ chức hội nghị. UBND tỉnh yêu cầu các sở, ngành gửi báo cáo về Sở Nội vụ.\n"
    )
    found = [(actor["role"], actor["name"]) for actor in read(original).as_json()["actors"]]
    assert found == [("execute", "các sở, ngành"), ("report_to", "Sở Nội vụ")]


def test_news_passes_on_duties_below_the_words_that_report_them() -> None:
    original = (
        "Siết nếp hội họp\n05/06/2023\nPhòng Y tế nhắc nhở các trạm.\n"
        "UBND tỉnh Hòa An vừa ban hành Chỉ thị số 4/CT-UBND về nếp hội họp.\n"
        "Theo đó, các sở bố trí phòng họp không giấy. Sở Nội vụ đôn đốc các xã.\n"
        "Về phía Văn phòng UBND tỉnh cũng khẩn trương sửa quy chế. Sở Tài chính đã cấp máy.\n"
    )
    found = [(actor["role"], actor["name"]) for actor in read(original).as_json()["actors"]]
    assert found == [("execute", "các sở"), ("execute", "Sở Nội vụ"), ("execute", "Văn phòng UBND tỉnh")]


def test_lead_told_behind_the_number_of_a_document() -> None:
    original = (
        "Bộ Nội vụ vừa ban hành Quyết định số 33/QĐ-BNV về nếp hội họp. Vụ Công chức - Viên chức là đơn vị "
        "đầu mối theo dõi; Văn phòng Bộ, Trung tâm Thông tin hướng dẫn các đơn vị.\n"
    )
    found = [(actor["role"], actor["name"]) for actor in read(original).as_json()["actors"]]
    assert found == [
        ("lead", "Vụ Công chức - Viên chức"),
        ("execute", "Văn phòng Bộ"),
        ("execute", "Trung tâm Thông tin"),
    ]


def test_letterhead_names_no_actor() -> None:
    answer = read(
        "Phòng Giáo dục huyện Bình Khê CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTrường TH Hòa An\n"
        "Số 28/ QĐ- NT Bình Khê, ngày 20 tháng 01 năm 2019\nQUYẾT ĐỊNH\nVề nội quy\n"
        "Điều 1. Ban hành nội quy.\n"
    ).as_json()
    assert (answer["number"], answer["actors"]) == ("28/QĐ-NT", [])


def test_recipients_are_no_actors() -> None:
    assert duties.actors("1. Sở Nội vụ chủ trì thực hiện.\nNơi nhận:\n- Sở Tài chính (p/h);\n- Lưu: VT.") == [
        "lead Sở Nội vụ"
    ]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("1. Văn phòng làm đầu mối kết nối với Công an xã, cơ quan y tế địa phương và chính quyền xã.",
         ["cooperate Công an xã", "cooperate chính quyền xã", "cooperate cơ quan y tế địa phương",
          "lead Văn phòng"]),
        ("2. Đối với các Tổ chuyên môn và bộ phận văn phòng\n- Theo dõi nền nếp.",
         ["execute bộ phận văn phòng", "execute các Tổ chuyên môn"]),
        ("1. 100% các trạm y tế thuộc quyền quản lý của Sở Y tế phải ký cam kết.",
         ["execute các trạm y tế thuộc quyền quản lý của Sở Y tế"]),
        ("1. Mỗi cơ sở Đoàn có ít nhất 1 hoạt động tình nguyện.", ["execute Mỗi cơ sở Đoàn"]),
        ("1. Ghi kết quả vào báo cáo tổ chuyên môn.", []),
        ("1. Các trường báo cáo kết quả về Sở trước ngày 5/6.", ["execute Các trường", "report_to Sở"]),
        ("1. Các tổ báo cáo lãnh đạo đơn vị.", ["execute Các tổ", "report_to lãnh đạo đơn vị"]),
        ("1. Yêu cầu: từ ngày 2/5 đến hết ngày 9/5, các xã tổ chức tuần tra.", ["execute các xã"]),
        ("Điều 2. Chánh Văn phòng UBND tỉnh; Thủ trưởng các sở; đơn vị, "
         "cá nhân có liên quan chịu trách nhiệm thi hành.",
         ["execute Chánh Văn phòng UBND tỉnh", "execute Thủ trưởng các sở",
          "execute đơn vị, cá nhân có liên quan"]),
        ("1. Ban Xây dựng Đảng\n- Chủ trì soạn quy chế.\n"
         "2. Cơ quan Ủy ban Kiểm tra Đảng ủy xã\n- Tham mưu kế hoạch.",
         ["advise Cơ quan Ủy ban Kiểm tra Đảng ủy xã", "lead Ban Xây dựng Đảng"]),
        ("1. Ban Hành chính - Nhân sự:\n- Hỗ trợ lễ tổng kết.", ["execute Ban Hành chính - Nhân sự"]),
        ("1. Giao Chi bộ trường học, Chi bộ khu dân cư rà soát nội quy.",
         ["execute Chi bộ khu dân cư", "execute Chi bộ trường học"]),
        ("1. Các tổ chuyên môn phòng Giáo dục phổ thông cần sửa sân tập.",
         ["execute Các tổ chuyên môn phòng Giáo dục phổ thông"]),
        ("1. Bộ phận Văn thư - Lưu trữ; Tổ Quản trị mạng thực hiện trực.",
         ["execute Bộ phận Văn thư - Lưu trữ", "execute Tổ Quản trị mạng"]),
        ("1. Các ban xây dựng Đảng, Văn phòng Huyện ủy theo dõi chung.",
         ["execute Các ban xây dựng Đảng", "execute Văn phòng Huyện ủy"]),
        ("1. Tòa án nhân dân khu vực 3 công khai lịch xử.", ["execute Tòa án nhân dân khu vực 3"]),
        ("1. Sở Xây dựng Hòa An niêm yết thủ tục.", ["execute Sở Xây dựng Hòa An"]),
        ("1. Bảo vệ người phản ánh; bảo vệ cơ quan kiểm tra cổng.", ["execute bảo vệ cơ quan"]),
        ("1. Theo chỉ đạo của UBND tỉnh, thủ trưởng các sở, chủ tịch UBND các xã phải quán triệt nội quy.",
         ["execute chủ tịch UBND các xã", "execute thủ trưởng các sở"]),
        ("1. Trạm trưởng Trạm Y tế các xã kiểm tra bếp ăn.", ["execute Trạm trưởng Trạm Y tế các xã"]),
    ],
)  # fmt: skip
def test_further_constructions(items: str, expected: list[str]) -> None:
    assert duties.actors(items) == expected


def test_dispatch_that_directs_bodies_to_a_list() -> None:
    answer = read(
        "Kính gửi: Các công đoàn trực thuộc\n"
        "Công đoàn Giáo dục tỉnh hướng dẫn công đoàn các trường đại học, Công đoàn Sở Y tế làm như sau:\n"
        "1. Tuyên truyền đến đoàn viên.\n"
    ).as_json()
    assert sorted(a["name"] for a in answer["actors"]) == [
        "Công đoàn Sở Y tế",
        "công đoàn các trường đại học",
    ]


def test_document_sent_in_an_article_is_no_report() -> None:
    answer = read("UBND tỉnh vừa ban hành Công văn số 40/UBND-VX, gửi Sở Y tế về việc trực lễ.\n").as_json()
    assert answer["actors"] == []


def test_issuer_that_carries_out_its_plan_is_no_actor() -> None:
    answer = read(
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TÂN AN\nSố: 3/KH-LĐLĐ\n"
        "Tân An, ngày 8 tháng 12 năm 2023\nKẾ HOẠCH\nChăm lo Tết cho đoàn viên\n"
        "Ban Thường vụ LĐLĐ huyện triển khai kế hoạch chăm lo như sau:\n1. Công đoàn cơ sở lập danh sách.\n"
    ).as_json()
    assert [a["name"] for a in answer["actors"]] == ["Công đoàn cơ sở"]
