"""One message a day to a user, with all that they are reminded of: inside Nếp, and by mail where they wish.

A digest that could not leave is replaced by the next day's: after a mail server was down for days, people
get what is owed now, once. What a digest said stays to be read inside Nếp.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from nep.platform.notify.models import Digest, MailWish, Message
from nep.platform.notify.notices import DIGEST, notify
from nep.platform.notify.outbox import is_set_up, post, replace_waiting


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a digest: what it is, and the address inside Nếp where it is done."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as it goes by mail: to which address, how the person is greeted, what the subject says.

    `always`: it goes by mail also to who wants none, because it is addressed to who heads a unit.
    """

    to: str
    greeting: str
    subject: str
    always: bool = False


@transaction.atomic
def send_digest(user_id: int, day: date, lines: Sequence[Line], letter: Letter, *, at: datetime) -> bool:
    """Remind a user of these things, unless they were reminded on this day; whether it was done now."""
    by_mail = letter.to and is_set_up() and (letter.always or wants_mail(user_id))
    mail = _mail_key(user_id, day) if by_mail else ""
    _, new = Digest.objects.get_or_create(
        user_id=user_id,
        day=day,
        defaults={"lines": [asdict(line) for line in lines], "mail_key": mail, "made_at": at},
    )
    if not new:
        return False
    text = f"Nhắc việc ngày {day:%d/%m/%Y}: {letter.subject}"
    notify([user_id], key=f"{DIGEST}{day}", text=text, url=f"/thong-bao/{day}/", at=at)
    replace_earlier([user_id], day)
    if mail:
        post(letter.to, f"Nếp: {letter.subject}", letter_text(letter.greeting, lines), key=mail, by_day=True)
    return True


def waiting_since(day: date) -> dict[int, date]:
    """The users of whom a letter of an earlier day has not left yet, each with the earliest such day."""
    waiting = Message.objects.filter(key__startswith=DIGEST, state=Message.State.WAITING).values("key")
    rows = Digest.objects.filter(day__lt=day, mail_key__in=waiting).order_by()
    return dict(rows.values_list("user_id").annotate(Min("day")))


def replace_earlier(user_ids: Collection[int], day: date) -> None:
    """Let go of letters of earlier days that have not left."""
    rows = Digest.objects.filter(user_id__in=user_ids, day__lt=day).exclude(mail_key="")
    replace_waiting(list(rows.order_by("-day").values_list("mail_key", flat=True)))


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
    return not MailWish.objects.filter(user_id=user_id, digests=False).exists()


def wish_mail(user_id: int, wanted: bool) -> None:
    """Keep whether a user wants digests by mail."""
    MailWish.objects.update_or_create(user_id=user_id, defaults={"digests": wanted})


def _mail_key(user_id: int, day: date) -> str:
    return f"{DIGEST}{user_id}-{day}"
