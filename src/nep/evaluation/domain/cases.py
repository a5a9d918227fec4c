"""Cases as they are written for the command: a year of a person or of an agency, with what binds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nep.evaluation.domain.collectives import CollectiveFacts, Tasks
from nep.evaluation.domain.conditions import GENERAL, Conditions, LedUnit
from nep.evaluation.domain.fields import Fields
from nep.evaluation.domain.levels import RANKED, Level
from nep.evaluation.domain.people import LEAVES, PersonFacts
from nep.evaluation.domain.periods import YEARS, Leadership, Period, PeriodGiven
from nep.evaluation.domain.sheets import SheetCase, read_sheet
from nep.evaluation.domain.work import Work
from nep.evaluation.domain.years import WorkingYear, check_periods
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import RuleSet, ScoreRules, Value
from nep.regulations.domain.shelf import SUBJECTS, rule_set_for, rule_set_named


@dataclass(frozen=True, slots=True)
class PersonCase:
    """A year of one person; `decided_level` is the one decided before the last period of the year closed."""

    rules: RuleSet
    parameters: dict[str, Value]
    year: WorkingYear
    periods: tuple[PeriodGiven, ...]
    facts: PersonFacts
    decided_level: Level | None = None


@dataclass(frozen=True, slots=True)
class ConditionsCase:
    """A year of one person under a rule set without points."""

    rules: RuleSet
    subject: str
    found: Conditions
    facts: PersonFacts


@dataclass(frozen=True, slots=True)
class CollectiveCase:
    """A year of one agency."""

    rules: RuleSet
    points: Fraction
    tasks: Tasks
    facts: CollectiveFacts


Case = PersonCase | ConditionsCase | CollectiveCase | SheetCase


def read_case(data: object) -> Case:
    """A case with the rule set that binds it: the one it names, else by subject and the last day of its year.

    Raises: RuleError with one sentence that names the field.
    """
    fields = Fields(data)
    subject = fields.get("subject")
    if not isinstance(subject, str) or subject not in SUBJECTS:
        raise fields.wrong("subject", f"phải là một trong: {', '.join(SUBJECTS)}")
    named = _named(fields)
    # A rule set of criteria is never chosen by itself.
    if named is not None and named.criteria is not None:
        return read_sheet(fields, named, subject)
    year = fields.count("year")
    if year not in YEARS:
        raise fields.wrong("year", f"phải từ {YEARS[0]} đến {YEARS[-1]}")
    rules = _rules(fields, named, subject, _last_day(fields, year))
    if subject in rules.collectives:
        return _collective(fields, rules)
    if rules.people_conditions is not None:
        return _by_conditions(fields, rules, subject)
    return _person(fields, rules, year)


def _named(fields: Fields) -> RuleSet | None:
    """The rule set that the case names, if it names one."""
    name = fields.get("rule_set", None)
    if name is None:
        return None
    if not isinstance(name, str):
        raise fields.wrong("rule_set", "phải là null hoặc mã bộ quy định")
    with _told_of_rule_set():
        return rule_set_named(name)


@contextmanager
def _told_of_rule_set() -> Iterator[None]:
    """Refusals of the shelf of rule sets name the field of the case that they are about."""
    try:
        yield
    except RuleError as error:
        raise RuleError(f"“rule_set”: {error.reason}") from error


def _last_day(fields: Fields, year: int) -> date:
    """The day that what is assessed ends on: the year's last one, or an earlier one that the case names."""
    text = fields.get("ends_on", None)
    if text is None:
        return date(year, 12, 31)
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        raise fields.wrong("ends_on", "phải là ngày, ví dụ 2026-05-31") from None
    if day.year != year:
        raise fields.wrong("ends_on", f"phải nằm trong năm {year}")
    return day


def _rules(fields: Fields, named: RuleSet | None, subject: str, last: date) -> RuleSet:
    with _told_of_rule_set():
        rules = named or rule_set_for(subject, last)
    if subject not in (*rules.subjects, *rules.by_decision):
        raise fields.wrong("rule_set", f"({rules.code}) không áp dụng cho {SUBJECTS[subject]}")
    if not rules.in_force_on(last, subject):
        raise fields.wrong("rule_set", f"({rules.code}) không có hiệu lực vào ngày {last:%d/%m/%Y}")
    return rules


def _parameters(fields: Fields, rules: RuleSet) -> dict[str, Value]:
    given = Fields(fields.get("parameters", {}), fields.name("parameters"))
    found: dict[str, Value] = {}
    for key, parameter in rules.parameters.items():
        value = given.get(key, parameter.default)
        if not parameter.allows(value):
            raise given.wrong(key, f"nằm ngoài mức mà {rules.title} cho phép")
        found[key] = value
    given.end()
    return found


def _by_conditions(fields: Fields, rules: RuleSet, subject: str) -> ConditionsCase:
    if fields.get("periods", None):
        raise fields.wrong(
            "periods",
            f"không dùng được: {rules.title} không chấm điểm mà xếp loại theo điều kiện (general, tasks)",
        )
    general = fields.choice("general", GENERAL)
    if general is None:
        raise fields.wrong("general", f"phải là một trong: {', '.join(GENERAL)}")
    led = None if fields.get("unit", None) is None else _led_unit(fields.fields("unit"))
    found = Conditions(general, _tasks(fields.fields("tasks")), led)
    case = ConditionsCase(rules, subject, found, _facts(fields.fields("facts")))
    if (case.facts.is_leader or case.facts.is_head) and led is None:
        raise fields.wrong("unit", "phải có: người lãnh đạo được xét cả kết quả của đơn vị phụ trách")
    fields.end()
    return case


