"""A reviewed plan becomes the draft of a programme, every part tied to its words in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from nep.documents.access import visible_documents
from nep.documents.domain.review import Draft, DraftTask
from nep.documents.models import Document, DocumentRelation
from nep.documents.queries import current_reading, draft_of
from nep.documents.review_outcome import Made
from nep.kernel.errors import RuleError
from nep.movements import access, events
from nep.movements.domain import states
from nep.movements.domain.heads import programme_days, programme_kind
from nep.movements.domain.numbering import TARGET, TASK
from nep.movements.models import (
    Aim,
    ConductRule,
    GoodModel,
    LineOfWork,
    Milestone,
    Programme,
    ProgrammeParent,
    RuleSet,
    Target,
    Task,
)
from nep.movements.models.content import Part
from nep.movements.queries.whom import Whom
from nep.movements.services.content import NewActor, write_actors
from nep.movements.services.programmes import ProgrammeHead, insert_programme
from nep.org.access import Actor
from nep.platform.audit.trail import record


def make_programme(document: Document, actor: Actor, at: datetime) -> str:
    """What a finished review leads to: the draft of its programme, or its days where the plan has none."""
    programme, guessed = create_programme_from_review(actor=actor, document=document, at=at)
    if guessed:
        return f"{reverse('programme_head', args=[programme.pk])}?ky=doan"
    return reverse("programme_edit", args=[programme.pk])


def programmes_made(document: Document, actor: Actor) -> Sequence[Made]:
    """The programmes made from a document that the actor may see."""
    rows = access.visible_programmes(actor).filter(document=document)
    return [
        Made(f"{row.code} {row.title}", reverse("programme", args=[row.pk]), states.STATE_LABELS[row.state])
        for row in rows
    ]


@transaction.atomic
def create_programme_from_review(*, actor: Actor, document: Document, at: datetime) -> tuple[Programme, bool]:
    """The draft that a reviewed document makes; True when its days were guessed.

    Raises: RuleError when the document has not been read or has a programme already.
    """
    reading = current_reading(document)
    if reading is None:
        raise RuleError("Văn bản chưa được đọc. Mở trang xem lại trước khi lập chương trình.")
    draft = draft_of(reading)
    head, guessed = _head(draft, document, actor)
    programme = insert_programme(head, actor=actor, at=at, document=document)
    _write_parts(programme, draft)
    _write_tasks(programme, draft, Whom.seen_from(head.lead_unit, actor.on))
    _write_parents(programme, document, actor)
    record(
        events.PROGRAMME_READ,
        actor=actor,
        about=[programme, document],
        at=at,
        unit_id=head.lead_unit.pk,
        code=programme.code,
        title=programme.title,
        document=document.reference,
    )
    return programme, guessed


def _head(draft: Draft, document: Document, actor: Actor) -> tuple[ProgrammeHead, bool]:
    title = draft.header.title or document.title or document.reference
    days = programme_days(
        first_year=draft.header.first_year,
        last_year=draft.header.last_year,
        issued_on=draft.header.issued_on or document.issued_on,
        today=actor.on,
    )
    head = ProgrammeHead(programme_kind(title), title, document.owner_unit, days.first, days.last)
    return head, days.guessed


def _write_parts(programme: Programme, draft: Draft) -> None:
    made: list[list[Part]] = [
        [Aim(text=aim.text, item_id=aim.item_id) for aim in draft.aims],
        [
            Target(
                code=f"{TARGET}{number}",
                name=target.name,
                value=target.value,
                unit=target.unit[:60],
                subject=target.subject,
                rule=target.rule,
                item_id=target.item_id,
                source_of_figures=target.source_of_figures[:300],
            )
            for number, target in enumerate(draft.targets, start=1)
        ],
        [Milestone(rule=mark.rule, text=mark.text, item_id=mark.item_id) for mark in draft.milestones],
        [
            ConductRule(
                kind=rule.kind,
                binds=rule.binds[:30],
                topic=rule.topic[:300],
                text=rule.text,
                item_id=rule.item_id,
            )
            for rule in draft.rules
        ],
        [
            RuleSet(name=rules.name[:200], items=[item[:300] for item in rules.items], item_id=rules.item_id)
            for rules in draft.rule_sets
        ],
        [GoodModel(name=model.name[:500], item_id=model.item_id) for model in draft.models],
    ]
    for parts in made:
        _insert(programme, parts)


def _write_tasks(programme: Programme, draft: Draft, whom: Whom) -> None:
    lines = [LineOfWork(name=name[:500]) for name in draft.lines_of_work]
    _insert(programme, lines)
    line_of = dict(zip(draft.lines_of_work, lines, strict=True))
    tasks = [
        _task(task, number, line_of.get(task.line_of_work))
        for number, task in enumerate(draft.tasks, start=1)
    ]
    _insert(programme, tasks)
    actors = {
        made.pk: [NewActor(actor.name, actor.role) for actor in task.actors]
        for made, task in zip(tasks, draft.tasks, strict=True)
    }
    write_actors(actors, whom)


def _task(task: DraftTask, number: int, line: LineOfWork | None) -> Task:
    return Task(
        code=f"{TASK}{number}",
        title=_short(task.title),
        text=task.text,
        rule=task.rule,
        evidence_kind=task.evidence_kind,
        line_of_work=line,
        item_id=task.item_id,
    )


def _short(title: str, most: int = 500) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rsplit(' ', 1)[0]}…"


def _insert(programme: Programme, parts: Iterable[Part]) -> None:
    rows = list(parts)
    for position, part in enumerate(rows):
        part.programme, part.position = programme, position
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


def _write_parents(programme: Programme, document: Document, actor: Actor) -> None:
    """The documents in the store that the plan carries out; as programmes where they are programmes."""
    named = DocumentRelation.objects.filter(source=document, kind=DocumentRelation.Kind.CARRIES_OUT)
    stored = visible_documents(actor).filter(pk__in=named.values("target_id")).exclude(pk=document.pk)
    documents = {row.pk: row for row in stored}
    programmes = {
        row.document_id: row
        for row in access.visible_programmes(actor).filter(document__in=documents).order_by("-pk")
    }
    ProgrammeParent.objects.bulk_create(
        ProgrammeParent(programme=programme, parent=programmes[pk])
        if pk in programmes
        else ProgrammeParent(programme=programme, document=stored_document)
        for pk, stored_document in documents.items()
    )
