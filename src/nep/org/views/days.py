"""At which day a page looks: today, or the one in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from nep.org.forms.units import DayForm


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The day of a page, the form that asks for it, and what links of the same day carry."""

    day: date
    today: date
    form: DayForm

    @property
    def elsewhen(self) -> bool:
        """Whether one looks at another day than today."""
        return self.day != self.today

    @property
    def ahead(self) -> bool:
        """Whether the day is still to come."""
        return self.day > self.today

    @property
    def query(self) -> str:
        """What a link adds to its address to stay on this day."""
        return f"ngay={self.day:%Y-%m-%d}" if self.elsewhen else ""


def looked_at(request: HttpRequest, today: date) -> LookedAt:
    """The day in the address of a page."""
    form = DayForm(request.GET or None)
    return LookedAt(form.day_or(today), today, form)
