"""How names of units go on after their head: portfolio, proper name, level, place, parent body."""

from __future__ import annotations

from abc import ABC, abstractmethod

from . import lexicon as lex
from .words import NUMBER, Unit, Words

_NOT_NAMES = frozenset(
    [
        "quy",
        "tiêu",
        "luật",
        "phận",
        "máy",
        "câu",
        "tài",
        "hồ",
        "nghị",
        "thi",
        "thảo",
        "diễn",
        "thoại",
        "đồng",
        "thủ",
        "chuẩn",
        "khung",
        "giá",
        "đề",
        "mẫu",
        "quốc",
        "viên",
        "trưởng",
        "hợp",
        "kết",
        "chống",
        "lịch",
        "ảnh",
        "đầu",
        "mục",
        "số",
    ]
)
# Two-word nouns whose first word looks like a kind or a level ("xã hội" is no "xã").
OTHER_NOUNS = lex.Phrases(
    "xã hội|xã hội hóa|ban hành|báo cáo|báo chí|phòng chống|phòng ngừa|phòng dịch|bộ máy|bộ quy tắc"
    "|bộ tiêu chí|bộ chỉ số|bộ luật|cơ sở dữ liệu|cơ sở vật chất|cơ sở pháp lý|cơ sở hạ tầng|hội nghị"
    "|hội thi|hội thảo|hội diễn|hội đồng nghĩa vụ|cấp bách|cấp phát|ngành nghề|trường hợp|khối lượng"
    "|bộ thủ tục|phòng học|phòng làm việc|phòng họp|tổ quốc|đội ngũ|viện trợ|cấp độ|cơ quan ngôn luận"
    "|vụ việc|vụ án|báo động|phòng cháy|phòng, chống|phòng thủ|cấp thiết|bản thân|đài tưởng niệm"
    "|khối kiến thức|trường lớp|bộ phận hợp thành|xã viên|trung tâm thành phố|tổ chức bộ máy"
    "|tổ chức thực hiện|tổ chức kỷ luật|khoa học|ban đầu|ban công|ban ngày|viện phí|đội hình|trạm thu"
    "|thuế thu nhập|thuế đất|ngành hàng|cục bộ|khoa mục|hội chợ|hội trường"
)
MAX_NAME = 14
# What ends a proper name where it begins with a small letter.
_NAME_ENDS = (lex.STOPPERS, lex.DUTY_VERBS, lex.MODALS, lex.LEVELS, lex.OFFICERS, lex.ASSIGN_VERBS)
# "thuộc quyền quản lý của Sở Y tế" names the parent as "thuộc Sở Y tế" does.
_AUTHORITY = lex.Phrases(
    "quyền quản lý của|thẩm quyền quản lý của|phạm vi quản lý của|sự quản lý của|thẩm quyền quản lý"
    "|phạm vi quản lý|quyền quản lý|quyền|phạm vi, quyền quản lý"
)
_TAILS = lex.Phrases(
    "có liên quan|liên quan|cùng cấp|trực thuộc|thuộc|các cấp|cấp trên|cơ sở|được phân công"
    "|thành viên|nhà trường|cơ quan|bệnh viện|công ty|trường học|khu dân cư|khu phố|tổ dân phố|ấp|khóm"
)


