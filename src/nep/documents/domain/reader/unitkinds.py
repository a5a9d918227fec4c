"""Lists of general kinds of bodies: "các sở, ban, ngành", "các phòng, ban, đơn vị trực thuộc"."""

from __future__ import annotations

from . import lexicon as lex
from .unitnames import OTHER_NOUNS, NameGrammar
from .words import Unit

# Words that describe a body after its head and are verbs elsewhere: "cơ quan quản lý" and "quản lý việc …".
_VERB_LIKE = lex.Phrases(
    "quản lý|kiểm tra|thanh tra|giáo dục|đào tạo|tham mưu|tham gia|thông tin|truyền thông|phối hợp"
    "|chủ trì|phụ trách|tiếp nhận|khám bệnh|chữa bệnh|thí điểm|thực hiện thí điểm|trên|phòng|ban|hội"
)


class KindGrammar(NameGrammar):
    """Reads a list of general kinds as one unit."""

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
        if (
            head == at
            and heads == 1
            and not (described or self._local_power(head, end) or self._with_people(end) > end + 1)
        ):
            return None
        if heads == 1 and not described and self.low[head : head + 2] == ("tổ", "chức") and head == at:
            return None
        return Unit(at, self._with_people(self._kinds_tail(end)), "kinds")

    def _local_power(self, head: int, end: int) -> bool:
        """ "Chính quyền xã", "cấp ủy huyện": a power of one level needs no quantifier."""
        return self.low[head : head + 2] in (("chính", "quyền"), ("cấp", "ủy")) and self._levels(end) > end

    def _seats(self, at: int) -> int:
        """The end of "ở trung ương và địa phương" behind its first word; 0 when something else follows."""
        end = at + lex.LEVELS.match(self.low, at)
        if end == at and self.low[at : at + 2] != ("địa", "phương"):
            return 0
        end = max(end, at + 1)
        return end + 3 if self.low[end : end + 3] == ("và", "địa", "phương") else end

    def _with_people(self, at: int) -> int:
        """Goes on over persons in the same list: "các tổ chức, cá nhân liên quan", "và toàn thể cán bộ"."""
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

    def _joined_kind(self, at: int, plain: bool, first: int) -> int | None:
        """Where the next kind of the same list begins, or None when the list ends."""
        low = self.low
        if at + 1 >= len(low) or low[at] not in (",", "và", "/", "-", "hoặc", "&"):
            return None
        following = at + 1
        if low[at] == "," and low[following] in ("và", "hoặc"):
            following += 1
        repeated = low[following : following + 3] == low[first - 1 : first + 2] and low[following] == "các"
        if (
            following < len(low)
            and low[following] in ("các", "mỗi")
            and ((plain and self._short_kind(following + 1)) or repeated)
        ):
            following += 1
        if lex.COUNCILS.match(low, following) or lex.OFFICERS.match(low, following):
            return None
        if low[following : following + 2] == ("bộ", "phận") and lex.DESKS.match(low, following + 2):
            return None
        if low[following : following + 2] == ("chính", "quyền") and self._local_power(
            following, following + 2
        ):
            return None
        if (
            following < len(low)
            and self.capital[following]
            and (self._named_body(following) or self._own_body(following))
        ):
            return None
        if low[following : following + 2] == ("tổ", "chức") and not self._noun_organisation(following + 2):
            return None
        if low[following : following + 2] in (("cơ", "sở"),) and low[following - 1] == "và" and not plain:
            return None
        return following if lex.KIND_HEADS.match(low, following) else None

    def _short_kind(self, at: int) -> bool:
        size = lex.KIND_HEADS.match(self.low, at)
        end = at + size
        return (
            bool(size)
            and (end >= len(self.low) or not lex.KIND_MODIFIERS.match(self.low, end))
            and not self.capital_name(end)
        )

    def capital_name(self, at: int) -> bool:
        """Whether a capitalised word stands here."""
        return at < len(self.low) and self.capital[at]

    def _noun_organisation(self, at: int) -> bool:
        """Whether "tổ chức" is the noun: a comma, another kind or a description follows; else the verb."""
        if at >= len(self.low):
            return True
        if lex.DUTY_VERBS.match(self.low, at) and not lex.KIND_MODIFIERS.match(self.low, at):
            return False
        return self.low[at] in (",", "và", ".", ";", ")", ":") or bool(
            lex.KIND_MODIFIERS.match(self.low, at)
            or lex.STOPPERS.match(self.low, at)
            or lex.MODALS.match(self.low, at)
        )

    def _named_body(self, at: int) -> bool:
        """A capitalised head with a name of its own ("Sở Nội vụ"), which is no general kind."""
        size = lex.BODY_HEADS.match(self.low, at)
        if not size:
            return False
        plain = size == 1 or lex.KIND_HEADS.match(self.low, at) == size
        return not plain or self._name(at + size, size) > at + size

    def _own_body(self, at: int) -> bool:
        """A full head ("Công đoàn", "Chi bộ") is a body of its own; the committee of a level is a kind."""
        return lex.BODY_HEADS.match(self.low, at) > 1 and self.low[at + 1] != "ủy"

    def _continues_as_list(self, at: int) -> bool:
        """Whether a comma and another general kind follow: then the head opens a list of kinds."""
        low = self.low
        if at + 1 >= len(low) or low[at] not in (",", "/") or not lex.KIND_HEADS.match(low, at + 1):
            return False
        if self.capital[at + 1] and (self._named_body(at + 1) or self._own_body(at + 1)):
            return False
        return low[at + 1 : at + 3] != ("tổ", "chức") or self._noun_organisation(at + 3)

    def _kind_item(self, at: int) -> tuple[int, int, bool]:
        """One kind with its description: (end, 1 or 0 heads, whether described)."""
        size = lex.KIND_HEADS.match(self.low, at)
        if not size or OTHER_NOUNS.match(self.low, at) > size:
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
            described = lex.KIND_MODIFIERS.match(low, at + 1)
            if lex.KIND_HEADS.match(low, at + 1) >= max(described, 1) or lex.DUTY_VERBS.match(low, at + 1):
                return at
            start = at + 1
        size = lex.KIND_MODIFIERS.match(low, start)
        if not size:
            return at
        end = start + size
        if lex.KIND_HEADS.match(low, start) >= size and start > at:
            return at
        if _VERB_LIKE.match(low, start) == size and not (
            first and self._closes_name(end) and not self._duty(end)
        ):
            return at
        if low[end - 1] == "thuộc":
            return self._parent(end)
        if low[end - 2 : end] == ("địa", "bàn"):
            return max(end, self._capitals(self._levels(end), 5))
        return end

    def _duty(self, at: int) -> bool:
        return lex.DUTY_VERBS.match(self.low, at) > 0

    def _closes_name(self, at: int) -> bool:
        """Whether a name may end here: a mark, a verb or modal, or another describing word follows."""
        return (
            at >= len(self.low)
            or not self.low[at][0].isalnum()
            or self.low[at] in ("của", "và")
            or bool(
                lex.DUTY_VERBS.match(self.low, at)
                or lex.MODALS.match(self.low, at)
                or lex.KIND_MODIFIERS.match(self.low, at)
            )
        )

    def _kinds_tail(self, at: int) -> int:
        """Level, place and owner after a list of kinds: "thành phố", "trong huyện", "của Bộ Y tế"."""
        at = self._capitals(self._levels(at), 5)
        low = self.low
        if low[at : at + 1] == ("phòng",) and not self.capital[at] and self.capital_name(at + 1):
            # "Các tổ chuyên môn phòng Giáo dục": the house without "thuộc".
            return self._parent(at)
        if low[at : at + 1] == ("các",) and self._kind_item(at + 1)[1]:
            at = self._kind_item(at + 1)[0]
        if low[at : at + 1] == ("ở",):
            at = max(at, self._seats(at + 1))
        if at + 1 < len(low) and low[at] == "của":
            inner = self._council(at + 1, at + 1) or self._body(at + 1, at + 1)
            if inner is not None:
                at = inner.last
            elif lex.LEVELS.match(low, at + 1):
                at = self._levels(at + 1)
        if (
            at < len(low)
            and lex.KIND_MODIFIERS.match(low, at)
            and low[at : at + 2] in (("liên", "quan"), ("có", "liên"), ("trực", "thuộc"))
        ):
            at = self._tail(at)
        return at
