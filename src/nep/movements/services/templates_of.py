"""Templates of programmes: kept from one, renewed, withdrawn, and drafted from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, access_changes, events
from nep.movements.models import Programme, ProgrammeTemplate
from nep.movements.queries.contents import content_now, places_of_parts
from nep.movements.queries.parts import KINDS
from nep.movements.services.copying import kept, write_draft
from nep.movements.services.programmes import ProgrammeHead, insert_programme
from nep.org.access import Actor
from nep.platform.audit.trail import record
from nep.platform.search import search_text


@dataclass(frozen=True, slots=True)
class TemplateHead:
    """What a template is called, and what it is for."""

    name: str
    description: str = ""


def _write_head(template: ProgrammeTemplate, head: TemplateHead) -> None:
    if not head.name.strip():
        raise RuleError("Ghi tên mẫu.")
    template.name, template.description = " ".join(head.name.split())[:200], head.description.strip()
    template.search = search_text(template.name, template.description)


def _fill(template: ProgrammeTemplate, programme: Programme, kinds: Collection[str]) -> None:
    items = kept(content_now(programme), places_of_parts(programme), kinds)
    if not items:
        raise RuleError("Chọn ít nhất một phần có nội dung để lưu vào mẫu.")
    template.content, template.starts_on, template.kind = items, programme.starts_on, programme.kind
    template.made_from = programme


@transaction.atomic
def save_template(
    programme: Programme, head: TemplateHead, kinds: Collection[str], *, actor: Actor, at: datetime
) -> ProgrammeTemplate:
    """Keep the chosen parts of a programme as a template that all who draft programmes may use.

    Raises: RuleError without a name or without content.
    """
    access.may_draft(actor, programme.lead_unit).require()
    template = ProgrammeTemplate(unit=programme.lead_unit, created_by_name=actor.name[:200], changed_at=at)
    _write_head(template, head)
    _fill(template, programme, kinds)
    template.save()
    record(
        events.TEMPLATE_SAVED,
        actor=actor,
        about=[template, programme],
        at=at,
        unit_id=template.unit_id,
        programme=programme.title,
        name=template.name,
        after={"parts": sorted(set(kinds) & KINDS.keys()), "items": len(template.content)},
    )
    return template


def _lock(template: ProgrammeTemplate, actor: Actor) -> ProgrammeTemplate:
    rows = ProgrammeTemplate.objects.select_for_update(of=("self",)).select_related("unit")
    template = rows.get(pk=template.pk)
    access_changes.may_keep_template(actor, template).require()
    return template


@transaction.atomic
def change_template(
    template: ProgrammeTemplate, head: TemplateHead, *, actor: Actor, at: datetime
) -> ProgrammeTemplate:
    """Call a template otherwise; drafts made from it stay as they are.

    Raises: RuleError without a name.
    """
    template = _lock(template, actor)
    before = {"name": template.name, "description": template.description}
    _write_head(template, head)
    after = {"name": template.name, "description": template.description}
    if before == after:
        return template
    template.changed_at = at
    template.save()
    about, unit = [template], template.unit_id
    record(
        events.TEMPLATE_CHANGED,
        actor=actor,
        about=about,
        at=at,
        unit_id=unit,
        before=before,
        after=after,
        name=template.name,
    )
    return template


@transaction.atomic
def renew_template(
    template: ProgrammeTemplate,
    programme: Programme,
    kinds: Collection[str],
    *,
    actor: Actor,
    at: datetime,
) -> ProgrammeTemplate:
    """Put the content of a programme in the place of what a template held; its drafts stay as they are.

    Raises: RuleError when the programme is of another unit, or nothing is chosen.
    """
    template = _lock(template, actor)
    access.may_draft(actor, programme.lead_unit).require()
    _fill(template, programme, kinds)
    template.changed_at = at
    template.save()
    record(
        events.TEMPLATE_RENEWED,
        actor=actor,
        about=[template, programme],
        at=at,
        unit_id=template.unit_id,
        name=template.name,
        programme=programme.title,
        after={"items": len(template.content)},
    )
    return template


@transaction.atomic
def withdraw_template(template: ProgrammeTemplate, *, actor: Actor, at: datetime) -> None:
    """Offer a template no longer; drafts made from it stay."""
    template = _lock(template, actor)
    template.withdrawn_at = at
    template.save(update_fields=["withdrawn_at"])
    record(
        events.TEMPLATE_WITHDRAWN,
        actor=actor,
        about=[template],
        at=at,
        unit_id=template.unit_id,
        name=template.name,
    )


@transaction.atomic
def draft_from_template(
    template: ProgrammeTemplate, head: ProgrammeHead, *, actor: Actor, at: datetime
) -> Programme:
    """A new draft with the content of a template; its fixed days move to the years of the draft.

    Raises: Conflict when the template was withdrawn; RuleError when the head is not right.
    """
    template = ProgrammeTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.withdrawn_at is not None:
        raise Conflict("Mẫu này vừa được thôi dùng. Chọn mẫu khác.")
    programme = insert_programme(head, actor=actor, at=at, document=None)
    write_draft(programme, template.content, years=head.starts_on.year - template.starts_on.year)
    record(
        events.PROGRAMME_FROM_TEMPLATE,
        actor=actor,
        about=[programme, template],
        at=at,
        unit_id=head.lead_unit.pk,
        code=programme.code,
        title=programme.title,
        name=template.name,
    )
    return programme
