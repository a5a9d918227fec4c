"""Programmes over the whole province: read from their plans and launched by the services that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from nep.accounts.models import User
from nep.documents.domain.intake import open_bytes
from nep.documents.services.intake import Arrival, receive_document
from nep.documents.services.reading import keep_reading, read_text
from nep.movements.models import Programme, ProgrammeScope
from nep.movements.services.scopes import NewScope, set_scopes
from nep.movements.services.steps import take_step
from nep.org.access import Actor
from nep.org.models import Line, Unit
from nep.sample.history import review
from nep.sample.organisation import HERE as SAMPLE

OWN = Path(__file__).parent
THREE_LINES = (Line.AUTHORITY, Line.UNION, Line.PARTY)
ALL, DIRECT = ProgrammeScope.Reach.ALL, ProgrammeScope.Reach.DIRECT


@dataclass(frozen=True, slots=True)
class Told:
    """One programme: its plan, who leads, drafts and launches it, whom it reaches, how much is shown for it.

    `terms`: the most terms of one task that a unit has shown; `passed`: units right below pass it on.
    """

    plan: Path
    unit: str
    officer: str
    head: str
    received: date
    lines: tuple[Line, ...] = THREE_LINES
    reach: ProgrammeScope.Reach = ALL
    terms: int = 2
    until: date = date(2026, 11, 18)

    @property
    def launched(self) -> date:
        return self.received + timedelta(days=3)

    @property
    def passed(self) -> bool:
        return self.reach == DIRECT


PROGRAMMES = (
    Told(OWN / "documents/cong-so-ba-tot.txt", "VL", "phongtrao", "chutich", date(2026, 1, 7), terms=3),
    Told(
        SAMPLE / "documents/quy-tac-ung-xu.txt",
        "VL",
        "phongtrao",
        "chutich",
        date(2026, 1, 20),
        lines=(Line.AUTHORITY,),
        reach=DIRECT,
    ),
    Told(
        SAMPLE / "documents/cong-doan-noi-khong.txt",
        "CD",
        "chuyenvien.congdoan",
        "congdoan",
        date(2026, 2, 13),
        lines=(Line.UNION,),
    ),
)


def at(day: date, hour: int = 2) -> datetime:
    """An hour of a working day, in UTC."""
    return datetime.combine(day, time(hour), UTC)


def actor(login: str, on: date) -> Actor:
    """Somebody of the sample on a day."""
    return Actor(User.objects.get(login=login), on)


def launch(told: Told) -> Programme:
    """From the plan to the launch: every unit in scope is to adopt."""
    officer, unit = actor(told.officer, told.received), Unit.objects.get(code=told.unit)
    content = told.plan.read_bytes()
    arrival = Arrival(told.plan.name, content, open_bytes(content, name=told.plan.name))
    document = receive_document(arrival, actor=officer, unit=unit, at=at(told.received))
    keep_reading(document.pk, read_text(document, actor=officer), actor=officer, at=at(told.received, 3))
    programme = review(document, officer, at(told.received, 4))
    scopes = [NewScope(line, _root(unit, line), told.reach) for line in told.lines]
    set_scopes(programme, scopes, actor=officer, at=at(told.received, 5))
    take_step("submit", programme=programme, actor=officer, at=at(told.received, 6))
    head = actor(told.head, told.launched)
    return take_step("launch", programme=programme, actor=head, at=at(told.launched))


def _root(lead: Unit, line: Line) -> Unit:
    return lead if lead.line == line else Unit.objects.get(line=line, host=lead)
