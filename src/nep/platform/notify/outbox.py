"""Queueing a letter, and sending it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from nep.platform.calendar import current
from nep.platform.clock import local, now
from nep.platform.keys import locked, unlocked
from nep.platform.notify.hours import Hours
from nep.platform.notify.models import Message

PURPOSE = "mail"
PERMANENT = 500  # from here on an answer of an SMTP server means: do not try again
KEEPS = timedelta(days=30)
HOURS = Hours()  # of letters that go by day


def is_set_up() -> bool:
    """Whether a letter can reach anybody; else people are given their links on paper."""
    return bool(settings.NEP_MAIL_SET_UP)


@transaction.atomic
def post(to: str, subject: str, text: str, *, key: str, by_day: bool = False) -> Message:
    """Queue a letter in the transaction of the act that asks for it; the same key makes no second letter."""
    from nep.platform.notify.tasks import deliver  # noqa: PLC0415 -- the job calls back into this module

    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "locked_text": locked(text, PURPOSE),
            "created_at": now(),
            "by_day": by_day,
        },
    )
    if new:
        deliver.configure(queueing_lock=f"notify-{message.pk}").defer(message_id=message.pk)
    return message


@transaction.atomic
def replace_waiting(keys: Collection[str]) -> None:
    """Let go of letters that have not left, because a newer one says what they said."""
    waiting = Message.objects.select_for_update(skip_locked=True)  # one that is leaving now is left alone
    for message in waiting.filter(key__in=keys, state=Message.State.WAITING):
        _end(message, Message.State.REPLACED)


def opens_in(message_id: int) -> timedelta:
    """How long a letter has to wait for the hours in which it may leave; nothing when it may now."""
    at = local(now())
    if not Message.objects.filter(pk=message_id, by_day=True).exists():
        return timedelta()
    return HOURS.next_open(at, current()) - at


@transaction.atomic
def send(message_id: int) -> None:
    """Send a letter that waits; one that is sent or refused for good is left alone.

    The row is locked while the server is spoken to, so two workers never send the same letter. Cut between
    the server's answer and the commit, it is sent again, under the same Message-ID.
    Raises: OSError when the server cannot be reached or says to come back later.
    """
    message = Message.objects.select_for_update().filter(pk=message_id, state=Message.State.WAITING).first()
    if message is None:
        return
    text = unlocked(message.locked_text, PURPOSE)
    if text is None:
        _end(message, Message.State.REFUSED, "Khóa bí mật của máy chủ đã đổi nên không đọc lại được thư.")
        return
    try:
        hand_over(message, text)
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        if not refused_for_good(error):
            raise
        _end(message, Message.State.REFUSED, str(error))
    else:
        _end(message, Message.State.SENT)


def hand_over(message: Message, text: str) -> None:
    """Give a letter to the server; the demo's mailbox has it already."""
    if settings.NEP_MAILBOX:
        return
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    name = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    letter = EmailMessage(
        message.subject, text, to=[message.to], headers={"Message-ID": f"<{name}@{domain}>"}
    )
    letter.send()


def refused_for_good(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether the server will not take this letter, now or later.

    A wrong password or sender is the operator's to mend, and no fault of the letter: that is tried again.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    return error.smtp_code >= PERMANENT


def note_failure(message_id: int, error: Exception) -> None:
    """Count a try that did not succeed; the job will try again."""
    row = Message.objects.filter(pk=message_id).first()
    if row is not None:
        Message.objects.filter(pk=message_id).update(tries=row.tries + 1, why=str(error)[:300])


def text_of(message: Message) -> str:
    """What a letter says, for the mailbox of the demo; empty once it is gone."""
    return unlocked(message.locked_text, PURPOSE) or "" if message.locked_text else ""


def waiting_too_long(minutes: int) -> list[int]:
    """Letters whose job was lost, for example with a worker that was killed."""
    before = now() - timedelta(minutes=minutes)
    rows = Message.objects.filter(state=Message.State.WAITING, created_at__lt=before)
    return list(rows.values_list("pk", flat=True)[:500])


def forget_old() -> None:
    """Remove letters that went, or were refused, long ago."""
    ended = Message.objects.exclude(state=Message.State.WAITING)
    ended.filter(created_at__lt=now() - KEEPS).delete()


def _end(message: Message, state: Message.State, why: str = "") -> None:
    message.state, message.why, message.tries = state, why[:300], message.tries + 1
    if state == Message.State.SENT:
        message.sent_at = now()
    if not settings.NEP_MAILBOX:
        message.locked_text = ""
    message.save(update_fields=["state", "why", "tries", "sent_at", "locked_text"])
