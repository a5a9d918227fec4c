"""Page furniture: menus, counters and tools of a portal that stand around a document."""

from __future__ import annotations

import re

# Words of portals, never of documents; a line that consists of them is furniture.
_PORTAL = re.compile(
    r"(?:trang chủ|giới thiệu(?: chung)?|sơ đồ (?:cổng|trang|website)|đăng nhập|đăng ký|liên hệ|hỏi đáp"
    r"|tìm kiếm|tra cứu"
    r"|thống kê truy cập|đang (?:online|truy cập)|lượt truy cập|tổng (?:số )?(?:lượt )?truy cập"
    r"|hôm nay ?:|hôm qua ?:"
    r"|chào mừng (?:đến với|quý vị|(?:các )?bạn)"
    r"|skip portlet|portlet menu|truy cập nội dung|liên kết (?:website|web)|thư viện (?:ảnh|video)|video"
    r"|bản đồ số"
    r"|bình chọn|gửi phản hồi|ý kiến phản hồi|lịch công tác|lịch làm việc|đường dây nóng|tiếp công dân"
    r"|thông báo mới|tin tức"
    r"|tin (?:liên quan|khác|mới|nổi bật)|các tin (?:khác|liên quan)|bài viết (?:liên quan|khác)"
    r"|đầu trang|về đầu trang"
    r"|quay lại|trở lại|in (?:bài|trang|tin)|bản in|chia sẻ|facebook|zalo|twitter|email|print|rss"
    r"|xem thêm|xem tiếp"
    r"|đọc tiếp|tải về|download|bình luận|chuyên mục|danh mục|menu|lượt xem|ngày đăng|cỡ chữ|đọc bài"
    r"|giải quyết tthc"
    r"|thông báo|đã xem|tác giả(?: bài viết)? ?:|ý kiến bạn đọc|viết bình luận|phản hồi|cập nhật(?: lúc)?"
    r"|thư viện|từ khóa|tags?|đánh giá bài viết|bản quyền"
    r"|copyright|để sử dụng toàn bộ tiện ích"
    r"|vui lòng (?:đăng nhập|lựa chọn)|mục lục|thuộc tính|lược đồ|văn bản (?:gốc|liên quan)|tải văn bản"
    r"|tải bản đầy đủ|bạn đang xem|xem và tải ngay|xuất bản thông tin|đang tải văn bản"
    r"|-->|<!--|<<|\d{1,3}(?: +\d{1,3}){3,})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
RULE_LINE = re.compile(r"[-_=.~+* ]{3,}$")
_PHONE = re.compile(r"[\d .()+\-/]{8,}$")
_REAL = re.compile(
    r"(?:số ?:|nơi nhận|kính gửi|căn cứ|kế hoạch|quyết định|chỉ thị|công điện|ủy ban|hội đồng|cộng hòa"
    r"|độc lập"
    r"|lưu ?:|\(?đã ký|chủ tịch|giám đốc|bí thư|kt\.|tm\.|tl\.|[-+] ?\w|phó |trưởng |hiệu trưởng"
    r"|bộ trưởng|thủ t)",
    re.IGNORECASE,
)


def furniture_lines(lines: list[str]) -> list[bool]:
    """For each line, whether it belongs to the page and not to the document."""
    flags = [_is_portal(line) for line in lines]
    _spread(lines, flags)
    _spread(lines[::-1], flags, backwards=True)
    # A drawn line is furniture too, but says nothing about its neighbours.
    return [flag or RULE_LINE.match(line) is not None for flag, line in zip(flags, lines, strict=True)]


def is_doubled(line: str) -> bool:
    """A portal prints the name of a column twice ("Tin tức Tin tức")."""
    half = len(line) // 2
    return len(line) > 6 and len(line) % 2 == 1 and line[half] == " " and line[:half] == line[half + 1 :]


def _is_portal(line: str) -> bool:
    if is_doubled(line):
        return True
    if line == "THÔNG BÁO":
        # The title of a notice; a menu writes it small.
        return False
    if _PHONE.match(line):
        return True
    match = _PORTAL.match(line)
    if not match:
        return False
    rest = len(_WORD.findall(line)) - len(_WORD.findall(match.group()))
    return rest <= 4 or line.lower().startswith(("để sử dụng", "vui lòng", "ngày đăng", "bạn đang xem"))


def _spread(lines: list[str], flags: list[bool], backwards: bool = False) -> None:
    """A short line without a stop that touches furniture is a menu item too."""
    size = len(lines)
    run = False
    for index, line in enumerate(lines):
        place = size - 1 - index if backwards else index
        if flags[place]:
            run = True
        elif run and _menu_like(line) and _near_furniture(flags, place):
            flags[place] = True
        else:
            run = False


def _menu_like(line: str) -> bool:
    return len(line.split()) <= 6 and not line.endswith((".", ";", ":", ",")) and not _REAL.match(line)


def _near_furniture(flags: list[bool], place: int) -> bool:
    """Furniture on both sides within four lines, or the edge of the page on one."""
    before, after = flags[max(0, place - 4) : place], flags[place + 1 : place + 5]
    return (any(before) or place < 4) and (any(after) or place >= len(flags) - 4)
