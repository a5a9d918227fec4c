"""Where the act of a duty begins, behind who does it, when, and on whose request."""

from __future__ import annotations

import re

from . import lexicon as lex
from .mending import folded
from .units import UnitGrammar
from .words import Words

_TIME = re.compile(
    r"(?:định kỳ,? )?(?:(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần)|định kỳ|thường xuyên|trước mắt)(?:,|(?= )) ?"
    r"|(?:trước|chậm nhất|trong|đến hết|đến|từ|vào|kể từ|năm|quý|tháng|ngày)(?= )[^,;:.]{3,60}[,:] ?"
    r"|(?:đồng thời|ngoài ra|cùng với đó|bên cạnh đó|theo đó|riêng|cụ thể)[, ] ?",
)
_REQUESTS = lex.Phrases(
    "giao|giao cho|giao nhiệm vụ cho|đề nghị|yêu cầu|kính đề nghị|trân trọng đề nghị|phân công|ủy quyền cho"
    "|đối với|riêng|về phía|ủy quyền"
)
_DUTY_BOUND = lex.Phrases(
    "có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|sẽ|được giao|được phân công|cần phải|chủ động"
    "|tích cực|khẩn trương|nghiêm túc|trực tiếp|tiếp tục|tập trung|là cơ quan đầu mối|là đầu mối|làm đầu mối"
    "|là cơ quan thường trực|là cơ quan chủ trì|chủ trì|để|thường xuyên"
)
_ADJUNCTS = lex.Phrases("căn cứ|theo|trên cơ sở|dựa trên|tùy|tùy theo|trong phạm vi|sau khi|khi|ngay sau khi")
# Verbs that have an object of their own: they are never skipped.
_NEEDED = lex.Phrases(
    "chịu trách nhiệm trước|chịu trách nhiệm về|chịu trách nhiệm nếu|chịu trách nhiệm toàn diện"
)
_JOIN = frozenset({",", ":", "và", ";"})
_FARTHEST_VERB = 40


def act_at(duty: str) -> int:
    """The offset in the words of a duty where the act begins; 0 where they begin with it or nothing tells.

    >>> duty = "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu Ủy ban nhân dân tỉnh sơ kết."
    >>> duty[act_at(duty):]
    'tham mưu Ủy ban nhân dân tỉnh sơ kết.'
    """
    fold = folded(duty)
    start = 0
    while time := _TIME.match(fold, start):
        start = time.end()
    words = Words.of(duty, fold, start, len(duty))
    act = _Act(words)
    at = act.behind_subject(0)
    at = act.behind_modals(at)
    if at >= len(words):
        return 0
    return words.starts[at] if at or _opens(words, 0) else 0


def _opens(words: Words, at: int) -> bool:
    """Whether a verb of duty stands here."""
    low = words.low
    return bool(
        lex.DUTY_VERBS.match(low, at)
        or lex.LEAD_VERBS.match(low, at)
        or lex.COOPERATE_VERBS.match(low, at)
        or lex.ADVISE_VERBS.match(low, at)
    )


class _Act:
    """Steps over the words of one duty."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.low = words.low
        self.grammar = UnitGrammar(words)

    def behind_subject(self, at: int) -> int:
        """The place behind the request and the units that act; the place itself when no unit opens."""
        first = at + _REQUESTS.match(self.low, at)
        units = self.grammar.units(first)
        if not units:
            return at
        return self._behind_marks(self.grammar.skip_bracket(units[-1].last))

    def behind_modals(self, at: int) -> int:
        """The place of the act behind modals, partners and adjuncts, as far as an act still follows."""
        for _ in range(6):
            step = self._step(at)
            if step == at:
                return at
            at = step
        return at

    def _step(self, at: int) -> int:
        """One modal, one list of partners or one adjunct farther; the place itself at an act."""
        if _NEEDED.match(self.low, at):
            return at
        if lex.COOPERATE_VERBS.match(self.low, at):
            return self._behind_partners(at)
        bound = _DUTY_BOUND.match(self.low, at)
        if bound:
            return self._if_act(self._behind_marks(at + bound), at)
        adjunct = _ADJUNCTS.match(self.low, at)
        # "theo dõi" is an act, "theo chức năng" none.
        is_adjunct = adjunct > 0 and (self.low[at] == "căn" or lex.DUTY_VERBS.match(self.low, at) <= adjunct)
        return self._behind_adjunct(at) if is_adjunct else at

    def _behind_partners(self, at: int) -> int:
        """The place of the verb behind "phối hợp (chặt chẽ) với A, B và C"."""
        with_at = next(
            (i for i in range(at, min(len(self.low), at + 6)) if self.low[i] in ("với", "cùng")), None
        )
        first = with_at + 1 if with_at is not None else at + lex.COOPERATE_VERBS.match(self.low, at)
        units = self.grammar.units(first)
        return self._if_act(self._behind_marks(units[-1].last), at) if units else at

    def _behind_adjunct(self, at: int) -> int:
        """The place of the verb behind the comma that ends "căn cứ …", "theo chức năng …"."""
        for i in range(at, min(len(self.low) - 1, at + _FARTHEST_VERB)):
            if self.low[i] in (",", ":") and _opens(self.words, i + 1):
                return i + 1
        return at

    def _behind_marks(self, at: int) -> int:
        while at < len(self.low) and self.low[at] in _JOIN:
            at += 1
        return at

    def _if_act(self, at: int, otherwise: int) -> int:
        """A place where an act follows, else the one before it."""
        follows = at < len(self.low) and (
            _opens(self.words, at) or _DUTY_BOUND.match(self.low, at) or _ADJUNCTS.match(self.low, at)
        )
        return at if follows else otherwise
