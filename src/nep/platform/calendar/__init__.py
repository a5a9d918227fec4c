"""The calendar that is in force here: the country's days off, and the local days recorded on top of them."""

from nep.platform.calendar.reading import current, exact

__all__ = ["current", "exact"]
