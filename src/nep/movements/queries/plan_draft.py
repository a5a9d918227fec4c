"""A unit's plan as it goes into a Word draft."""

from __future__ import annotations

from datetime import date

from nep.documents.domain.word import PlanDraft, TargetRow, TaskRow
from nep.documents.domain.word.fields import Letterhead, Signer
from nep.documents.models import Document
from nep.documents.queries.letterheads import (
    NO_HEAD,
    authority_of,
    head_posting,
    place_of,
    symbol_of,
    units_above,
)
from nep.movements.domain.terms import comes_again
from nep.movements.models import Adoption
from nep.movements.queries.adoptions import PlanRow, goal_words, plan_of, rule_words
from nep.org.models import Unit


def plan_draft(adoption: Adoption, on: date) -> PlanDraft:
    """The plan of a unit as it is saved, ready to be written in Word."""
    plan, programme, unit = plan_of(adoption, on), adoption.programme, adoption.unit
    above = units_above(unit, on)
    return PlanDraft(
        letterhead=Letterhead(
            organ=unit.name,
            symbol=_symbol(unit),
            place=place_of([unit, *above]),
            parent=above[0].name if above else None,
        ),
        title=f"Thực hiện “{programme.title}”",
        signer=_signer(unit, on),
        legal_bases=_bases(adoption),
        opening=f"{unit.name} xây dựng kế hoạch thực hiện với các nội dung sau:",
        aims=tuple(aim.text for aim in programme.aims.all()),
        targets=tuple(
            TargetRow(target.name, goal_words(target), rule_words(target.rule), target.source_of_figures)
            for target in programme.targets.all()
        ),
        tasks=tuple(_task(row) for row in plan.rows if not row.own),
        additions=tuple(_task(row) for row in plan.rows if row.own),
        organisation=_organisation(adoption),
        recipients=(_asking(adoption).name, "Các bộ phận, đơn vị trực thuộc"),
    )


def _symbol(unit: Unit) -> str:
    """What follows the number of a plan: KH-UBND, KH-SNV; only KH where the letters are the unit's choice."""
    return "-".join(part for part in ("KH", symbol_of(unit)) if part)


def _signer(unit: Unit, on: date) -> Signer:
    posting = head_posting(unit, on)
    title = posting.position.name.upper() if posting else NO_HEAD
    return Signer(title, posting.person.name if posting else None, authority_of(unit) or None)


def _asking(adoption: Adoption) -> Unit:
    """The unit that asked for this plan."""
    return adoption.parent.unit if adoption.parent else adoption.programme.lead_unit


def _bases(adoption: Adoption) -> tuple[str, ...]:
    """The documents that the plan rests on: the programme's, then that of the unit above."""
    found = [adoption.programme.document, adoption.parent.plan if adoption.parent else None]
    return tuple(f"Căn cứ {_cited(document)}" for document in found if document is not None)


def _cited(document: Document) -> str:
    issued = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    title = f" về {document.title}" if document.number and document.title else ""
    return f"{document.reference}{issued}{issuer}{title}"


def _task(row: PlanRow) -> TaskRow:
    person = row.adopted.person
    return TaskRow(
        content=row.adopted.title,
        lead=person.name if person else "Thủ trưởng đơn vị",
        cooperating=", ".join(row.partners),
        deadline=_deadline(row),
        evidence=row.evidence_words,
    )


def _deadline(row: PlanRow) -> str:
    """The unit's own day, with the rhythm if the duty comes again; else the rule, or the day it names."""
    own, again = row.adopted.due_on, comes_again(row.adopted.rule)
    if own is not None:
        return f"{own:%d/%m/%Y}" + (f" ({row.rule_words})" if again else "")
    return f"{row.by_rule:%d/%m/%Y}" if row.by_rule and not again else row.rule_words


def _organisation(adoption: Adoption) -> tuple[str, ...]:
    """Who sees to it, and to whom results go."""
    asking = _asking(adoption).name
    lines = [
        "Người được giao phụ trách từng việc thực hiện đúng hạn và lưu minh chứng đầy đủ.",
        f"Kết quả được báo cáo {asking} theo thời hạn của từng nhiệm vụ.",
    ]
    return (*lines, adoption.note) if adoption.note else tuple(lines)
