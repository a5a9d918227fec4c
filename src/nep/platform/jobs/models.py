"""Background work that a person started and may watch."""

from django.db import models


class JobRun(models.Model):
    """One piece of long work: how far it is, how it ended, where its result stands.

    `counted` is what it counts; `job_id` its job in the queue; `cuts` how often its worker was killed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang làm"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Chưa làm được"

    OPEN = (State.WAITING, State.RUNNING)

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counted = models.CharField(max_length=30, default="dòng")
    message = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    job_id = models.BigIntegerField(null=True, db_index=True)
    cuts = models.PositiveSmallIntegerField(default=0)
    started_by_id = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title
