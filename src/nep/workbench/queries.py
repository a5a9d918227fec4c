"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from nep.movements.domain.lateness import WITHOUT_A_DAY
from nep.movements.models import Programme, ProgrammeStep
from nep.movements.queries.duties import Asked, asked, decisions, duties
from nep.movements.queries.duty_rows import Decision, Duty
from nep.movements.queries.programmes import ProgrammeRow, running_programmes
from nep.movements.queries.timeline import KNOWN_TO_ALL
from nep.org.access import Actor
from nep.platform.audit.models import Event
from nep.platform.audit.trail import TimelineEntry, name_of, tell
from nep.platform.jobs.models import JobRun
from nep.platform.notify.models import Notice
from nep.platform.notify.notices import latest_unread
from nep.platform.ui.formats import day, day_of_year
from nep.platform.ui.parts import Moment

NEWS = 6
DECISIONS = 5
PROGRAMMES = 6
NOTICES = 3


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as its row says it; `when` is empty where there is no day."""

    duty: Duty
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class Home:
    """The home page of one person on one day; `later` are duties that are months away and not shown."""

    day: date
    duties: list[Duty]
    later: list[Duty]
    decisions: list[Decision]
    asked: list[Asked]
    programmes: list[ProgrammeRow]
    jobs: list[JobRun]
    news: list[Moment]
    notices: list[Notice]

    @property
    def first_decisions(self) -> list[Decision]:
        """Those that waited longest; the rest is one click away."""
        return self.decisions[:DECISIONS]

    @property
    def urges(self) -> bool:
        """Whether letters to late units may be signed in one of the rows."""
        return any(row.urge_url for row in self.asked)

    @property
    def lead(self) -> str:
        """What counts now, in one sentence; empty when nothing waits."""
        overdue = sum(duty.late_days > 0 for duty in self.duties)
        owed = f"{len(self.duties)} việc phải làm" if self.duties else ""
        late = f"{owed}, {overdue} việc trong đó đã quá hạn" if overdue else owed
        decide = f"{len(self.decisions)} việc chờ quyết định" if self.decisions else ""
        return "; ".join(words for words in (late, decide) if words)

    @property
    def duty_rows(self) -> list[DutyRow]:
        """The duties as rows; each says for which unit where the person owes for several."""
        several = len({duty.unit for duty in self.duties}) > 1
        return [
            DutyRow(
                duty,
                _when(duty, self.day),
                f"{_capital(duty.unit)} · {duty.source}" if several else duty.source,
            )
            for duty in self.duties
        ]

    @property
    def first_later(self) -> date | None:
        """The day of the first duty that is not shown."""
        return min((duty.due_on for duty in self.later if duty.due_on), default=None)


def home(actor: Actor, at: datetime, *, with_later: bool = False) -> Home:
    """What the person owes, decides and asked for; what runs and what is new where they may see it.

    Duties that are months away are only counted, unless they are asked for.
    """
    owed = duties(actor, actor.on)
    programmes = running_programmes(actor, PROGRAMMES)
    jobs = JobRun.objects.filter(started_by_id=actor.id, created_at__gte=at - timedelta(days=1))
    return Home(
        day=actor.on,
        duties=[duty for duty in owed if with_later or not duty.is_far],
        later=[duty for duty in owed if duty.is_far and not with_later],
        decisions=decisions(actor, actor.on),
        asked=asked(actor, actor.on),
        programmes=programmes,
        jobs=list(jobs.exclude(state=JobRun.State.DONE).order_by("-created_at")),
        news=_news([row.programme for row in programmes]),
        notices=latest_unread(actor.id, NOTICES),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _when(duty: Duty, on: date) -> str:
    """The day of a duty, with the year where it is another one."""
    if duty.due_on is None:
        return "" if duty.word in WITHOUT_A_DAY else "Ngay"
    return day_of_year(duty.due_on) if duty.due_on.year == on.year else day(duty.due_on)


def _news(programmes: list[Programme]) -> list[Moment]:
    """The latest steps in the life of the programmes, each with the name of its programme."""
    named = {name_of(programme): programme for programme in programmes}
    # Their instants lead to their events, which no index finds by the programme among all that concerns it.
    steps = ProgrammeStep.objects.filter(programme__in=programmes).exclude(name__in=("submit", "return"))
    taken = list(steps.order_by("-taken_at", "-pk").values_list("taken_at", flat=True)[:NEWS])
    events = Event.objects.filter(
        unit_id__in={programme.lead_unit_id for programme in programmes},
        at__in=taken,
        kind__in=KNOWN_TO_ALL,
        about__0__in=list(named),
    ).order_by("-at", "-id")
    return [_in_programme(tell(event), named[event.about[0]]) for event in events[:NEWS]]


def _in_programme(entry: TimelineEntry, programme: Programme) -> Moment:
    return Moment(
        entry.at, f"{programme.code}: {entry.sentence}", url=reverse("programme", args=[programme.pk])
    )
