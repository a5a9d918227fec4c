"""Letters: queued with the act, sent once, tried again while the server is down."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from nep.platform.clock import now
from nep.platform.notify import outbox
from nep.platform.notify.models import Message
from nep.platform.notify.tasks import MOST_TRIES, UntilTaken, deliver, look_for_lost

pytestmark = pytest.mark.django_db


@dataclass
class PostOffice:
    """A mail server of a few words: it keeps what it takes, and refuses what it is told to."""

    port: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as wire:
                self._talk(wire)

    def _talk(self, wire: object) -> None:
        def say(words: str) -> None:
            wire.write(f"{words}\r\n".encode())  # type: ignore[attr-defined]  # a socket's file
            wire.flush()  # type: ignore[attr-defined]  # the same

        say("220 small")
        while line := wire.readline().decode().strip():  # type: ignore[attr-defined]  # the same
            verb = line.split()[0].upper()
            if verb in self.refuses:
                say(self.refuses[verb])
            elif verb == "DATA":
                say("354 go on")
                lines: list[str] = []
                while (part := wire.readline().decode()) != ".\r\n":  # type: ignore[attr-defined]  # the same
                    lines.append(part)
                self.letters.append("".join(lines))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 good")


@contextmanager
def running(settings: Settings) -> Iterator[PostOffice]:
    """The server, listening, and named by the settings."""
    office = PostOffice()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        office.port = listener.getsockname()[1]
        thread = Thread(target=office.serve, args=[listener], daemon=True)
        thread.start()
        use(settings, office.port)
        yield office
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def use(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "nep@vanlinh.example"
    settings.NEP_MAILBOX = False


def letter(key: str = "a") -> Message:
    return outbox.post("thu@vanlinh.example", "Nếp: kích hoạt", "Mở liên kết này.", key=key)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=deliver.name, status="todo").count()


def test_a_letter_is_sent_and_its_text_goes(settings: Settings) -> None:
    with running(settings) as office:
        message = letter()
        outbox.send(message.pk)
        outbox.send(message.pk)
    message.refresh_from_db()
    assert (message.state, message.locked_text, message.tries) == (Message.State.SENT, "", 1)
    assert len(office.letters) == 1
    named = ("To: thu@vanlinh.example", "@vanlinh.example>")
    assert [head for head in named if head not in office.letters[0]] == []


def test_a_key_makes_one_letter(settings: Settings) -> None:
    assert letter().pk == letter().pk
    assert (Message.objects.count(), jobs()) == (1, 1)


def test_an_act_that_is_undone_sends_nothing() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert (Message.objects.count(), jobs()) == (0, 0)


def test_a_server_that_is_down_loses_nothing(settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as nobody:
        port = nobody.getsockname()[1]
    use(settings, port)
    message = letter()
    for _ in range(3):
        with pytest.raises(OSError, match="refused"):
            deliver.func(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries) == (Message.State.WAITING, 3)
    with running(settings) as office:
        deliver.func(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, len(office.letters)) == (Message.State.SENT, 1)


@pytest.mark.parametrize(
    ("refuses", "state"),
    [
        ({"RCPT": "550 no such person"}, Message.State.REFUSED),
        ({"DATA": "554 not wanted"}, Message.State.REFUSED),
        ({"RCPT": "451 come back"}, Message.State.WAITING),
        ({"MAIL": "550 sender unknown"}, Message.State.WAITING),
    ],
)
def test_only_a_refusal_of_the_letter_itself_is_for_good(
    settings: Settings, refuses: dict[str, str], state: str
) -> None:
    with running(settings) as office:
        office.refuses = refuses
        message = letter()
        try:
            deliver.func(message_id=message.pk)
        except smtplib.SMTPException:
            assert state == Message.State.WAITING
    message.refresh_from_db()
    assert (message.state, bool(message.why), message.tries) == (state, True, 1)


def test_waiting_grows_to_a_quarter_of_an_hour_and_ends_after_days() -> None:
    class Tried:
        attempts = 0

    waits = []
    for Tried.attempts in (0, 1, 5, 50, MOST_TRIES):
        decision = UntilTaken().get_retry_decision(exception=OSError(), job=Tried())  # type: ignore[arg-type]  # all it reads
        at = decision.retry_at if decision else None
        waits.append(round((at - now()).total_seconds()) if at else None)
    assert waits == [30, 60, 900, 900, None]


def lose_jobs() -> None:
    """The worker was killed in the middle of every job."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")


def test_a_letter_whose_job_was_lost_is_queued_again_once() -> None:
    message = letter()
    lose_jobs()
    look_for_lost.func(timestamp=0)
    assert jobs() == 0  # it may still be on its way
    Message.objects.filter(pk=message.pk).update(created_at=now() - timedelta(hours=1))
    look_for_lost.func(timestamp=0)
    look_for_lost.func(timestamp=0)
    assert jobs() == 1


def test_another_secret_key_is_told_and_not_tried_for_ever(settings: Settings) -> None:
    message = letter()
    settings.SECRET_KEY = "another"
    outbox.send(message.pk)
    message.refresh_from_db()
    assert message.state == Message.State.REFUSED


def test_the_text_is_not_readable_in_the_table() -> None:
    assert "liên kết" not in str(Message.objects.filter(pk=letter().pk).values().get())


def test_old_letters_are_forgotten_and_waiting_ones_stay() -> None:
    for key, state in (("a", "sent"), ("b", "waiting")):
        pk = letter(key).pk
        Message.objects.filter(pk=pk).update(state=state, created_at=now() - timedelta(days=31))
    outbox.forget_old()
    assert [message.key for message in Message.objects.all()] == ["b"]


def test_the_mailbox_is_only_in_the_demo(
    client: Client, settings: Settings, run_jobs: Callable[[], None]
) -> None:
    settings.NEP_DEMO = settings.NEP_MAILBOX = True
    letter()
    run_jobs()
    assert "Mở liên kết này." in client.get("/hop-thu/").content.decode()
    settings.NEP_DEMO = False
    assert client.get("/hop-thu/").status_code == 404
