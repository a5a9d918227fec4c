"""The values of review items as they hold now, turned into a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from nep.documents.domain.review.draft import (
    Draft,
    DraftActor,
    DraftAim,
    DraftCitation,
    DraftHeader,
    DraftMilestone,
    DraftName,
    DraftRule,
    DraftRuleSet,
    DraftTarget,
    DraftTask,
)
from nep.documents.domain.review.when import valid_rule

Value = Mapping[str, Any]


class Row(Protocol):
    """What a draft needs of a review item."""

    @property
    def pk(self) -> int: ...

    @property
    def field(self) -> str: ...

    @property
    def value(self) -> Any: ...


def draft_from(rows: Iterable[Row]) -> Draft:
    """The draft that items which still stand make up, in the order given."""
    kept: dict[str, list[tuple[int, Value]]] = {}
    for row in rows:
        kept.setdefault(row.field, []).append((row.pk, row.value))

    def items(field: str) -> list[tuple[int, Value]]:
        return kept.get(field, [])

    return Draft(
        header=header_of({value["key"]: value["is"] for _, value in items("header")}),
        citations=tuple(DraftCitation(pk, v["number"], v["name"], day_of(v["date"]), v["relation"])
                        for pk, v in items("citation")),
        aims=tuple(DraftAim(pk, v["text"]) for pk, v in items("aim")),
        targets=tuple(_target(pk, v) for pk, v in items("target")),
        tasks=tuple(_task(pk, v) for pk, v in items("task")),
        milestones=tuple(DraftMilestone(pk, valid_rule(v["rule"]), v["text"]) for pk, v in items("deadline")),
        rules=tuple(DraftRule(pk, v["kind"], v["binds"], v["topic"], v["text"]) for pk, v in items("rule")),
        rule_sets=tuple(DraftRuleSet(pk, v["name"], tuple(v["items"])) for pk, v in items("rule_set")),
        models=tuple(DraftName(pk, v["name"]) for pk, v in items("model")),
        recipients=tuple(DraftName(pk, v["name"]) for pk, v in items("recipient")),
    )  # fmt: skip


def header_of(values: Value) -> DraftHeader:
    """The head of a document from its values by key."""
    period = values.get("period") or {}
    return DraftHeader(
        kind=values.get("kind") or "other",
        title=values.get("title") or "",
        issuer=values.get("issuer") or "",
        number=values.get("number") or "",
        issued_on=day_of(values.get("issued_on") or ""),
        first_year=period.get("from"),
        last_year=period.get("to") or period.get("from"),
    )


def day_of(text: str) -> date | None:
    """A day written as 2026-11-21; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number_of(text: str) -> Decimal:
    """A figure as read or typed; 0 when it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _target(pk: int, v: Value) -> DraftTarget:
    value, rule = number_of(v["value"]), valid_rule(v["rule"])
    return DraftTarget(pk, v["name"], value, v["unit"], v["subject"], rule, v["source"])


def _task(pk: int, v: Value) -> DraftTask:
    actors = tuple(DraftActor(actor["name"], actor["role"]) for actor in v["actors"])
    return DraftTask(pk, v["title"], v["text"], v["line"], actors, valid_rule(v["rule"]), v["evidence"])
