"""People, positions and dated postings."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from nep.org.models.dated import one_at_a_time
from nep.org.models.units import Unit
from nep.platform.search import matching, search_index


class PersonQuerySet(models.QuerySet["Person"]):
    """People in words of the domain."""

    def posted_in(self, units: models.QuerySet[Unit], day: date) -> PersonQuerySet:
        """People with a posting in one of the units on a day."""
        postings = Posting.objects.filter(unit__in=units, during__contains=day)
        return self.filter(pk__in=postings.values("person_id"))

    def matching(self, words: str) -> PersonQuerySet:
        """Search by name or staff code, without diacritics."""
        return matching(self, words)


class StaffKind(models.TextChoices):
    """In which legal standing somebody serves."""

    OFFICER = "can_bo", "Cán bộ"
    CIVIL_SERVANT = "cong_chuc", "Công chức"
    PUBLIC_EMPLOYEE = "vien_chuc", "Viên chức"
    CONTRACT = "hop_dong", "Người lao động hợp đồng"
    OTHER = "khac", "Khác"


class Person(models.Model):
    """Somebody who works for the organisation; may have an account."""

    staff_code = models.CharField("Mã nhân sự", max_length=40, unique=True)
    name = models.CharField("Họ và tên", max_length=200)
    kind = models.CharField(
        "Đối tượng", max_length=10, choices=StaffKind.choices, default=StaffKind.CIVIL_SERVANT
    )
    born_on = models.DateField("Ngày sinh", null=True, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    sort_key = models.CharField(max_length=800)
    search = models.TextField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        indexes = [search_index("org_person_search"), models.Index(fields=["sort_key", "id"])]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A post that people hold: name, rank in lists, whether it heads a unit."""

    name = models.CharField("Chức vụ", max_length=120, unique=True)
    rank = models.PositiveSmallIntegerField("Thứ bậc", default=50)
    is_head = models.BooleanField("Đứng đầu đơn vị", default=False)
    rotation_months = models.PositiveSmallIntegerField(
        "Thời hạn chuyển đổi vị trí (tháng)",
        null=True,
        blank=True,
        help_text="Để trống nếu vị trí không thuộc diện định kỳ chuyển đổi.",
    )

    class Meta:
        ordering = ("rank", "name")

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """Who works where, as what, in a span of days."""

    class Kind(models.TextChoices):
        MAIN = "main", "Chính thức"
        CONCURRENT = "concurrent", "Kiêm nhiệm"
        SECONDMENT = "secondment", "Biệt phái"
        ACTING = "acting", "Giao quyền"
        MEMBER = "member", "Thành viên"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MAIN)
    during = DateRangeField()
    decision = models.CharField("Quyết định", max_length=200, blank=True)
    ended_because = models.CharField("Lý do thôi giữ", max_length=300, blank=True)

    class Meta:
        constraints = [
            one_at_a_time("person", "unit", name="org_posting_once_in_a_unit"),
            one_at_a_time("person", name="org_posting_one_main_at_a_time", condition=models.Q(kind="main")),
        ]

    def __str__(self) -> str:
        return f"{self.position} – {self.unit}"
