"""The programme that follows one: its content moved by years, its lessons carried over as chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes, events
from nep.movements.domain.next_year import moved_words
from nep.movements.domain.numbering import TASK, part_code
from nep.movements.models import Aim, Lesson, Programme, ProgrammeScope, Task
from nep.movements.queries.contents import content_now, places_of_parts
from nep.movements.queries.parts import KINDS
from nep.movements.services.copying import kept, write_draft
from nep.movements.services.programmes import ProgrammeHead, insert_programme
from nep.org.access import Actor
from nep.platform.audit.trail import record

AS_AIM, AS_TASK = "muc-dich", "nhiem-vu"


@dataclass(frozen=True, slots=True)
class NextYears:
    """What the next programme is called, when it runs, which lessons it carries, as an aim or a task."""

    title: str
    starts_on: date
    ends_on: date
    lessons: Mapping[int, str]


def years_after(programme: Programme) -> tuple[str, date, date]:
    """Title and days offered for the next programme: as many years later as this one lasts."""
    years = max(programme.ends_on.year - programme.starts_on.year + 1, 1)
    return (
        moved_words(programme.title, years),
        _moved(programme.starts_on, years),
        _moved(programme.ends_on, years),
    )


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def draft_next(programme: Programme, wanted: NextYears, *, actor: Actor, at: datetime) -> Programme:
    """The draft of the programme that follows this one; an ordinary draft from then on.

    Raises: Conflict when it has been drafted already; RuleError when its days do not lie after this one's.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    access_changes.may_follow(actor, programme).require()
    if made := Programme.objects.filter(follows=programme).first():
        raise Conflict(f"Đã có bản nháp tiếp theo: {made.code}. Mở bản nháp đó để soạn.")
    if wanted.starts_on <= programme.starts_on:
        raise RuleError(f"Ngày bắt đầu phải sau ngày {programme.starts_on:%d/%m/%Y} của chương trình trước.")
    lead = programme.lead_unit
    head = ProgrammeHead(programme.kind, wanted.title, lead, wanted.starts_on, wanted.ends_on)
    draft = insert_programme(head, actor=actor, at=at, document=None)
    draft.follows = programme
    draft.save(update_fields=["follows"])
    items = kept(content_now(programme), places_of_parts(programme), KINDS)
    write_draft(draft, items, years=wanted.starts_on.year - programme.starts_on.year)
    _copy_scopes(programme, draft)
    _carry(programme, draft, wanted.lessons)
    record(
        events.PROGRAMME_FOLLOWS,
        actor=actor,
        about=[draft, programme],
        at=at,
        unit_id=lead.pk,
        code=draft.code,
        title=draft.title,
        previous=programme.code,
        lessons=len(wanted.lessons),
    )
    return draft


def _copy_scopes(programme: Programme, draft: Programme) -> None:
    """Whom it reached, as far as these units still are: the officer looks before submitting."""
    ProgrammeScope.objects.filter(programme=draft).delete()
    for scope in programme.scopes.order_by("pk"):
        ProgrammeScope.objects.create(
            programme=draft, line=scope.line, root_id=scope.root_id, reach=scope.reach
        )


def _carry(programme: Programme, draft: Programme, chosen: Mapping[int, str]) -> None:
    lessons = Lesson.objects.filter(review__programme=programme, pk__in=chosen)
    for lesson in lessons:
        text = lesson.proposal or lesson.text
        if chosen[lesson.pk] == AS_AIM:
            Aim.objects.create(programme=draft, position=_next_place(Aim, draft), text=text)
        else:
            codes = Task.objects.filter(programme=draft).values_list("code", flat=True)
            Task.objects.create(
                programme=draft,
                position=_next_place(Task, draft),
                code=part_code(TASK, codes),
                title=text[:500],
                text=lesson.text,
                line_of_work=None,
            )


def _next_place(model: type[Aim] | type[Task], draft: Programme) -> int:
    last = model.objects.filter(programme=draft).order_by("-position").first()
    return last.position + 1 if last else 0
