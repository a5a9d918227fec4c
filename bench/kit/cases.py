"""What every case of a person says."""

from __future__ import annotations

from typing import Any

FACTS: dict[str, Any] = {
    "months_worked": 12,
    "leave": None,
    "discipline_counts": False,
    "degradation_concluded": False,
    "is_leader": False,
    "unit_corruption": False,
    "is_head": False,
    "unit_level": None,
}
