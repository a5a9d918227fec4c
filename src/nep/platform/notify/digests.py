"""One message a day to a user, with all that they are reminded of: inside Nếp, and by mail where they wish.

A digest that could not leave is replaced by the next day's: after a mail server was down for days, people
get what is owed now, once. What a digest said stays to be read inside Nếp.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from nep.platform.calendar import current
from nep.platform.clock import local
from nep.platform.notify.hours import Hours
from nep.platform.notify.models import Digest, MailWish, Message
from nep.platform.notify.notices import notify
from nep.platform.notify.outbox import is_set_up, post, replace_waiting

HOURS = Hours()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a digest: what it is, and the address inside Nếp where it is done."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as it goes by mail: to which address, how the person is greeted, what the subject says."""

    to: str
    greeting: str
    subject: str


@transaction.atomic
def send_digest(user_id: int, day: date, lines: Sequence[Line], letter: Letter, *, at: datetime) -> bool:
    """Remind a user of these things, unless they were reminded on this day; whether it was done now."""
    mail = _mail_key(user_id, day) if letter.to and is_set_up() and _by_mail(user_id) else ""
    _, new = Digest.objects.get_or_create(
        user_id=user_id,
        day=day,
        defaults={"lines": [asdict(line) for line in lines], "mail_key": mail, "made_at": at},
    )
    if not new:
        return False
    notify([user_id], key=f"digest-{day}", text=letter.subject, url=f"/thong-bao/{day}/", at=at)
    if mail:
        earlier = Digest.objects.filter(user_id=user_id, day__lt=day).exclude(mail_key="").order_by("-day")
        replace_waiting(list(earlier.values_list("mail_key", flat=True)[:30]))
        open_from = HOURS.next_open(local(at), current())
        text = letter_text(letter.greeting, lines)
        post(letter.to, letter.subject, text, key=mail, not_before=open_from if open_from > at else None)
    return True


def digested(day: date, user_ids: Iterable[int]) -> set[int]:
    """Which of these users have had the digest of a day."""
    rows = Digest.objects.filter(day=day, user_id__in=list(user_ids))
    return set(rows.values_list("user_id", flat=True))


def letter_text(greeting: str, lines: Sequence[Line]) -> str:
    """The letter: each thing with the full address where it is done."""
    site = settings.NEP_SITE_URL.rstrip("/")
    things = "\n".join(f"- {line.text}\n  {site}{line.url}" for line in lines)
    return (
        f"Kính gửi {greeting},\n\n{things}\n\n"
        f"Mọi việc trong ngày: {site}/\n"
        f"Thôi nhận thư nhắc việc: {site}/thong-bao/cach-nhan/\n\n"
        "Thư do Nếp gửi tự động, không trả lời vào địa chỉ này."
    )


def wants_mail(user_id: int) -> bool:
    """Whether a user gets digests by mail."""
    return _by_mail(user_id)


def wish_mail(user_id: int, wanted: bool) -> None:
    """Keep whether a user wants digests by mail."""
    MailWish.objects.update_or_create(user_id=user_id, defaults={"digests": wanted})


def _by_mail(user_id: int) -> bool:
    return not MailWish.objects.filter(user_id=user_id, digests=False).exists()


def _mail_key(user_id: int, day: date) -> str:
    return f"digest-{user_id}-{day}"


def waiting_letters() -> int:
    """How many letters of digests have not left yet."""
    return Message.objects.filter(key__startswith="digest-", state=Message.State.WAITING).count()
