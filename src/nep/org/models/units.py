"""Units with dated names, dated parents and the dated closure of the tree."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from nep.org.models.dated import one_at_a_time, pair_one_at_a_time
from nep.platform.search import matching, search_index


class Line(models.TextChoices):
    """The three lines in which the same people are organised."""

    AUTHORITY = "authority", "Chính quyền"
    UNION = "union", "Công đoàn"
    PARTY = "party", "Đảng"


class UnitKind(models.TextChoices):
    """What a unit is."""

    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DISTRICT = "district", "Huyện, quận, thị xã, thành phố (đến 30/6/2025)"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    DIVISION = "division", "Phòng, ban"
    SCHOOL = "school", "Trường học"
    SERVICE = "service", "Đơn vị sự nghiệp"
    UNION = "union", "Công đoàn"
    PARTY = "party", "Tổ chức đảng"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units in words of the domain."""

    def open_on(self, day: date) -> UnitQuerySet:
        """Units that exist on a day."""
        return self.filter(during__contains=day)

    def below(self, unit_ids: models.QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """The units and all below them on a day, each in its own line."""
        rows = UnitClosure.objects.filter(ancestor__in=unit_ids, during__contains=day)
        return self.filter(pk__in=rows.values("descendant_id"))

    def above(self, unit_ids: models.QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """The units and all above them on a day."""
        rows = UnitClosure.objects.filter(descendant__in=unit_ids, during__contains=day)
        return self.filter(pk__in=rows.values("ancestor_id"))

    def directly_below(self, unit: Unit, day: date) -> UnitQuerySet:
        """The children of a unit on a day."""
        return self.filter(parent_links__parent=unit, parent_links__during__contains=day)

    def within(self, unit_ids: models.QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """The units and all below them on a day, and those that had closed by then while below them."""
        rows = UnitClosure.objects.filter(ancestor__in=unit_ids)
        closed = Q(descendant__during__endswith__lte=day, during__endswith=F("descendant__during__endswith"))
        return self.filter(pk__in=rows.filter(Q(during__contains=day) | closed).values("descendant_id"))

    def attached_to(self, unit_ids: models.QuerySet[Unit] | list[int], day: date) -> UnitQuerySet:
        """The union and party units whose host on a day is one of the units."""
        rows = UnitHost.objects.filter(host__in=unit_ids, during__contains=day)
        return self.filter(pk__in=rows.values("unit_id"))

    def named_on(self, day: date) -> UnitQuerySet:
        """With `name_then` and `short_name_then`, its name on a day, or today's."""
        names = UnitName.objects.filter(unit=OuterRef("pk"), during__contains=day)
        return self.annotate(
            name_then=Coalesce(Subquery(names.values("name")[:1]), F("name")),
            short_name_then=Coalesce(Subquery(names.values("short_name")[:1]), F("short_name")),
        )

    def matching(self, words: str) -> UnitQuerySet:
        """Search by name, without diacritics."""
        return matching(self, words)


class Unit(models.Model):
    """An agency, a part of one, a union or a party unit, over its whole life.

    A union or party unit may be attached to the authority unit (`host`) whose people it organises.
    `name`, `short_name` and `host` are those of today, for pages; the dated truth stands in UnitName and
    UnitHost, and whatever asks for a day reads it there (see ADR 9).
    """

    code = models.CharField("Mã đơn vị", max_length=40, unique=True)
    name = models.CharField("Tên đơn vị", max_length=250)
    short_name = models.CharField("Tên ngắn", max_length=120)
    kind = models.CharField("Loại", max_length=12, choices=UnitKind.choices)
    line = models.CharField("Hệ thống", max_length=10, choices=Line.choices)
    host = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="attached")
    during = DateRangeField("Tồn tại")
    sort_key = models.CharField(max_length=1000)
    search = models.TextField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)
        indexes = [
            search_index("org_unit_search"),
            models.Index(fields=["line", "kind"]),
            models.Index(fields=["sort_key"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="org_unit_host_is_for_union_and_party",
                condition=models.Q(host__isnull=True) | ~models.Q(line=Line.AUTHORITY),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit was called in a span of days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120)
    during = DateRangeField()

    class Meta:
        constraints = [one_at_a_time("unit", name="org_unit_one_name_at_a_time")]


class UnitHost(models.Model):
    """To which authority unit a union or party unit was attached, in a span of days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hosts")
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="attachments")
    during = DateRangeField()

    class Meta:
        constraints = [one_at_a_time("unit", name="org_unit_one_host_at_a_time")]


class UnitLink(models.Model):
    """Which unit was the parent of which, in a span of days; a unit has one parent at a time."""

    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links")
    during = DateRangeField()

    class Meta:
        constraints = [
            one_at_a_time("child", name="org_unit_one_parent_at_a_time"),
            models.CheckConstraint(
                name="org_unit_not_its_own_parent", condition=~models.Q(child=models.F("parent"))
            ),
        ]


class UnitClosure(models.Model):
    """Who was above whom, at which distance, in a span of days; each unit is above itself at distance 0.

    Derived from UnitLink; without foreign keys in the database, whose checks would lock the rows of all units
    above and below while a large part of the tree moves.
    """

    ancestor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="closure_down", db_constraint=False, db_index=False
    )
    descendant = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="closure_up", db_constraint=False, db_index=False
    )
    depth = models.PositiveSmallIntegerField()
    during = DateRangeField()

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "depth"]),
            models.Index(fields=["descendant", "depth"]),
        ]
        constraints = [pair_one_at_a_time("descendant", "ancestor", name="org_closure_one_path_at_a_time")]
