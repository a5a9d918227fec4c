"""The steps in the life of a programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.documents.access import visible_documents
from nep.documents.models import Document
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, events
from nep.movements.domain import states
from nep.movements.domain.readiness import require_ready
from nep.movements.models import Programme, ProgrammeStep
from nep.movements.queries.overview import figures_now
from nep.movements.queries.readiness import content_of
from nep.movements.services.indicators import give_indicators
from nep.movements.services.reopening import close_programme_terms
from nep.movements.services.reviews import close_review, open_review
from nep.movements.services.scopes import expect_adoptions
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record

EVENTS: dict[str, EventType] = {
    "submit": events.PROGRAMME_SUBMITTED,
    "return": events.PROGRAMME_RETURNED,
    "launch": events.PROGRAMME_LAUNCHED,
    "open_interim": events.INTERIM_OPENED,
    "close_interim": events.INTERIM_CLOSED,
    "open_final": events.FINAL_OPENED,
    "close": events.PROGRAMME_CLOSED,
}


@transaction.atomic
def take_step(
    name: str,
    *,
    programme: Programme,
    actor: Actor,
    at: datetime,
    reason: str = "",
    document: Document | None = None,
    seen_state: str = "",
) -> Programme:
    """Take a programme one step on; `launch` makes every unit in scope owe its plan from today.

    Raises: Conflict when it left `seen_state` meanwhile; RuleError when something is lacking; AccessDenied.
    """
    rows = Programme.objects.select_for_update(of=("self",)).select_related("lead_unit")
    programme = rows.get(pk=programme.pk)
    source = programme.state
    if seen_state and seen_state != source:
        raise Conflict("Chương trình vừa được chuyển bước. Mở lại trang để xem trạng thái mới.")
    step = states.PROGRAMME.check(name, state=source, reason=reason, has_document=document is not None)
    access.may_take_step(actor, programme, step).require()
    if document is not None and not visible_documents(actor).filter(pk=document.pk).exists():
        raise RuleError("Chọn một văn bản trong kho của đơn vị.")
    facts = _EFFECTS[name](programme, actor, at) if name in _EFFECTS else {}
    programme.state = step.target
    programme.save(update_fields=["state", "launched_on"])
    if name in {"open_interim", "open_final"}:
        open_review(name, programme, actor=actor, at=at)
    elif name in {"close_interim", "close"}:
        close_review(programme, reason, actor=actor, at=at)
    if name == "close":
        close_programme_terms(programme, on=actor.on, at=at)
    ProgrammeStep.objects.create(
        programme=programme,
        name=name,
        source=source,
        target=step.target,
        reason=reason.strip(),
        document=document,
        taken_by_id=actor.id,
        taken_at=at,
    )
    about = [programme, *([document] if document else [])]
    record(
        EVENTS[name],
        actor=actor.standing_at(Permission(step.permission), programme.lead_unit),
        about=about,
        at=at,
        unit_id=programme.lead_unit_id,
        reason=reason.strip(),
        before={"state": source},
        **_after(step.target, facts),
    )
    return programme


def _after(target: str, facts: dict[str, Any]) -> dict[str, Any]:
    figures = facts.pop("figures", None)
    return {"after": {"state": target, **({"figures": figures} if figures else {})}, **facts}


def _ready(programme: Programme, actor: Actor, at: datetime) -> dict[str, Any]:
    require_ready(content_of(programme, actor.on))
    return {}


def _launch(programme: Programme, actor: Actor, at: datetime) -> dict[str, Any]:
    require_ready(content_of(programme, actor.on))
    programme.launched_on = actor.on
    give_indicators(programme, on=actor.on)
    return {"units": expect_adoptions(programme, actor.on, at=at)}


def _gather(programme: Programme, actor: Actor, at: datetime) -> dict[str, Any]:
    """The conclusion of a review stands beside the figures of its day."""
    return {"figures": figures_now(programme, actor=actor, today=actor.on, now=at)}


_EFFECTS: dict[str, Callable[[Programme, Actor, datetime], dict[str, Any]]] = {
    "submit": _ready,
    "launch": _launch,
    "close_interim": _gather,
    "close": _gather,
}
