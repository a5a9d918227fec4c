"""Taking numbers from the register of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.documents import events
from nep.documents.models import DocumentKind, NumberRegister, OutsideNumbers
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record

MOST_AT_ONCE = 100_000
"""Most numbers noted as given by hand: beyond that a figure was mistyped."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that was taken, and the day from which its document counts."""

    register: NumberRegister
    number: int
    on: date


def take_number(unit: Unit, kind: str, on: date) -> Taken:
    """Take the next number of the year; the register stays locked until the transaction ends.

    The day is `on`, or that of the number before it where that one is later: numbers and days never run
    against each other. A transaction that takes a number and issues nothing cannot commit.
    """
    register = locked_register(unit, kind, on.year)
    register.last += 1
    register.last_on = max(on, register.last_on or on)
    register.save(update_fields=["last", "last_on"])
    return Taken(register, register.last, register.last_on)


def locked_register(unit: Unit, kind: str, year: int) -> NumberRegister:
    """The register of a unit, kind and year, made when it is the first number of the year."""
    register, _ = NumberRegister.objects.get_or_create(unit=unit, kind=kind, year=year)
    return NumberRegister.objects.select_for_update().get(pk=register.pk)


def next_number(unit: Unit, kind: str, year: int) -> int:
    """The number that would be given now; somebody else may take it first."""
    last = NumberRegister.objects.filter(unit=unit, kind=kind, year=year).values_list("last", flat=True)
    return (last.first() or 0) + 1


@transaction.atomic
def note_outside_numbers(
    unit: Unit, up_to: int, *, year: int, actor: Actor, at: datetime, kind: str = DocumentKind.DISPATCH
) -> OutsideNumbers:
    """Note that the clerks have given numbers by hand up to this one, so that Nếp goes on after it.

    The upper app decides who may.
    Raises: RuleError when the number has been given already, or is absurdly large.
    """
    register = locked_register(unit, kind, year)
    first = register.last + 1
    if up_to < first:
        raise RuleError(f"Sổ công văn năm {year} đã đến số {register.last}. Ghi số lớn hơn số đó.")
    if up_to - register.last > MOST_AT_ONCE:
        raise RuleError(f"Số {up_to} cách số gần nhất ({register.last}) quá xa. Xem lại số đã cấp.")
    noted = OutsideNumbers.objects.create(
        register=register, first=first, last=up_to, noted_by_id=actor.id, noted_at=at
    )
    register.last = up_to
    register.save(update_fields=["last"])
    record(
        events.NUMBERS_NOTED,
        actor=actor,
        about=[register, unit],
        at=at,
        unit_id=unit.pk,
        first=first,
        last=up_to,
        year=year,
        unit=unit.name,
    )
    return noted
