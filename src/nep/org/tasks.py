"""Background work on the organisation."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.org.services.changes_today import show_values_of
from nep.platform.clock import today


@app.periodic(cron="0 * * * *")  # each hour: a midnight that was missed is made good by the next one
@app.task(name="nep.org.tasks.turn_the_day", queueing_lock="org_turn_the_day")
def turn_the_day(timestamp: int) -> None:
    """Units show the names and hosts that were recorded ahead, once their day has come."""
    show_values_of(today())
