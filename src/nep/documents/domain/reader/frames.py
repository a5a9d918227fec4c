"""Syntactic frames: what the words around a unit make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from . import framewords as says
from . import lexicon as lex
from .names import is_people
from .units import UnitGrammar
from .words import Unit, Words


@dataclass(frozen=True)
class Frame:
    """One clause as the frames see it: its words, its grammar, and what kind of text it stands in.

    `directed` says that it stands in an article below the words that report what a document asks.
    """

    words: Words
    grammar: UnitGrammar
    is_news: bool
    is_purpose: bool
    directed: bool = False

    @cached_property
    def is_timed(self) -> bool:
        """Whether the sentence sets a time limit or a rhythm, which no account of what was done does."""
        low = self.words.low
        return "đã" not in low and any(low[i : i + 2] in says.LIMITS for i in range(len(low) - 1))

    def ends_before(self, phrases: lex.Phrases, at: int, most: int = 6) -> int:
        """How many words of the longest phrase end right before a word; 0 when none does."""
        before = self.words.low[max(0, at - most) : at]
        return next(
            (size for size in range(len(before), 0, -1) if phrases.match(before, len(before) - size) == size),
            0,
        )

    def skip_people(self, at: int) -> int:
        """Skips ", cán bộ, công chức", "và cá nhân có liên quan" and brackets, which change nobody's duty."""
        low = self.words.low
        while True:
            after = self.grammar.skip_bracket(at)
            step = after
            while step < len(low) and (low[step] in (",", "và", "-") or lex.QUANTIFIERS.match(low, step)):
                step += lex.QUANTIFIERS.match(low, step) or 1
            size = is_people(low, step) if step > after else 0
            if not size:
                return after
            at = step + size
            for tail in (("có", "liên", "quan"), ("liên", "quan"), ("trên", "địa", "bàn")):
                if low[at : at + len(tail)] == tail:
                    at += len(tail)

    def opens_with_duty(self, at: int) -> bool:
        """Whether a clause that begins here begins with the verb of a duty, after adverbs and adjuncts."""
        low = self.words.low
        after = at + says.ADVERBS.match(low, at)
        return after > at or bool(
            lex.DUTY_VERBS.match(low, at) or lex.MODALS.match(low, at) or says.ADJUNCTS.match(low, at)
        )


def sense_of(frame: Frame, units: tuple[Unit, ...]) -> tuple[str, bool] | None:
    """The role a frame gives to units, and whether it is they who act; None for a mere mention."""
    low = frame.words.low
    at, end = units[0].first, frame.skip_people(units[-1].last)
    if frame.ends_before(says.ADVISED, at):
        return None
    if frame.ends_before(says.COOPERATE, at) or _shares_work(frame, at):
        return "cooperate", False
    if _receives(frame, units, at):
        return "report_to", False
    if (
        frame.ends_before(says.BY, at)
        and says.DONE_BY.match(low, end)
        and "(" not in low[max(0, at - 3) : at]
    ):
        return role_of_duty(frame, end), True
    assigned = frame.ends_before(lex.ASSIGN_VERBS, at)
    if assigned and not _is_noun(frame, at - assigned):
        return _assigned(frame, at - assigned, units[0].kind == "kinds", end)
    if _acts(frame, at, end):
        return role_of_duty(frame, end), True
    return None


def _shares_work(frame: Frame, at: int) -> bool:
    """A partner after "cùng" or "với", where the clause speaks of working together."""
    low = frame.words.low
    if at == 0 or low[at - 1] not in ("cùng", "với"):
        return False
    near = low[max(0, at - 7) : at]
    return any(near[i : i + 2] == ("phối", "hợp") for i in range(len(near))) or (
        "phối" in low[max(0, at - 12) : at] and low[at - 1] == "cùng"
    )


def _is_noun(frame: Frame, at: int) -> bool:
    """Whether the verb is a noun there: "sự chỉ đạo", "theo yêu cầu", "văn bản chỉ đạo"."""
    low = frame.words.low
    if at == 0:
        return False
    if "được" in low[max(0, at - 16) : at] and low[at] == "giao":
        return True
    if low[at - 1] == "việc":
        return low[at] == "chỉ"
    return low[at - 1] in ("sự", "theo", "các", "những", "bản", "nội", "được") or (
        low[at - 1] == "đã" and not frame.is_news
    )


def _assigned(frame: Frame, verb: int, general: bool, end: int) -> tuple[str, bool] | None:
    """Units after "giao", "yêu cầu", "đề nghị", "chỉ đạo": bound to do what follows."""
    low = frame.words.low
    follows_duty = _has_duty(frame, end)
    if low[verb] in ("chỉ", "quán", "cử") and not follows_duty:
        return None
    if low[verb] in says.TELLING and not (follows_duty and _leads_over(low, end)):
        return None
    if low[verb] == "chỉ" and general and not frame.is_news:
        return None
    role = role_of_duty(frame, end) if follows_duty else "execute"
    return role, low[verb] not in ("chỉ", "quán", "cử")


