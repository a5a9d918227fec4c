"""Links and codes that set a password: made, sent, used once."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone

from nep.accounts import events
from nep.accounts.domain.codes import new_code, plain
from nep.accounts.models import LinkRequest, SignInLink, User
from nep.accounts.services import lockout, sessions
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.notify import outbox

HOLDS = timedelta(hours=72)
GROUPS = 4  # of four letters: 78 bits
HOUR = timedelta(hours=1)
MOST_FOR_AN_ACCOUNT = 3
MOST_FROM_AN_ADDRESS = 20
BY_MAIL, ON_PAPER = "gửi qua thư điện tử", "in trên phiếu giấy"
GONE = "Liên kết này đã dùng, đã hết hạn hoặc đã được thay bằng liên kết mới. Xin cấp liên kết khác."


@transaction.atomic
def make_link(
    user: User, *, actor: Actor | None, at: datetime, way: str, reason: str = ""
) -> tuple[SignInLink, str]:
    """A new link and its code, which nobody can read again; links made before die."""
    User.objects.select_for_update().get(pk=user.pk)
    user.links.filter(ended_at__isnull=True).update(ended_at=at)
    code = new_code(GROUPS)
    link = SignInLink.objects.create(
        user=user,
        purpose=SignInLink.Purpose.RESET if user.has_usable_password() else SignInLink.Purpose.ACTIVATE,
        digest=_digest(code),
        made_at=at,
        expires_at=at + HOLDS,
        made_by_id=actor.id if actor else None,
    )
    record(events.LINK_MADE, actor=actor, about=[user], at=at, reason=reason, user=user.name, way=way)
    return link, code


@transaction.atomic
def send_link(user: User, *, actor: Actor | None, at: datetime, address: str, reason: str = "") -> None:
    """Mail a link; `address` is where the page of links stands, as seen from outside, with `CODE` in it.

    Raises: RuleError without an e-mail address.
    """
    if not user.email:
        raise RuleError(f"{user.name} chưa có thư điện tử. In phiếu giấy thay cho thư.")
    link, code = make_link(user, actor=actor, at=at, way=BY_MAIL, reason=reason)
    outbox.post(
        user.email,
        f"Nếp: {link.get_purpose_display().lower()}",
        _letter(link, address.replace("CODE", code)),
        key=f"sign-in-link-{link.pk}",
    )


def open_link(code: str, at: datetime) -> SignInLink | None:
    """The link behind a code, while it can be used."""
    rows = SignInLink.objects.filter(digest=_digest(code), ended_at__isnull=True, expires_at__gt=at)
    return rows.filter(user__is_active=True).select_related("user").first()


@transaction.atomic
def set_password(code: str, password: str, *, at: datetime) -> User:
    """Set the password behind a link, once; every session of the account ends.

    Raises: RuleError when the link cannot be used any more.
    """
    link = open_link(code, at)
    locked = (
        SignInLink.objects.select_for_update().filter(pk=link.pk, ended_at=None).first() if link else None
    )
    if link is None or locked is None:
        raise RuleError(GONE)
    user = link.user
    user.set_password(password)
    user.save(update_fields=["password"])
    user.links.filter(ended_at__isnull=True).update(ended_at=at)
    sessions.end_silently(user)
    lockout.lift_quietly(user)
    record(events.PASSWORD_SET, actor=None, about=[user], at=at, user=user.name)
    return user


@transaction.atomic
def note_request(address: str | None, *, at: datetime) -> None:
    """Count one who asks for a link.

    Raises: RuleError when an address has asked too often in the last hour.
    """
    lately = LinkRequest.objects.filter(address=address, at__gt=at - HOUR).order_by("at")
    if len(lately) >= MOST_FROM_AN_ADDRESS:
        wait = lately[len(lately) - MOST_FROM_AN_ADDRESS].at + HOUR - at
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        raise RuleError(f"Từ máy này đã xin liên kết nhiều lần. Thử lại sau {minutes} phút.")
    LinkRequest.objects.create(address=address, at=at)


@transaction.atomic
def answer_forgotten(login: str, *, address: str) -> None:
    """Send a link to who forgot the password; nothing without such an account, an address, or after too many.

    Runs in a job, so that the page answers the same, and as fast, whether the account exists or not.
    """
    at = now()
    user = User.objects.select_for_update().filter(login=login.strip().lower(), is_active=True).first()
    if user is None or not user.email or not outbox.is_set_up():
        return
    if user.links.filter(made_at__gt=at - HOUR, made_by_id__isnull=True).count() >= MOST_FOR_AN_ACCOUNT:
        return
    send_link(user, actor=None, at=at, address=address)


def forget_old() -> None:
    """Remove links that ended a month ago and requests that count no more."""
    SignInLink.objects.filter(expires_at__lt=now() - timedelta(days=30)).delete()
    LinkRequest.objects.filter(at__lt=now() - HOUR).delete()


def _digest(code: str) -> str:
    return hashlib.sha256(plain(code).encode()).hexdigest()


def _letter(link: SignInLink, address: str) -> str:
    first = (
        "Tài khoản Nếp đã được lập."
        if link.purpose == SignInLink.Purpose.ACTIVATE
        else "Có yêu cầu đặt lại mật khẩu Nếp."
    )
    until = link.expires_at.astimezone(get_current_timezone())
    return (
        f"Kính gửi {link.user.name},\n\n{first} Tên đăng nhập: {link.user.login}\n\n"
        f"Mở liên kết dưới đây để đặt mật khẩu. "
        f"Liên kết dùng được một lần, đến {until:%H:%M ngày %d/%m/%Y}.\n\n"
        f"{address}\n\nNếu không chờ thư này thì bỏ qua: mật khẩu chưa thay đổi.\n"
    )
