"""What offices count, and words behind which a number counts nothing."""

from __future__ import annotations

_NOUNS = (
    "bộ, cơ quan|bộ, ngành|vấn đề|phường|xã|thị trấn|đặc khu|huyện|quận|thành phố|thị xã|tỉnh|sở|ngành"
    "|đơn vị|cơ quan|tổ chức|phòng|ban|địa phương"
    "|tập thể|cá nhân|cán bộ|công chức|viên chức|đảng viên|đoàn viên|hội viên|công đoàn viên"
    "|người lao động|người dân|người"
    "|đồng chí|hộ gia đình|hộ dân|hộ|gia đình|đại biểu|học sinh|sinh viên|học viên|giáo viên|giảng viên"
    "|trường học|trường"
    "|lớp tập huấn|lớp bồi dưỡng|lớp học|lớp|khóa đào tạo|khóa|đoàn kiểm tra|đoàn công tác|đoàn giám sát|đoàn"
    "|cuộc kiểm tra|cuộc thanh tra|cuộc giám sát|cuộc họp|cuộc thi|cuộc|đợt kiểm tra|đợt|hội nghị"
    "|hội thảo|hội thi|tọa đàm|hoạt động"
    "|buổi tuyên truyền|buổi|lượt người|lượt cán bộ|lượt|tin, bài|tin bài|tin|bài viết|bài dự thi|bài"
    "|phóng sự|chuyên mục"
    "|chuyên trang|chuyên đề|mô hình|câu lạc bộ|giải nhất|giải nhì|giải ba|giải khuyến khích|giải tập thể"
    "|giải cá nhân|giải"
    "|bằng khen|giấy khen|danh hiệu|cờ thi đua|huân chương|kỷ niệm chương|phần thưởng|suất quà|phần quà"
    "|suất|thủ tục hành chính"
    "|thủ tục|tthc|hồ sơ|dịch vụ công|văn bản|báo cáo|vụ việc|vụ|trường hợp|lỗi|vi phạm|doanh nghiệp"
    "|hợp tác xã|hợp đồng"
    "|công trình|phần việc|việc làm|dự án|đề án|đề tài|sáng kiến|giải pháp sáng tạo|điển hình|tấm gương"
    "|gương|thôn|bản|ấp"
    "|tổ dân phố|khu phố|khu dân cư|tổ công tác|tổ công nghệ số|tổ|nhóm|đội tuyển|đội thi|đội|cụm|khối"
    "|chi bộ|chi đoàn"
    "|đảng bộ|công đoàn cơ sở|chi hội|cơ sở|điểm cầu|điểm đo|điểm bán|tuyến đường|tuyến|km|cây xanh|cây"
    "|ngôi nhà|căn nhà"
    "|trạm|bệnh viện|chợ|khu|tác phẩm|thí sinh|tiết mục|phiếu khảo sát|phiếu|ý kiến|kiến nghị|đơn thư"
    "|khiếu nại|camera"
    "|máy tính|bộ máy|tài khoản|hệ thống|phần mềm|cơ sở dữ liệu|kênh|cổng|trang|pano|áp phích|băng rôn"
    "|tờ rơi|tờ gấp|cuốn|quyển"
    "|bức|video|clip|sản phẩm|chỉ tiêu|tiêu chí|chỉ số|vị trí|biên chế|lãnh đạo|thành viên|ủy viên"
    "|chuyên gia|tình nguyện viên"
    "|lần kiểm tra|điểm trường|trẻ em|phụ nữ|thanh niên|cụ|bà mẹ|đối tượng|bệnh nhân|ca|giường bệnh|trung tâm"
)
COUNTED = "(?:" + "|".join(sorted(_NOUNS.split("|"), key=len, reverse=True)) + ")"

NUMBER_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip

# "4 nhóm nội dung", "3 nhiệm vụ": counts of contents, not of things done.
CONTENTS = r" (?:nội dung|nhiệm vụ|giải pháp|tiêu chí|mục tiêu|bước|phần|truy cập|xem)(?!\w)"

# A number behind one of these names a member of a series (Điều 4, Quận 5, lần thứ 3), it counts nothing.
SERIES = (
    r"(?:^|\W)(?:ngày|tháng|năm|số|điều|khoản|điểm|mục|quý|thứ|cụm|khối|phụ lục|mẫu|biểu|bước|giai đoạn"
    r"|mức|độ|lúc|quận"
    r"|phường|khu phố|hạng|loại|nhóm|tuần|khóa|kỳ|thế kỷ|lần|đường|trang|bảng|hình|chương|phần|tiết|vòng"
    r"|đại hội|tổ|lớp"
    r"|khu|thôn|ấp|ngõ|ngách)$"
)
