"""Sessions: begun, watched, listed, ended.

A session's own data says when it began, was last seen and when its owner last proved who they are; the
table `SignedInSession` says the same to its owner. Ending one deletes Django's session: no request asks more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest

from nep.accounts import events
from nep.accounts.access import must_have_second_factor
from nep.accounts.domain.devices import device_in_words
from nep.accounts.models import SignedInSession, User
from nep.platform.access import Actor, actor_of
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.requests.address import client_address

LONGEST = timedelta(hours=12)
VISITS_APART = timedelta(minutes=5)
PROOF_HOLDS = timedelta(minutes=10)
BEGAN, SEEN, PROVED, OWES = "began", "seen", "proved", "owes_second_factor"
OWN_BACKEND = "django.contrib.auth.backends.ModelBackend"  # what reads the account back for each request


@dataclass(frozen=True, slots=True)
class Device:
    """A session as its owner sees it in the list."""

    id: int
    words: str
    how: str
    address: str
    began_at: datetime
    seen_at: datetime
    current: bool


def stamp(session: SessionBase) -> None:
    """Note that a session begins now, and that its owner has just proved who they are."""
    session[BEGAN] = session[SEEN] = session[PROVED] = now().isoformat()


def begin(request: HttpRequest, user: User, how: SignedInSession.How) -> None:
    """Sign an account in, whose owner has just been found to be who they say.

    Whose role asks for a second factor and who came with the password alone sets one up before anything else.
    """
    auth.login(request, user, backend=OWN_BACKEND)
    alone = how == SignedInSession.How.PASSWORD
    request.session[OWES] = alone and must_have_second_factor(actor_of(request))
    at = now()
    SignedInSession.objects.create(
        user=user,
        key_digest=_digest(request.session),
        how=how,
        address=client_address(request),
        agent=request.headers.get("User-Agent", "")[:300],
        began_at=at,
        seen_at=at,
    )
    record(events.SIGNED_IN, actor=actor_of(request), about=[user], at=at)


def over(session: SessionBase) -> bool:
    """Whether a session was idle or open for too long; one without its times is over."""
    try:
        began, seen = datetime.fromisoformat(session[BEGAN]), datetime.fromisoformat(session[SEEN])
    except (KeyError, ValueError):
        return True
    # Visits are counted some minutes apart, so the last one may be that much younger than it says.
    return now() - began > LONGEST or now() - seen > settings.NEP_IDLE + VISITS_APART


def count_visit(session: SessionBase) -> None:
    """Note a visit, at most once in five minutes."""
    at = now()
    if at - datetime.fromisoformat(session[SEEN]) >= VISITS_APART:
        session[SEEN] = at.isoformat()
        SignedInSession.objects.filter(key_digest=_digest(session)).update(seen_at=at)


def drop(session: SessionBase) -> None:
    """End the session of this request."""
    SignedInSession.objects.filter(key_digest=_digest(session)).delete()
    session.flush()


def owes_second_factor(session: SessionBase) -> bool:
    """Whether the owner must set up a second factor before anything else."""
    return bool(session.get(OWES))


def second_factor_is_there(session: SessionBase) -> None:
    """The owner has set one up."""
    session[OWES] = False


def proved(session: SessionBase) -> None:
    """The owner has just proved again who they are."""
    session[PROVED] = now().isoformat()


def proved_lately(session: SessionBase) -> bool:
    """Whether the owner proved who they are in the last ten minutes."""
    told: str = session.get(PROVED, "")
    return bool(told) and now() - datetime.fromisoformat(told) <= PROOF_HOLDS


def keep_after_new_password(request: HttpRequest, user: User) -> None:
    """Keep this session, under a new key, and end all others of the account."""
    row = SignedInSession.objects.filter(key_digest=_digest(request.session)).first()
    auth.update_session_auth_hash(request, user)
    if row is not None:
        row.key_digest = _digest(request.session)
        row.save(update_fields=["key_digest"])
    _end(others(user, request.session))


def devices(user: User, session: SessionBase) -> list[Device]:
    """Where an account is signed in, this browser first."""
    own = _digest(session)
    rows = user.sessions.filter(
        seen_at__gt=now() - settings.NEP_IDLE - VISITS_APART, began_at__gt=now() - LONGEST
    )
    found = [
        Device(
            id=row.pk,
            words=device_in_words(row.agent),
            how=row.get_how_display(),
            address=row.address or "",
            began_at=row.began_at,
            seen_at=row.seen_at,
            current=row.key_digest == own,
        )
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.current)


def others(user: User, session: SessionBase) -> list[SignedInSession]:
    """All sessions of an account but this one."""
    return list(user.sessions.exclude(key_digest=_digest(session)))


@transaction.atomic
def end_session(row: SignedInSession, *, actor: Actor | None, at: datetime) -> None:
    """Sign one browser out."""
    device = device_in_words(row.agent)
    _end([row])
    record(events.SESSION_ENDED, actor=actor, about=[row.user], at=at, device=device)


@transaction.atomic
def end_sessions(
    user: User, rows: list[SignedInSession], *, actor: Actor | None, at: datetime, reason: str = ""
) -> int:
    """Sign several browsers of an account out; how many it were."""
    _end(rows)
    if rows:
        record(
            events.SESSIONS_ENDED,
            actor=actor,
            about=[user],
            at=at,
            reason=reason,
            count=len(rows),
            user=user.name,
        )
    return len(rows)


def end_silently(user: User) -> None:
    """End every session of an account whose password was set anew; the act itself is the event."""
    _end(list(user.sessions.all()))


def forget_ended() -> None:
    """Remove rows of sessions that ended by themselves."""
    SignedInSession.objects.filter(began_at__lt=now() - 2 * LONGEST).delete()


def _end(rows: list[SignedInSession]) -> None:
    digests = [row.key_digest for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_session"
            " WHERE encode(sha256(convert_to(session_key, 'UTF8')), 'hex') = ANY(%s)",
            [digests],
        )
    SignedInSession.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _digest(session: SessionBase) -> str:
    return hashlib.sha256((session.session_key or "").encode()).hexdigest()
