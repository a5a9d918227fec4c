"""The lists of what units answer to amendments, of templates, and of what units write for reviews."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements import access_changes
from nep.movements.models import Narrative, Programme, ProgrammeTemplate, Proposal
from nep.movements.queries.amendments import STATE_KINDS
from nep.movements.services.narratives import decide_on_narrative
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import UnitClosure
from nep.platform.access import holds
from nep.platform.lists.cells import Linked, Standing
from nep.platform.lists.filters import Choose
from nep.platform.lists.spec import BulkAct, Column, ListSpec, listed
from nep.platform.search import matching

READERS = holds(Permission.VIEW_PROGRAMMES)
DRAFTERS = holds(Permission.DRAFT_PROGRAMMES)
NARRATIVE_KINDS = {"open": "quiet", "sent": "warn", "returned": "bad", "accepted": "good"}


def _answers(actor: Actor, within: int | None) -> QuerySet[Proposal]:
    amendment = (
        access_changes.visible_amendments(actor).select_related("programme").filter(pk=within or 0).first()
    )
    if amendment is None:
        raise Http404
    return access_changes.proposals_of(actor, amendment).select_related("adoption__unit")


def _below(rows: QuerySet[Proposal], unit_id: str, actor: Actor) -> QuerySet[Proposal]:
    units = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(adoption__unit__in=units.values("descendant_id"))


def _answer_state(row: Proposal) -> Standing:
    return Standing(STATE_KINDS[row.state], row.get_state_display())


PROPOSALS = listed(
    ListSpec(
        code="tra-loi-sua-doi",
        title="Đơn vị trả lời sửa đổi",
        noun="đơn vị",
        access=READERS,
        rows=_answers,
        url=lambda within: reverse("amendment_answers", args=[within]),
        columns=(
            Column(
                "ten",
                "Đơn vị",
                lambda row: Linked(row.adoption.unit.name, reverse("proposal", args=[row.pk])),
                order=("adoption__level", "adoption__unit__sort_key"),
                width=60,
            ),
            Column("tra-loi", "Trả lời", _answer_state),
            Column("y-kien", "Ý kiến", lambda row: row.reason, width=60),
            Column("nguoi", "Người trả lời", lambda row: row.answered_by_name),
            Column("luc", "Lúc", lambda row: row.answered_at, order=("answered_at",), kind="when"),
            Column("tu-ngay", "Áp dụng từ", lambda row: row.effective_on, kind="when"),
            Column("da-ap-dung", "Đã đưa vào kế hoạch", lambda row: row.applied_on, kind="when", on=False),
        ),
        order=("adoption__level", "adoption__unit__sort_key"),
        filters=(
            Choose(
                "trang-thai",
                "Trả lời",
                Proposal.State.choices,
                lambda rows, state, actor: rows.filter(state=state),
            ),
            unit_filter(_below),
        ),
        empty="Chưa gửi đơn vị nào",
    )
)


def _template_name(row: ProgrammeTemplate) -> Linked:
    return Linked(row.name, reverse("template", args=[row.pk]), row.description[:160])


TEMPLATES = listed(
    ListSpec(
        code="mau-chuong-trinh",
        title="Mẫu chương trình",
        noun="mẫu",
        access=DRAFTERS,
        rows=lambda actor, within: (
            access_changes.visible_templates(actor).filter(withdrawn_at__isnull=True).select_related("unit")
        ),
        url=lambda within: reverse("templates"),
        columns=(
            Column("ten", "Mẫu", _template_name, order=("name",), width=60),
            Column("kieu", "Loại", lambda row: row.get_kind_display()),
            Column("muc", "Số mục", lambda row: len(row.content), kind="num"),
            Column("lap", "Đơn vị lập mẫu", lambda row: row.unit.name, width=40),
            Column("sua", "Sửa lần cuối", lambda row: row.changed_at, order=("changed_at",), kind="when"),
        ),
        order=("-changed_at",),
        filters=(
            Choose(
                "loai",
                "Loại",
                Programme.Kind.choices,
                lambda rows, kind, actor: rows.filter(kind=kind),
            ),
        ),
        search=matching,
        search_label="Tìm tên mẫu, không cần gõ dấu",
        empty="Chưa có mẫu nào",
    )
)


def _narratives(actor: Actor, within: int | None) -> QuerySet[Narrative]:
    rows = access_changes.visible_narratives(actor).filter(review=within)
    return rows.select_related(
        "adoption__unit",
        "adoption__parent__unit",
        "adoption__programme__lead_unit",
        "review__programme__lead_unit",
    )


def _of_units_below(rows: QuerySet[Narrative], unit_id: str, actor: Actor) -> QuerySet[Narrative]:
    units = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(adoption__unit__in=units.values("descendant_id"))


def _accept(row: Narrative, actor: Actor, reason: str, at: datetime) -> None:
    decide_on_narrative(row, accept=True, actor=actor, at=at, reason=reason)


NARRATIVES = listed(
    ListSpec(
        code="bao-cao-so-ket",
        title="Báo cáo của đơn vị",
        noun="báo cáo",
        access=READERS,
        rows=_narratives,
        url=lambda within: reverse("narratives", args=[within]),
        columns=(
            Column(
                "ten",
                "Đơn vị",
                lambda row: Linked(row.adoption.unit.name, reverse("narrative", args=[row.pk])),
                order=("adoption__level", "adoption__unit__sort_key"),
                width=60,
            ),
            Column(
                "tinh-hinh",
                "Tình hình",
                lambda row: Standing(NARRATIVE_KINDS[row.state], row.get_state_display()),
            ),
            Column("nguoi", "Người gửi", lambda row: row.sent_by_name),
            Column("gui", "Gửi lúc", lambda row: row.sent_at, order=("sent_at",), kind="when"),
            Column("xet", "Xét lúc", lambda row: row.decided_at, kind="when", on=False),
        ),
        order=("adoption__level", "adoption__unit__sort_key"),
        filters=(
            Choose(
                "trang-thai",
                "Tình hình",
                Narrative.State.choices,
                lambda rows, state, actor: rows.filter(state=state),
            ),
            unit_filter(_of_units_below),
        ),
        acts=(
            BulkAct(
                "nhan",
                "Nhận báo cáo",
                "Đã nhận {count} báo cáo.",
                about=lambda row: row.adoption.unit.name,
                decide=access_changes.may_decide_narrative,
                act=_accept,
                reason_label="Căn cứ nhận",
            ),
        ),
        empty="Không có đơn vị nào phải gửi báo cáo",
    )
)
