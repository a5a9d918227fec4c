"""The lists of programmes and of evidence that waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements import lists_letters as lists_letters  # declares its list at start-up
from nep.movements.access import visible_programmes
from nep.movements.domain import states
from nep.movements.lists_of_changes import NARRATIVES, PROPOSALS, TEMPLATES
from nep.movements.lists_of_units import COVERAGE, LATE, SQUARES, TASKS
from nep.movements.models import Evidence, Programme
from nep.movements.queries import evidence as evidence_reads
from nep.movements.queries.duties import what_is_shown
from nep.movements.queries.programmes import ProgrammeRow, programme_rows, years_of_programmes
from nep.movements.services.evidence import accept_evidence, return_evidence
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import Line, UnitClosure
from nep.platform.access import holds
from nep.platform.lists.cells import Counted, Linked, Standing
from nep.platform.lists.filters import Choose
from nep.platform.lists.spec import BulkAct, Column, ListSpec, listed
from nep.platform.search import matching

READERS = holds(Permission.VIEW_PROGRAMMES)

__all__ = [
    "COVERAGE",
    "LATE",
    "NARRATIVES",
    "PROGRAMMES",
    "PROPOSALS",
    "SQUARES",
    "TASKS",
    "TEMPLATES",
    "WAITING",
]


def _in_line(rows: QuerySet[Programme], line: str, actor: Actor) -> QuerySet[Programme]:
    return rows.filter(pk__in=Programme.objects.filter(scopes__line=line).values("pk"))


def _in_year(rows: QuerySet[Programme], year: str, actor: Actor) -> QuerySet[Programme]:
    return rows.filter(starts_on__lte=date(int(year), 12, 31), ends_on__gte=date(int(year), 1, 1))


def _led_below(rows: QuerySet[Programme], unit_id: str, actor: Actor) -> QuerySet[Programme]:
    return rows.filter(lead_unit__in=_below(unit_id, actor))


def _below(unit_id: str, actor: Actor) -> QuerySet[Any, Any]:
    rows = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.values("descendant_id")


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in years_of_programmes(actor)]


def _programme_name(row: ProgrammeRow) -> Linked:
    programme = row.programme
    under = f"{programme.code} · {programme.get_kind_display()}"
    return Linked(programme.title, reverse("programme", args=[programme.pk]), under)


def _coverage(row: ProgrammeRow) -> Counted | None:
    return Counted(row.coverage, row.coverage_url, row.programme.title) if row.coverage else None


PROGRAMMES = listed(
    ListSpec(
        code="phong-trao",
        title="Phong trào",
        noun="chương trình",
        access=READERS,
        rows=lambda actor, within: visible_programmes(actor).select_related("lead_unit"),
        url=lambda within: reverse("programmes"),
        columns=(
            Column("ten", "Chương trình", _programme_name, order=("title",), width=60),
            Column("chu-tri", "Đơn vị chủ trì", lambda row: row.programme.lead_unit.short_name, width=30),
            Column("thoi-gian", "Thời gian", lambda row: row.period, order=("starts_on",), kind="when"),
            Column(
                "tinh-trang",
                "Trạng thái",
                lambda row: Standing(row.state_kind, row.state_word, row.state_icon),
            ),
            Column("ban-hanh", "Đã ban hành kế hoạch", _coverage, kind="num"),
            Column(
                "phat-dong",
                "Ngày phát động",
                lambda row: row.programme.launched_on,
                order=("launched_on",),
                kind="when",
                on=False,
            ),
        ),
        order=("-created_at",),
        filters=(
            Choose(
                "trang-thai",
                "Trạng thái",
                tuple(states.STATE_LABELS.items()),
                lambda rows, state, actor: rows.filter(state=state),
            ),
            Choose("he-thong", "Hệ thống", Line.choices, _in_line),
            Choose("nam", "Năm", _years, _in_year),
            unit_filter(_led_below, label="Đơn vị chủ trì"),
        ),
        search=matching,
        search_label="Tìm tên, không cần gõ dấu",
        fill=programme_rows,
        empty="Chưa có phong trào nào",
    )
)


def _waiting(actor: Actor, within: int | None) -> QuerySet[Evidence]:
    """What waits for the actor's decision, with all that deciding on it looks at."""
    rows = evidence_reads.waiting(actor)
    return rows.select_related("adoption__programme__lead_unit", "adoption__parent__unit")


def _from_below(rows: QuerySet[Evidence], unit_id: str, actor: Actor) -> QuerySet[Evidence]:
    return rows.filter(adoption__unit__in=_below(unit_id, actor))


def _of_programme(rows: QuerySet[Evidence], programme_id: str, actor: Actor) -> QuerySet[Evidence]:
    return rows.filter(adoption__programme=int(programme_id))


def _running(actor: Actor) -> Sequence[tuple[str, str]]:
    rows = visible_programmes(actor).running().order_by("-launched_on", "-pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:100]]


def _evidence_name(row: Evidence) -> Linked:
    return Linked(what_is_shown(row), reverse("evidence", args=[row.pk]), row.adoption.programme.title)


def _about_evidence(row: Evidence) -> str:
    return f"{row.adoption.unit.name}: {what_is_shown(row)}"


def _accept(row: Evidence, actor: Actor, reason: str, at: datetime) -> None:
    accept_evidence(row, actor=actor, at=at, reason=reason)


def _return(row: Evidence, actor: Actor, reason: str, at: datetime) -> None:
    return_evidence(row, reason, actor=actor, at=at)


WAITING = listed(
    ListSpec(
        code="minh-chung",
        title="Minh chứng chờ xét",
        noun="minh chứng",
        access=READERS,
        rows=_waiting,
        url=lambda within: reverse("evidence_waiting"),
        columns=(
            Column("viec", "Việc, chỉ tiêu", _evidence_name, width=60),
            Column("nop-tu", "Đơn vị nộp", lambda row: row.adoption.unit.name, width=40),
            Column("nguoi-nop", "Người nộp", lambda row: row.sent_by_name),
            Column("nop", "Nộp lúc", lambda row: row.sent_at, order=("sent_at",), kind="when"),
            Column("ky", "Kỳ", lambda row: row.term_due_on, order=("term_due_on",), kind="when", on=False),
        ),
        order=("sent_at",),
        filters=(
            Choose("chuong-trinh", "Chương trình", _running, _of_programme),
            unit_filter(_from_below),
        ),
        acts=(
            BulkAct(
                "nhan",
                "Nhận minh chứng",
                "Đã nhận {count} minh chứng.",
                about=_about_evidence,
                decide=access.may_decide,
                act=_accept,
                reason_label="Căn cứ nhận",
            ),
            BulkAct(
                "tra-lai",
                "Trả lại kèm lý do",
                "Đã trả lại {count} minh chứng kèm lý do.",
                about=_about_evidence,
                decide=access.may_decide,
                act=_return,
                reason_label="Lý do trả lại",
            ),
        ),
        counts=True,  # what waits for one person is little
        empty="Không còn minh chứng nào chờ xét",
    )
)
