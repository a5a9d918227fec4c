"""The noun-phrase grammar of agencies and offices: which words name a unit, and where the name ends.

A unit is read from its head ("Sở", "Ủy ban nhân dân", "Thủ trưởng", "các cơ quan"), then the portfolio or
proper name, then the tail (level, place, "trực thuộc …"). Names coordinate: "Sở Nội vụ, Sở Tài chính và Công
an tỉnh" are three units, "các sở, ban, ngành" is one.
"""

from __future__ import annotations

from . import lexicon as lex
from .unitkinds import KindGrammar
from .unitnames import MAX_NAME, OTHER_NOUNS
from .words import NUMBER, Unit, Words

_JOINERS = frozenset({",", "và", "/", "-", "hoặc", "&", ";"})
_PLURAL = frozenset({"các", "những", "một", "nhiều", "tất", "toàn"})
_SEVERAL = frozenset({"hai", "02", "2", "03", "3"})
_SHARED_HEADS = frozenset({"sở", "phòng", "bộ", "ban", "cục", "vụ"})
_NEEDS_BODY = lex.Phrases(
    "lãnh đạo|người đứng đầu|trưởng|thường trực|phụ trách|chủ nhiệm|cấp trưởng|uvbch|đại diện lãnh đạo"
    "|thành viên|ủy viên|thư ký"
)
_FIRST_WORDS = frozenset({"công", "cán", "viên", "chuyên"}).union(
    *(phrases.first_words for phrases in (
        lex.QUANTIFIERS, lex.OFFICERS, lex.POSTS, lex.COUNCILS, lex.BODY_HEADS, lex.KIND_HEADS))
)  # fmt: skip
# What "bảo vệ" protects where it is no post.
_GUARDED = frozenset({
    "người", "môi", "cán", "quyền", "bí", "tài", "an", "sức", "nền", "lợi", "trẻ", "danh", "tổ", "chủ",
    "thành", "rừng", "nguồn", "dữ", "thông", "hệ", "các", "những", "và", "nhân",
})  # fmt: skip
# Small words after a head that never begin its name.
_SMALL_STOPS = frozenset(
    {"có", "liên", "trực", "thuộc", "cùng", "nơi", "khác", "nào", "quan", "một", "hai", "báo", "hiệu"}
)


# A body is named after a body, that after a body …: no name goes deeper, and no list on one line is longer.
_DEEPEST = 5
_MOST_UNITS = 60


