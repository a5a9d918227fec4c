"""Background work on accounts."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate.contrib.django import app

from nep.accounts.services import links, lockout, sessions


@app.task(name="nep.accounts.tasks.answer_forgotten", retry=3)
def answer_forgotten(*, login: str, address: str) -> None:
    """Send a link to who forgot the password, when there is such an account."""
    links.answer_forgotten(login, address=address)


@app.periodic(cron="20 2 * * *")
@app.task(name="nep.accounts.tasks.clean_up", queueing_lock="accounts-clean-up")
def clean_up(timestamp: int) -> None:
    """Remove ended sessions, tries that count no more, and old links."""
    call_command("clearsessions")
    sessions.forget_ended()
    lockout.forget_old()
    links.forget_old()
