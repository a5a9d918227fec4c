"""The indicators that come with Nếp, brought into the registry."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from nep.indicators.models import Indicator
from nep.platform.search import search_text

SHIPPED = Path(__file__).parent.parent / "shipped.yml"
SINCE = date(2026, 11, 22)


def load_shipped() -> int:
    """Add the shipped indicators that are not there yet; how many. One that is there stays as it is."""
    known = set(Indicator.objects.values_list("code", flat=True))
    rows = [_indicator(entry) for entry in shipped_entries() if entry["code"] not in known]
    Indicator.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def shipped_entries() -> list[dict[str, Any]]:
    """What the file of shipped indicators says."""
    entries: list[dict[str, Any]] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    return entries


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(**entry, made_on=SINCE, search=search_text(entry["code"], entry["name"]))