class NameGrammar(ABC):
    """Reads on from a head to the end of its name; what a unit is, its heirs say."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.low = words.low
        self.capital = words.capital

    @abstractmethod
    def unit(self, at: int) -> Unit | None:
        """The one unit that begins at a word, or None."""

    @abstractmethod
    def _council(self, at: int, head: int) -> Unit | None: ...

    @abstractmethod
    def _body(self, at: int, head: int) -> Unit | None: ...

    @abstractmethod
    def _kinds(self, at: int, head: int) -> Unit | None: ...

    @abstractmethod
    def _continues_as_list(self, at: int) -> bool: ...

    def skip_bracket(self, at: int) -> int:
        """The place after a bracket of a few words that begins here, else the place itself."""
        if at < len(self.low) and self.low[at] == "(":
            for end in range(at + 1, min(at + 60, len(self.low))):
                if self.low[end] == ")":
                    return end + 1
        return at

    def _portfolio(self, at: int) -> int | None:
        """The end of a portfolio ("Tài nguyên và Môi trường") that begins here with a capital."""
        if at >= len(self.low) or not self.capital[at]:
            return None
        known = lex.PORTFOLIOS.match(self.low, at)
        return at + known if known else None

    def _head_at(self, at: int) -> bool:
        """Whether a head of some unit stands here."""
        low = self.low
        return bool(
            lex.OFFICERS.match(low, at) or lex.COUNCILS.match(low, at) or lex.BODY_HEADS.match(low, at)
            or lex.KIND_HEADS.match(low, at) or lex.QUANTIFIERS.match(low, at)
        )  # fmt: skip

    def _name(self, at: int, head_size: int) -> int:
        """The end of the portfolio or proper name after a head; the place itself when none follows."""
        low, limit = self.low, min(len(self.low), at + MAX_NAME)
        if at >= limit or (low[at] in _NOT_NAMES and head_size == 1 and not self.capital[at - 1]):
            return at
        if head_size == 1 and low[at] in _NOT_NAMES and not lex.PORTFOLIOS.match(low, at):
            return at
        known = lex.PORTFOLIOS.match(low, at) > 1 and self.capital[at]
        nested = self._nested(at) if low[at - 2 : at] != ("bộ", "phận") and not known else None
        if nested is not None:
            return nested
        end = at + self._portfolio_size(at, head_size)
        if end == at or low[at - 1] in ("tổ", "đội", "nhóm"):
            end = max(end, self._proper(at, limit))
        if (
            low[at - 2 : at] == ("bộ", "phận")
            and end > at
            and end + 1 < limit
            and low[end] == ","
            and self.capital[end + 1]
        ):
            end = end if lex.BODY_HEADS.match(low, end + 1) > 1 else self._proper(end + 1, limit)
        return self._coordinated(end, limit) if end > at or low[at] == "-" else at

    def _portfolio_size(self, at: int, head_size: int) -> int:
        """Words of a known portfolio here; in small letters it counts after a long head or a sure one."""
        size = lex.PORTFOLIOS.match(self.low, at)
        known = size and (
            self.capital[at]
            or (
                not lex.DUTY_VERBS.match(self.low, at)
                and size > 1
                and (head_size > 1 or self.low[at - 1] in ("sở", "phòng", "ban"))
            )
        )
        return size if known else 0

    def _nested(self, at: int) -> int | None:
        """A body named after its parent: "Văn phòng Sở Nội vụ", "Văn phòng các quận, huyện"."""
        low = self.low
        if OTHER_NOUNS.match(low, at) > lex.BODY_HEADS.match(low, at):
            return None
        if lex.COUNCILS.match(low, at) or (self.capital[at] and lex.BODY_HEADS.match(low, at)):
            inner = self.unit(at)
            end = inner.last if inner else at + 1
            return self._second_council(end) if lex.COUNCILS.match(low, at) else end
        kind = lex.KIND_HEADS.match(low, at)
        if kind and self.capital[at] and self._continues_as_list(at + kind):
            inner = self._kinds(at, at)
            return inner.last if inner else None
        if (
            low[at] == "các"
            and at + 1 < len(low)
            and (lex.KIND_HEADS.match(low, at + 1) or lex.LEVELS.match(low, at + 1))
        ):
            inner = self.unit(at)
            return inner.last if inner else None
        return None

    def _second_council(self, end: int) -> int:
        """Goes on to the second council an office serves: "Văn phòng HĐND và UBND huyện"."""
        if end + 1 < len(self.low) and self.low[end] in ("và", "-") and lex.COUNCILS.match(self.low, end + 1):
            further = self.unit(end + 1)
            return further.last if further else end
        return end

    def _proper(self, at: int, limit: int) -> int:
        """The end of a proper name: from a capital to a verb, a function word or a mark."""
        if not self.capital[at]:
            return at
        end = at + self._first_of_name(at)
        while end < min(limit, len(self.low)) and (not self._ends_name(end) or self._prevention(end)):
            end += 1
        return end

    def _first_of_name(self, at: int) -> int:
        """Words a name begins with: two where an act gives the name ("Tiếp nhận", "Quản lý")."""
        return max(1, min(2, lex.DUTY_VERBS.match(self.low, at), len(self.low) - at))

    def _prevention(self, at: int) -> bool:
        """The comma and the second verb of "phòng, chống …", one act, end no name."""
        low = self.low
        return low[at - 1 : at + 2] == ("phòng", ",", "chống") or low[at - 2 : at + 1] == (
            "phòng",
            ",",
            "chống",
        )

    def _ends_name(self, at: int) -> bool:
        word = self.low[at]
        if not (word[0].isalnum()):
            return True
        if OTHER_NOUNS.match(self.low, at) > 1 and not lex.DUTY_VERBS.match(self.low, at):
            return False
        if self.capital[at] and not lex.OFFICERS.match(self.low, at):
            return bool(lex.COUNCILS.match(self.low, at))
        return any(phrases.match(self.low, at) for phrases in _NAME_ENDS)

    def _coordinated(self, end: int, limit: int) -> int:
        """Goes on over "và Đào tạo", "- Truyền hình", which belong to a name when no new head begins."""
        low = self.low
        limit = min(limit, len(low))
        while end + 1 < limit and low[end] in ("và", "-", "&") and self.capital[end + 1]:
            if lex.OFFICERS.match(low, end + 1) or lex.COUNCILS.match(low, end + 1):
                return end
            if lex.BODY_HEADS.match(low, end + 1) >= max(1, lex.PORTFOLIOS.match(low, end + 1)):
                return end
            known = end + 1 + lex.PORTFOLIOS.match(low, end + 1)
            end = max(known, self._proper(end + 1, limit))
        return end

    def _open_tail(self, at: int) -> int:
        """The end of a description in small letters: to the next verb, function word or mark."""
        end = at
        while end < len(self.low) and end - at < 9:
            if (
                not self.low[end][0].isalnum()
                or lex.STOPPERS.match(self.low, end)
                or lex.MODALS.match(self.low, end)
            ):
                break
            if lex.DUTY_VERBS.match(self.low, end) or lex.ASSIGN_VERBS.match(self.low, end):
                break
            end += 1
        return end

    def _capitals(self, at: int, most: int) -> int:
        """The end of a run of capitalised words that are no heads: a place or a person."""
        end = at
        while end < len(self.low) and end - at < most and self.capital[end]:
            if self.low[end][0].isdigit() or not self.low[end][0].isalpha():
                break
            if (lex.BODY_HEADS.match(self.low, end) and end > at) or lex.OFFICERS.match(self.low, end):
                break
            if lex.COUNCILS.match(self.low, end) or (end == at and self._starts_body(end)):
                break
            end += 1
        return end

    def _starts_body(self, at: int) -> bool:
        return self.low[at] in (
            "sở",
            "phòng",
            "ban",
            "bộ",
            "cục",
            "vụ",
            "công",
            "văn",
            "trung",
            "hội",
            "đài",
            "báo",
        ) and bool(lex.BODY_HEADS.match(self.low, at))

    def _levels(self, at: int) -> int:
        """The end of levels and places: "các huyện, thị xã, thành phố Huế", "cấp xã", "11 phường"."""
        low = self.low
        end = at
        start = at
        if start < len(low) and (low[start] in ("các", "cấp", "toàn") or NUMBER.fullmatch(low[start])):
            start += 1
        while True:
            size = lex.LEVELS.match(low, start)
            if not size:
                break
            end = start + size
            if (
                end < len(low)
                and low[end] == "."
                and low[end - 1] in ("tp", "tx", "tt")
                and end + 1 < len(low)
                and self.capital[end + 1]
            ):
                end += 1
            end = start = self._places(self._capitals(end, 5), end)
            if start < len(low) and low[start] in (",", "và", "/", "-", "hoặc"):
                start += 1
                if lex.BODY_HEADS.match(low, start) > lex.LEVELS.match(low, start):
                    break
                if start < len(low) and low[start] == "các" and lex.LEVELS.match(low, start + 1):
                    start += 1
                continue
            if lex.LEVELS.match(low, start):
                continue
            break
        return end

    def _places(self, end: int, first: int) -> int:
        """Goes on over further places of the same level: "huyện Quang Bình, Bắc Quang và Yên Minh"."""
        while (
            end > first and end + 1 < len(self.low) and self.low[end] in (",", "và") and self.capital[end + 1]
        ):
            if self._head_at(end + 1) or lex.LEVELS.match(self.low, end + 1):
                break
            further = self._capitals(end + 1, 4)
            if further == end + 1:
                break
            end = further
        return end

    def _tail(self, at: int) -> int:
        """The end of what follows a name: short form in brackets, level, place, parent, "liên quan"."""
        low = self.low
        for _ in range(4):
            before = at
            after = self.skip_bracket(at)
            if after > at and after - at <= 6:
                level = max(self._levels(after), self._capitals(after, 5))
                at = level if level > after else at
            numbered = at < len(low) and NUMBER.fullmatch(low[at]) and low[at - 2 : at] == ("khu", "vực")
            at += bool(numbered)
            if low[at : at + 1] == ("số",) and at + 1 < len(low) and NUMBER.fullmatch(low[at + 1]):
                at += 2
            at = self._levels(at)
            if at > before or (before and self.capital[before - 1]) or self._place_follows(at):
                at = self._capitals(at, 5)
            size = _TAILS.match(low, at)
            at += size
            if size and low[at - 1] == "thuộc":
                at = self._parent(at)
            if at == before:
                return at
        return at

    def _place_follows(self, at: int) -> bool:
        """Whether a place of two words stands right behind a name: "Sở Xây dựng Hà Nội"."""
        return self._capitals(at, 5) - at > 1 and not lex.DUTY_VERBS.match(self.low, at)

    def _parent(self, at: int) -> int:
        """The end of the parent body after "thuộc", "trực thuộc", "của"."""
        at += _AUTHORITY.match(self.low, at)
        inner = self._council(at, at) or self._body(at, at)
        if inner is not None:
            return inner.last
        if at < len(self.low) and self.low[at] in ("sở", "bộ", "ngành", "trường", "đơn") and self.capital[at]:
            return at + 1
        return max(at, self._levels(at))
