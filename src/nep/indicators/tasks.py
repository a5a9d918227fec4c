"""What the machine does for indicators by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.indicators.queries.folding import fold


@app.periodic(cron="*/5 * * * *")
@app.task(name="nep.indicators.tasks.fold_sums", queueing_lock="indicators_fold")
def fold_sums(timestamp: int) -> None:
    """Every five minutes: add up what has come to the sums of figures."""
    fold()
