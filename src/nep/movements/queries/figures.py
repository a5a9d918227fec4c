"""What stands behind a figure: definition, both sums, what is not counted, who is missing, the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from nep.movements.domain import states
from nep.movements.domain.lateness import standing
from nep.movements.domain.progress import TASK_WORDS, lacking
from nep.movements.models import AdoptedTask, Adoption, Evidence, Programme, Target
from nep.movements.queries.counted import counted_in, whose_figures
from nep.movements.queries.overview import condition_of, unit_rows, units_asked
from nep.movements.queries.sources import SourceWords, source_of
from nep.movements.queries.tallies import Counted, TaskSums, first_tasks, task_sums
from nep.movements.queries.targets import TargetRow, target_rows
from nep.movements.queries.unit_figures import moment_of, term_words, terms_of_plan, terms_standing
from nep.movements.queries.words import number_words
from nep.org.access import Actor
from nep.org.models import Line
from nep.platform.calendar import current
from nep.platform.ui.formats import rate
from nep.platform.ui.parts import ChartPoint

SHOWN = 20
LONGEST = 19  # digits of a number that the database can hold


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure, or one that is missing: whose, what it says, its state, where it opens."""

    who: str
    says: str
    kind: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """All that the drawer of one figure says."""

    title: str
    value: str
    absent: str
    against: str
    definition: str
    numerator: str
    numerator_words: str
    denominator: str
    denominator_words: str
    as_of: datetime
    source: SourceWords | None
    not_counted: tuple[str, ...]
    missing: list[Record]
    missing_total: int
    records: list[Record]
    records_total: int
    whose: str
    trend: tuple[ChartPoint, ...] = ()
    goal: float | None = None
    goal_unit: str = ""

    @property
    def shown(self) -> str:
        """The figure as it stands at the head: a value, or the word for its absence."""
        return self.value or {"missing": "Chưa báo cáo", "nothing": "Không phát sinh"}.get(self.absent, "–")

    @property
    def more_missing(self) -> int:
        return self.missing_total - len(self.missing)

    @property
    def more_records(self) -> int:
        return self.records_total - len(self.records)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What every figure is made from."""

    counted: Counted
    units: int
    whose: str
    today: date
    now: datetime


def figure_facts(
    programme: Programme, key: str, *, actor: Actor, today: date, now: datetime, day: date | None = None
) -> FigureFacts | None:
    """The facts behind a figure of a programme; None when it has no such figure.

    Keys: `target-7`, `tasks-late`, `units`, `units-union-1`, `unit-12` (the terms of one plan). `day`: as it
    all stood at the end of a past day.
    """
    kind, _, rest = key.partition("-")
    make = _FIGURES.get(kind)
    if make is None:
        return None
    counted = counted_in(actor, programme, day)
    today, now = day or today, moment_of(day, now)
    units = sum(row.expected for row in unit_rows(counted))
    whose = whose_figures(actor, programme, units, units_asked(counted, units))
    return make(_Looked(counted, units, whose, today, now), rest)


def _target(looked: _Looked, rest: str) -> FigureFacts | None:
    counted = looked.counted
    rows = target_rows(counted, looked.units, looked.today, looked.now)
    row = next((row for row in rows if str(row.target.pk) == rest), None)
    if row is None:
        return None
    accepted = Evidence.objects.filter(target=row.target, state=states.ACCEPTED, decided_at__lt=looked.now)
    if not counted.whole:
        accepted = accepted.filter(adoption__in=counted.rows.values("pk"))
    silent = counted.rows.exclude(pk__in=accepted.values("adoption"))
    return FigureFacts(
        title=row.target.name,
        value=row.value,
        absent=row.told.absent,
        against=_against(row),
        definition=_definition(row),
        **_sums(row),
        as_of=looked.now,
        source=source_of(row.target.item_id),
        not_counted=_not_counted(row),
        missing=_silent(silent, row.target),
        missing_total=row.told.silent,
        records=[
            _told(item)
            for item in accepted.select_related("adoption__unit").order_by("-decided_at", "-pk")[:SHOWN]
        ],
        records_total=accepted.count(),
        whose=looked.whose,
        trend=row.series if len(row.points) > 1 else (),
        goal=row.goal_value,
        goal_unit=" %" if row.goal.is_share else f" {row.goal.unit}",
    )


def _against(row: TargetRow) -> str:
    missing = lacking(row.goal, row.told) if row.told.with_figures else 0
    gap = f", {row.reached.word[:1].lower()}{row.reached.word[1:]}" if missing else ""
    return f"mục tiêu {row.goal_words}{gap}"


def _definition(row: TargetRow) -> str:
    if row.goal.is_share:
        return (
            "Cộng số của từng đơn vị theo minh chứng được nhận sau cùng, rồi chia. Mỗi đơn vị báo số của "
            "riêng mình, không gộp cấp dưới. Tỷ lệ được cắt bớt, không làm tròn lên."
        )
    goal = f" Mục tiêu tính {number_words(row.target.value)} cho mỗi đơn vị." if row.goal.per_unit else ""
    return f"Cộng số {row.goal.unit} trong mọi minh chứng đã được nhận.{goal}"


def _sums(row: TargetRow) -> dict[str, str]:
    if row.told.numerator is None:
        return {"numerator": "", "numerator_words": "", "denominator": "", "denominator_words": ""}
    units = f"của {row.told.with_figures} đơn vị đã được nhận số liệu"
    what = {"people": "người", "units": "đơn vị"}.get(row.goal.subject, "trường hợp")
    counted = what if row.goal.is_share else row.goal.unit
    whole = row.goal.is_share and row.told.denominator
    return {
        "numerator": number_words(row.told.numerator),
        "numerator_words": f"{counted} đạt yêu cầu, {units}",
        "denominator": number_words(row.told.denominator) if whole and row.told.denominator else "",
        "denominator_words": f"{what} phải tính, {units}" if whole else "",
    }


def _not_counted(row: TargetRow) -> tuple[str, ...]:
    told = row.told
    found = []
    if told.waiting:
        found.append(f"{told.waiting} minh chứng đang chờ xét.")
    if told.with_nothing:
        found.append(f"{told.with_nothing} đơn vị báo không phát sinh.")
    if told.silent:
        found.append(f"{told.silent} đơn vị chưa có số liệu được nhận.")
    return tuple(found)


def _silent(silent: QuerySet[Adoption], target: Target) -> list[Record]:
    rows = silent.select_related("unit").order_by("level", "unit__sort_key")[:SHOWN]
    sent = Evidence.objects.filter(target=target, state=states.SENT, adoption__in=[row.pk for row in rows])
    waits = set(sent.values_list("adoption_id", flat=True))
    return [_silent_row(row, waits=row.pk in waits) for row in rows]


def _silent_row(row: Adoption, *, waits: bool) -> Record:
    url = reverse("adoption", args=[row.pk])
    if waits:
        return Record(row.unit.short_name, "Đã nộp, chờ cấp trên xét", "warn", "Chờ xét", url)
    if row.state != states.ISSUED:
        return Record(row.unit.short_name, "Chưa ban hành kế hoạch", "quiet", "Chưa báo cáo", url)
    return Record(row.unit.short_name, "Chưa nộp số liệu", "quiet", "Chưa báo cáo", url)


def _told(item: Evidence) -> Record:
    return Record(
        item.adoption.unit.short_name, _said(item), "good", "Đã nhận", reverse("evidence", args=[item.pk])
    )


def _said(item: Evidence) -> str:
    day = f"{item.happened_on:%d/%m/%Y}"
    if item.nothing:
        return f"Không phát sinh, {day}"
    if item.numerator is None:
        return f"Không kèm số, {day}"
    whole = f"/{number_words(item.denominator)}" if item.denominator else ""
    return f"{number_words(item.numerator)}{whole}, {day}"


def _tasks(looked: _Looked, rest: str) -> FigureFacts | None:
    if rest not in TASK_WORDS:
        return None
    counted, sums = looked.counted, task_sums(looked.counted)
    counts = sums.by_standing(looked.today)
    silent = counted.not_issued
    without = looked.units - sum(row.issued for row in unit_rows(counted))
    return FigureFacts(
        title=f"Việc của đơn vị: {TASK_WORDS[rest].lower()}",
        value=number_words(counts[rest]),
        absent="",
        against=f"trong {number_words(sum(counts.values()))} việc",
        definition=_TASK_DEFINITIONS[rest],
        numerator=number_words(counts[rest]),
        numerator_words=_TASK_NUMERATORS[rest],
        denominator=number_words(sum(counts.values())),
        denominator_words="việc trong kế hoạch đã ban hành của các đơn vị",
        as_of=looked.now,
        source=None,
        not_counted=(f"{without} đơn vị chưa ban hành kế hoạch, chưa có việc để tính.",) if without else (),
        missing=[_silent_row(row, waits=False) for row in silent.select_related("unit")[:SHOWN]],
        missing_total=without,
        records=_task_records(looked, sums, rest),
        records_total=counts[rest],
        whose=looked.whose,
    )


def _task_records(looked: _Looked, sums: TaskSums, kind: str) -> list[Record]:
    counted, today = looked.counted, looked.today
    if counted.day is not None:
        terms = terms_standing(counted, kind, counted.day).select_related("unit", "task__person", "target")
        return [Record(*term_words(term, today, counted.day)) for term in terms[:SHOWN]]
    rows = AdoptedTask.objects.filter(condition_of(kind, today))
    return [_task(row, today) for row in first_tasks(counted, sums.days(kind, today), rows, SHOWN)]


_TASK_DEFINITIONS = {
    "done": "Minh chứng của kỳ cuối cùng đã được đơn vị cấp trên nhận.",
    "waiting": "Đơn vị đã nộp minh chứng của kỳ này, đơn vị cấp trên chưa xét.",
    "doing": "Chưa nộp hoặc bị trả lại, còn nhiều nhất 30 ngày đến hạn; hoặc việc không có ngày hạn.",
    "late": "Chưa nộp hoặc bị trả lại, và ngày hạn của kỳ này đã qua.",
    "not_due": "Chưa nộp, còn hơn 30 ngày mới đến hạn.",
}
_TASK_NUMERATORS = {
    "done": "việc đã xong",
    "waiting": "việc chờ cấp trên xét",
    "doing": "việc đang làm",
    "late": "việc đã quá hạn",
    "not_due": "việc chưa đến kỳ",
}


def _task(row: AdoptedTask, today: date) -> Record:
    stands = standing(row.due_on, today, calendar=current())
    url = reverse("adopted_task", args=[row.pk])
    who = row.adoption.unit.short_name
    says = row.title if row.person is None else f"{row.title} · {row.person.name}"
    if row.state == states.ACCEPTED:
        return Record(who, says, "good", "Đã xong", url)
    if row.state == states.SENT:
        return Record(who, says, "warn", "Chờ xét", url)
    return Record(who, says, stands.kind, stands.word, url)


def _units(looked: _Looked, rest: str) -> FigureFacts | None:
    rows, counted = unit_rows(looked.counted), looked.counted
    where = ""
    if rest:
        line, _, level = rest.partition("-")
        if line not in Line.values or not level.isdigit():
            return None
        counted = replace(counted, rows=counted.rows.filter(unit__line=line, level=int(level)))
        rows = [row for row in rows if (row.line, row.level) == (line, int(level))]
        where = f" ({Line(line).label}, cấp {level})"
    issued, expected = sum(row.issued for row in rows), sum(row.expected for row in rows)
    done = counted.issued.select_related("unit").order_by("-issued_on", "unit__sort_key")
    silent = counted.not_issued
    return FigureFacts(
        title=f"Đơn vị đã ban hành kế hoạch{where}",
        value=f"{issued}/{expected}",
        absent="",
        against=f"còn {expected - issued} đơn vị" if expected > issued else "đủ các đơn vị",
        definition="Đơn vị trong phạm vi chương trình đã được thủ trưởng ký ban hành kế hoạch của mình.",
        numerator=number_words(issued),
        numerator_words="đơn vị đã ban hành kế hoạch",
        denominator=number_words(expected),
        denominator_words="đơn vị được giao thực hiện từ ngày phát động",
        as_of=looked.now,
        source=None,
        not_counted=(),
        missing_total=expected - issued,
        missing=[_silent_row(row, waits=False) for row in silent.select_related("unit")[:SHOWN]],
        records=[
            Record(
                row.unit.short_name,
                f"Ban hành {row.issued_on:%d/%m/%Y}",
                "good",
                "Đã ban hành",
                reverse("adoption", args=[row.pk]),
            )
            for row in done[:SHOWN]
        ],
        records_total=issued,
        whose=looked.whose,
    )


def _unit(looked: _Looked, rest: str) -> FigureFacts | None:
    rows = looked.counted.rows.select_related("unit")
    plan = rows.filter(pk=int(rest)).first() if rest.isdecimal() and len(rest) < LONGEST else None
    if plan is None:
        return None
    (good, due), terms = terms_of_plan(plan.pk, looked.today, looked.counted.day)
    return FigureFacts(
        title=f"{plan.unit.name}: việc nộp đúng hạn",
        value=rate(good, due) if due else "",
        absent="" if due else "missing",
        against=f"{good} trong {due} kỳ đã đến hạn",
        definition=(
            "Kỳ đã qua hạn mà minh chứng được nộp không muộn hơn ngày hạn và không bị trả lại, chia cho mọi "
            "kỳ đã qua hạn của kế hoạch đơn vị. Không gộp cấp dưới. Tỷ lệ được cắt, không làm tròn lên."
        ),
        numerator=number_words(good),
        numerator_words="kỳ nộp đúng hạn",
        denominator=number_words(due),
        denominator_words="kỳ đã qua hạn",
        as_of=looked.now,
        source=None,
        not_counted=(),
        missing=[],
        missing_total=0,
        records=[Record(*term_words(term, looked.today, looked.counted.day)) for term in terms[:SHOWN]],
        records_total=len(terms),
        whose="",
    )


_FIGURES: dict[str, Callable[[_Looked, str], FigureFacts | None]] = {
    "target": _target,
    "tasks": _tasks,
    "units": _units,
    "unit": _unit,
}
