"""Reads on letters that urge: which units are late, what a letter to one of them says, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, QuerySet

from nep.accounts.models import User
from nep.accounts.roles import Permission, roles_with
from nep.kernel.calendar import Calendar
from nep.movements.access_letters import asked_by
from nep.movements.domain.letters import LateTerm, Urging, late_term
from nep.movements.domain.states import OWED
from nep.movements.domain.terms import comes_again
from nep.movements.models import Adoption, Letter, LetterAct, LetterTerm, Occurrence, Programme
from nep.movements.models.occurrences import OccurrenceQuerySet
from nep.org.access import in_force
from nep.org.models import Grant, Unit
from nep.platform.calendar import current
from nep.platform.jobs.models import JobRun
from nep.platform.notify.models import Message
from nep.platform.search import matching


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is late, for whoever chooses whom to urge."""

    adoption_id: int
    name: str
    late: int
    oldest: date
    times: int = 0
    last_urged: date | None = None


@dataclass(frozen=True, slots=True)
class UrgedTerm:
    """One line of a letter, and how what it urged stands now."""

    term: LetterTerm
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as its list shows it: how its mails stand, how much of what it urged is still owed."""

    letter: Letter
    mail_kind: str
    mail_word: str
    owed: int

    @property
    def pk(self) -> int:
        return self.letter.pk

    @property
    def answer(self) -> tuple[str, str]:
        """A state of the kit: all sent, some, or nothing."""
        urged = self.letter.urged
        if self.owed == 0:
            return "good", "Đã xong"
        if self.owed < urged:
            return "warn", f"Xong {urged - self.owed}/{urged}"
        return "bad", "Chưa việc nào"


def calendar() -> Calendar:
    """Which days are worked."""
    return current()


def late_terms(programme: Programme, unit: Unit, on: date) -> OccurrenceQuerySet:
    """The late terms of all that a unit asked for in a programme."""
    asked = asked_by(unit, programme).order_by().values("pk")
    return Occurrence.objects.running().late(on).filter(adoption__in=asked)


def late_units(programme: Programme, unit: Unit, on: date, *, words: str = "") -> list[LateUnit]:
    """The units that are late, those that have been late longest first; three queries."""
    rows = (
        late_terms(programme, unit, on).order_by().values_list("adoption_id", "unit__name", "unit__sort_key")
    )
    if words:
        rows = rows.filter(unit__in=matching(Unit.objects.all(), words).values("pk"))
    found = rows.annotate(late=Count("pk"), oldest=Min("due_on"))
    urged = urged_before(programme, unit)
    return [
        LateUnit(adoption_id, name, late, oldest, *urged.get(adoption_id, (0, None)))
        for adoption_id, name, key, late, oldest in sorted(found, key=lambda row: (row[4], row[2]))
    ]


def urged_before(programme: Programme, unit: Unit) -> dict[int, tuple[int, date]]:
    """How often a unit has urged others in a programme, and when last, by plan."""
    written = Letter.objects.written().filter(act__programme=programme, act__unit=unit).order_by()
    counted = written.values_list("adoption_id").annotate(times=Count("pk"), last=Max("act__day"))
    return {adoption_id: (times, last) for adoption_id, times, last in counted}


def urging_of(
    adoption: Adoption, unit: Unit, *, day: date, answer_by: date
) -> tuple[Urging, list[Occurrence]]:
    """What a letter to one unit says now, and the terms that it urges; two queries."""
    programme, worked = adoption.programme, calendar()
    late = late_terms(programme, unit, day).filter(adoption=adoption).select_related("task", "target")
    terms = list(late.order_by("due_on", "pk"))
    earlier = Letter.objects.written().filter(adoption=adoption, act__unit=unit).select_related("document")
    urging = Urging(
        unit=adoption.unit.name,
        asking=unit.name,
        programme=programme.title,
        day=day,
        answer_by=answer_by,
        terms=tuple(_late(term, day, worked) for term in terms),
        earlier=tuple(_cited(letter) for letter in earlier.order_by("written_at", "pk")),
    )
    return urging, terms


def _late(term: Occurrence, day: date, worked: Calendar) -> LateTerm:
    assert term.due_on is not None, "what is late has a last day"
    return late_term(title_of(term), term.due_on, day, worked)


def title_of(term: Occurrence) -> str:
    """What is owed, in the words of the plan: a task, or the figures of a target."""
    if term.task is not None:
        again = f", kỳ đến {term.ends_on:%d/%m/%Y}" if comes_again(term.task.rule) else ""
        return f"{term.task.title}{again}"
    return f"Số liệu chỉ tiêu “{term.target.name}”" if term.target is not None else ""


def _cited(letter: Letter) -> str:
    document = letter.document
    return f"số {document.reference} ngày {document.issued_on:%d/%m/%Y}" if document else ""


def acting_for(unit: Unit, on: date) -> list[User]:
    """Who heads a unit, and who acts in the head's place: those who may issue its plans."""
    roles = [role.code for role in roles_with(Permission.ISSUE_ADOPTIONS)]
    held = in_force(Grant.objects.filter(unit=unit, line=unit.line, role__in=roles), on)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def letter_rows(letters: Sequence[Letter], actor: object = None) -> list[LetterRow]:
    """What the list of letters shows besides the letters; two queries for a page."""
    keys = {key for letter in letters for key in letter.mail_keys}
    states = dict(Message.objects.filter(key__in=keys).values_list("key", "state"))
    owed = LetterTerm.objects.filter(letter__in=[letter.pk for letter in letters], occurrence__state__in=OWED)
    left = dict(owed.order_by().values_list("letter_id").annotate(left=Count("pk")))
    return [
        LetterRow(letter, *mail_state(letter.mail_keys, states), left.get(letter.pk, 0)) for letter in letters
    ]


