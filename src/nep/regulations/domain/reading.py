"""Reading rule sets from their files; a file that is wrong is refused with the place that is wrong."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from typing import Any

import yaml

from nep.regulations.domain.nodes import Malformed, Node
from nep.regulations.domain.reading_criteria import read_criteria
from nep.regulations.domain.rulesets import (
    LEVEL_CODES,
    Cited,
    CollectiveLevels,
    ConditionRule,
    Deadline,
    LevelRule,
    NotRanked,
    Parameter,
    PeopleConditions,
    PeopleLevels,
    Quota,
    RuleSet,
    ScoreRules,
    UnitConditions,
    Veto,
)

HASH = 12  # digits of the content's SHA-256 that a name keeps
_STEPS = ("ratios", "mean", "leaders_mean", "points", "year", "extra")
_CONDITIONS = ("done", "on_time", "exceeded", "late_most")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either is a loader
    """Safe YAML in which a key that stands twice is an error instead of the last one winning."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    if twice := {str(key) for key in keys if keys.count(key) > 1}:
        raise yaml.YAMLError(f"{', '.join(sorted(twice))} có hai lần, dòng {node.start_mark.line + 1}")
    values = [loader.construct_object(value, deep=True) for _, value in node.value]
    return dict(zip(keys, values, strict=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_rule_set(content: bytes, *, place: str) -> RuleSet:
    """The rule set of a file; `place` names it in refusals.

    Raises: Malformed.
    """
    try:
        parsed = yaml.load(content, Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Malformed(f"{place}: không đọc được YAML ({error})") from error
    top = Node(parsed, place)
    starts_on, ends_on = _in_force(top.node("in_force"))
    top.day("issued_on")
    rules = RuleSet(
        code=top.text("code"),
        version=int(top.number("version")),
        hash=hashlib.sha256(content).hexdigest()[:HASH],
        title=top.text("title"),
        starts_on=starts_on,
        ends_on=ends_on,
        people=top.words("people"),
        collectives=top.words("collectives"),
        ends_for=_ends_for(top, starts_on),
        by_decision=top.texts("by_decision"),
        needs_confirmation=top.words("needs_confirmation"),
        score=_score(top.node("score")) if "score" in top else None,
        people_levels=_people(top.node("people_levels")) if "people_levels" in top else None,
        people_conditions=_by_conditions(top.node("people_conditions"))
        if "people_conditions" in top
        else None,
        collective_levels=_collectives(top.node("collective_levels")) if "collective_levels" in top else None,
        criteria=read_criteria(top.node("criteria")) if "criteria" in top else None,
        quotas={key: _quota(node) for key, node in top.named("quota")},
        deadlines={key: _deadline(node) for key, node in top.named("deadlines")},
        parameters={key: _parameter(node) for key, node in top.named("parameters")},
    )
    top.end()
    return rules


def _in_force(node: Node) -> tuple[date, date | None]:
    starts_on = node.day("from")
    ends_on = None if node.need("to") is None else node.day("to")
    if ends_on is not None and ends_on <= starts_on:
        raise node.wrong("to", "ngày hết hiệu lực phải sau ngày có hiệu lực")
    node.end()
    return starts_on, ends_on


def _ends_for(top: Node, starts_on: date) -> dict[str, date]:
    node = Node(top.get("ends_for", {}), f"{top.place}.ends_for")
    ends = {key: node.day(key) for key in sorted(node.left)}
    for key, day in ends.items():
        if day <= starts_on:
            raise node.wrong(key, "ngày hết hiệu lực phải sau ngày có hiệu lực")
    return ends


def _score(node: Node) -> ScoreRules:
    general, task, leadership = node.node("general"), node.node("task"), node.node("leadership")
    failed, delay = node.node("failed_review"), node.node("delay")
    steps = {key: node.node(key) for key in _STEPS}
    cited = steps | {
        "general": general,
        "task": task,
        "leadership": leadership,
        "failed_review": failed,
        "delay": delay,
    }
    rules = ScoreRules(
        general_most=general.number("most"),
        task_most=task.number("most"),
        failed_review_percent=failed.number("loses_percent"),
        delay_percent=delay.number("loses_percent"),
        leadership_allowed=tuple(Fraction(each) for each in leadership.need("allowed")),
        articles={key: each.text("article") for key, each in cited.items()},
    )
    for each in (*cited.values(), node):
        each.end()
    return rules


def _level(node: Node) -> LevelRule:
    asked = {key: node.number(key) for key in _CONDITIONS if key in node}
    rule = LevelRule(
        level=node.one_of("level", LEVEL_CODES),
        points=node.number("points"),
        article=node.text("article"),
        no_failed_subordinate=node.flag("no_failed_subordinate"),
        faults_fixed=node.flag("faults_fixed"),
        **asked,
    )
    node.end()
    return rule


def _levels(node: Node) -> tuple[LevelRule, ...]:
    levels = tuple(_level(each) for each in node.nodes("from"))
    bounds = [each.points for each in levels]
    if tuple(each.level for each in levels) != LEVEL_CODES or bounds != sorted(set(bounds), reverse=True):
        raise node.wrong("from", "đủ bốn mức, xếp từ cao xuống thấp")
    if bounds[-1] != 0:
        raise node.wrong("from", "mức cuối từ 0 điểm")
    return levels


def _not_ranked(node: Node) -> NotRanked:
    rule = NotRanked(
        node.number("months"), node.words("unless_leave"), node.text("article"), node.text("unless_article")
    )
    node.end()
    return rule


def _people(node: Node) -> PeopleLevels:
    head, replacement = node.node("head"), node.node("replacement")
    rules = PeopleLevels(
        levels=_levels(node),
        vetoes=tuple(_veto(each) for each in node.nodes("vetoes")),
        not_ranked=_not_ranked(node.node("not_ranked")),
        head_article=head.text("article"),
        replacement_article=replacement.text("article"),
    )
    for each in (head, replacement, node):
        each.end()
    return rules


def _veto(node: Node) -> Veto:
    veto = Veto(
        node.text("fact"),
        node.one_of("level", LEVEL_CODES),
        node.text("article"),
        node.flag("leaders_only"),
    )
    node.end()
    return veto


def _by_conditions(node: Node) -> PeopleConditions:
    failing = node.node("failing")
    rules = PeopleConditions(
        levels=tuple(_condition(each) for each in node.nodes("from")),
        late_over=failing.number("late_over"),
        unit_done_under=failing.number("unit_done_under"),
        failing_articles=failing.texts("articles"),
        vetoes=node.words("vetoes"),
        leaders_vetoes=node.words("leaders_vetoes"),
        not_ranked=_not_ranked(node.node("not_ranked")),
    )
    failing.end()
    node.end()
    if tuple(each.level for each in rules.levels) != LEVEL_CODES[:-1]:
        raise node.wrong("from", "ba mức trên, xếp từ cao xuống thấp")
    return rules


def _condition(node: Node) -> ConditionRule:
    unit = node.node("unit")
    rule = ConditionRule(
        level=node.one_of("level", LEVEL_CODES),
        general=node.one_of("general", ("good", "met")),
        unit=UnitConditions(**{key: unit.number(key) for key in sorted(unit.left)}),
        articles=node.texts("articles"),
        **{key: node.number(key) for key in _CONDITIONS if key in node},
    )
    node.end()
    return rule


def _collectives(node: Node) -> CollectiveLevels:
    wrong, least = node.node("wrongdoing"), node.node("least_done")
    rules = CollectiveLevels(
        levels=_levels(node),
        wrongdoing_article=wrong.text("article"),
        least_done=Cited(least.number("percent"), least.text("article")),
    )
    for each in (wrong, least, node):
        each.end()
    return rules


def _quota(node: Node) -> Quota:
    quota = Quota(node.number("percent"), node.number("most_percent"), node.text("of"), node.text("article"))
    node.end()
    return quota


def _deadline(node: Node) -> Deadline:
    deadline = Deadline(node.text("rule"), node.text("article"))
    node.end()
    return deadline


def _parameter(node: Node) -> Parameter:
    choices = node.get("choices", [])
    parameter = Parameter(
        default=node.need("default"),
        choices=tuple(choices),
        least=node.get("least"),
        most=node.get("most"),
        article=node.get("article", ""),
        why=node.get("why", ""),
    )
    node.end()
    if not parameter.allows(parameter.default):
        raise node.wrong("default", "nằm ngoài mức cho phép")
    return parameter
