"""What the machine does for indicators by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.indicators.queries.folding import fold
from nep.indicators.services.asking import open_periods
from nep.indicators.services.computing import refresh_all
from nep.platform.clock import now


@app.periodic(cron="*/5 * * * *")
@app.task(name="nep.indicators.tasks.fold_sums", queueing_lock="indicators_fold")
def fold_sums(timestamp: int) -> None:
    """Every five minutes: add up what has come to the sums of figures."""
    fold()


@app.periodic(cron="20 0 * * *")
@app.task(name="nep.indicators.tasks.turn_the_day", queueing_lock="indicators_day")
def turn_the_day(timestamp: int) -> None:
    """Each night: open what is owed in new periods, and count what Nếp computes."""
    at = now()
    open_periods(at)
    refresh_all(at)
