"""The words around a unit that say what it does: partners, receivers, openers, adverbs, limits."""

from __future__ import annotations

from . import lexicon as lex

COOPERATE = lex.Phrases(
    "phối hợp|phối hợp với|phối hợp cùng|phối hợp cùng với|phối kết hợp với|phối hợp chặt chẽ với"
    "|phối hợp chặt chẽ cùng|phối hợp tốt với|phối hợp đồng bộ với|phối hợp thường xuyên với|cùng với"
    "|liên hệ với|thống nhất với|phối hợp hiệu quả với|phối hợp có hiệu quả với|với sự phối hợp của"
    "|có sự phối hợp của|sự tham gia của|liên hệ|trao đổi với|kết hợp với|phối hợp của"
    "|kết nối với|hiệp đồng với|liên kết với|ký kết với"
)
RECEIVE = lex.Phrases(
    "về|đến|tới|cho|lên|với|qua|thông qua|gửi về|kết quả về|trực tiếp cho|trực tiếp về|bằng văn bản về"
    "|trực tiếp đến"
)
TO_SUPERIOR = lex.Phrases(
    "báo cáo|trình|nộp|xin ý kiến|báo cáo với|báo cáo về|báo cáo cho|gửi|báo cáo kịp thời|đề xuất"
    "|đề xuất với|kiến nghị|kiến nghị với|tổng hợp báo cáo|tổng hợp trình"
)
SENDING = lex.Phrases(
    "báo cáo|gửi|nộp|trình|đề xuất|kiến nghị|chuyển|phản ánh|đăng ký|gửi hồ sơ|gửi báo cáo|gửi về"
)
ADVISED = lex.Phrases(
    "tham mưu|tham mưu cho|tham mưu giúp|tham mưu với|giúp|giúp việc|giúp việc cho|tham mưu, đề xuất"
    "|tham mưu trình|tham mưu, trình"
)
BY = lex.Phrases("do")
TOWARDS = lex.Phrases("đối với|riêng|riêng đối với|về phía")
OPENERS = lex.Phrases(
    "đồng thời|ngoài ra|bên cạnh đó|trong đó|theo đó|cùng với đó|đặc biệt|đề nghị|hằng năm|hàng năm"
    "|định kỳ|hằng quý|hằng tháng|cụ thể|riêng|mặt khác|trước mắt|đối với|để|căn cứ|trên cơ sở|sau khi"
    "|khi|trước|chậm nhất|nhận được|trường hợp|trong quá trình|nhằm|từ|trong|tại|vào|thực hiện|tổ chức"
    "|qua|theo|với|ngoài|bên cạnh|mỗi tuần|mỗi tháng|mỗi quý|mỗi năm|hằng tuần|hàng tuần|hàng tháng|hàng quý"
)
ADVERBS = lex.Phrases(
    "chủ động|tích cực|thường xuyên|kịp thời|nghiêm túc|tiếp tục|tập trung|khẩn trương|trực tiếp"
    "|nhanh chóng|phải|cần|sẽ|có trách nhiệm|có nhiệm vụ|cần phải|được giao|được phân công"
    "|chịu trách nhiệm|nghiêm|định kỳ|hằng năm|hàng năm|đồng thời|tự|làm tốt|và|,|hằng quý|hằng tháng"
    "|hàng tháng|hàng quý|có|sớm|ngay|đẩy mạnh|tăng cường|là|đầu mối|làm"
)
SETS_GOAL = lex.Phrases("chỉ tiêu|phấn đấu|bảo đảm|đảm bảo|mục tiêu|yêu cầu|với yêu cầu|quy định")
ADJUNCTS = lex.Phrases(
    "căn cứ|theo|trên cơ sở|dựa|dựa trên|tùy|tùy theo|trong phạm vi|bằng|ngay sau khi|sau khi|khi|từ|qua"
    "|thông qua|với|trong|trước|chậm nhất|ngoài|bên cạnh"
)
ACCOUNTS = frozenset({"đã", "vừa", "đang", "được"})
# Words of an account: what they stand with has been done.
TELLS = frozenset({"biết", "rằng", "nhấn", "qua", "nhờ", "luôn"})
REPORTED = frozenset({("theo", "đó"), ("cụ", "thể"), ("trong", "đó"), ("đồng", "thời"), ("ngoài", "ra")})
BINDING = lex.Phrases(
    "phải|cần|sẽ|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|được giao|cam kết|được yêu cầu|cần phải"
    "|tiếp tục|tập trung|có ít nhất|có tối thiểu"
)
DONE_BY = lex.Phrases(
    "chủ trì|thực hiện|tổ chức|phối hợp|đảm nhiệm|tham mưu|phụ trách|xây dựng|triển khai|làm"
)


# Verbs that bind only where the duties follow: "hướng dẫn các đơn vị thực hiện như sau".
TELLING = frozenset({"hướng", "thông", "lưu", "mời"})
AS_FOLLOWS = frozenset(
    (("như", "sau"), ("sau", ":"), ("sau", "đây"), ("các", "nội"), ("số", "nội"), ("những", "nội"))
)
# Behind these words "báo cáo" is a paper, not an act.
OF_PAPER = frozenset([
    "vào", "của", "trong", "theo", "các", "bản", "mẫu", "kèm", "từ", "biểu", "những", "dung", "số", "chế",
    "qua",
])  # fmt: skip
LIMITS = frozenset(
    (first, second)
    for first, second in (phrase.split() for phrase in (
        "trước ngày", "chậm nhất", "đến hết", "định kỳ", "mỗi tuần", "mỗi tháng", "mỗi quý", "mỗi năm",
        "hằng tuần", "hằng năm", "hàng năm", "hằng quý", "hàng quý", "hằng tháng", "hàng tháng"))
)  # fmt: skip
