"""Events, append-only by trigger."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Event(models.Model):
    """Something that was done: by whom, to what, why; names are kept as they were on that day.

    `about` holds `app.model:id` of the thing and of all it belongs to, so that each shows its time line.
    `digest` is the SHA-256 of the row's content.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    about = ArrayField(models.CharField(max_length=80))
    unit_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [GinIndex(fields=["about"], name="audit_event_about"), models.Index(fields=["at"])]