def _leads_over(low: tuple[str, ...], at: int) -> bool:
    """Whether the words soon lead over to a list of duties ("thực hiện như sau", "một số nội dung sau")."""
    return any(low[i : i + 2] in says.AS_FOLLOWS for i in range(at, min(len(low) - 1, at + 16)))


def _has_duty(frame: Frame, at: int) -> bool:
    low = frame.words.low
    if lex.LEAD_VERBS.match(low, at):
        return True
    at += says.ADVERBS.match(low, at)
    return bool(
        lex.DUTY_VERBS.match(low, at)
        or lex.MODALS.match(low, at)
        or says.ADJUNCTS.match(low, at)
        or low[at : at + 1] == ("như",)
    )


def _receives(frame: Frame, units: tuple[Unit, ...], at: int) -> bool:
    """Whether the units get a report, a file or a proposal."""
    low = frame.words.low
    if units[0].kind == "kinds" and low[at] in ("các", "những", "mỗi", "từng"):
        return False
    if (units[0].kind == "officer" and low[at] in ("các", "những")) or "thẩm" in low[at : units[0].last + 2]:
        return False
    told = frame.ends_before(says.TO_SUPERIOR, at)
    if told and at > told and low[at - told] == "báo" and low[at - told - 1] in says.OF_PAPER:
        return False
    if told:
        return not (low[at - 1] == "gửi" and frame.is_news and _is_dispatch(low[max(0, at - 30) : at]))
    size = frame.ends_before(says.RECEIVE, at)
    if not size or (low[at - 1] == "qua" and low[at] in ("đồng", "đ/c")):
        return False
    left = low[max(0, at - 40) : at]
    sent = any(says.SENDING.match(left, i) for i in range(len(left)))
    return sent and (low[at - 1] == "về" or not _other_purpose(left))


def _is_dispatch(left: tuple[str, ...]) -> bool:
    """ "… ban hành Công văn số … gửi các sở": what is sent is the document itself."""
    return any(
        left[i : i + 2] in (("ban", "hành"), ("công", "văn"), ("văn", "bản"), ("công", "điện"))
        and "số" in left[i : i + 5]
        for i in range(len(left))
    )


def _other_purpose(left: tuple[str, ...]) -> bool:
    """Spread downwards ("tuyên truyền đến", "triển khai tới"), not reported."""
    for i in range(len(left) - 1, -1, -1):
        if says.SENDING.match(left, i):
            return False
        if left[i : i + 2] in (
            ("tuyên", "truyền"),
            ("phổ", "biến"),
            ("quán", "triệt"),
            ("triển", "khai"),
            ("hướng", "dẫn"),
        ):
            return True
    return False


def _acts(frame: Frame, at: int, end: int) -> bool:
    """Whether units stand as the subject of a duty: at a boundary, with a verb of duty after them."""
    low = frame.words.low
    if not _at_boundary(frame, at) or end >= len(low):
        return False
    toward = frame.ends_before(says.TOWARDS, at)
    if low[end] in (",", ":") and end + 1 < len(low):
        if low[end] == ":" and at == 0 and not frame.is_news:
            # "Văn phòng: bố trí xe" gives what follows, whatever its verb; a number would be a telephone's.
            return not low[end + 1].isdigit()
        if not toward and low[end] == ",":
            return False
        end += 1
    elif toward and not frame.directed:
        return False
    if low[end] in says.ACCOUNTS and lex.MODALS.match(low, end) == 0:
        return False
    if frame.is_news or frame.is_purpose:
        return (
            bool(says.BINDING.match(low, end))
            or (low[end : end + 2] == ("chủ", "trì") and "phối" in low[end : end + 5])
            or (
                (frame.is_timed or low[at] in ("mỗi", "từng"))
                and "đã" not in low
                and bool(lex.DUTY_VERBS.match(low, end))
            )
            or (frame.directed and _is_told_to(frame, at, end))
        )
    step = end + says.ADVERBS.match(low, end)
    return bool(
        lex.LEAD_VERBS.match(low, end)
        or lex.MODALS.match(low, end)
        or lex.DUTY_VERBS.match(low, step)
        or (says.ADVERBS.match(low, end) and lex.DUTY_VERBS.match(low, end))
        or (says.ADJUNCTS.match(low, end) and _duty_after_adjunct(frame, end))
        or lex.DUTY_VERBS.match(low, end)
    )


