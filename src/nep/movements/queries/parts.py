"""The parts of a programme's content under one name each: as addresses, forms and the trail speak of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from nep.movements.models import (
    Aim,
    ConductRule,
    GoodModel,
    LineOfWork,
    Milestone,
    RuleSet,
    Target,
    Task,
)
from nep.movements.models.content import Part

PLACES = frozenset({"id", "programme", "position", "item", "dropped_on"})


@dataclass(frozen=True, slots=True)
class PartKind:
    """One sort of part: its word in addresses, its model, how people call it, what names one of it."""

    slug: str
    model: type[Part]
    noun: str
    title: str
    name: Callable[[Any], str]


KINDS = {
    kind.slug: kind
    for kind in (
        PartKind("muc-dich", Aim, "mục đích", "Mục đích, yêu cầu", lambda part: part.text),
        PartKind("chi-tieu", Target, "chỉ tiêu", "Chỉ tiêu", lambda part: f"{part.code} {part.name}"),
        PartKind("nhom", LineOfWork, "nhóm giải pháp", "Nhóm giải pháp", lambda part: part.name),
        PartKind("nhiem-vu", Task, "nhiệm vụ", "Nhiệm vụ", lambda part: f"{part.code} {part.title}"),
        PartKind("moc", Milestone, "mốc thời gian", "Mốc thời gian", lambda part: part.text),
        PartKind("quy-tac", ConductRule, "quy tắc", "Điều phải làm, không được làm", lambda part: part.text),
        PartKind("bo-quy-tac", RuleSet, "bộ quy tắc", "Bộ quy tắc", lambda part: part.name),
        PartKind("mo-hinh", GoodModel, "mô hình", "Mô hình", lambda part: part.name),
    )
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def snapshot(part: Part) -> dict[str, Any]:
    """What a part says, for the trail: its own columns, and the actors of a task."""
    columns = (field for field in part._meta.concrete_fields if field.name not in PLACES)
    said: dict[str, Any] = {field.name: getattr(part, field.attname) for field in columns}
    if isinstance(part, Task):
        said["actors"] = [
            {"name": actor.name, "role": actor.role, "unit": actor.unit_id, "group": actor.group}
            for actor in part.actors.all()
        ]
    return said


def fingerprint(said: dict[str, Any]) -> str:
    """A short mark of what a page showed, by which a later change by somebody else is noticed."""
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
