"""Turns of phrase around dates and rhythms: what sets a time, what only tells of one."""

from __future__ import annotations

import re

PREAMBLE = re.compile(
    r"(?:căn cứ (?!tình hình|vào|chức năng|nhiệm vụ|kế hoạch này|đặc điểm)|theo đề nghị|xét đề nghị|xét "
    r"tờ trình"
    r"|thực hiện (?:nghị quyết|nghị định|quyết định|kế hoạch|công văn|chỉ thị|chương trình|thông báo"
    r"|công điện|văn bản"
    r"|hướng dẫn|kết luận|thông tư|sự chỉ đạo)\b[^,;]{0,40}?\d)"
)
PAST = re.compile(
    r"(?<!\w)(?:đã|vừa|vừa qua|trong thời gian qua|thời gian qua|qua kiểm tra|những năm qua)(?!\w)"
)
FUTURE = re.compile(r"(?<!\w)(?:sẽ|phải|cần|yêu cầu|đề nghị|dự kiến|giao|có trách nhiệm|phấn đấu|sắp)(?!\w)")
# "Mỗi tuần, ban tổ chức …": a rhythm that opens a clause sets a rule, whoever tells it.
ASKED = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|giao|phải|sẽ)(?!\w)")
EVERY = re.compile(r"(?:định kỳ,? )?(?:mỗi|hằng|hàng) (?:tuần|tháng|quý|năm), ")
# "Tiến độ thực hiện, tháng 12/2024 …", "Tháng 01/2025: …": a timetable, also in an account.
TIMETABLE = re.compile(
    r"(?:tiến độ|thời gian|lộ trình|lịch)[^,;.:]{0,40}[,:]\s*(?:trong |từ |vào |dự kiến |đầu |cuối |giữa )*$"
)
PURPOSE = re.compile(r"mục đích|ý nghĩa|quan điểm")
TASK_PART = re.compile(r"yêu cầu")

