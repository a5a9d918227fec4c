"""The words of administrative Vietnamese that the grammars of units, duties and times are built from.

Every list is general vocabulary: heads of agency names, offices, portfolios, levels, duty verbs. All in lower
case, composed (NFC), tone mark on the first vowel of oa, oe, uy (hòa, ủy): the spelling of a folded `Text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Marks are words of their own in a text, but for "đ/c".
_MARKS = re.compile(r"([,.]|(?<!đ)/)")


class Phrases:
    """A set of word sequences, asked for the longest one that begins at a place in a list of words."""

    def __init__(self, *groups: str | Iterable[str]) -> None:
        by_first: dict[str, dict[int, set[tuple[str, ...]]]] = {}
        for group in groups:
            for phrase in _phrases(group):
                by_first.setdefault(phrase[0], {}).setdefault(len(phrase), set()).add(phrase)
        self._by_first = {
            first: tuple((size, frozenset(sizes[size])) for size in sorted(sizes, reverse=True))
            for first, sizes in by_first.items()
        }

    @property
    def first_words(self) -> frozenset[str]:
        """The words a phrase of the set may begin with."""
        return frozenset(self._by_first)

    def match(self, words: tuple[str, ...], at: int) -> int:
        """How many words of the longest phrase stand at this place; 0 when none does."""
        if at >= len(words):
            return 0
        for size, phrases in self._by_first.get(words[at], ()):
            if words[at : at + size] in phrases:
                return size
        return 0


def _phrases(group: str | Iterable[str]) -> Iterable[tuple[str, ...]]:
    parts = group.split("|") if isinstance(group, str) else group
    return [tuple(_MARKS.sub(r" \1 ", part).split()) for part in parts if part.strip()]


# ------------------------------------------------------------------ who

QUANTIFIERS = Phrases(
    "tất cả các|toàn bộ các|toàn thể các|một số|các|những|mỗi|từng|tất cả|toàn thể|nhiều|đồng chí|đ/c"
    "|các đồng chí|các đ/c|hầu hết các|đội ngũ|toàn bộ đội ngũ|ông|bà"
)

OFFICERS = Phrases(
    "thủ trưởng|người đứng đầu|giám đốc|phó giám đốc|tổng giám đốc|chủ tịch|phó chủ tịch"
    "|phó chủ tịch thường trực|bí thư|phó bí thư|trưởng phòng|phó trưởng phòng|trưởng ban|phó trưởng ban"
    "|hiệu trưởng|phó hiệu trưởng|chánh văn phòng|phó chánh văn phòng|chánh thanh tra|chánh án"
    "|viện trưởng|bộ trưởng|thứ trưởng|cục trưởng|phó cục trưởng|vụ trưởng|chi cục trưởng|tổng cục trưởng"
    "|tổ trưởng|tổ phó|đội trưởng|trưởng đoàn|trưởng khoa|trưởng trạm|trưởng bộ phận|trưởng thôn"
    "|tổ trưởng tổ dân phố|thủ tướng|phó thủ tướng|tổng bí thư|chủ nhiệm|phó chủ nhiệm|tổng biên tập"
    "|kế toán trưởng|lãnh đạo|ban lãnh đạo|người phát ngôn|tổng kiểm toán nhà nước|tổng thanh tra"
    "|thống đốc|đại diện lãnh đạo|cấp trưởng|phụ trách|uvbch|trưởng|thường trực|thành viên|ủy viên"
    "|chỉ huy trưởng|trạm trưởng|hạt trưởng|đồn trưởng|trưởng công an"
    "|phó trưởng công an|chính ủy|tư lệnh|chính trị viên|đội phó|hội trưởng|trưởng trạm y tế|trưởng bản"
    "|trưởng các|tổng giám đốc các|thư ký|thống đốc ngân hàng"
)

# Posts inside one house (a school, a station) that plans give duties to by name of the post.
POSTS = Phrases(
    "giáo viên|nhân viên|tổng phụ trách|kế toán|văn thư|bảo vệ|quản trị mạng|báo cáo viên|giám thị"
    "|cán bộ phụ trách|công chức phụ trách|viên chức phụ trách|cộng tác viên|tuyên truyền viên"
    "|hòa giải viên|cán bộ đầu mối|công chức đầu mối|cán bộ chuyên trách|công chức chuyên trách"
)

# Groups of persons: they are bound by rules, they are not units with a task of their own.
PEOPLE = Phrases(
    "cán bộ|công chức|viên chức|người lao động|đảng viên|đoàn viên|hội viên|học sinh|sinh viên|học viên"
    "|nhân dân|người dân|công dân|cá nhân|giảng viên|cb|cc|vc|cbcc|cbccvc|cbccvc-lđ|cbgv|cbgvnv|cb-gv-nv"
    "|công chức viên chức|phụ huynh|cha mẹ học sinh|nhân viên y tế thôn bản|lao động hợp đồng|chiến sĩ"
    "|người nộp thuế|cử tri"
)

# Bodies whose name is closed: only a level and a place may follow.
COUNCILS = Phrases(
    "ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|thường trực hđnd|thường trực hội đồng nhân dân|ủy ban nhân"
)

LEVELS = Phrases(
    "tỉnh|thành phố|tp|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu|cấp tỉnh|cấp huyện|cấp xã|các cấp"
    "|cấp quận|cấp thành phố|cấp phường|cùng cấp|cấp cơ sở|quận/huyện|phường/xã|xã/phường|quận-huyện"
    "|phường-xã|xã-phường|phường-xã-thị trấn|trung ương|khu vực|thủ đô|thành phố trực thuộc trung ương"
    "|cơ sở|khu phố|thôn|bản|thành phố thuộc tỉnh|tỉnh/thành phố|thành phố trực thuộc tỉnh"
)

# Heads that name one body when a name follows ("Sở Nội vụ", "Công đoàn ngành").
BODY_HEADS = Phrases(
    "mặt trận|sở|phòng|ban|bộ|cục|vụ|chi cục|tổng cục|trung tâm|viện|trường|trường đại học|học viện|bệnh viện"
    "|trạm y tế|văn phòng|thanh tra|công an|quân đội|bộ chỉ huy quân sự|ban chỉ huy quân sự|bộ tư lệnh"
    "|bộ đội biên phòng|báo|đài|đài phát thanh|đài phát thanh và truyền hình|đài phát thanh - truyền hình"
    "|đài ptth|đài pt-th|đài truyền hình|đài tiếng nói việt nam|đài truyền thanh|cổng thông tin điện tử"
    "|cổng ttđt|trang thông tin điện tử|thông tấn xã|tạp chí|công đoàn|công đoàn cơ sở|công đoàn ngành"
    "|công đoàn viên chức|cđcs|liên đoàn lao động|lđlđ|tổng liên đoàn|đoàn thanh niên|đoàn tn|tỉnh đoàn"
    "|thành đoàn|huyện đoàn|quận đoàn|đoàn trường|trung ương đoàn|đoàn bệnh viện|liên hiệp"
    "|đoàn thanh niên cộng sản hồ chí minh|đoàn tncs hồ chí minh|liên đội|chi đội|hội liên hiệp phụ nữ"
    "|hội phụ nữ|hội nông dân|hội cựu chiến binh|hội chữ thập đỏ|hội khuyến học|hội nhà báo|hội luật gia"
    "|hội|hội lhpn|mặt trận tổ quốc|mttq|ủy ban mặt trận tổ quốc|ủy ban mttq|ub mttq|ủy ban mttqvn"
    "|ủy ban mặt trận|ubmttq|ubmttqvn|đảng ủy|đảng bộ|chi bộ|chi đoàn|chi hội|tỉnh ủy|thành ủy|huyện ủy"
    "|quận ủy|thị ủy|cấp ủy|chi ủy|cấp ủy đảng|ban thường vụ|ban chấp hành|bch|ban cán sự đảng|đảng đoàn"
    "|ban giám hiệu|ban giám đốc|bgh|bgđ|ban chỉ đạo|ban tổ chức|ban kiểm tra|ban tuyên giáo|ban dân vận"
    "|ban nội chính|ban biên tập|ban giám khảo|ban thư ký|ban quản lý|ban điều hành"
    "|ban thanh tra nhân dân|ban thi đua|ban đại diện cha mẹ học sinh|ban dân tộc|ban chỉ huy|btc"
    "|ban liên lạc|ban công tác|ban tư vấn|ban vận động|ban soạn thảo|ban giám sát|ủy ban kiểm tra|ubkt"
    "|tòa án|tòa án nhân dân|viện kiểm sát|viện kiểm sát nhân dân|kho bạc nhà nước|kho bạc"
    "|kiểm toán nhà nước|ngân hàng|ngân hàng nhà nước|hải quan|cục thuế|chi cục thuế|thuế|bảo hiểm xã hội"
    "|bhxh|bưu điện|bảo tàng|thư viện|nhà văn hóa|nhà hát|nhà xuất bản|cung văn hóa|cụm thi đua"
    "|khối thi đua|cụm|khối|tập đoàn|tổng công ty|công ty|hợp tác xã|tổ|đội|đoàn kiểm tra|đoàn thanh tra"
    "|đoàn giám sát|đoàn công tác|tổ công tác|tổ kiểm tra|tổ giúp việc|tổ chuyên môn|tổ văn phòng"
    "|tổ tư vấn|tổ biên tập|tổ thư ký|tổ giám sát|tổ chuyển đổi số|tổ công nghệ số"
    "|tổ công nghệ số cộng đồng|tổ hòa giải|tổ tự quản|tổ chức công đoàn|tổ dân phố"
    "|hội đồng thi đua|hội đồng|ủy ban|chính phủ|quốc hội|bộ phận|bộ phận một cửa"
    "|bộ phận tiếp nhận và trả kết quả|bộ phận tiếp nhận|văn phòng chính phủ|văn phòng quốc hội"
    "|văn phòng trung ương|ban công an|ban bảo vệ dân phố|đồn biên phòng|hạt kiểm lâm|trạm|xí nghiệp"
    "|nhà máy|nhà trường|khoa|ban quản lý khu công nghiệp|ban thường trực|cơ quan thường trực"
    "|đảng ủy - hđnd - ubnd|cơ quan báo và đài phát thanh, truyền hình|báo và đài phát thanh, truyền hình"
    "|cơ quan ủy ban kiểm tra|cơ quan ubkt|cơ quan ủy ban mặt trận tổ quốc|cơ quan mặt trận tổ quốc"
    "|cơ quan ủy ban mttq|cơ quan mttq|cơ quan đảng ủy|cơ quan tổ chức - nội vụ|cơ quan huyện ủy"
    "|bộ môn|tổ bộ môn|ban quản trị|đội thanh niên xung kích|ban bảo vệ"
    "|báo và phát thanh, truyền hình|cơ quan báo và đài phát thanh và truyền hình"
    "|báo và đài phát thanh và truyền hình"
)

# Kinds of bodies: lists of them are one actor ("các sở, ban, ngành").
KIND_HEADS = Phrases(
    "sở|ban|ngành|phòng|bộ|cơ quan|đơn vị|địa phương|đoàn thể|doanh nghiệp|tổ chức|trường|trường học|cấp"
    "|bộ phận|cơ sở|cấp ủy|cấp ủy đảng|chi bộ|chi đoàn|chi hội|công đoàn|công đoàn cơ sở|cđcs"
    "|công đoàn bộ phận|tổ công đoàn|liên đoàn|hội|phòng ban|cục|vụ|chi cục|viện|trung tâm|khoa|trạm"
    "|tổ chuyên môn|tổ|đội|cụm|khối|thôn|khu phố|tổ dân phố|xã|phường|thị trấn|huyện|quận|thị xã"
    "|nhà trường|hội quần chúng|sở ngành|ban ngành|quận huyện|phường xã|tổ chức công đoàn|cấp hội"
    "|hội đoàn thể|bộ ngành|tập đoàn|tổng công ty|bệnh viện|lực lượng|học viện|cấp chính quyền"
    "|chính quyền|cấp công đoàn|đảng ủy|chi ủy|đảng bộ|báo|đài|hội đồng|ban quản lý|tỉnh ủy|thành ủy"
    "|quận ủy|huyện ủy|thị ủy|tỉnh|thành phố|cụm thi đua|khối thi đua|hợp tác xã|tổ chức hội|đại học"
    "|bộ môn|tổ bộ môn"
    "|cơ sở đoàn|cơ sở hội|cơ sở đảng|tổ chức đoàn|tổ chức đảng"
)

# What may describe a kind of body without leaving its name.
KIND_MODIFIERS = Phrases(
    "trực thuộc|thuộc|có liên quan|liên quan|chuyên môn|nghiệp vụ|sự nghiệp|công lập|khác|hành chính"
    "|nhà nước|chức năng|quản lý|tham mưu|đào tạo|giáo dục|phổ thông|giáo dục phổ thông"
    "|giáo dục nghề nghiệp|giáo dục mầm non|giáo dục đại học|y tế|khám bệnh|chữa bệnh|khám chữa bệnh"
    "|báo chí|thông tin|truyền thông|thông tấn|được phân công|được giao|nêu trên|trên|nói trên|chính trị"
    "|chính trị - xã hội|xã hội|xã hội - nghề nghiệp|đảng|đoàn thể|thành viên|cấp trên|cấp dưới|cùng cấp"
    "|đồng cấp|các cấp|cấp tỉnh|cấp huyện|cấp xã|cấp thành phố|cấp quận|trong khối|trong cụm"
    "|trong khối thi đua|trong cụm thi đua|trong huyện|trong tỉnh|trong ngành|trong thành phố|trong quận"
    "|trong toàn tỉnh|trong toàn ngành|trong xã|trong phường|ngành dọc|trung ương|của trung ương"
    "|trên địa bàn|đóng trên địa bàn|tại địa phương|ngang bộ|quần chúng|kinh tế|công ích|phụ trách"
    "|đầu mối|chủ trì|thụ hưởng|tiếp nhận|tư pháp|an ninh|thực hiện thí điểm|thí điểm|có thẩm quyền|cơ sở"
    "|vũ trang|tôn giáo|dân vận|kiểm tra|thanh tra|văn hóa|phòng|ban|trong cơ quan|trong đơn vị"
    "|trong trường|trong và ngoài nước|hữu quan|phối hợp|tuyến tỉnh|tuyến huyện|địa phương|phường|xã"
    "|huyện|tỉnh|quận|thành phố|thị xã|thị trấn|tại cơ sở|tương đương|hội|tín dụng|ban ngành|cấp cơ sở"
    "|công nghệ|viễn thông|công an|đăng ký tham gia|tham gia|nhận công văn|có tên|có công trình"
    "|chính quyền|đại học|cao đẳng|trung cấp|sư phạm|dạy nghề|tiểu học|mầm non|trung học cơ sở"
    "|trung học phổ thông|thcs|thpt|ptdtnt|dân tộc nội trú|liên cấp|ngoài công lập|tư thục"
    "|quốc gia|vùng|đại học và cao đẳng|thông tin đại chúng|truyền thông đại chúng"
    "|xây dựng đảng|đảng, đoàn thể|khu dân cư|trường học"
    "|thông tấn báo chí|thông tấn, báo chí"
)

# Desks inside a house, written in small letters: "bộ phận văn phòng".
DESKS = Phrases(
    "văn phòng|hành chính|kế toán|chuyên môn|văn thư|y tế|thư viện|bảo vệ|thanh tra|tiếp dân|tổ chức|tổng hợp"
    "|hành chính - tổng hợp|tài vụ|tài chính|thiết bị|công nghệ thông tin|tiếp nhận hồ sơ|thi đua"
)

PORTFOLIOS = Phrases(
    "nội vụ|tư pháp|tài chính|y tế|xây dựng|công thương|ngoại vụ|ngoại giao|dân tộc|tôn giáo|quốc phòng"
    "|công an|giáo dục và đào tạo|giáo dục đào tạo|giáo dục - đào tạo|gd&đt|gdđt|gd và đt|gd-đt"
    "|văn hóa, thể thao và du lịch|văn hóa thể thao và du lịch|văn hóa - thể thao và du lịch|vhttdl"
    "|vhtt&dl|văn hóa và thể thao|văn hóa thể thao|văn hóa - thể thao|văn hóa và thông tin"
    "|văn hóa - thông tin|văn hóa thông tin|văn hóa - xã hội|văn hóa xã hội"
    "|văn hóa, khoa học và thông tin|vhtt|vh&tt|du lịch|văn hóa, thông tin"
    "|lao động - thương binh và xã hội|lao động, thương binh và xã hội|lao động thương binh và xã hội"
    "|lđtbxh|lđtb&xh|lao động - thương binh - xã hội|lao động - tb và xã hội|lđ-tb&xh"
    "|nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn|nông nghiệp và ptnt|nn&ptnt"
    "|nông nghiệp|tài nguyên và môi trường|tn&mt|tnmt|khoa học và công nghệ|khoa học công nghệ|kh&cn|khcn"
    "|khoa học - công nghệ|thông tin và truyền thông|thông tin - truyền thông|tt&tt|tttt"
    "|kế hoạch và đầu tư|kh&đt|kế hoạch đầu tư|giao thông vận tải|giao thông - vận tải|gtvt"
    "|tài chính - kế hoạch|tài chính kế hoạch|tài chính và kế hoạch|kinh tế|kinh tế - hạ tầng"
    "|kinh tế và hạ tầng|kinh tế, hạ tầng và đô thị|quản lý đô thị|quy hoạch - kiến trúc"
    "|quy hoạch và kiến trúc|quy hoạch kiến trúc|dân tộc và tôn giáo|dân tộc - tôn giáo|tổ chức cán bộ"
    "|tổ chức - cán bộ|tổ chức - hành chính|tổ chức hành chính|hành chính - tổng hợp|hành chính tổng hợp"
    "|kế hoạch - tài chính|kế hoạch tài chính|kế hoạch, tài chính|kế hoạch - tổng hợp"
    "|thi đua - khen thưởng|thi đua khen thưởng|thi đua, khen thưởng|truyền thanh - truyền hình"
    "|phát thanh - truyền hình|phát thanh và truyền hình|phát thanh truyền hình|ptth|pt-th|pt&th"
    "|truyền thanh truyền hình|tuyên giáo|dân vận|tuyên giáo và dân vận|nội chính|tổ chức|kiểm tra"
    "|thường vụ|công tác chính trị|công tác sinh viên|quản trị|đào tạo|thanh niên|phụ nữ|nông dân"
    "|cựu chiến binh|lao động|lao động và xã hội|dân số và phát triển"
    "|khoa học công nghệ, đào tạo và môi trường|cải cách hành chính|công nghệ thông tin|chuyển đổi số"
    "|tiếp công dân|hành chính công|phục vụ hành chính công|bồi dưỡng chính trị|chính trị|tổng hợp"
    "|hành chính|hành chính - nhân sự|hành chính, nhân sự|hành chính - quản trị|hành chính quản trị|nhân sự"
    "|xây dựng đảng|tài vụ|kế toán|kế toán - tài vụ|văn thư - lưu trữ|văn thư, lưu trữ"
    "|pháp chế|hợp tác quốc tế|văn hóa|thể thao|quân sự|thuế|hải quan|thống kê|thanh tra"
)

# ------------------------------------------------------------------ where a name ends

STOPPERS = Phrases(
    "và|hoặc|để|nhằm|với|cho|đến|tới|tại|trong|trên|từ|qua|do|khi|nếu|như|là|bằng|theo|về|mà|thì|nên|vì"
    "|bởi|được|bị|sau|trước|của|có|sẽ|đã|đang|phải|cần|không|chưa|vẫn|đều|cũng|vừa|còn|hãy|luôn|rất|ở|này"
    "|nêu|nói|kể|gồm|bao gồm|cùng|chịu|căn cứ|dựa|tùy|ngoài|đối với|thông qua|trừ|kèm|gắn|hằng|hàng"
    "|định kỳ|thường xuyên|chủ động|tích cực|kịp thời|tiếp tục|tập trung|nghiêm túc|trực tiếp|khẩn trương"
    "|phấn đấu|nghiêm cấm|đẩy mạnh|tăng cường|nâng cao|đồng thời|ngay|nhanh chóng|chậm nhất|đúng|đầy đủ"
    "|tối thiểu|ít nhất|mỗi|từng|các|những|mọi|nhiều|toàn thể|toàn bộ|tất cả|một"
    "|vào|ngày|lúc|thứ|kết"
)

# ------------------------------------------------------------------ what is done

LEAD_VERBS = Phrases(
    "chủ trì|chỉ đạo|điều hành|chịu trách nhiệm toàn diện|chịu trách nhiệm chính|trực tiếp chỉ đạo"
    "|trực tiếp điều hành|làm đầu mối|là đầu mối|đầu mối|là cơ quan thường trực|là cơ quan đầu mối"
    "|là cơ quan chủ trì|lãnh đạo|là cơ quan chủ quản"
    "|là đơn vị đầu mối|là đơn vị chủ trì|là đơn vị thường trực"
    "|là đầu mối theo dõi|giữ vai trò chủ trì|đóng vai trò nòng cốt"
)
COOPERATE_VERBS = Phrases("phối hợp|phối kết hợp|phối, kết hợp|cùng phối hợp|hợp tác")
ADVISE_VERBS = Phrases("tham mưu|giúp việc")

ASSIGN_VERBS = Phrases(
    "giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|yêu cầu|kính đề nghị|trân trọng đề nghị|đề nghị"
    "|phân công|ủy quyền cho|ủy quyền|đề nghị đồng chí|kêu gọi|có ý kiến chỉ đạo|chỉ đạo|quán triệt"
    "|chỉ thị|lệnh cho|giao đồng chí|đề nghị các đồng chí|khuyến khích|chỉ định|cử|hướng dẫn|thông báo"
    "|thông báo cho|thông báo tới|thông báo đến|lưu ý|mời"
)

MODALS = Phrases(
    "có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải|cần|sẽ|được giao|được phân công|không được"
    "|nghiêm cấm|cam kết|cần phải|có thể|có ít nhất|có tối thiểu"
)

DUTY_VERBS = Phrases(
    "thực hiện|triển khai|tổ chức|xây dựng|ban hành|rà soát|kiểm tra|giám sát|theo dõi|đôn đốc|hướng dẫn"
    "|tuyên truyền|phổ biến|quán triệt|đánh giá|tổng hợp|báo cáo|lập|biên soạn|bố trí|bảo đảm|đảm bảo"
    "|cập nhật|công khai|niêm yết|đăng ký|đăng tải|hoàn thành|hoàn thiện|phát động|hưởng ứng|tham gia"
    "|tham mưu|phối hợp|chủ trì|chỉ đạo|điều hành|nâng cao|tăng cường|đẩy mạnh|đổi mới|phát huy"
    "|chấn chỉnh|xử lý|giải quyết|khắc phục|tiếp nhận|tiếp thu|nghiên cứu|đề xuất|kiến nghị|trình|gửi|nộp"
    "|cung cấp|lựa chọn|bình chọn|chấm|xét|thẩm định|khen thưởng|biểu dương|tôn vinh|nhân rộng|sơ kết"
    "|tổng kết|khảo sát|thống kê|vận động|giáo dục|bồi dưỡng|đào tạo|tập huấn|lồng ghép|phân công|giao"
    "|duy trì|củng cố|kiện toàn|sắp xếp|quản lý|sử dụng|thành lập|ký|cam kết|tự kiểm tra|phát hiện"
    "|phê bình|nhắc nhở|động viên|hỗ trợ|chuẩn bị|thông báo|truyền tải|giới thiệu|phát|in|treo|trang trí"
    "|vệ sinh|chấp hành|tuân thủ|đeo|cụ thể hóa|lãnh đạo|nêu cao|nêu gương|gương mẫu|nghiêm túc"
    "|thường xuyên|chủ động|tích cực|kịp thời|tiếp tục|tập trung|khẩn trương|trực tiếp|ứng dụng|số hóa"
    "|cắt giảm|đơn giản hóa|tháo gỡ|xác định|phân tích|làm|nắm vững|sâu sát|lập danh sách|điều tra"
    "|công bố|phê duyệt|quyết định|quy định|đề ra|nhập|kê khai|tải|truy cập|mở|viết|đưa|tạo|huy động"
    "|cân đối|thanh toán|quyết toán|thẩm tra|mua sắm|đầu tư|lắp đặt|vận hành|kết nối|đồng bộ|chia sẻ"
    "|chịu trách nhiệm|tổng rà soát|trả lời|tổng hợp báo cáo|chuyển|quan tâm|chú trọng|coi trọng|gắn"
    "|nghiêm cấm|hạn chế|tránh|phòng ngừa|ngăn chặn|bám sát|căn cứ|xem|thực thi|đề cao|quảng bá|dự|có mặt"
    "|cử|ưu tiên|thảo luận|tiến hành|phản ánh|thu thập|lưu trữ|nhận|bàn giao|tiếp|thăm|tặng|trao"
    "|rút kinh nghiệm|nhận diện|phấn đấu|đồng hành|bổ sung|sửa đổi|điều chỉnh|thay thế|bãi bỏ|lấy|đo|tính"
    "|nắm bắt|tìm hiểu|học tập|đăng|phát sóng|truyền thông|đưa tin|mời|liên hệ|chi|dành|thu hút"
    "|giữ gìn|bảo vệ|xã hội hóa|khuyến khích|tổng vệ sinh|dọn dẹp|dọn|sơn|trồng|chào|đón tiếp"
    "|tiếp đón|tiếp dân|mặc|phân loại|thu gom|giữ|chỉnh trang|trưng bày|đối thoại|chấm điểm|bình xét"
    "|tôn tạo|gắn biển|đấu tranh|phê phán|xử phạt|gặp mặt|ra quân|khai thác|tích hợp|xác minh|thực hành"
    "|hội ý|rèn luyện|phục vụ|hòa giải|can thiệp|nhắn tin|ghi nhận|ghi hình|chụp ảnh|chuẩn hóa|công nhận"
    "|tặng thưởng|trao thưởng|biên tập|lan tỏa|khơi dậy|cải tiến|cải thiện|rút ngắn|tinh giản"
    "|nhập liệu|lắng nghe|xin lỗi|ký kết|ký cam kết|tuyên dương|lập kế hoạch|lập hồ sơ|bố trí sắp xếp"
    "|chăm lo|định hướng|điều phối|giám định|mở lớp|mở đợt|mở chuyên mục|thí điểm|khuyến nghị|kiên quyết"
    "|quyết liệt|làm tốt|làm rõ|tự đánh giá|tự chấm điểm|cắm|vẽ|sưu tầm|tham quan|đi thực tế|xếp loại"
    "|hạch toán|chi trả|giải trình|cảnh báo|dự báo|thông tuyến|kết nạp|phân bổ|phân cấp|ủy quyền|trang bị"
    "|nâng cấp|sửa|sửa chữa|tu sửa|bảo trì|bảo quản"
)
