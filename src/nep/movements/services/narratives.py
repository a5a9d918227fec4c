"""What units write for a review: kept as a draft, sent, accepted or returned by the unit above."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes, events
from nep.movements.domain import states
from nep.movements.models import GoodExample, Narrative
from nep.movements.services.reviews import which
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record

MOST_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class NarrativeWords:
    """What a unit tells: what it did, what was difficult, causes not its own, what it suggests."""

    done: str
    difficulties: str = ""
    causes: str = ""
    suggestions: str = ""


def words_of(narrative: Narrative) -> NarrativeWords:
    """What a unit has written so far."""
    return NarrativeWords(narrative.done, narrative.difficulties, narrative.causes, narrative.suggestions)


def lock_narrative(narrative: Narrative) -> Narrative:
    """The narrative as it stands now, held until the transaction ends."""
    rows = Narrative.objects.select_for_update(of=("self",)).select_related(
        "review__programme__lead_unit", "adoption__unit", "adoption__parent__unit"
    )
    return rows.select_related("adoption__programme__lead_unit").get(pk=narrative.pk)


def _tell(kind: EventType, narrative: Narrative, *, actor: Actor, at: datetime, **more: Any) -> None:
    adoption = narrative.adoption
    record(
        kind,
        actor=actor,
        about=[narrative, adoption, narrative.review, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        unit=adoption.unit.name,
        **which(kind, narrative.review),
        **more,
    )


@transaction.atomic
def write_narrative(
    narrative: Narrative,
    words: NarrativeWords,
    *,
    send: bool,
    actor: Actor,
    at: datetime,
    seen: NarrativeWords | None = None,
) -> Narrative:
    """Keep what the unit writes, and send it to the unit above when it is finished.

    Raises: RuleError when nothing is told; Conflict when a colleague wrote since `seen` was shown.
    """
    narrative = lock_narrative(narrative)
    if narrative.state == states.SENT:
        raise Conflict(f"{narrative.sent_by_name} đã gửi báo cáo này. Mở lại trang để xem.")
    access_changes.may_write(actor, narrative).require()
    before = words_of(narrative)
    if seen is not None and seen != before:
        raise Conflict("Đồng nghiệp vừa sửa báo cáo này. Mở lại trang để xem rồi viết tiếp.")
    if send and not words.done.strip():
        raise RuleError("Ghi kết quả đã làm được trước khi gửi.")
    for name, value in asdict(words).items():
        setattr(narrative, name, value.strip())
    if send:
        narrative.state, narrative.sent_at = states.SENT, at
        narrative.sent_by_id, narrative.sent_by_name = actor.id, actor.name[:200]
    elif before == words_of(narrative):
        return narrative
    narrative.save()
    after = asdict(words_of(narrative))
    kind = events.NARRATIVE_SENT if send else events.NARRATIVE_WRITTEN
    _tell(kind, narrative, actor=actor, at=at, before=asdict(before), after=after)
    return narrative


@transaction.atomic
def decide_on_narrative(
    narrative: Narrative, *, accept: bool, actor: Actor, at: datetime, reason: str = ""
) -> Narrative:
    """Accept what a unit wrote, or return it with a reason.

    Raises: RuleError when it is returned without a reason; Conflict when it is decided already.
    """
    narrative = lock_narrative(narrative)
    if narrative.state != states.SENT:
        who = narrative.decided_by_name or "Đồng nghiệp"
        raise Conflict(f"{who} đã xét báo cáo này. Mở lại trang để xem kết quả.")
    access_changes.may_decide_narrative(actor, narrative).require()
    if not accept and not reason.strip():
        raise RuleError("Ghi lý do trả lại để đơn vị biết cần bổ sung gì.")
    parent = narrative.adoption.parent
    above = parent.unit if parent else narrative.adoption.programme.lead_unit
    by = actor.standing_at(Permission.DECIDE_EVIDENCE, above)
    narrative.state = states.ACCEPTED if accept else states.RETURNED
    narrative.reason = "" if accept else reason.strip()
    narrative.decided_by_name, narrative.decided_at = by.name[:200], at
    narrative.save(update_fields=["state", "reason", "decided_by_name", "decided_at"])
    kind = events.NARRATIVE_ACCEPTED if accept else events.NARRATIVE_RETURNED
    _tell(kind, narrative, actor=by, at=at, reason=reason.strip())
    return narrative


@transaction.atomic
def nominate(
    narrative: Narrative, kind: str, name: str, deed: str, *, actor: Actor, at: datetime
) -> GoodExample:
    """Name a collective or a person of the unit as a good example, with what they did.

    Raises: RuleError without name or deed, or when there are very many.
    """
    narrative = lock_narrative(narrative)
    access_changes.may_write(actor, narrative).require()
    if not name.strip() or not deed.strip():
        raise RuleError("Ghi tên và việc làm tốt của điển hình.")
    if narrative.examples.count() >= MOST_EXAMPLES:
        raise RuleError(f"Mỗi đơn vị đề cử nhiều nhất {MOST_EXAMPLES} điển hình.")
    example = GoodExample.objects.create(
        narrative=narrative,
        kind=kind,
        name=" ".join(name.split())[:300],
        deed=deed.strip(),
        nominated_by_name=actor.name[:200],
    )
    after = {"kind": kind, "deed": example.deed}
    _tell(events.EXAMPLE_NOMINATED, narrative, actor=actor, at=at, name=example.name, after=after)
    return example


@transaction.atomic
def remove_example(example: GoodExample, *, actor: Actor, at: datetime) -> None:
    """Take a nomination back before the narrative is sent."""
    narrative = lock_narrative(example.narrative)
    access_changes.may_write(actor, narrative).require()
    before = {"kind": example.kind, "deed": example.deed}
    _tell(events.EXAMPLE_REMOVED, narrative, actor=actor, at=at, name=example.name, before=before)
    example.delete()
