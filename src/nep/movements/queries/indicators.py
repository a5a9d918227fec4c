"""Which indicators the targets of a programme may point at."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from nep.indicators.models import Indicator
from nep.indicators.models.registry import IndicatorQuerySet
from nep.org.models import Unit


def indicators_for(lead: Unit, on: date) -> IndicatorQuerySet:
    """Those that came with Nếp and are not computed, and those of the leading unit and of units above it."""
    above = Unit.objects.above([lead.pk], on).values("pk")
    told = Indicator.objects.in_use().exclude(provider=Indicator.Provider.COMPUTED)
    return told.filter(Q(owner__isnull=True) | Q(owner__in=above)).order_by("name", "pk")
