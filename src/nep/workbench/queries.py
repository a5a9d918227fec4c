"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from nep.movements.models import Programme
from nep.movements.queries.duties import Asked, Decision, Duty, asked, decisions, duties
from nep.movements.queries.programmes import ProgrammeRow, running_programmes
from nep.movements.queries.timeline import KNOWN_TO_ALL
from nep.org.access import Actor
from nep.platform.audit.models import Event
from nep.platform.audit.trail import TimelineEntry, name_of, tell
from nep.platform.jobs.models import JobRun
from nep.platform.ui.parts import Moment

NEWS = 6
DECISIONS = 5
PROGRAMMES = 6


@dataclass(frozen=True, slots=True)
class Home:
    """The home page of one person on one day."""

    day: date
    duties: list[Duty]
    decisions: list[Decision]
    asked: list[Asked]
    programmes: list[ProgrammeRow]
    jobs: list[JobRun]
    news: list[Moment]

    @property
    def first_decisions(self) -> list[Decision]:
        """Those that waited longest; the rest is one click away."""
        return self.decisions[:DECISIONS]

    @property
    def overdue(self) -> int:
        """How many duties are late."""
        return sum(duty.late_days > 0 for duty in self.duties)


def home(actor: Actor, at: datetime) -> Home:
    """What the person owes, decides and asked for; what runs and what is new where they may see it."""
    programmes = running_programmes(actor, PROGRAMMES)
    jobs = JobRun.objects.filter(started_by_id=actor.id, created_at__gte=at - timedelta(days=1))
    return Home(
        day=actor.on,
        duties=duties(actor, actor.on),
        decisions=decisions(actor, actor.on),
        asked=asked(actor, actor.on),
        programmes=programmes,
        jobs=list(jobs.exclude(state=JobRun.State.DONE).order_by("-created_at")),
        news=_news([row.programme for row in programmes]),
    )


def _news(programmes: list[Programme]) -> list[Moment]:
    """The latest steps in the life of the programmes, each with the name of its programme."""
    named = {name_of(programme): programme for programme in programmes}
    events = Event.objects.filter(about__0__in=list(named), kind__in=KNOWN_TO_ALL).order_by("-at", "-id")
    return [_in_programme(tell(event), named[event.about[0]]) for event in events[:NEWS]]


def _in_programme(entry: TimelineEntry, programme: Programme) -> Moment:
    return Moment(
        entry.at, f"{programme.code}: {entry.sentence}", url=reverse("programme", args=[programme.pk])
    )
