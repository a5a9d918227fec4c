"""Messages on their way."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One letter to one address. `key` makes it one letter however often it is asked for.

    The text is locked with the secret key, because it may hold a link that signs in; it goes once it is sent.
    One that goes `by_day` leaves within working hours only.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        REFUSED = "refused", "Không gửi được"
        REPLACED = "replaced", "Đã thay bằng thư mới hơn"

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    locked_text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField("Lỗi lần thử cuối", max_length=300, blank=True)
    created_at = models.DateTimeField()
    by_day = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["created_at"], name="notify_message_waiting", condition=models.Q(state="waiting")
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Notice(models.Model):
    """Something that a user is told inside Nếp; `key` makes it one notice however often it is asked for."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-told_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="notify_one_notice_a_key")]
        indexes = [
            models.Index(fields=["user_id", "-told_at", "-id"], name="notify_notice_by_user"),
            models.Index(
                fields=["user_id"], name="notify_notice_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Digest(models.Model):
    """What a user was reminded of on one day, all together; there is one a day at most.

    `lines` are objects with `text` and `url`. `mail_key` names the letter, where one was queued.
    """

    user_id = models.BigIntegerField()
    day = models.DateField()
    lines = models.JSONField()
    mail_key = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-day",)
        constraints = [models.UniqueConstraint(fields=["user_id", "day"], name="notify_one_digest_a_day")]


class MailWish(models.Model):
    """Whether a user wants digests by mail; without a row they do. Inside Nếp they always stand."""

    user_id = models.BigIntegerField(primary_key=True)
    digests = models.BooleanField("Nhận thư nhắc việc", default=True)