def _led_unit(fields: Fields) -> LedUnit:
    unit = LedUnit(
        _tasks(fields.fields("tasks")),
        *(fields.count(key, 0) for key in ("subordinates", "subordinates_met", "subordinates_good")),
    )
    if unit.met > unit.subordinates:
        raise fields.wrong("subordinates_met", "không được nhiều hơn subordinates")
    if unit.good > unit.met:
        raise fields.wrong("subordinates_good", "không được nhiều hơn subordinates_met")
    fields.end()
    return unit


def _person(fields: Fields, rules: RuleSet, year: int) -> PersonCase:
    assert rules.score is not None, "a rule set for people has points or conditions"
    score = rules.score
    if fields.get("ends_on", None) is not None:
        raise fields.wrong("ends_on", "chỉ dùng khi không chấm điểm: điểm của các kỳ tính theo năm công tác")
    parameters = _parameters(fields, rules)
    working_year = WorkingYear(year, int(parameters["year_starts"]))
    case = PersonCase(
        rules,
        parameters,
        working_year,
        tuple(_period(each, score) for each in fields.each("periods")),
        _facts(fields.fields("facts")),
        _level(fields, "decided_level", None),
    )
    check_periods([each.period for each in case.periods], working_year)
    fields.end()
    return case


def _period(fields: Fields, rules: ScoreRules) -> PeriodGiven:
    given = PeriodGiven(
        Period.read(fields),
        fields.number("general", most=rules.general_most),
        tuple(_work(each) for each in fields.each("work")),
        _leadership(fields, rules),
        fields.flag("provisional", False),
    )
    fields.end()
    return given


def _leadership(fields: Fields, rules: ScoreRules) -> Leadership | None:
    if fields.get("leadership", None) is None:
        return None
    led, allowed = fields.fields("leadership"), rules.leadership_allowed
    shares = {}
    for key in ("results", "organising", "unity"):
        shares[key] = led.number(key)
        if shares[key] not in allowed:
            raise led.wrong(key, f"phải là {' hoặc '.join(str(each) for each in allowed)}")
    led.end()
    return Leadership(**shares)


def _work(fields: Fields) -> Work:
    failed, failed_excused = fields.count("failed_reviews", 0), fields.count("failed_reviews_excused", 0)
    delays, delays_excused = fields.count("delays", 0), fields.count("delays_excused", 0)
    if failed_excused > failed:
        raise fields.wrong("failed_reviews_excused", "không được nhiều hơn failed_reviews")
    if delays_excused > delays:
        raise fields.wrong("delays_excused", "không được nhiều hơn delays")
    work = Work(
        fields.number("units"),
        fields.flag("done"),
        failed - failed_excused,
        delays - delays_excused,
        fields.flag("extra", False),
        fields.flag("reassigned_away", False),
        failed_excused,
        delays_excused,
    )
    if work.units == 0:
        raise fields.wrong("units", "phải lớn hơn 0")
    fields.end()
    return work


def _facts(fields: Fields) -> PersonFacts:
    facts = PersonFacts(
        months_worked=fields.number("months_worked", most=Fraction(12)),
        leave=fields.choice("leave", LEAVES),
        discipline_counts=fields.flag("discipline_counts"),
        degradation_concluded=fields.flag("degradation_concluded"),
        unit_corruption=fields.flag("unit_corruption"),
        is_leader=fields.flag("is_leader"),
        is_head=fields.flag("is_head"),
        unit_level=_level(fields, "unit_level"),
    )
    fields.end()
    return facts


def _level(fields: Fields, key: str, *default: None) -> Level | None:
    code = fields.choice(key, [str(each) for each in RANKED], *default)
    return Level(code) if code else None


def _tasks(fields: Fields) -> Tasks:
    tasks = Tasks(*(fields.count(key) for key in ("assigned", "done", "on_time", "exceeded")))
    if tasks.assigned == 0:
        raise fields.wrong("assigned", "phải lớn hơn 0")
    if tasks.done > tasks.assigned:
        raise fields.wrong("done", "không được nhiều hơn assigned")
    if tasks.on_time > tasks.done:
        raise fields.wrong("on_time", "không được nhiều hơn done")
    if tasks.exceeded > tasks.done:
        raise fields.wrong("exceeded", "không được nhiều hơn done")
    fields.end()
    return tasks


def _collective(fields: Fields, rules: RuleSet) -> CollectiveCase:
    _parameters(fields, rules)
    facts = fields.fields("facts")
    names = ("personnel_wrongdoing", "force_majeure", "subordinate_failed")
    given = CollectiveFacts(
        **{name: facts.flag(name) for name in names}, faults_fixed=facts.flag("faults_fixed")
    )
    facts.end()
    case = CollectiveCase(
        rules, fields.number("points", most=Fraction(100)), _tasks(fields.fields("tasks")), given
    )
    fields.end()
    return case
