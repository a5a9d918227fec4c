"""Special dates as they hold for single terms; what opens terms asks here for later last days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from nep.movements.domain import states
from nep.movements.domain.exceptions import Later
from nep.movements.models import Adoption, Occurrence, SpecialDate
from nep.org.models import UnitClosure


def later_of(special: SpecialDate) -> Later:
    """A special date as the rules see it."""
    return Later(special.starts_on, special.expires_on, special.due_on, special.rule)


def give_special_days(terms: QuerySet[Occurrence], *, on: date) -> None:
    """Give those of these terms that are owed the later last days granted for them, the latest one each."""
    dated = terms.filter(state__in=states.OWED, due_on__isnull=False)
    for special in SpecialDate.objects.granted().filter(expires_on__gte=on).order_by("pk"):
        give(special, dated.filter(programme=special.programme_id), on=on)


def give(special: SpecialDate, terms: QuerySet[Occurrence], *, on: date) -> list[Occurrence]:
    """Give the terms to which one special date applies its day; those that changed."""
    later, changed = later_of(special), []
    for term in terms.filter(of_duty(special), adoption__in=plans_of(special, on)).order_by("pk"):
        day = later.instead_of(term.due_on) if term.due_on and term.special_id is None else None
        if day is not None:
            term.due_on, term.special = day, special
            changed.append(term)
    Occurrence.objects.bulk_update(changed, ["due_on", "special"], batch_size=1000)
    return changed


def of_duty(special: SpecialDate) -> Q:
    """Condition on a term: of the duty for which the date was granted, or of any of the programme."""
    if special.task_id is not None:
        return Q(task__task=special.task_id)
    if special.target_id is not None:
        return Q(target=special.target_id)
    return Q(programme=special.programme_id)


def plans_of(special: SpecialDate, on: date) -> QuerySet[Adoption]:
    """The plan for which it was granted, and those of the units below, if it is for them too."""
    units: Iterable[int] = [special.unit_id]
    if special.below:
        below = UnitClosure.objects.filter(ancestor=special.unit_id, during__contains=on)
        units = below.values_list("descendant_id", flat=True)
    return Adoption.objects.filter(programme=special.programme_id, unit__in=units)
