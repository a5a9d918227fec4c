"""What looks after background work."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nep.platform.jobs.cut import take_up_cut


@app.periodic(cron="* * * * *")
@app.task(name="nep.platform.jobs.tasks.look_for_cut", queueing_lock="jobs-look-for-cut")
def look_for_cut(timestamp: int) -> None:
    """Every minute: take up the work of workers that were killed."""
    take_up_cut()