# What stands right before a date decides its sense.
CITED = re.compile(
    r"(?:\d\S*/\S+|số[\s:]+\S*|\S+-\S+/\S+|ký|thông qua|ban hành|khóa \S+|phiên họp|thành lập|kỳ "
    r"họp)\s*,?\s*$"
)
CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*(?:phút)?)?,?\s*)?"
BEFORE = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|chậm trễ nhất|không quá|không muộn hơn|đến|tới|hết|hạn cuối"
    r"|hạn chót|trễ nhất"
    r"|thời hạn|hạn nộp|xong|chậm nhất là)(?:\s*(?:là|vào|đến|hết|trước|thời điểm|cuối|hết hết|:|ngày))*\s*"
    + CLOCK
    + "$"
)
# "Thời hạn gửi báo cáo: 15/6", "Hạn cuối nhận bài: 31/8".
LIMIT_NAMED = re.compile(r"(?<!\w)(?:thời hạn|hạn cuối|hạn chót|hạn)(?!\w)[^,;.:]{0,40}:\s*(?:ngày\s*)?$")
AND = re.compile(r"\s*(?:,|và|, và)\s*(?:ngày\s*)?$")
AND_DAY = re.compile(r" và (?:ngày )?\d{1,2}(?:/| tháng )\d{1,2} ?$")
EMPTY = re.compile("")
RANGE_END = re.compile(r"(?:đến|tới|-)\s*(?:hết\s*)*(?:ngày\s*)?" + CLOCK + "$")
RANGE_OPENS = re.compile(r"(?<!\w)(?:từ|thời gian)(?!\w)")
RANGE_START = re.compile(
    r"\s*,?\s*(?:cho\s+)?(?:đến|tới|-)\s*(?:hết\s*)*(?:ngày\s*|tháng\s*|quý\s*|năm\s*)?\d|\s*(?:đến"
    r"|tới)\s+(?:hết|khi|nay|quý|cuối)"
)
START = re.compile(r"(?<!\w)(?:kể từ|từ|bắt đầu(?: từ)?|sau)\s*" + CLOCK + "$")
BEGINS = re.compile(
    r"(?<!\w)(?:thực hiện|áp dụng|bắt đầu|vận hành|triển khai|khởi động|phát động)(?!\w)[^,;.]{0,60}$"
)
INSIDE = re.compile(
    r"(?<!\w)(?:trong|vào|cuối|đầu|giữa|khoảng|thời gian[^,;.]{0,40}:?|dự kiến(?: vào| trong)?)\s*(?:vào"
    r"|trong|cuối|đầu|giữa|dịp|:)*\s*$"
    # "trong tháng 4 và tháng 5 năm 2026": the second of two
    r"|(?<!\w)(?:trong|vào|dự kiến|thời gian:?) (?:tháng|quý) \w{1,3}(?: và|,) $"
    # "trong kỳ sinh hoạt chi bộ định kỳ tháng 6/2026"
    r"|(?<!\w)(?:trong|tại|vào)(?: kỳ| buổi| đợt| phiên| cuộc)? (?:sinh hoạt|giao ban|họp|hội nghị|chào cờ)"
    r"[^,;.]{0,30}$"
)
ANNIVERSARY = re.compile(
    r"(?<!\w)(?:kỷ niệm|thành lập|ngày sinh|truyền thống|giải phóng|quốc khánh|lịch sử|chào "
    r"mừng|(?<!học )(?<!vệ )(?<!phát )(?<!thí )sinh (?:từ|trước|sau|ngày|vào))(?!\w)[^;.]{0,80}$"
)
SCHEDULES = re.compile(
    r"(?<!\w)(?:tổ chức|khai mạc|bế mạc|diễn ra|thời gian|dự kiến|lễ|hội nghị|họp|phát động|kiểm tra|thi"
    r"|vòng|chung kết"
    r"|hoàn thành|triển khai|công bố|trao giải|nộp|gửi|báo cáo|có mặt)(?!\w)"
)
# "… đến hết ngày 31/8 và trao thưởng trong tháng 10": the second time belongs to another act.
FURTHER_ACT = re.compile(
    r"(?:,| và|, và|\);?) ?(?:sẽ |dự kiến )?(?:tổ chức |tiến hành )?(?:tổng kết|sơ kết|trao|công bố|chấm|họp"
    r"|chung kết|vòng|khai mạc|bế mạc|báo cáo|nghiệm thu|hoàn thành|triển khai|thực hiện"
    r"|tổng hợp|kiểm tra|khen thưởng)"
)
GOES_ON = re.compile(r"\s*[:,-]\s*\w")
WITHIN = re.compile(
    r"(?<!\w)(?:bảo đảm đến|đảm bảo đến|phấn đấu đến|trong|đến hết|hết|xong trong|đến cuối|cuối|vào)\s*$"
)
TAKES_EFFECT = re.compile(r"có hiệu lực(?: thi hành)?(?: kể)?(?: từ)?,? ")
SIGNED = re.compile(r"ngày (?:ký|ban hành)")
DAYS_AFTER = re.compile(r"sau (?P<days>\d{1,3}) ngày,? (?:kể )?từ ngày (?:ký|ban hành)")
DAY_ONLY = re.compile(
    r"(?<!\w)(?P<lead>trước|chậm nhất|muộn nhất|vào|từ|đến)?(?:\s*(?:là|vào|đến|hết"
    r"|trước))*\s*ngày\s+(?:mùng\s+)?(?P<day>\d{1,2})"
    r"(?!\s?[/\-.]?\d|\s+tháng\s+\d|\w)"
)
LAST_MONTH = re.compile(r",? (?:của )?tháng cuối (?:cùng )?(?:của )?(?:mỗi )?(?:kỳ báo cáo|kỳ|quý)(?!\w)")
# "ngày 10 của tháng đầu quý sau", "ngày 5 tháng sau": counted from the end of the term.
NEXT_QUARTER = re.compile(
    r",? (?:của )?tháng (?:đầu(?: tiên)?|thứ nhất)(?: của)? quý (?:sau|tiếp theo|kế tiếp|liền kề|tới)(?!\w)"
)
NEXT_MONTH = re.compile(r",? (?:của )?tháng (?:sau|tiếp theo|kế tiếp|liền kề)(?!\w)")
DECREED = re.compile(r"ban hành kèm theo|phê duyệt(?! và)")
SPAN_TITLE = re.compile(r"(?:giai đoạn|định hướng|tầm nhìn)[^,;.]{0,30}$")
