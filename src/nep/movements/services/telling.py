"""What people are told inside Nếp at once when somebody acts, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements.models import Evidence, Occurrence, Programme, Reopening, SpecialDate
from nep.movements.queries.acting import acting_at
from nep.movements.queries.words import short_title
from nep.platform.notify.notices import Told, notify, notify_each


def tell_sender(evidence: Evidence, decided: str, *, at: datetime, reason: str = "") -> None:
    """Tell who sent evidence how it was decided, and why it came back."""
    title = evidence.task.title if evidence.task else f"Số liệu: {evidence.target}"
    because = f": {reason}" if reason else "."
    notify(
        [evidence.sent_by_id],
        key=f"evidence-{evidence.pk}",
        text=f"{evidence.decided_by_name} {decided} “{short_title(title)}”{because}",
        url=reverse("evidence", args=[evidence.pk]),
        at=at,
    )


def tell_expected(
    programme: Programme, plans: Mapping[int, int], asking: str, *, on: date, at: datetime
) -> None:
    """Tell who heads units that a programme has come to them; `plans` are the expected plans by unit."""
    text = f"{asking} giao “{short_title(programme.title)}”: xem việc được giao và lập kế hoạch thực hiện."
    _tell_units(plans, text, "expected", Permission.ISSUE_ADOPTIONS, on=on, at=at)


def tell_special_date(
    special: SpecialDate, changed: Iterable[Occurrence], what: str, *, on: date, at: datetime
) -> None:
    """Tell who reports for the units whose terms have a later last day now."""
    until = f"đến {special.due_on:%d/%m/%Y}" if special.due_on else "theo lịch riêng"
    text = f"{short_title(special.programme.title)}: được lùi hạn {until} ({what})."
    plans = {special.unit_id: special.adoption_id} | {term.unit_id: term.adoption_id for term in changed}
    _tell_units(plans, text, f"special-{special.pk}", Permission.SUBMIT_EVIDENCE, on=on, at=at)


def tell_reopening(opened: Reopening, *, on: date, at: datetime) -> None:
    """Tell who reports for a unit that a closed period is open again, and until when."""
    adoption = opened.adoption
    text = (
        f"{short_title(adoption.programme.title)}: kỳ {opened.first:%d/%m/%Y}–{opened.last:%d/%m/%Y} "
        f"được mở lại đến hết {opened.until:%d/%m/%Y}."
    )
    plans = {adoption.unit_id: adoption.pk}
    _tell_units(plans, text, f"reopening-{opened.pk}", Permission.SUBMIT_EVIDENCE, on=on, at=at)


def _tell_units(
    plans: Mapping[int, int], text: str, key: str, permission: Permission, *, on: date, at: datetime
) -> None:
    """One query to find the people of all units, and one statement for each thousand of them."""
    told = [
        Told(user, f"{key}-{plans[unit]}", text, reverse("adoption", args=[plans[unit]]))
        for unit, users in acting_at(list(plans), permission, on).items()
        for user in users
    ]
    notify_each(told, at=at)
