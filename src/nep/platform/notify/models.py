"""Messages on their way."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One letter to one address. `key` makes it one letter however often it is asked for.

    The text is locked with the secret key, because it may hold a link that signs in; it goes once it is sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        REFUSED = "refused", "Không gửi được"

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    locked_text = models.TextField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField("Lỗi lần thử cuối", max_length=300, blank=True)
    created_at = models.DateTimeField()
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
