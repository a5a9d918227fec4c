"""Drafts of programmes and reviewed plans, by invented people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from nep.documents.models import Document, Field, Reading, ReviewItem
from nep.movements.models import Programme
from nep.movements.queries.parts import KINDS
from nep.movements.services.content import NewActor, add_part
from nep.movements.services.programmes import ProgrammeHead, create_programme
from nep.movements.services.steps import take_step
from tests.factories.province import Province

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def head(
    province: Province, unit: str = "UBND", title: str = "Công sở nền nếp", **more: Any
) -> ProgrammeHead:
    """The head of a plan for a year."""
    given = {
        "kind": "plan",
        "title": title,
        "lead_unit": province.units[unit],
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    } | more
    return ProgrammeHead(**given)


def draft(province: Province, login: str = "ubnd-officer", **more: Any) -> Programme:
    """A draft with one target and two tasks: one for the communes, one for the office of home affairs."""
    actor = province.actor(login)
    programme = create_programme(head(province, **more), actor=actor, at=AT)
    add_part(
        KINDS["chi-tieu"],
        {
            "name": "Người được phổ biến quy tắc",
            "value": Decimal(100),
            "unit": "%",
            "subject": "people",
            "rule": "in:2026",
        },
        programme=programme,
        actor=actor,
        at=AT,
    )
    add_part(
        KINDS["nhiem-vu"],
        {"title": "Niêm yết quy tắc tại trụ sở", "rule": "before:2026-06-30"},
        programme=programme,
        actor=actor,
        at=AT,
        actors=[NewActor("UBND các xã, phường", "execute")],
    )
    add_part(
        KINDS["nhiem-vu"],
        {"title": "Tổng hợp báo cáo năm", "rule": "yearly:before:12-15"},
        programme=programme,
        actor=actor,
        at=AT,
        actors=[NewActor("Sở Nội vụ", "lead")],
    )
    return programme


def submitted(province: Province, **more: Any) -> Programme:
    """A draft that waits for the head."""
    return take_step("submit", programme=draft(province, **more), actor=province.actor("ubnd-officer"), at=AT)


def launched(province: Province, **more: Any) -> Programme:
    """A programme that runs since today."""
    programme = submitted(province, **more)
    return take_step("launch", programme=programme, actor=province.actor("ubnd-head"), at=AT)


def document(province: Province, unit: str = "UBND", **more: Any) -> Document:
    """A plan in the store of a unit."""
    given = {
        "kind": "plan",
        "number": "21/KH-UBND",
        "issued_on": date(2026, 2, 12),
        "title": "Công sở nền nếp",
        "owner_unit": province.units[unit],
        "search": "",
        "text": "Kế hoạch công sở nền nếp.",
        "received_by_id": 1,
        "received_at": AT,
    } | more
    return Document.objects.create(**given)


def review(plan: Document, *items: tuple[Field, dict[str, Any], int, int]) -> list[ReviewItem]:
    """A closed review of a plan: field, value and place of each accepted item."""
    reading = Reading.objects.create(document=plan, reader_version="1", result={}, read_at=AT, closed_at=AT)
    return [
        ReviewItem.objects.create(
            reading=reading,
            field=field,
            position=number,
            value=value,
            start=start,
            end=end,
            state=ReviewItem.State.ACCEPTED,
            decided_by_id=1,
            decided_at=AT,
        )
        for number, (field, value, start, end) in enumerate(items, start=1)
    ]
