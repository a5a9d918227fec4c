"""What the machine does for programmes by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.movements.queries.tallies import fold


@app.periodic(cron="*/5 * * * *")
@app.task(name="nep.movements.tasks.fold_tallies", queueing_lock="movements_fold")
def fold_tallies(timestamp: int) -> None:
    """Every five minutes: add up what has come to the sums of programmes."""
    fold()