def mail_state(keys: Sequence[str], states: dict[str, str]) -> tuple[str, str]:
    """How the mails of a letter stand together; what became of one is known for a month."""
    found = [states[key] for key in keys if key in states]
    if not keys:
        return "quiet", "Không có địa chỉ thư"
    if not found:
        return "quiet", "Quá 30 ngày, không còn lưu"
    if Message.State.REFUSED in found:
        return "bad", "Có thư không gửi được"
    if Message.State.WAITING in found:
        return "warn", "Đang gửi"
    return "good", "Đã gửi"


def urged_terms(letter: Letter) -> list[UrgedTerm]:
    """The lines of a letter, each with how it stands now."""
    return [_urged(term) for term in letter.terms.select_related("occurrence")]


_STANDS = {
    Occurrence.State.OPEN: ("bad", "Chưa nộp"),
    Occurrence.State.RETURNED: ("bad", "Trả lại"),
    Occurrence.State.SENT: ("warn", "Đã nộp, chờ xét"),
    Occurrence.State.ACCEPTED: ("good", "Đã xong"),
    Occurrence.State.ENDED: ("quiet", "Không còn phải nộp"),
}


def _urged(term: LetterTerm) -> UrgedTerm:
    state = term.occurrence.state if term.occurrence else Occurrence.State.ENDED
    return UrgedTerm(term, *_STANDS[Occurrence.State(state)])


def counts_of(act: LetterAct) -> dict[str, int]:
    """How many letters of an act are written, wait, or were not needed."""
    counted = act.letters.order_by().values_list("state").annotate(count=Count("pk"))
    return {state.value: 0 for state in Letter.State} | dict(counted)


def open_letters(adoption: Adoption) -> list[Letter]:
    """The letters to a unit of which something is still owed, the latest first; of many the last three."""
    rows = Letter.objects.unanswered().filter(adoption=adoption).select_related("document", "act")
    return list(rows.order_by("-written_at", "-pk")[:3])


def earlier_letters(letter: Letter) -> list[Letter]:
    """The letters of the same unit to the same unit in this programme before this one, the latest first."""
    rows = Letter.objects.written().filter(adoption=letter.adoption_id, act__unit=letter.act.unit_id)
    return list(rows.filter(times__lt=letter.times).select_related("document").order_by("-times"))


def run_of(act: LetterAct) -> QuerySet[JobRun]:
    """The background run that writes an act's letters, or wrote them last."""
    return JobRun.objects.filter(pk__in=[act.run_id] if act.run_id else [])


def numbers_of(act: LetterAct) -> str:
    """From which number to which the letters of an act run; empty before the first."""
    found = act.letters.aggregate(first=Min("document__number"), last=Max("document__number"))
    if found["first"] is None:
        return ""
    return str(found["first"]) if found["first"] == found["last"] else f"{found['first']}–{found['last']}"
