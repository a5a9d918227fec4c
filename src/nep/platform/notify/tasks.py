"""Jobs of the post: deliver one letter; look for lost ones; forget old ones."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from nep.platform.notify import outbox

WAITS = (30, 60, 120, 300, 600, 900)  # seconds; then every quarter of an hour
MOST_TRIES = 300  # about three days
LOST_AFTER = 20  # minutes; longer than the longest wait


class UntilTaken(BaseRetryStrategy):
    """Tries again while the mail server is down: soon at first, then every quarter of an hour."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try next; None after the last try."""
        if job.attempts >= MOST_TRIES:
            return None
        return RetryDecision(retry_in={"seconds": WAITS[min(job.attempts, len(WAITS) - 1)]})


@app.task(name="nep.platform.notify.tasks.deliver", retry=UntilTaken())
def deliver(*, message_id: int) -> None:
    """Send one letter; one that goes by day waits for the hours."""
    if closed := outbox.opens_in(message_id):
        with suppress(AlreadyEnqueued), transaction.atomic():
            seconds, lock = int(closed.total_seconds()) + 1, f"notify-{message_id}"
            later = deliver.configure(queueing_lock=lock, schedule_in={"seconds": seconds})
            later.defer(message_id=message_id)
        return
    try:
        outbox.send(message_id)
    except OSError as error:  # SMTP errors are among them
        outbox.note_failure(message_id, error)
        raise


@app.periodic(cron="*/10 * * * *")
@app.task(name="nep.platform.notify.tasks.look_for_lost", queueing_lock="notify-look-for-lost")
def look_for_lost(timestamp: int) -> None:
    """Queue letters again whose job was lost; one that still has its job is sent only once all the same."""
    for message_id in outbox.waiting_too_long(LOST_AFTER):
        with suppress(AlreadyEnqueued), transaction.atomic():
            deliver.configure(queueing_lock=f"notify-{message_id}").defer(message_id=message_id)


@app.periodic(cron="40 2 * * *")
@app.task(name="nep.platform.notify.tasks.forget_old", queueing_lock="notify-forget-old")
def forget_old(timestamp: int) -> None:
    """Remove letters that ended a month ago."""
    outbox.forget_old()
