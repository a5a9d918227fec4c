"""Spans of days on rows, and the constraint that forbids two at once."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db.models import BigIntegerField, ExpressionWrapper, F, Func, Model, Q, QuerySet, Value

M = TypeVar("M", bound=Model)


def on_day(rows: QuerySet[M], day: date) -> QuerySet[M]:
    """Rows whose span `during` holds the day."""
    return rows.filter(during__contains=day)


def one_at_a_time(*columns: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same values in `columns` may have overlapping spans; of those meeting `condition`.

    The columns are compared as one-element ranges, because the embedded server has no btree_gist.
    """
    same = [
        (
            Func(
                F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
            ),
            RangeOperators.OVERLAPS,
        )
        for column in columns
    ]
    return ExclusionConstraint(
        name=name, expressions=[*same, ("during", RangeOperators.OVERLAPS)], condition=condition
    )


def pair_one_at_a_time(first: str, second: str, *, name: str) -> ExclusionConstraint:
    """The same for two columns of numbers below 2³¹, told as one: a third of the cost of each new row."""
    both = ExpressionWrapper(F(first) * Value(2**32) + F(second), output_field=BigIntegerField())
    pair = Func(both, both, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    overlap = RangeOperators.OVERLAPS
    return ExclusionConstraint(name=name, expressions=[(pair, overlap), ("during", overlap)])
