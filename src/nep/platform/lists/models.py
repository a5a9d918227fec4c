"""Saved views of lists, what each person chose for a list, and the sheets that were handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from nep.platform.access import Actor


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views in words of the product."""

    def seen_by(self, actor: Actor, places: Any) -> SavedViewQuerySet:
        """One's own views, and those shared in these places."""
        return self.filter(Q(owner_id=actor.id) | Q(place_id__in=places))


class SavedView(models.Model):
    """Filters, order and columns of a list under a name; private, or shared in a place (a unit).

    `query` is what stands in the address of the list. The place is known by its number alone.
    """

    list_code = models.CharField(max_length=40)
    name = models.CharField("Tên", max_length=80)
    owner_id = models.BigIntegerField()
    owner_name = models.CharField(max_length=200)
    place_id = models.BigIntegerField(null=True)
    place_name = models.CharField(max_length=250, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    columns = ArrayField(models.CharField(max_length=40), default=list)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["list_code", "owner_id", "name"], name="lists_view_named_once")
        ]
        indexes = [models.Index(fields=["list_code", "place_id"])]

    def __str__(self) -> str:
        return self.name


class ListChoice(models.Model):
    """What one person chose for a list: columns in their order, and the view that it opens with."""

    list_code = models.CharField(max_length=40)
    user_id = models.BigIntegerField()
    columns = ArrayField(models.CharField(max_length=40), default=list)
    default_view = models.ForeignKey(SavedView, on_delete=models.SET_NULL, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list_code", "user_id"], name="lists_choice_once")]


class ListExport(models.Model):
    """A sheet made of a list for one person; its file is removed after a day, the row stays."""

    list_code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    user_id = models.BigIntegerField()
    rows = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.title
