"""Evidence of units for targets, sent, accepted and returned; and a recount of the figures that it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from nep.accounts.models import User
from nep.indicators.domain.periods import period_of
from nep.movements.domain import states
from nep.movements.models import Adoption, Evidence, Occurrence, Programme, ProgrammeScope, Target
from nep.movements.services.indicators import give_indicators, note_accepted
from nep.org.access import Actor
from nep.org.models import Line, Unit
from tests.factories.figures import Said

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
Term = tuple[date, date]


@dataclass
class Asked:
    """A programme with a share and a count that every unit tells, and who decides."""

    programme: Programme
    share: Target
    count: Target
    adoptions: dict[int, Adoption]
    actor: Actor


def asked_programme(lead: Unit, units: Iterable[Unit], *, code: str, at: datetime) -> Asked:
    """A running programme whose plans are all issued."""
    user = User(login=f"nguoi-{code.lower()}", name="Lò Thị Ban")
    user.set_unusable_password()
    user.save()
    programme = Programme.objects.create(
        code=code,
        title="Nụ cười công sở",
        lead_unit=lead,
        starts_on=FIRST,
        ends_on=LAST,
        state=states.LAUNCHED,
        launched_on=FIRST,
        created_by_id=user.pk,
        created_at=at,
        search="nu cuoi cong so",
    )
    ProgrammeScope.objects.create(programme=programme, line=Line.AUTHORITY, root=lead)
    rows = [
        ("CT1", "Công chức được phổ biến", "%", "quarterly:before:20"),
        ("CT2", "Buổi nói chuyện", "buổi", ""),
    ]
    share, count = (
        Target.objects.create(
            programme=programme, position=place, code=key, name=name, value=Decimal(90), unit=unit, rule=rule
        )
        for place, (key, name, unit, rule) in enumerate(rows)
    )
    give_indicators(programme, on=FIRST)
    plans = [
        Adoption(
            programme=programme,
            unit=unit,
            state=states.ISSUED,
            expected_since=FIRST,
            issued_by_id=user.pk,
            issued_on=FIRST,
        )
        for unit in units
    ]
    Adoption.objects.bulk_create(plans, batch_size=5000)
    share.refresh_from_db()
    count.refresh_from_db()
    return Asked(programme, share, count, {plan.unit_id: plan for plan in plans}, Actor(user, FIRST))


def send(
    asked: Asked,
    target: Target,
    unit: int,
    term: Occurrence,
    numbers: tuple[int, int] | None,
    *,
    at: datetime,
) -> Evidence:
    """What a unit sends for a term; no numbers: nothing to report."""
    share = target.unit == "%"
    return Evidence.objects.create(
        adoption=asked.adoptions[unit],
        target=target,
        occurrence=term,
        happened_on=term.ends_on,
        text="Có biên bản." if numbers else "Kỳ này không tổ chức.",
        numerator=Decimal(numbers[0]) if numbers else None,
        denominator=Decimal(numbers[1]) if numbers and share else None,
        nothing=numbers is None,
        sent_by_id=asked.actor.id + 1,
        sent_by_name="Vi Văn Sơn",
        sent_at=at,
    )


def decide(evidence: Evidence, asked: Asked, *, accept: bool, at: datetime) -> None:
    """Accept or return it, as the service does once it has decided."""
    evidence.state = states.ACCEPTED if accept else states.RETURNED
    evidence.decided_by_id, evidence.decided_by_name, evidence.decided_at = asked.actor.id, "Lò Thị Ban", at
    evidence.save()
    if accept:
        note_accepted(evidence, by=asked.actor, at=at)


def figures_from_evidence(targets: Iterable[Target]) -> list[Said]:
    """What accepted evidence says, counted in plain Python from the rows of evidence alone."""
    told: dict[tuple[Target, int, date], list[Evidence]] = {}
    by_target = {target.pk: target for target in targets}
    rows = Evidence.objects.filter(target__in=by_target, state=states.ACCEPTED)
    for row in sorted(
        rows.select_related("adoption", "occurrence"), key=lambda row: (row.decided_at, row.pk)
    ):
        target = by_target[row.target_id or 0]
        assert row.occurrence is not None
        day = max(row.occurrence.starts_on, min(row.occurrence.ends_on, row.happened_on))
        period = period_of(target.indicator.grain, day)  # type: ignore[union-attr]  # given at the launch
        told.setdefault((target, row.adoption.unit_id, period.starts_on), []).append(row)
    return [_said(target, unit, start, found) for (target, unit, start), found in told.items()]


def _said(target: Target, unit: int, start: date, found: list[Evidence]) -> Said:
    indicator = target.indicator
    assert indicator is not None, "given at the launch"
    counted = found[-1:] if target.unit == "%" else found
    numbers = [row.numerator for row in counted if row.numerator is not None]
    return Said(
        indicator.pk,
        unit,
        start,
        period_of(indicator.grain, start).ends_on,
        "told" if numbers else "nothing",
        sum(numbers, Decimal(0)) if numbers else None,
        found[-1].denominator if target.unit == "%" else None,
    )
