"""At which day a page of a programme looks: today, or a past one in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from nep.org.forms.units import DayForm


@dataclass(frozen=True, slots=True)
class Looked:
    """The day of a page; `past` is None today. `problem` says why another day than the asked one is shown."""

    today: date
    past: date | None
    form: DayForm
    problem: str = ""

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self.past or self.today

    @property
    def query(self) -> str:
        """What a link adds to its address to stay on this day."""
        return f"?ngay={self.past}" if self.past else ""


def looked_at(request: HttpRequest, today: date, *, since: date | None = None) -> Looked:
    """The day in the address of a page; not one to come, and not one before `since` (the launch)."""
    form = DayForm({"ngay": request.GET.get("ngay") or f"{today}"})
    if not form.is_valid():
        return Looked(today, None, form, str(form.errors["ngay"][0]))
    day = form.day_or(today)
    if day > today:
        return Looked(today, None, form, f"Ngày {day:%d/%m/%Y} chưa đến; dưới đây là hôm nay.")
    if since and day < since:
        return Looked(today, None, form, f"Ngày {day:%d/%m/%Y} chưa phát động; dưới đây là hôm nay.")
    return Looked(today, day if day < today else None, form)
