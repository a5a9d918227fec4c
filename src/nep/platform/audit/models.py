"""Events, the seals over them, what retention removed: append-only by trigger and by the role's rights."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from nep.platform.audit.events import BUSINESS


class Event(models.Model):
    """Something that was done: by whom, to what, why; names are kept as they were on that day.

    `about` holds `app.model:id` of the thing and of all it belongs to, so that each shows its time line.
    `keep` is the class by which it is kept. `digest` is the SHA-256 of the row's content. There are no
    foreign keys: the trail outlives what it speaks of.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    keep = models.CharField(max_length=20, default=BUSINESS)
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
        indexes = [
            GinIndex(fields=["about"], name="audit_event_about"),
            models.Index(fields=["at", "id"], name="audit_event_at"),
            models.Index(fields=["unit_id", "at", "id"], name="audit_event_unit"),
            models.Index(fields=["actor_id", "at", "id"], name="audit_event_actor"),
        ]


class Seal(models.Model):
    """One sealed batch of events; its fields are those of `domain.chain.Head`."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    leaves = models.CharField(max_length=64)
    rows = models.IntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(db_index=True)
    watermark = models.BigIntegerField()
    transaction = models.BigIntegerField()
    cluster = models.BigIntegerField()
    at = models.DateTimeField()
    key = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)


class Leaf(models.Model):
    """Which seal holds an event, and the digest it had then; it stays when retention removes the event."""

    event_id = models.BigIntegerField(primary_key=True)
    seal_number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["seal_number", "event_id"], name="audit_leaf_seal")]


class RetentionRule(models.Model):
    """From a day on, events of a class are kept this many years. Without a rule they are kept for ever.

    No law that names a length is at hand: each rule says where its length comes from and whether an authority
    has confirmed it. Only the owner of the database writes rules; see `nep audit keep`.
    """

    keep = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField()
    since = models.DateField()
    source = models.CharField(max_length=300)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["keep", "since"], name="audit_retention_one_a_day"),
            models.CheckConstraint(condition=models.Q(years__gte=1), name="audit_retention_a_year_or_more"),
        ]


class Removal(models.Model):
    """Events of one class removed at once because the rule's years were over, before `cutoff`."""

    keep = models.CharField(max_length=20)
    cutoff = models.DateTimeField()
    rows = models.IntegerField()
    at = models.DateTimeField()


class RemovedEvent(models.Model):
    """An event that a removal took; its leaf stays."""

    event_id = models.BigIntegerField(primary_key=True)
    removal_id = models.BigIntegerField(db_index=True)


class ReadingMark(models.Model):
    """That a person's reading of a thing in this hour has been recorded already; kept for a day."""

    actor_id = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    thing = models.CharField(max_length=80)
    hour = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "kind", "thing", "hour"], name="audit_reading_once")
        ]


class Check(models.Model):
    """One verification of the whole trail by the machine itself: what it counted and found."""

    at = models.DateTimeField()
    rows = models.BigIntegerField()
    seals = models.BigIntegerField()
    waiting = models.BigIntegerField()
    findings = models.JSONField(default=list)
