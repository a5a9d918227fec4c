"""Names of laws, codes and ordinances cited without a number."""

from __future__ import annotations

import re

# Titles of laws that hold a comma or "và"; of others the name ends at the first of them.
_LONG_NAMES = (
    "cán bộ, công chức|cán bộ công chức|ban hành văn bản quy phạm pháp luật"
    "|ban hành văn bản quy phạm pháp luật của hội đồng nhân dân, ủy ban nhân dân"
    "|ban hành văn bản quy phạm pháp luật của hđnd, ubnd"
    "|thi đua, khen thưởng|thi đua khen thưởng"
    "|thực hành tiết kiệm, chống lãng phí"
    "|phòng, chống tham nhũng|phòng chống tham nhũng|phòng, chống tác hại của rượu, bia"
    "|phòng, chống tác hại của thuốc lá"
    "|phòng, chống ma túy|phòng, chống bạo lực gia đình|phòng, chống mua bán người|phòng, chống thiên tai"
    "|phòng, chống bệnh truyền nhiễm|khám bệnh, chữa bệnh|hôn nhân và gia đình|an toàn, vệ sinh lao động"
    "|trật tự, an toàn giao thông đường bộ|phòng cháy và chữa cháy|phòng cháy, chữa cháy và cứu nạn, cứu hộ"
    "|tổ chức hội đồng nhân dân và ủy ban nhân dân|tổ chức hđnd và ubnd|tổ chức hdnd và ubnd"
    "|xuất cảnh, nhập cảnh của công dân việt nam|khoa học, công nghệ và đổi mới sáng tạo"
    "|khoa học và công nghệ"
    "|tín ngưỡng, tôn giáo|quản lý, sử dụng tài sản công|năng suất, chất lượng"
    "|tiêu chuẩn và quy chuẩn kỹ thuật"
    "|bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân"
    "|hoạt động giám sát của quốc hội và hội đồng nhân dân"
    "|trách nhiệm bồi thường của nhà nước|sở hữu trí tuệ|thực hiện dân chủ ở cơ sở"
    "|mặt trận tổ quốc việt nam|quản lý và đầu tư vốn nhà nước tại doanh nghiệp"
)
_AMENDING = r"sửa đổi, bổ sung một số điều của"
_LAW = re.compile(
    r"(?<!\w)(?P<kind>bộ luật|luật|pháp lệnh)(?: (?P<amending>"
    + _AMENDING
    + r"(?: luật| bộ luật| pháp lệnh)?))? "
    r"(?:(?P<long>"
    + "|".join(sorted(_LONG_NAMES.split("|"), key=len, reverse=True))
    + r")(?!\w)|(?P<first>[^\W\d_]+))"
)
_NAME_END = re.compile(
    r"[,;:.()“”\n/\d]|\s(?=(?:năm|ngày|số|và|của|theo|được|đã|quy định|về|này|hiện hành|có|trong|tại|đến"
    r"|cho|để|với|là|do"
    r"|khi|hoặc|liên quan|sửa đổi|mới|nhằm|bằng|thì|còn|cùng|các|những|phải|không|ban hành|giai đoạn)(?!\w))"
)
_FURTHER = re.compile(r" và luật (?=[^\W\d_])")
_NO_LAW = re.compile(
    r"(?:sư|gia|này|pháp|định|hiện|và|của|do|số|được|khác|chuyên|cũng|có|về|liên|hành|chơi|lệ|nhà)$"
)


def find_laws(clean: str, fold: str) -> list[tuple[int, int]]:
    """Spans of law names in the text, in order."""
    spans = []
    for match in _LAW.finditer(fold):
        end = _name_end(clean, fold, match)
        if end is not None:
            spans.append((match.start(), _with_further_laws(fold, match, end)))
    return [span for span, before in zip(spans, [(0, 0), *spans], strict=False) if span[0] >= before[1]]


def _with_further_laws(fold: str, match: re.Match[str], end: int) -> int:
    """An amending law may name several laws: "… của Luật A và Luật B"."""
    further = _FURTHER.match(fold, end) if match["amending"] else None
    if not further:
        return end
    stop = _NAME_END.search(fold, further.end(), min(len(fold), further.end() + 90))
    return stop.start() if stop else end


def _name_end(clean: str, fold: str, match: re.Match[str]) -> int | None:
    """Where the name of a law ends; None when the word "luật" names no law here."""
    if match["long"]:
        return match.end()
    start = match.start("first")
    if _NO_LAW.match(match["first"]) or not (clean[start].isupper() or clean[match.start()].isupper()):
        return None
    if not clean[start].isupper() and match["kind"] == "luật" and not match["amending"]:
        return None
    stop = _NAME_END.search(fold, start, min(len(fold), start + 90))
    return stop.start() if stop else min(len(fold), start + 90)
