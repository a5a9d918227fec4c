"""An organisation's own indicators, beside those that Nếp ships."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.indicators import access, events
from nep.indicators.models import Indicator
from nep.kernel.errors import Conflict, RuleError
from nep.kernel.vietnamese import fold
from nep.org.access import Actor
from nep.org.models import Line, Unit
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.search import search_text


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator counts and how; without `denominator_words` it is a count, else a share."""

    name: str
    definition: str
    unit_of_count: str
    numerator_words: str
    lines: tuple[str, ...]
    source: str
    denominator_words: str = ""
    direction: str = Indicator.Direction.UP
    grain: str = Indicator.Grain.MONTH
    provider: str = Indicator.Provider.ENTERED
    needs_confirmation: str = ""


NEEDED = {
    "name": "Đặt tên chỉ số.",
    "definition": "Ghi cách tính.",
    "unit_of_count": "Ghi đơn vị tính.",
    "numerator_words": "Ghi tử số đếm gì.",
    "lines": "Chọn ít nhất một hệ thống.",
    "source": "Ghi căn cứ của định nghĩa.",
}


@transaction.atomic
def make_indicator(definition: Definition, *, owner: Unit, actor: Actor, at: datetime) -> Indicator:
    """Set an indicator of a unit, for it and all below it.

    Raises: RuleError when something is not said, or an indicator of this name is in use there; AccessDenied.
    """
    access.may_make(actor, owner).require()
    _check(definition)
    _refuse_namesake(definition.name, owner)
    made = new_indicator(definition, owner=owner, on=actor.on)
    _tell(events.INDICATOR_MADE, made, actor, at, unit=owner.name, after=_plain(definition))
    return made


@transaction.atomic
def change_indicator(
    indicator: Indicator, definition: Definition, *, actor: Actor, at: datetime
) -> Indicator:
    """Change a definition as long as no figures stand under it.

    Raises: Conflict when figures do: then the next version is made; RuleError; AccessDenied.
    """
    indicator = _locked(indicator)
    access.may_change(actor, indicator).require()
    _check(definition)
    if indicator.figures.exists():
        raise Conflict("Đã có số liệu theo định nghĩa này. Đặt bản mới thay cho chỉ số cũ.")
    assert indicator.owner is not None, "may_change refuses shipped ones"
    _refuse_namesake(definition.name, indicator.owner, besides=indicator)
    before = {field: getattr(indicator, field) for field in asdict(definition)}
    for field, value in _plain(definition).items():
        setattr(indicator, field, value)
    indicator.search = search_text(indicator.code, indicator.name)
    indicator.save()
    _tell(events.INDICATOR_CHANGED, indicator, actor, at, before=before, after=_plain(definition))
    return indicator


@transaction.atomic
def replace_indicator(
    indicator: Indicator, definition: Definition, *, actor: Actor, at: datetime
) -> Indicator:
    """Make the next version of an indicator; the figures under the old one stay as they are.

    Raises: RuleError; Conflict when it has a next version already; AccessDenied.
    """
    indicator = _locked(indicator)
    if indicator.retired_on is not None:
        raise Conflict("Chỉ số này đã có bản mới thay thế.")
    access.may_change(actor, indicator).require()
    _check(definition)
    owner = indicator.owner
    assert owner is not None, "may_change refuses shipped ones"
    _refuse_namesake(definition.name, owner, besides=indicator)
    indicator.retired_on = actor.on
    indicator.save(update_fields=["retired_on"])
    made = new_indicator(definition, owner=owner, on=actor.on, replaces=indicator)
    told: dict[str, Any] = {"new_name": made.name, "day": f"{actor.on:%d/%m/%Y}"}
    _tell(events.INDICATOR_REPLACED, indicator, actor, at, also=made, after=_plain(definition), **told)
    return made


def new_indicator(
    definition: Definition,
    *,
    owner: Unit,
    on: date,
    replaces: Indicator | None = None,
    code: str = "",
) -> Indicator:
    """The row of a definition, under a code that is free; for services that have decided and record it."""
    code = code_for(code or definition.name)
    return Indicator.objects.create(
        **_plain(definition),
        code=code,
        owner=owner,
        replaces=replaces,
        made_on=on,
        search=search_text(code, definition.name),
    )


def code_for(name: str) -> str:
    """A code made of a name that no indicator has yet."""
    stem = "-".join("".join(each if each.isalnum() else " " for each in fold(name)).split())[:48] or "chi-so"
    taken = set(Indicator.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def _locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update(of=("self",)).select_related("owner").get(pk=indicator.pk)


def _check(definition: Definition) -> None:
    lacking = [sentence for field, sentence in NEEDED.items() if not getattr(definition, field)]
    if lacking:
        raise RuleError(" ".join(lacking))
    if set(definition.lines) - set(Line.values) or definition.grain not in Indicator.Grain.values:
        raise RuleError("Chọn hệ thống và kỳ trong danh sách.")


def _refuse_namesake(name: str, owner: Unit, besides: Indicator | None = None) -> None:
    rows = Indicator.objects.in_use().filter(owner=owner, name__iexact=name)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    if rows.exists():
        raise RuleError(f"{owner.name} đã có chỉ số tên này.")


def _plain(definition: Definition) -> dict[str, Any]:
    return asdict(definition) | {"lines": list(definition.lines)}


def _tell(
    kind: EventType,
    indicator: Indicator,
    actor: Actor,
    at: datetime,
    also: Indicator | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    owner = indicator.owner
    assert owner is not None, "only own indicators are made and changed"
    record(
        kind,
        actor=actor.standing_at(Permission.MANAGE_INDICATORS, owner),
        about=[indicator, *([also] if also else []), owner],
        at=at,
        unit_id=owner.pk,
        name=indicator.name,
        before=before,
        after=after,
        **facts,
    )