class UnitGrammar(KindGrammar):
    """Reads units from one stretch of words."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._depth = 0

    def may_begin(self, at: int) -> bool:
        """Whether a unit can begin with this word at all."""
        return self.low[at] in _FIRST_WORDS or self.low[at].isdigit()

    def units(self, at: int) -> tuple[Unit, ...]:
        """The coordinated units that begin at a word ("Sở A, Sở B và các đơn vị liên quan"), or none."""
        first = self.unit(at)
        if first is None:
            return ()
        found = [*self._shared_head(first)]
        while True:
            following = self._after_joiner(found[-1].last)
            item = self.unit(following) if following is not None else None
            if item is None or len(found) > _MOST_UNITS:
                return tuple(found)
            found.extend(self._shared_head(item))

    def _after_joiner(self, at: int) -> int | None:
        """Where the next item of a list begins: after a comma, "và", "cùng với", a bracket left aside."""
        at = self.skip_bracket(at)
        start = at
        while at < len(self.low) and self.low[at] in _JOINERS and at - start < 2:
            at += 1
        if at == start and self.low[at : at + 2] == ("cùng", "với"):
            at += 2
        return at if at > start else None

    def _shared_head(self, unit: Unit) -> tuple[Unit, ...]:
        """Parts "các Sở: Nội vụ, Tài chính và Y tế" into its bodies; any other unit is given as it is."""
        at = unit.first + lex.QUANTIFIERS.match(self.low, unit.first)
        several = _PLURAL if at > unit.first else _SEVERAL
        if self.low[unit.first] not in several or unit.kind not in ("body", "kinds"):
            return (unit,)
        head = self.low[at]
        if head not in _SHARED_HEADS:
            return (unit,)
        at = self._behind_heads(at + 1)
        parts: list[Unit] = []
        begin = unit.first
        while (end := self._portfolio(at)) is not None:
            parts.append(Unit(begin, end, "body", head))
            following = end
            while following < len(self.low) and self.low[following] in (",", "và", ";"):
                following += 1
            if following == end or self._head_at(following):
                break
            at = begin = following
        return tuple(parts) if len(parts) > 1 else (unit,)

    def _behind_heads(self, at: int) -> int:
        """The place behind further heads and a colon: "các sở, ngành: …"."""
        low = self.low
        while at + 1 < len(low) and low[at] in ("/", ",") and low[at + 1] in ("sở", "phòng", "ban", "ngành"):
            at += 2
        return at + 1 if low[at : at + 1] == (":",) else at

    def unit(self, at: int) -> Unit | None:
        """The one unit that begins at a word, or None."""
        if self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._unit(at)
        finally:
            self._depth -= 1

    def _unit(self, at: int) -> Unit | None:
        if at >= len(self.low) or not self.may_begin(at):
            return None
        head = at + lex.QUANTIFIERS.match(self.low, at)
        if head == at and NUMBER.fullmatch(self.low[at]):
            head = at + 1
        if head >= len(self.low):
            return None
        for read in (self._person, self._officer, self._post, self._council, self._body, self._kinds):
            unit = read(at, head)
            if unit is not None:
                return unit
        return None

    def _person(self, at: int, head: int) -> Unit | None:
        """A named person: "đ/c Nguyễn Văn A, UVBCH Đoàn trường"."""
        if (
            head == at
            or self.low[at] not in ("đ/c", "đồng", "các", "ông", "bà")
            or lex.OFFICERS.match(self.low, head)
        ):
            return None
        if self.low[head - 1] not in ("đ/c", "chí", "ông", "bà") or self._head_at(head):
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
        house, heads, _ = self._kind_item(end)
        if heads and not self.capital[end] and self._closes_name(house):
            return Unit(at, house, "officer")
        if _NEEDS_BODY.match(self.low, head) == size:
            return None
        if end < len(self.low) and self.low[end] == "phụ" and self.low[end : end + 2] == ("phụ", "trách"):
            return Unit(at, self._open_tail(end + 2), "officer")
        described = lex.KIND_MODIFIERS.match(self.low, end)
        if described and self._closes_name(end + described):
            return Unit(at, end + described, "officer")
        return Unit(at, self._capitals(end, 5), "officer")

    def _shares_office(self, head: int, end: int) -> bool:
        """Two titles over one list of bodies: "Giám đốc, Thủ trưởng các sở"."""
        low = self.low
        if low[head : head + 2] == ("bộ", "trưởng") or end + 1 >= len(low) or low[end] not in (",", "/"):
            return False
        return low[end + 1 : end + 3] in (("thủ", "trưởng"), ("giám", "đốc"), ("người", "đứng"))

    def _post(self, at: int, head: int) -> Unit | None:
        size = lex.POSTS.match(self.low, head)
        if not size:
            return self._named_post(at, head)
        if self.low[head + size - 1] == "vệ" and _GUARDED.intersection(
            self.low[head + size : head + size + 1]
        ):
            return None
        end = self._open_tail(head + size)
        if end == head + size and self.low[head - 1 : head] != ("ngũ",):
            return None
        if self.low[end : end + 2] in (("các", "lớp"), ("các", "khối"), ("các", "trường"), ("các", "nhà")):
            end += 2 if self.low[end + 1] != "nhà" else 3
        return Unit(at, end, "post")

    def _named_post(self, at: int, head: int) -> Unit | None:
        """An official called by the field of work: "Công chức Văn phòng - Thống kê"."""
        if self.low[head : head + 2] not in (
            ("công", "chức"),
            ("cán", "bộ"),
            ("viên", "chức"),
            ("chuyên", "viên"),
        ):
            return None
        end = head + 2
        if end >= len(self.low) or not self.capital[end] or lex.PEOPLE.match(self.low, end):
            return None
        house = self.unit(end)
        if house is not None:
            return Unit(at, self._coordinated(house.last, end + MAX_NAME), "post")
        return Unit(at, self._coordinated(self._proper(end, end + MAX_NAME), end + MAX_NAME), "post")

    def _council(self, at: int, head: int) -> Unit | None:
        size = lex.COUNCILS.match(self.low, head)
        if not size or self._council_abroad(head + size):
            return None
        return Unit(at, self._tail(self._levels(head + size)), "council")

    def _council_abroad(self, end: int) -> bool:
        """No council where "nhân dân" goes on to another noun."""
        return end < len(self.low) and self.low[end] in ("đồng", "viên")

    def _body(self, at: int, head: int) -> Unit | None:
        size = lex.BODY_HEADS.match(self.low, head)
        if not size or (OTHER_NOUNS.match(self.low, head) > size and not self._portfolio(head + size)):
            return None
        end = self._name(head + size, size)
        if self.low[head : head + 2] == ("bộ", "phận") and end == head + 2:
            end += lex.DESKS.match(self.low, end)
        if end == head + size and size == 1:
            level = self._levels(end)
            single = self.low[head] in (
                "chính",
                "bgh",
                "bgđ",
                "btc",
                "ubkt",
                "ubmttq",
                "lđlđ",
                "bhxh",
                "cđcs",
                "mttq",
            )
            if level == end and self.low[head] in _SHARED_HEADS and self._as_receiver(at, head):
                return Unit(at, end, "body")
            if level == end and not single:
                return None
            if (
                self.low[head] in ("sở", "ban", "phòng", "bộ", "tổ", "đội", "cụm", "khối", "trường", "hội")
                and not single
            ):
                return None
            end = level
        if (
            end == head + size
            and lex.KIND_HEADS.match(self.low, head) == size
            and self._continues_as_list(end)
        ):
            return None
        if end == head + size > head + 1 and self.low[at] in _PLURAL and self._kind_item(head)[0] >= end:
            return None
        if end == head + size and size > 1 and self.low[head] in ("ban", "tổ", "đoàn", "hội", "đội"):
            end = self._small_name(end)
        return Unit(at, self._tail(end), "body")

    def _as_receiver(self, at: int, head: int) -> bool:
        """ "Về Sở": the office a reader reports to needs no name."""
        return at == head and self.capital[head] and self.low[at - 1 : at] == ("về",)

    def _small_name(self, at: int) -> int:
        """A name in small letters after a committee ("ban tổ chức hội thi"), if a verb or the end follows."""
        if self.low[at - 1] in ("hiệu", "đốc") or self.low[at - 2] not in (
            "tổ",
            "chỉ",
            "giám",
            "vận",
            "công",
            "giúp",
            "kiểm",
            "thanh",
            "tư",
            "thi",
            "soạn",
            "giám",
        ):
            return at
        end = self._open_tail(at)
        if end == at or end - at > 5 or lex.LEVELS.match(self.low, at) or self.low[at] in _SMALL_STOPS:
            return at
        return end if self._closes_name(end) or lex.STOPPERS.match(self.low, end) else at
