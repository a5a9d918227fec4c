"""Tells the story of `history.yml` through the services that people use, day by day."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from nep.accounts.models import User
from nep.documents.domain.intake import open_bytes
from nep.documents.domain.review.stamps import stamp_of
from nep.documents.models import Document, Field, ReviewItem
from nep.documents.services.intake import Arrival, receive_document
from nep.documents.services.reading import keep_reading, read_text
from nep.documents.services.review import Pick, answer_doubt, finish_review
from nep.movements.domain.attachments import Attachment
from nep.movements.domain.evidence import FIGURES, PHOTO, Content
from nep.movements.models import AdoptedTask, Adoption, Evidence, Programme, ProgrammeScope, Target
from nep.movements.services.adopted_tasks import assign_tasks
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, pass_down, prepare_adoption
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_target, send_for_task
from nep.movements.services.occurrences_daily import turn_the_day
from nep.movements.services.scopes import NewScope, set_scopes
from nep.movements.services.steps import take_step
from nep.org.access import Actor
from nep.org.models import Grant, Person, Unit
from nep.platform.clock import now, today
from nep.sample.changes import tell_amendments, tell_review, tell_what_follows
from nep.sample.exceptions import tell_special_dates
from nep.sample.indicators import tell_figures
from nep.sample.organisation import HERE
from nep.sample.photo import notice_board

MOST_TERMS = 12
WEEK = timedelta(days=7)
WORKING_HOURS = (time(1, 10), time(8, 50))  # UTC: ten past eight to ten to four in Vietnam


@cache
def story() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load((HERE / "history.yml").read_text())
    return loaded


@dataclass(eq=False)
class Teller:
    """Acts in the names of invented people; `draw` makes the same choices at every run."""

    draw: random.Random = field(default_factory=lambda: random.Random(335))

    def actor(self, login: str, on: date) -> Actor:
        """Somebody of the story on a day."""
        return self.acting(self.user_of(login), on)

    @cache  # noqa: B019 -- there is one teller
    def acting(self, user: User, on: date) -> Actor:
        """An account on a day; whoever acts twice on it is asked once for their roles."""
        return Actor(user, on)

    @cache  # noqa: B019 -- there is one teller
    def user_of(self, login: str) -> User:
        """The account of this login."""
        return User.objects.get(login=login)

    @cache  # noqa: B019 -- there is one teller
    def holder_of(self, unit: Unit, *roles: str) -> User:
        """Who holds the first of these roles that anybody holds in a unit."""
        grants = Grant.objects.select_related("user").filter(unit=unit, role__in=roles, line=unit.line)
        return min(grants, key=lambda grant: roles.index(grant.role)).user

    def head_of(self, unit: Unit, on: date) -> Actor:
        """Who signs for a unit."""
        return self.acting(self.holder_of(unit, "head"), on)

    def sender_of(self, unit: Unit, on: date) -> Actor:
        """Who sends evidence for a unit: its focal officer, else its head."""
        return self.acting(self.holder_of(unit, "focal", "movement_officer", "head"), on)

    def at(self, day: date) -> datetime:
        """Some minute of a working day."""
        start, end = (datetime.combine(day, limit, UTC) for limit in WORKING_HOURS)
        return start + timedelta(minutes=self.draw.randrange(int((end - start).seconds / 60)))


def tell() -> None:
    """The whole story."""
    teller = Teller()
    for told in story()["programmes"]:
        tell_programme(teller, told)
    for told in story()["waiting"]:
        bring_in(teller, told)
    turn_the_day(on=today(), at=now())
    tell_figures(teller)


def bring_in(teller: Teller, told: dict[str, Any]) -> Document:
    """An officer brings a plan in; it is read."""
    officer, at = teller.actor(told["officer"], told["received"]), teller.at(told["received"])
    name = f"{told['document']}.txt"
    content = (HERE / "documents" / name).read_bytes()
    document = receive_document(
        Arrival(name, content, open_bytes(content, name=name)),
        actor=officer,
        unit=Unit.objects.get(code=told["unit"]),
        at=at,
    )
    keep_reading(document.pk, read_text(document, actor=officer), actor=officer, at=at)
    return document


def tell_programme(teller: Teller, told: dict[str, Any]) -> None:
    """From the plan to where the programme stands today."""
    document = bring_in(teller, told)
    ready = told.get("submitted") or told["launched"]
    officer = teller.actor(told["officer"], ready)
    programme = review(document, officer, document.received_at + timedelta(minutes=40))
    scopes = [NewScope(line, _root(programme, line), ProgrammeScope.Reach.DIRECT) for line in told["lines"]]
    finished = teller.at(ready)
    set_scopes(programme, scopes, actor=officer, at=finished)
    take_step("submit", programme=programme, actor=officer, at=finished + timedelta(minutes=15))
    if "launched" not in told:
        return
    head = teller.actor(told["head"], told["launched"])
    take_step("launch", programme=programme, actor=head, at=teller.at(told["launched"]) + timedelta(hours=2))
    _adopt_level(teller, told, programme, level=1)
    if told.get("pass_down"):
        _pass_down(teller, told, programme)
        _adopt_level(teller, told, programme, level=2)
    _show(teller, told, programme)
    tell_amendments(teller, told, programme)
    tell_special_dates(teller, told, programme)
    steps = told.get("steps", ())
    for place, step in enumerate(steps):
        take_step(
            step["name"],
            programme=programme,
            actor=teller.actor(told["head"], step["day"]),
            at=teller.at(step["day"]),
            reason=step.get("reason", ""),
            document=document if step.get("document") else None,
        )
        if step["name"].startswith("open_"):
            until = steps[place + 1]["day"] if place + 1 < len(steps) else told["evidence_until"] + WEEK
            tell_review(teller, told | {"review": story()["review"]}, programme, step, until)
    tell_what_follows(teller, told, programme)


def _root(programme: Programme, line: str) -> Unit:
    """The unit below which a line is reached: the leading unit in its own line, else the provincial one."""
    if line == programme.lead_unit.line:
        return programme.lead_unit
    return Unit.objects.get(line=line, host=programme.lead_unit)


def review(document: Document, officer: Actor, at: datetime) -> Programme:
    """Answer each doubt with the reader's first guess, then make the programme."""
    doubts = ReviewItem.objects.filter(reading__document=document, field=Field.DOUBT)
    for doubt in doubts:
        answers = [part["choices"][0][0] for part in doubt.value["parts"]]
        answer_doubt(Pick(doubt.pk, stamp_of(doubt)), answers, actor=officer, at=at)
    finish_review(document, actor=officer, at=at)
    return Programme.objects.get(document=document)


