"""Units with dated names, dated parents and the dated closure of the tree."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from nep.org.models.dated import one_at_a_time
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

    def matching(self, words: str) -> UnitQuerySet:
        """Search by name, without diacritics."""
        return matching(self, words)


class Unit(models.Model):
    """An agency, a part of one, a union or a party unit, over its whole life.

    `name` and `short_name` are those of today; former names stand in UnitName. A union or party unit may be
    attached to the authority unit (`host`) whose people it organises.
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
    """Who was above whom, at which distance, in a span of days; each unit is above itself at distance 0."""

    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closure_down")
    descendant = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closure_up")
    depth = models.PositiveSmallIntegerField()
    during = DateRangeField()

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "depth"]),
            models.Index(fields=["descendant", "depth"]),
            GistIndex(fields=["during"], name="org_closure_during"),
        ]
        constraints = [one_at_a_time("ancestor", "descendant", name="org_closure_one_path_at_a_time")]
