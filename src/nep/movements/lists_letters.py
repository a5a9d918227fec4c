"""The list of letters that urge."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements import access_letters as access
from nep.movements.models import Letter, LetterTerm, Programme
from nep.movements.queries.letters import LetterRow, letter_rows
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import UnitClosure
from nep.platform.access import holds
from nep.platform.lists.cells import Linked, Standing
from nep.platform.lists.filters import Choose, Span
from nep.platform.lists.spec import Column, ListSpec, listed

MOST = 100


def _rows(actor: Actor, within: int | None) -> QuerySet[Letter]:
    return access.visible_letters(actor).select_related("document", "unit", "act__programme", "act__unit")


def _programmes(actor: Actor) -> list[tuple[str, str]]:
    ids = access.visible_letters(actor).order_by().values("act__programme")
    rows = Programme.objects.filter(pk__in=ids).order_by("-launched_on", "-pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:MOST]]


def _acts(actor: Actor) -> list[tuple[str, str]]:
    rows = access.visible_letter_acts(actor).select_related("programme")[:MOST]
    return [(str(act.pk), f"{act}: {act.programme.code}") for act in rows]


def _of_programme(rows: QuerySet[Letter], programme_id: str, actor: Actor) -> QuerySet[Letter]:
    return rows.filter(act__programme=int(programme_id))


def _of_act(rows: QuerySet[Letter], act_id: str, actor: Actor) -> QuerySet[Letter]:
    return rows.filter(act=int(act_id))


def _to_units_below(rows: QuerySet[Letter], unit_id: str, actor: Actor) -> QuerySet[Letter]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(unit__in=below.values("descendant_id"))


def _answered(rows: QuerySet[Letter], value: str, actor: Actor) -> QuerySet[Letter]:
    owed = LetterTerm.still_owed()
    return rows.exclude(owed) if value == "xong" else rows.filter(owed)


def _number(row: LetterRow) -> Linked:
    document = row.letter.document
    assert document is not None, "a written letter has its document"
    under = f"lần {row.letter.times}" if row.letter.times > 1 else ""
    return Linked(document.reference, reverse("letter", args=[row.pk]), under)


def _programme(row: LetterRow) -> Linked:
    programme = row.letter.act.programme
    return Linked(programme.code, reverse("programme", args=[programme.pk]))


def _file(row: LetterRow) -> Linked:
    return Linked("Word", reverse("letter_file", args=[row.pk]))


def _from(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(act__day__gte=day)


def _to(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(act__day__lte=day)


LETTERS = listed(
    ListSpec(
        code="don-doc",
        title="Văn bản đôn đốc",
        noun="văn bản",
        access=holds(Permission.VIEW_PROGRAMMES),
        rows=_rows,
        url=lambda within: reverse("letters"),
        columns=(
            Column("so", "Số, ký hiệu", _number, order=("document__number",)),
            Column("gui", "Gửi", lambda row: row.letter.unit.name, order=("unit__sort_key",), width=40),
            Column("chuong-trinh", "Chương trình", _programme),
            Column(
                "ngay", "Ngày", lambda row: row.letter.document.issued_on, order=("act__day",), kind="when"
            ),
            Column("viec", "Việc quá hạn", lambda row: row.letter.urged, order=("urged",), kind="num"),
            Column("tra-loi", "Thực hiện", lambda row: Standing(*row.answer)),
            Column(
                "han",
                "Hạn trả lời",
                lambda row: row.letter.act.answer_by,
                order=("act__answer_by",),
                kind="when",
            ),
            Column("thu", "Thư báo", lambda row: Standing(row.mail_kind, row.mail_word)),
            Column("tep", "Tệp", _file, exported=False),
            Column("tu", "Cơ quan gửi", lambda row: row.letter.act.unit.name, on=False, width=40),
            Column("lan", "Lần thứ", lambda row: row.letter.times, order=("times",), kind="num", on=False),
        ),
        order=("-written_at",),
        filters=(
            Choose("phong-trao", "Chương trình", _programmes, _of_programme),
            Choose("dot", "Đợt", _acts, _of_act),
            unit_filter(_to_units_below, label="Đơn vị nhận"),
            Choose(
                "thuc-hien",
                "Đã thực hiện",
                (("xong", "Đã thực hiện"), ("con", "Còn việc quá hạn")),
                _answered,
            ),
            Span("ky", "Ngày ký", _from, _to),
        ),
        fill=letter_rows,
        empty="Chưa có văn bản đôn đốc nào",
    )
)
