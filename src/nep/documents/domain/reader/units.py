"""The noun-phrase grammar of agencies and offices: which words of a line name a unit, and where the name ends.

A unit is read from its head ("Sở", "Ủy ban nhân dân", "Thủ trưởng", "các cơ quan"), then the portfolio or proper name,
then the tail (level, place, "trực thuộc …"). Names coordinate: "Sở Nội vụ, Sở Tài chính và Công an tỉnh" are three units,
"các sở, ban, ngành" is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from . import lexicon as lex

_WORD = re.compile(r"đ/c|[^\W_]+(?:[&\-][^\W_]+)*|\S", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_JOINERS = frozenset({",", "và", "/", "-", "hoặc", "&", ";"})
_PLURAL = frozenset({"các", "những", "một", "nhiều", "tất", "toàn"})
# After "Bộ", "Ban", "Hội" … these words make another noun: no agency.
_NOT_NAMES = frozenset(
    "quy tiêu luật phận máy câu tài hồ nghị thi thảo diễn thoại đồng thủ chuẩn khung giá đề mẫu quốc viên trưởng hợp "
    "kết chống lịch ảnh đầu mục số".split()
)
_NEEDS_BODY = frozenset({"lãnh đạo", "trưởng", "thường trực", "phụ trách", "chủ nhiệm", "cấp trưởng", "uvbch",
                         "đại diện lãnh đạo", "thành viên", "ủy viên", "thư ký"})  # fmt: skip
# Words that describe a body after its head and are verbs elsewhere ("cơ quan quản lý", "các cơ quan quản lý việc …").
_VERB_LIKE = lex.Phrases(
    "quản lý|kiểm tra|thanh tra|giáo dục|đào tạo|tham mưu|tham gia|thông tin|truyền thông|phối hợp|chủ trì|phụ trách"
    "|tiếp nhận|khám bệnh|chữa bệnh|thí điểm|thực hiện thí điểm|trên|phòng|ban|hội"
)
# Two-word nouns whose first word looks like a kind or a level ("xã hội" is no "xã").
_OTHER_NOUNS = lex.Phrases(
    "xã hội|xã hội hóa|ban hành|báo cáo|báo chí|phòng chống|phòng ngừa|phòng dịch|bộ máy|bộ quy tắc|bộ tiêu chí|bộ chỉ số|bộ luật"
    "|cơ sở dữ liệu|cơ sở vật chất|cơ sở pháp lý|cơ sở hạ tầng|hội nghị|hội thi|hội thảo|hội diễn|hội đồng nghĩa vụ|cấp bách"
    "|cấp phát|ngành nghề|trường hợp|khối lượng|bộ thủ tục|phòng học|phòng làm việc|phòng họp|tổ quốc|đội ngũ|viện trợ|cấp độ"
    "|cơ quan ngôn luận|vụ việc|vụ án|báo động|phòng cháy|phòng, chống|phòng thủ|cấp thiết|bản thân|đài tưởng niệm|khối kiến thức"
    "|trường lớp|bộ phận hợp thành|xã viên|trung tâm thành phố|tổ chức bộ máy|tổ chức thực hiện|tổ chức kỷ luật|khoa học"
    "|ban đầu|ban công|ban ngày|viện phí|đội hình|trạm thu|thuế thu nhập|thuế đất|ngành hàng|cục bộ|khoa mục|hội chợ|hội trường"
)
_FIRST_WORDS = frozenset({"công", "cán", "viên", "chuyên"}).union(
    *(phrases.first_words for phrases in (
        lex.QUANTIFIERS, lex.OFFICERS, lex.POSTS, lex.COUNCILS, lex.BODY_HEADS, lex.KIND_HEADS))
)  # fmt: skip
_MAX_NAME = 14
# Small words after a head that never begin its name.
_SMALL_STOPS = frozenset({"có", "liên", "trực", "thuộc", "cùng", "nơi", "khác", "nào", "quan", "một", "hai", "báo", "hiệu"})


@dataclass(frozen=True)
class Words:
    """The words of one stretch of text: spelling, lower case, place, and whether each begins with a capital."""

    text: tuple[str, ...]
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, fold: str, start: int, end: int) -> Words:
        """Split text[start:end] into words and marks, keeping their places."""
        spans = [match.span() for match in _WORD.finditer(text, start, end)]
        return cls(
            tuple(text[a:b] for a, b in spans),
            tuple(fold[a:b] for a, b in spans),
            tuple(a for a, _ in spans),
            tuple(b for _, b in spans),
        )

    def __len__(self) -> int:
        return len(self.low)

    @cached_property
    def capital(self) -> tuple[bool, ...]:
        """Which words begin with a capital; none in a line that is all capitals, where capitals tell nothing."""
        letters = [word for word in self.text if word.isalpha()]
        shouted = bool(letters) and all(word.isupper() for word in letters) and len(letters) > 3
        return tuple(word[0].isupper() and not shouted for word in self.text)


@dataclass(frozen=True)
class Unit:
    """A unit named in the text: word range [first, last), its kind, and the head it shares with others ("Sở").

    `kind` is "body" (one named body), "council" (people's committees and councils), "officer" (the holder of an
    office), "post" (a post inside a house), "kinds" (bodies of general kinds), "person" (named persons).
    """

    first: int
    last: int
    kind: str
    head: str = ""


class UnitGrammar:
    """Reads units from one stretch of words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.low = words.low
        self.capital = words.capital

    # ---------------------------------------------------------------- lists

    def units(self, at: int) -> tuple[Unit, ...]:
        """The coordinated units that begin at a word: "Sở A, Sở B và các đơn vị liên quan"; empty when none does."""
        first = self.unit(at)
        if first is None:
            return ()
        found = [*self._shared_head(first)]
        while True:
            following = self._after_joiner(found[-1].last)
            item = self.unit(following) if following is not None else None
            if item is None:
                return tuple(found)
            found.extend(self._shared_head(item))

    def _after_joiner(self, at: int) -> int | None:
        """Where the next item of a list begins: after a comma, "và", ", và", "cùng với", a bracket left aside."""
        at = self.skip_bracket(at)
        start = at
        while at < len(self.low) and self.low[at] in _JOINERS and at - start < 2:
            at += 1
        if at == start and self.low[at : at + 2] == ("cùng", "với"):
            at += 2
        return at if at > start else None

    def skip_bracket(self, at: int) -> int:
        """The place after a bracket of a few words that begins here, else the place itself."""
        if at < len(self.low) and self.low[at] == "(":
            for end in range(at + 1, min(at + 60, len(self.low))):
                if self.low[end] == ")":
                    return end + 1
        return at

    def _shared_head(self, unit: Unit) -> tuple[Unit, ...]:
        """Parts "các Sở: Nội vụ, Tài chính và Y tế" into its bodies; any other unit is given as it is."""
        at = unit.first + lex.QUANTIFIERS.match(self.low, unit.first)
        plural = at > unit.first and self.low[unit.first] in _PLURAL or self.low[unit.first] in ("hai", "02", "2", "03")
        if not plural or unit.kind not in ("body", "kinds") or self.low[at] not in ("sở", "phòng", "bộ", "ban", "cục", "vụ"):
            return (unit,)
        head = self.low[at]
        at += 1
        while at + 1 < len(self.low) and self.low[at] in ("/", ",") and self.low[at + 1] in ("sở", "phòng", "ban", "ngành"):
            at += 2
        if at < len(self.low) and self.low[at] == ":":
            at += 1
        parts = []
        begin = unit.first
        while True:
            end = self._portfolio(at)
            if end is None:
                break
            parts.append(Unit(begin, end, "body", head))
            following = end
            while following < len(self.low) and self.low[following] in (",", "và", ";"):
                following += 1
            if following == end or self._head_at(following):
                break
            at = begin = following
        return tuple(parts) if len(parts) > 1 else (unit,)

    def _portfolio(self, at: int) -> int | None:
        """The end of a portfolio ("Tài nguyên và Môi trường") that begins here with a capital."""
        if at >= len(self.low) or not self.capital[at]:
            return None
        known = lex.PORTFOLIOS.match(self.low, at)
        return at + known if known else None

    # ---------------------------------------------------------------- one unit

    def unit(self, at: int) -> Unit | None:
        """The one unit that begins at a word, or None."""
        if at >= len(self.low) or self.low[at] not in _FIRST_WORDS and not self.low[at].isdigit():
            return None
        head = at + lex.QUANTIFIERS.match(self.low, at)
        if head == at and _NUMBER.fullmatch(self.low[at]):
            head = at + 1
        if head >= len(self.low):
            return None
        for read in (self._person, self._officer, self._post, self._council, self._body, self._kinds):
            unit = read(at, head)
            if unit is not None:
                return unit
        return None

    def _head_at(self, at: int) -> bool:
        """Whether a head of some unit stands here."""
        low = self.low
        return bool(
            lex.OFFICERS.match(low, at) or lex.COUNCILS.match(low, at) or lex.BODY_HEADS.match(low, at)
            or lex.KIND_HEADS.match(low, at) or lex.QUANTIFIERS.match(low, at)
        )  # fmt: skip

    def _person(self, at: int, head: int) -> Unit | None:
        """A named person: "đ/c Nguyễn Văn A, UVBCH Đoàn trường"."""
        if head == at or self.low[at] not in ("đ/c", "đồng", "các") or lex.OFFICERS.match(self.low, head):
            return None
        if self.low[head - 1] not in ("đ/c", "chí") or self._head_at(head):
            return None
        end = self._capitals(head, 5)
        if end - head < 2:
            return None
        if end + 1 < len(self.low) and self.low[end] in (",", "-") and lex.OFFICERS.match(self.low, end + 1):
            office = self._officer(end + 1, end + 1)
            if office is not None:
                return Unit(at, office.last, "person")
        return Unit(at, end, "person")

    def _officer(self, at: int, head: int) -> Unit | None:
        size = lex.OFFICERS.match(self.low, head)
        if not size:
            return None
        end = head + size
        if self._shares_office(head, end):
            office = self._officer(end + 1, end + 1)
            return Unit(at, office.last, "officer") if office else None
        nested = self.unit(end)
        if nested is not None and nested.kind != "officer":
            serves_both = self.low[end - 1] == "phòng" and nested.kind == "council"
            return Unit(at, self._second_council(nested.last) if serves_both else nested.last, "officer")
        if self.low[end - 1] in ("phòng", "ban", "tra") or self.low[head] in ("cục", "vụ", "viện", "chi"):
            named = self._name(end, 2)
            if named > end:
                return Unit(at, self._tail(named), "officer")
        level = self._levels(end)
        if level > end:
            return Unit(at, level, "officer")
        if " ".join(self.low[head:end]) in _NEEDS_BODY:
            return None
        if end < len(self.low) and self.low[end] == "phụ" and self.low[end : end + 2] == ("phụ", "trách"):
            return Unit(at, self._open_tail(end + 2), "officer")
        return Unit(at, self._capitals(end, 5), "officer")

    def _shares_office(self, head: int, end: int) -> bool:
        """"Giám đốc, Thủ trưởng các sở": two titles over one list of bodies."""
        low = self.low
        if low[head : head + 2] == ("bộ", "trưởng") or end + 1 >= len(low) or low[end] not in (",", "/"):
            return False
        return low[end + 1 : end + 3] in (("thủ", "trưởng"), ("giám", "đốc"), ("người", "đứng"))

    def _post(self, at: int, head: int) -> Unit | None:
        size = lex.POSTS.match(self.low, head)
        if not size:
            return self._named_post(at, head)
        end = self._open_tail(head + size)
        if end == head + size:
            return None
        if self.low[end : end + 2] in (("các", "lớp"), ("các", "khối"), ("các", "trường"), ("các", "nhà")):
            end += 2 if self.low[end + 1] != "nhà" else 3
        return Unit(at, end, "post")

    def _named_post(self, at: int, head: int) -> Unit | None:
        """An official called by the field of work: "Công chức Văn phòng - Thống kê"."""
        if self.low[head : head + 2] not in (("công", "chức"), ("cán", "bộ"), ("viên", "chức"), ("chuyên", "viên")):
            return None
        end = head + 2
        if end >= len(self.low) or not self.capital[end] or lex.PEOPLE.match(self.low, end):
            return None
        return Unit(at, self._coordinated(self._proper(end, end + _MAX_NAME), end + _MAX_NAME), "post")

    def _council(self, at: int, head: int) -> Unit | None:
        size = lex.COUNCILS.match(self.low, head)
        if not size or self._council_abroad(head + size):
            return None
        return Unit(at, self._tail(self._levels(head + size)), "council")

    def _council_abroad(self, end: int) -> bool:
        """"Nhân dân" may go on to another noun: no council then."""
        return end < len(self.low) and self.low[end] in ("đồng", "viên")

    def _body(self, at: int, head: int) -> Unit | None:
        size = lex.BODY_HEADS.match(self.low, head)
        if not size or _OTHER_NOUNS.match(self.low, head) > size:
            return None
        end = self._name(head + size, size)
        if end == head + size and size == 1:
            level = self._levels(end)
            single = self.low[head] in ("chính", "bgh", "bgđ", "btc", "ubkt", "ubmttq", "lđlđ", "bhxh", "cđcs", "mttq")
            if level == end and not single:
                return None
            if self.low[head] in ("sở", "ban", "phòng", "bộ", "tổ", "đội", "cụm", "khối", "trường", "hội") and not single:
                return None
            end = level
        if end == head + size and lex.KIND_HEADS.match(self.low, head) == size and self._continues_as_list(end):
            return None
        if end == head + size and size > 1 and self.low[head] in ("ban", "tổ", "đoàn", "hội", "đội"):
            end = self._small_name(end)
        return Unit(at, self._tail(end), "body")

    def _small_name(self, at: int) -> int:
        """A name in small letters after a committee ("ban tổ chức hội thi"), when a verb or the end follows it."""
        if self.low[at - 2] not in ("tổ", "chỉ", "giám", "vận", "công", "giúp", "kiểm", "thanh", "tư", "thi", "soạn", "giám"):
            return at
        end = self._open_tail(at)
        if end == at or end - at > 5 or lex.LEVELS.match(self.low, at) or self.low[at] in _SMALL_STOPS:
            return at
        return end if self._closes_name(end) or lex.STOPPERS.match(self.low, end) else at

    def _continues_as_list(self, at: int) -> bool:
        """Whether a comma and another general kind follow: then the head opens a list of kinds."""
        low = self.low
        if at + 1 >= len(low) or low[at] not in (",", "/") or not lex.KIND_HEADS.match(low, at + 1):
            return False
        if self.capital[at + 1] and (self._named_body(at + 1) or self._own_body(at + 1)):
            return False
        return low[at + 1 : at + 3] != ("tổ", "chức") or self._noun_organisation(at + 3)

    # ---------------------------------------------------------------- names

    def _name(self, at: int, head_size: int) -> int:
        """The end of the portfolio or proper name after a head; the place itself when none follows."""
        low, limit = self.low, min(len(self.low), at + _MAX_NAME)
        if at >= limit or (low[at] in _NOT_NAMES and head_size == 1 and not self.capital[at - 1]):
            return at
        if head_size == 1 and low[at] in _NOT_NAMES and not lex.PORTFOLIOS.match(low, at):
            return at
        known = lex.PORTFOLIOS.match(low, at) > 1 and self.capital[at]
        nested = self._nested(at) if low[at - 2 : at] != ("bộ", "phận") and not known else None
        if nested is not None:
            return nested
        end = at + self._portfolio_size(at, head_size)
        if end == at:
            end = self._proper(at, limit)
        if low[at - 2 : at] == ("bộ", "phận") and end > at and end + 1 < limit and low[end] == "," and self.capital[end + 1]:
            end = end if lex.BODY_HEADS.match(low, end + 1) > 1 else self._proper(end + 1, limit)
        return self._coordinated(end, limit) if end > at or low[at] == "-" else at

    def _portfolio_size(self, at: int, head_size: int) -> int:
        """Words of a known portfolio here; a bare lower-case one counts only after a capital or a long head."""
        size = lex.PORTFOLIOS.match(self.low, at)
        known = size and (self.capital[at] or not lex.DUTY_VERBS.match(self.low, at) and size > 1 and (head_size > 1 or self.low[at - 1] in ("sở", "phòng", "ban")))
        return size if known else 0

    def _nested(self, at: int) -> int | None:
        """A body named after its parent: "Văn phòng Sở Nội vụ", "Văn phòng các quận, huyện"."""
        low = self.low
        if lex.COUNCILS.match(low, at) or self.capital[at] and lex.BODY_HEADS.match(low, at):
            inner = self.unit(at)
            end = inner.last if inner else at + 1
            return self._second_council(end) if lex.COUNCILS.match(low, at) else end
        kind = lex.KIND_HEADS.match(low, at)
        if kind and self.capital[at] and self._continues_as_list(at + kind):
            inner = self._kinds(at, at)
            return inner.last if inner else None
        if low[at] == "các" and at + 1 < len(low) and (lex.KIND_HEADS.match(low, at + 1) or lex.LEVELS.match(low, at + 1)):
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
        """The end of a proper name: it begins with a capital and runs to a verb, a function word or a mark."""
        if not self.capital[at]:
            return at
        end = at + self._first_of_name(at)
        while end < min(limit, len(self.low)) and (not self._ends_name(end) or self._prevention(end)):
            end += 1
        return end

    def _first_of_name(self, at: int) -> int:
        """Words a name begins with: two where they make an act that gives the name ("Tiếp nhận", "Quản lý")."""
        return max(1, min(2, lex.DUTY_VERBS.match(self.low, at), len(self.low) - at))

    def _prevention(self, at: int) -> bool:
        """"Phòng, chống …" is one act: its comma ends no name, nor does its second verb."""
        low = self.low
        return low[at - 1 : at + 2] == ("phòng", ",", "chống") or low[at - 2 : at + 1] == ("phòng", ",", "chống")

    def _ends_name(self, at: int) -> bool:
        word = self.low[at]
        if not (word[0].isalnum()):
            return True
        if _OTHER_NOUNS.match(self.low, at) > 1 and not lex.DUTY_VERBS.match(self.low, at):
            return False
        if self.capital[at] and not lex.OFFICERS.match(self.low, at):
            return bool(lex.COUNCILS.match(self.low, at))
        return bool(
            lex.STOPPERS.match(self.low, at) or lex.DUTY_VERBS.match(self.low, at) or lex.MODALS.match(self.low, at)
            or lex.LEVELS.match(self.low, at) or lex.OFFICERS.match(self.low, at) or lex.ASSIGN_VERBS.match(self.low, at)
        )  # fmt: skip

    def _coordinated(self, end: int, limit: int) -> int:
        """Goes on over "và Đào tạo", "- Truyền hình", which belong to a name when no new head begins."""
        low = self.low
        limit = min(limit, len(low))
        while end + 1 < limit and low[end] in ("và", "-", "&") and self.capital[end + 1]:
            if lex.OFFICERS.match(low, end + 1) or lex.COUNCILS.match(low, end + 1):
                return end
            if lex.BODY_HEADS.match(low, end + 1) and low[end + 1] not in ("truyền", "phát") and not self.plain_portfolio(end + 1):
                return end
            size = lex.PORTFOLIOS.match(low, end + 1)
            end = end + 1 + size if size else self._proper(end + 1, limit)
        return end

    def plain_portfolio(self, at: int) -> bool:
        """A portfolio that is also a head ("Thanh tra") counts as a portfolio only when no name follows it."""
        size = lex.PORTFOLIOS.match(self.low, at)
        return bool(size) and not lex.BODY_HEADS.match(self.low, at)

    def _open_tail(self, at: int) -> int:
        """The end of a description in small letters: to the next verb, function word or mark."""
        end = at
        while end < len(self.low) and end - at < 9:
            if not self.low[end][0].isalnum() or lex.STOPPERS.match(self.low, end) or lex.MODALS.match(self.low, end):
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
            if lex.BODY_HEADS.match(self.low, end) and end > at or lex.OFFICERS.match(self.low, end):
                break
            if lex.COUNCILS.match(self.low, end) or end == at and self._starts_body(end):
                break
            end += 1
        return end

    def _starts_body(self, at: int) -> bool:
        return self.low[at] in ("sở", "phòng", "ban", "bộ", "cục", "vụ", "công", "văn", "trung", "hội", "đài", "báo") and bool(
            lex.BODY_HEADS.match(self.low, at)
        )

    # ---------------------------------------------------------------- levels, places, tails

    def _levels(self, at: int) -> int:
        """The end of levels and places: "các huyện, thị xã, thành phố Huế", "cấp xã", "11 phường", "TP. Cần Thơ"."""
        low = self.low
        end = at
        start = at
        if start < len(low) and (low[start] in ("các", "cấp", "toàn") or _NUMBER.fullmatch(low[start])):
            start += 1
        while True:
            size = lex.LEVELS.match(low, start)
            if not size:
                break
            end = start + size
            if end < len(low) and low[end] == "." and low[end - 1] in ("tp", "tx", "tt") and end + 1 < len(low) and self.capital[end + 1]:
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
        while end > first and end + 1 < len(self.low) and self.low[end] in (",", "và") and self.capital[end + 1]:
            if self._head_at(end + 1) or lex.LEVELS.match(self.low, end + 1):
                break
            further = self._capitals(end + 1, 4)
            if further == end + 1:
                break
            end = further
        return end

    def _tail(self, at: int) -> int:
        """The end of what follows a name: an abbreviation in brackets, level and place, the parent body, "liên quan"."""
        low = self.low
        for _ in range(4):
            before = at
            after = self.skip_bracket(at)
            if after > at and after - at <= 6:
                level = max(self._levels(after), self._capitals(after, 5))
                at = level if level > after else at
            if low[at : at + 1] == ("số",) and at + 1 < len(low) and _NUMBER.fullmatch(low[at + 1]):
                at += 2
            at = self._levels(at)
            if at > before or before and self.capital[before - 1]:
                at = self._capitals(at, 5)
            for phrase in (("có", "liên", "quan"), ("liên", "quan"), ("cùng", "cấp"), ("trực", "thuộc"), ("thuộc",),
                           ("các", "cấp"), ("cấp", "trên"), ("cơ", "sở"), ("được", "phân", "công")):  # fmt: skip
                if tuple(low[at : at + len(phrase)]) == phrase:
                    at += len(phrase)
                    if phrase[-1] == "thuộc":
                        at = self._parent(at)
                    break
            if at == before:
                return at
        return at

    def _parent(self, at: int) -> int:
        """The end of the parent body after "thuộc", "trực thuộc", "của"."""
        inner = self._council(at, at) or self._body(at, at)
        if inner is not None:
            return inner.last
        if at < len(self.low) and self.low[at] in ("sở", "bộ", "ngành", "trường", "đơn") and self.capital[at]:
            return at + 1
        return max(at, self._levels(at))

    # ---------------------------------------------------------------- general kinds

    def _kinds(self, at: int, head: int) -> Unit | None:
        """A list of general kinds: "các phòng, ban, đơn vị trực thuộc", "sở, ngành", "Thủ trưởng" aside."""
        end, heads, described = self._kind_item(head)
        if not heads:
            return None
        plain = not described
        while True:
            following = self._joined_kind(end, plain, head)
            if following is None:
                break
            nxt, more, told = self._kind_item(following)
            if not more:
                break
            end, heads = nxt, heads + more
            described = described or told
            plain = not told
        if head == at and heads == 1 and not described:
            return None
        if heads == 1 and not described and self.low[head : head + 2] == ("tổ", "chức") and not self._noun_after_quantifier(at, head):
            return None
        return Unit(at, self._with_people(self._kinds_tail(end)), "kinds")

    def _with_people(self, at: int) -> int:
        """Goes on over persons in the same list: "các tổ chức, cá nhân liên quan", "và toàn thể cán bộ, giáo viên"."""
        low = self.low
        end = at
        while end + 1 < len(low) and low[end] in (",", "và"):
            step = end + 1 + lex.QUANTIFIERS.match(low, end + 1)
            size = lex.PEOPLE.match(low, step) or lex.POSTS.match(low, step)
            if not size:
                break
            end = step + size
        for tail in (("có", "liên", "quan"), ("liên", "quan"), ("trực", "thuộc")):
            if end > at and low[end : end + len(tail)] == tail:
                end += len(tail)
        return end

    def _noun_after_quantifier(self, at: int, head: int) -> bool:
        return head > at

    def _joined_kind(self, at: int, plain: bool, first: int) -> int | None:
        """Where the next kind of the same list begins, or None when the list ends."""
        low = self.low
        if at + 1 >= len(low) or low[at] not in (",", "và", "/", "-", "hoặc", "&"):
            return None
        following = at + 1
        if low[at] == "," and low[following] in ("và", "hoặc"):
            following += 1
        repeated = low[following : following + 3] == low[first - 1 : first + 2] and low[following] == "các"
        if following < len(low) and low[following] in ("các", "mỗi") and (plain and self._short_kind(following + 1) or repeated):
            following += 1
        if lex.COUNCILS.match(low, following) or lex.OFFICERS.match(low, following):
            return None
        if following < len(low) and self.capital[following] and (self._named_body(following) or self._own_body(following)):
            return None
        if low[following : following + 2] == ("tổ", "chức") and not self._noun_organisation(following + 2):
            return None
        if low[following : following + 2] in (("cơ", "sở"),) and low[following - 1] == "và" and not plain:
            return None
        return following if lex.KIND_HEADS.match(low, following) else None

    def _short_kind(self, at: int) -> bool:
        size = lex.KIND_HEADS.match(self.low, at)
        end = at + size
        return bool(size) and (end >= len(self.low) or not lex.KIND_MODIFIERS.match(self.low, end)) and not self.capital_name(end)

    def capital_name(self, at: int) -> bool:
        """Whether a capitalised word stands here."""
        return at < len(self.low) and self.capital[at]

    def _noun_organisation(self, at: int) -> bool:
        """"tổ chức" is the noun when a comma, another kind or a description follows; else it is the verb."""
        if at >= len(self.low):
            return True
        if lex.DUTY_VERBS.match(self.low, at) and not lex.KIND_MODIFIERS.match(self.low, at):
            return False
        return self.low[at] in (",", "và", ".", ";", ")", ":") or bool(
            lex.KIND_MODIFIERS.match(self.low, at) or lex.STOPPERS.match(self.low, at) or lex.MODALS.match(self.low, at)
        )

    def _named_body(self, at: int) -> bool:
        """A capitalised head with a name of its own ("Sở Nội vụ"), which is no general kind."""
        size = lex.BODY_HEADS.match(self.low, at)
        if not size:
            return False
        plain = size == 1 or lex.KIND_HEADS.match(self.low, at) == size
        return not plain or self._name(at + size, size) > at + size

    def _own_body(self, at: int) -> bool:
        """A capitalised full head ("Công đoàn", "Chi bộ") is a body of its own; a party committee of a level is a kind."""
        return lex.BODY_HEADS.match(self.low, at) > 1 and self.low[at + 1] != "ủy"

    def _kind_item(self, at: int) -> tuple[int, int, bool]:
        """One kind with its description: (end, 1 or 0 heads, whether described)."""
        size = lex.KIND_HEADS.match(self.low, at)
        if not size or _OTHER_NOUNS.match(self.low, at) > size:
            return at, 0, False
        end = described_from = at + size
        if self.low[at] in ("ngành", "khối", "cơ", "lực") and self._portfolio(end) is not None:
            end = self._portfolio(end) or end
        while True:
            step = self._modifier(end, end == described_from)
            if step == end:
                break
            end = step
        return end, 1, end > described_from

    def _modifier(self, at: int, first: bool) -> int:
        """The end of one describing word of a kind, over ", " and "và" between describing words."""
        low = self.low
        start = at
        if not first and at + 1 < len(low) and low[at] in (",", "và", "-"):
            if lex.KIND_HEADS.match(low, at + 1) or lex.DUTY_VERBS.match(low, at + 1):
                return at
            start = at + 1
        size = lex.KIND_MODIFIERS.match(low, start)
        if not size:
            return at
        end = start + size
        if lex.KIND_HEADS.match(low, start) >= size and start > at:
            return at
        if _VERB_LIKE.match(low, start) == size and not (first and self._closes_name(end)):
            return at
        if low[end - 1] == "thuộc":
            return self._parent(end)
        if low[end - 2 : end] == ("địa", "bàn"):
            return max(end, self._capitals(self._levels(end), 5))
        return end

    def _closes_name(self, at: int) -> bool:
        """Whether a name may end here: a mark, a verb or modal, or another describing word follows."""
        return (
            at >= len(self.low)
            or not self.low[at][0].isalnum()
            or self.low[at] in ("của", "và")
            or bool(lex.DUTY_VERBS.match(self.low, at) or lex.MODALS.match(self.low, at) or lex.KIND_MODIFIERS.match(self.low, at))
        )

    def _kinds_tail(self, at: int) -> int:
        """Level, place and owner after a list of kinds: "thành phố", "trong huyện", "của Bộ Y tế"."""
        at = self._capitals(self._levels(at), 5)
        low = self.low
        if low[at : at + 1] == ("các",) and self._kind_item(at + 1)[1]:
            at = self._kind_item(at + 1)[0]
        if at + 1 < len(low) and low[at] == "của":
            inner = self._council(at + 1, at + 1) or self._body(at + 1, at + 1)
            if inner is not None:
                at = inner.last
            elif lex.LEVELS.match(low, at + 1):
                at = self._levels(at + 1)
        if at < len(low) and lex.KIND_MODIFIERS.match(low, at) and low[at : at + 2] in (("liên", "quan"), ("có", "liên"), ("trực", "thuộc")):
            at = self._tail(at)
        return at
