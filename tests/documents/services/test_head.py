"""Correcting the head of a document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nep.documents.models import Document
from nep.documents.services.head import correct_head, head_of
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.platform.audit.models import Event
from tests.documents.samples import LATER, PARENT, reading_of, the
from tests.factories.province import Province


def test_a_correction_has_its_reason_and_both_values(province: Province) -> None:
    reading = reading_of(province)
    document = reading.document
    seen = head_of(document)
    new = replace(seen, issued_on=date(2026, 2, 10))
    correct_head(
        document, new, seen=seen, reason="Theo bản giấy", actor=province.actor("ubnd-officer"), at=LATER
    )
    assert head_of(Document.objects.get()) == new
    assert the(reading, "header", "2026-02-10").state == "edited"
    event = Event.objects.get(kind="documents.head_corrected")
    assert (event.reason, event.before, event.after) == (
        "Theo bản giấy",
        {"issued_on": "2026-02-09"},
        {"issued_on": "2026-02-10"},
    )


def test_a_corrected_number_is_found_by_who_cited_it(province: Province) -> None:
    child = reading_of(province).document
    parent = reading_of(province, PARENT.replace("12/KH-BNV", "21/KH-BNV"), "kh.txt").document
    seen = head_of(parent)
    correct_head(
        parent,
        replace(seen, number="12/KH-BNV"),
        seen=seen,
        reason="Gõ nhầm số",
        actor=province.actor("ubnd-officer"),
        at=LATER,
    )
    assert child.relations.get().target == parent


def test_refusals(province: Province) -> None:
    document = reading_of(province).document
    seen, officer = head_of(document), province.actor("ubnd-officer")
    new = replace(seen, number="1/KH")
    with pytest.raises(AccessDenied):
        correct_head(document, new, seen=seen, reason="x", actor=province.actor("snv-head"), at=LATER)
    with pytest.raises(RuleError):
        correct_head(document, new, seen=seen, reason=" ", actor=officer, at=LATER)
    with pytest.raises(Conflict):
        correct_head(document, new, seen=new, reason="x", actor=officer, at=LATER)
    assert head_of(Document.objects.get()) == seen
