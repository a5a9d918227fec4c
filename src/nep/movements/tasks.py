"""What the machine does for programmes by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.movements.queries.tallies import fold
from nep.movements.services.amendments_in_effect import put_in_effect
from nep.platform.clock import now, today


@app.periodic(cron="*/5 * * * *")
@app.task(name="nep.movements.tasks.fold_tallies", queueing_lock="movements_fold")
def fold_tallies(timestamp: int) -> None:
    """Every five minutes: add up what has come to the sums of programmes."""
    fold()


@app.periodic(cron="10 * * * *")
@app.task(name="nep.movements.tasks.put_amendments_in_effect", queueing_lock="movements_amendments")
def put_amendments_in_effect(timestamp: int) -> None:
    """Every hour, so that the first one of a day does it: programmes and plans follow their amendments."""
    put_in_effect(on=today(), at=now())