def _is_told_to(frame: Frame, at: int, end: int) -> bool:
    """ "Theo đó, … . Văn phòng đôn đốc các phòng": what an article passes on of the document's duties."""
    low = frame.words.low
    if not (says.ACCOUNTS | says.TELLS).isdisjoint(low):
        return False
    reported = at == 3 and low[2] == "," and low[:2] in says.REPORTED
    opens = at == 0 or low[at - 1] == ";" or reported or frame.ends_before(says.TOWARDS, at) == at
    end += low[end : end + 1] == ("cũng",)
    if not lex.LEAD_VERBS.match(low, end):
        end += says.ADVERBS.match(low, end)
    return opens and bool(lex.DUTY_VERBS.match(low, end) or lex.LEAD_VERBS.match(low, end))


def _duty_after_adjunct(frame: Frame, at: int) -> bool:
    """After "căn cứ …", "theo chức năng …" a duty must still come."""
    low = frame.words.low
    return any(
        lex.DUTY_VERBS.match(low, i) or lex.MODALS.match(low, i)
        for i in range(at + 1, min(len(low), at + 40))
    )


def _at_boundary(frame: Frame, at: int) -> bool:
    """The start of the clause, after its opener, or after a comma or colon that ends an adjunct."""
    low = frame.words.low
    if at == 0 or low[at - 1] in (":", "“", "*", "+", "-", ";"):
        return True
    if low[at - 1] == ",":
        opening = max((i + 1 for i in range(at - 1) if low[i] in (":", ";")), default=0)
        return bool(says.OPENERS.match(low, 0) or says.OPENERS.match(low, opening))
    if low[at] in ("mỗi", "từng") and frame.ends_before(says.SETS_GOAL, at):
        return True
    if low[at - 1] == "%" and at >= 2 and low[at - 2].isdigit() and low[at] == "các":
        # "100% các trường phải …": the share stands where a quantifier does.
        return at == 2 or _at_boundary(frame, at - 2)
    opener = frame.ends_before(says.OPENERS, at)
    return (bool(opener) and at - opener == 0) or (bool(frame.ends_before(says.TOWARDS, at)) and at <= 3)


def role_of_duty(frame: Frame, at: int) -> str:
    """The role that the verbs from a word on give: lead, cooperate, advise or execute."""
    low = frame.words.low
    at = _first_verb(frame, at)
    if (lex.LEAD_VERBS.match(low, at) and low[at : at + 2] != ("chỉ", "đạo")) or _leads_in_person(frame, at):
        return "lead"
    if lex.COOPERATE_VERBS.match(low, at):
        return "advise" if _advises_after(frame, at) else "cooperate"
    return "advise" if lex.ADVISE_VERBS.match(low, at) else "execute"


def _leads_in_person(frame: Frame, at: int) -> bool:
    low = frame.words.low
    return (low[at : at + 2] == ("chỉ", "đạo") and at >= 2 and low[at - 2 : at] == ("trực", "tiếp")) or low[
        at : at + 2
    ] == ("toàn", "diện")


def _advises_after(frame: Frame, at: int) -> bool:
    """Whether the first duty after the partners is to advise: "phối hợp với B tham mưu …"."""
    low = frame.words.low
    at += lex.COOPERATE_VERBS.match(low, at)
    for i in range(at, min(len(low), at + 40)):
        if lex.ADVISE_VERBS.match(low, i):
            return True
        if low[i] in ("và", ",") or not lex.DUTY_VERBS.match(low, i):
            continue
        return False
    return False


def _first_verb(frame: Frame, at: int) -> int:
    """The place of the first verb of duty, adverbs, modals and adjuncts left aside."""
    low = frame.words.low
    limit = min(len(low), at + 60)
    while at < limit:
        size = says.ADVERBS.match(low, at)
        if size and not (lex.LEAD_VERBS.match(low, at) > size):
            at += size
            continue
        if low[at] in (":", "(", ")", "-", "như", "sau"):
            at += 1
            continue
        if says.ADJUNCTS.match(low, at):
            at = _after_adjunct(frame, at, limit)
            continue
        return at
    return at


def _after_adjunct(frame: Frame, at: int, limit: int) -> int:
    """The place after an adjunct: behind its last comma before a modal or a verb of duty, or at that verb."""
    low = frame.words.low
    for i in range(at + 1, limit):
        if (
            lex.MODALS.match(low, i)
            or (low[i] == "," and lex.DUTY_VERBS.match(low, i + 1))
            or low[i] in (":",)
        ):
            return i + (low[i] in (",", ":"))
        if (
            lex.LEAD_VERBS.match(low, i)
            or lex.COOPERATE_VERBS.match(low, i)
            or lex.ADVISE_VERBS.match(low, i)
        ):
            return i
        if lex.DUTY_VERBS.match(low, i) and i - at > 2 and low[i - 1] != "để":
            return i
    return limit