def _share(told: dict[str, Any], unit: Unit) -> float:
    shares: dict[str, float] = told["shares"]
    return shares.get(unit.code, shares["default"])


def _adopt_level(teller: Teller, told: dict[str, Any], programme: Programme, *, level: int) -> None:
    start = told["launched"] + timedelta(days=2 + 12 * (level - 1))
    rows = Adoption.objects.filter(programme=programme, level=level).select_related("unit", "programme")
    for adoption in rows.order_by("pk"):
        share = _share(told, adoption.unit)
        if share == 0 or not Grant.objects.filter(unit=adoption.unit, role="head").exists():
            continue
        day = start + timedelta(days=teller.draw.randrange(9))
        sender, head = teller.sender_of(adoption.unit, day), teller.head_of(adoption.unit, day)
        opened = teller.at(day)
        prepare_adoption(adoption, actor=sender, at=opened)
        _name_people(teller, adoption, sender, opened + timedelta(minutes=20))
        carry_out_directly(adoption, story()["directly"], actor=sender, at=opened + timedelta(minutes=35))
        if share > 0.1:
            issue_adoption(adoption, actor=head, at=teller.at(day + timedelta(days=1)), head_answers=True)


def _name_people(teller: Teller, adoption: Adoption, sender: Actor, at: datetime) -> None:
    """Every second task goes to somebody of the unit; the head answers for the rest."""
    units = Unit.objects.filter(pk=adoption.unit_id)
    people = list(Person.objects.posted_in(units, sender.on).order_by("pk"))
    tasks = list(adoption.tasks.order_by("position"))[::2]
    if people and tasks:
        assign_tasks(adoption, tasks, teller.draw.choice(people), actor=sender, at=at)


def _pass_down(teller: Teller, told: dict[str, Any], programme: Programme) -> None:
    day = told["launched"] + timedelta(days=13)
    rows = Adoption.objects.filter(programme=programme, unit__code__in=told["pass_down"], state="issued")
    for adoption in rows.select_related("unit", "programme"):
        head = teller.head_of(adoption.unit, day)
        below = Unit.objects.all().directly_below(adoption.unit, day)
        pass_down(adoption, list(below), actor=head, at=teller.at(day))


