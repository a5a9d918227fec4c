"""What the page frame asks for: theme, words of numbers and dates."""

from datetime import date, datetime

from django import template
from django.utils.timezone import get_current_timezone, is_aware

from nep.platform.ui import formats
from nep.platform.ui.themes import COOKIE, chosen_theme

register = template.Library()


@register.simple_tag(takes_context=True)
def theme_choice(context: template.Context) -> str:
    """The theme the reader chose: light, dark, or empty for the system's own."""
    request = context.get("request")
    return chosen_theme(request.COOKIES.get(COOKIE, "")) if request else ""


@register.filter
def number(value: int) -> str:
    """A whole number with points between thousands: 4.841."""
    return formats.whole_number(value)


@register.filter
def day(value: date | None) -> str:
    """A day as 23/11/2026."""
    return formats.day(value) if value else ""


@register.filter
def day_month(value: date | None) -> str:
    """A day of the list's own year as 23/11."""
    return formats.day_of_year(value) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """An instant as 09:42 23/11/2026, in the office's time zone."""
    if not value:
        return ""
    return formats.instant(value.astimezone(get_current_timezone()) if is_aware(value) else value)
