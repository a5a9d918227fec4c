"""Figures of the big province: what programmes told, terms answered in time, and what offices entered.

Written by a few statements over all units; the triggers keep the sums as they do for single acts.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from nep.indicators.models import Figure
from nep.indicators.queries.folding import fold
from nep.movements.models import TermMark
from nep.sample.scale.copying import bare

_COLUMNS = """
INSERT INTO indicators_figure (indicator_id, unit_id, line, starts_on, ends_on, state, numerator, denominator,
    origin, source, evidence_id, told_by_name, told_at, told_on)
"""
_PERIOD = """
    date_trunc(one.grain, {day})::date AS starts_on,
    (date_trunc(one.grain, {day}) + CASE one.grain WHEN 'month' THEN interval '1 month'
        WHEN 'quarter' THEN interval '3 months' ELSE interval '1 year' END)::date - 1 AS ends_on
"""
# The latest accepted figures of each unit, target and period; who owes some and told none is silent.
_OF_TARGETS = f"""
{_COLUMNS}
SELECT DISTINCT ON (indicator_id, unit_id, starts_on) indicator_id, unit_id, '', starts_on, ends_on,
    CASE WHEN evidence_id IS NULL THEN 'missing' WHEN nothing THEN 'nothing' ELSE 'told' END,
    numerator, denominator, CASE WHEN evidence_id IS NULL THEN 'asked' ELSE 'evidence' END,
    CASE WHEN evidence_id IS NULL THEN '' ELSE 'Minh chứng đã được nhận' END, evidence_id, decided_by_name,
    told_at, (told_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM (
    SELECT target.indicator_id, plan.unit_id, {_PERIOD.format(day="LEAST(term.ends_on, shown.happened_on)")},
        shown.id AS evidence_id, shown.nothing, shown.numerator, shown.denominator, shown.decided_by_name,
        shown.decided_at AS told_at
    FROM movements_evidence shown JOIN movements_target target ON target.id = shown.target_id
    JOIN indicators_indicator one ON one.id = target.indicator_id
    JOIN movements_adoption plan ON plan.id = shown.adoption_id
    JOIN movements_occurrence term ON term.id = shown.occurrence_id
    WHERE shown.state = 'accepted'
    UNION ALL
    SELECT target.indicator_id, term.unit_id, {_PERIOD.format(day="LEAST(term.ends_on, %(today)s::date)")},
        NULL, false, NULL, NULL, '', plan.issued_on::timestamptz
    FROM movements_occurrence term JOIN movements_target target ON target.id = term.target_id
    JOIN indicators_indicator one ON one.id = target.indicator_id
    JOIN movements_adoption plan ON plan.id = term.adoption_id
    WHERE term.state <> 'ended'
) known
ORDER BY indicator_id, unit_id, starts_on, evidence_id IS NULL, told_at DESC, evidence_id DESC
"""
_ON_TIME = f"""
{_COLUMNS}
SELECT one.id, term.unit_id, '', date_trunc('month', term.due_on)::date,
    (date_trunc('month', term.due_on) + interval '1 month')::date - 1, 'told',
    count(*) FILTER (WHERE term.state = 'accepted' AND term.sent_on <= term.due_on), count(*),
    'computed', '', NULL, '', max(coalesce(term.settled_at, term.starts_on::timestamptz)),
    (max(coalesce(term.settled_at, term.starts_on::timestamptz)) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM movements_occurrence term JOIN indicators_indicator one ON one.code = 'viec-dung-han'
WHERE term.task_id IS NOT NULL AND term.due_on IS NOT NULL AND term.state <> 'ended'
GROUP BY one.id, term.unit_id, date_trunc('month', term.due_on)
"""
# Files of a year, ever more of them online; one unit in seventeen is silent, one in twenty-three had none.
_ENTERED = f"""
{_COLUMNS}
SELECT one.id, unit.id, '', month::date, (month + interval '1 month')::date - 1,
    CASE WHEN mixed %% 17 = 0 THEN 'missing' WHEN mixed %% 23 = 0 THEN 'nothing' ELSE 'told' END,
    CASE WHEN mixed %% 17 = 0 OR mixed %% 23 = 0 THEN NULL
        ELSE floor((40 + mixed %% 500) * LEAST(0.95, 0.35 + 0.03 * place + 0.001 * (mixed %% 200))) END,
    CASE WHEN mixed %% 17 = 0 OR mixed %% 23 = 0 THEN NULL ELSE 40 + mixed %% 500 END,
    CASE WHEN mixed %% 17 = 0 THEN 'asked' ELSE 'entered' END,
    CASE WHEN mixed %% 17 = 0 THEN '' ELSE 'Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh' END,
    NULL, '', month + interval '1 month' + interval '4 days 3 hours',
    (month + interval '1 month' + interval '4 days')::date
FROM indicators_indicator one
JOIN generate_series(date '2025-10-01', date '2026-10-01', interval '1 month')
    WITH ORDINALITY AS months(month, place) ON true
JOIN org_unit unit ON unit.kind IN ('commune', 'department') AND unit.during @> months.month::date
CROSS JOIN LATERAL (SELECT (unit.id * 7919 + place * 104729) %% 100003 AS mixed) drawn
WHERE one.code = 'dvctt-toan-trinh'
"""


def tell_figures(today: date) -> None:
    """All figures up to a day, their sums folded; nothing is left to catch up with."""
    with bare(Figure), connection.cursor() as cursor:
        for statement in (_OF_TARGETS, _ON_TIME, _ENTERED):
            cursor.execute(statement, {"today": today})
    TermMark.objects.all().delete()
    fold(least=1)