def _show(teller: Teller, told: dict[str, Any], programme: Programme) -> None:
    """Units send evidence when it is due, as far as they get; the units above decide on most of it."""
    until = told["evidence_until"]
    for adoption in Adoption.objects.filter(programme=programme, state="issued").select_related(
        "unit", "programme"
    ):
        share = _share(told, adoption.unit)
        for task in adoption.tasks.order_by("position"):
            if teller.draw.random() < share:
                _show_task(teller, told, task, until=until, share=share)
        for target in programme.targets.filter(unit="%") if adoption.level == 1 else ():
            if teller.draw.random() < share:
                _tell_figures(teller, told, adoption, target, share=share)


def _show_task(teller: Teller, told: dict[str, Any], task: AdoptedTask, *, until: date, share: float) -> None:
    """Term after term up to the end of the story, the last one sometimes still waiting."""
    issued = task.adoption.issued_on or told["launched"]
    for _ in range(MOST_TERMS):
        task.refresh_from_db(fields=["state", "due_on"])
        day = min(until, max(issued + timedelta(days=3), (task.due_on or until) - timedelta(days=2)))
        if task.state != AdoptedTask.State.OPEN or day >= until:
            return
        evidence = send_evidence(teller, task, day)
        decided = day + timedelta(days=teller.draw.randrange(1, 4))
        roll = teller.draw.random()
        if roll < 0.06:
            return_evidence(
                evidence,
                story()["returned"],
                actor=decider_of(teller, told, task.adoption, decided),
                at=teller.at(decided),
            )
            return
        if roll > 0.94 and decided > until - timedelta(days=40):
            return
        accept_evidence(
            evidence, actor=decider_of(teller, told, task.adoption, decided), at=teller.at(decided)
        )
        if teller.draw.random() > (share + 3) / 4:
            return


def send_evidence(teller: Teller, task: AdoptedTask, day: date) -> Evidence:
    """A unit shows what it has done for the running term of a task."""
    unit, kind = task.adoption.unit, task.evidence_kind
    sender, at = teller.sender_of(unit, day), teller.at(day)
    if task.rule == "prompt" or teller.draw.random() < 0.05:
        return send_for_task(task, Content(day, text=story()["nothing"], nothing=True), actor=sender, at=at)
    numerator = Decimal(teller.draw.randrange(8, 30))
    name = unit.short_name[:1].upper() + unit.short_name[1:]
    content = Content(
        day,
        text=teller.draw.choice(story()["shown"]).format(unit=name),
        link=f"https://vanlinh.example/{unit.code.lower()}/van-ban/{task.pk}" if kind == "document" else "",
        numerator=numerator if kind == FIGURES else None,
        denominator=Decimal(30) if kind == FIGURES else None,
    )
    with_photo = kind in {PHOTO, "report"} or teller.draw.random() < 0.1
    photo = (
        Attachment("bang-quy-tac.png", notice_board(unit.short_name, day), photo=True) if with_photo else None
    )
    return send_for_task(task, content, [photo] if photo else [], actor=sender, at=at)


def _tell_figures(
    teller: Teller, told: dict[str, Any], adoption: Adoption, target: Target, *, share: float
) -> None:
    """Figures every two or three months, each time a little nearer to the whole; the last may still wait."""
    day = (adoption.issued_on or told["launched"]) + timedelta(days=30)
    units = Unit.objects.below([adoption.unit_id], day)
    counted = units if target.subject == Target.Subject.UNITS else Person.objects.posted_in(units, day)
    whole = max(counted.count(), 1)
    missing = teller.draw.randrange(whole // 2 + 1)
    while day < told["evidence_until"]:
        content = Content(
            day,
            text="Tính theo danh sách ký tên.",
            numerator=Decimal(whole - missing),
            denominator=Decimal(whole),
        )
        sender = teller.sender_of(adoption.unit, day)
        sent = send_for_target(adoption, target, content, actor=sender, at=teller.at(day))
        decided, missing = day + timedelta(days=2), missing // 2 if share == 1 else missing * 2 // 3
        if decided > told["evidence_until"] - timedelta(days=30) and teller.draw.random() < 0.2:
            return
        accept_evidence(sent, actor=decider_of(teller, told, adoption, decided), at=teller.at(decided))
        day += timedelta(days=60 + teller.draw.randrange(30))


def decider_of(teller: Teller, told: dict[str, Any], adoption: Adoption, day: date) -> Actor:
    """Who decides for the unit above: the movement officer at the top, the head below it."""
    if adoption.parent is None:
        return teller.actor(told["officer"], day)
    return teller.head_of(adoption.parent.unit, day)
