"""Indicators: what is counted, how, from where; and who is asked to tell figures."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nep.indicators.domain import periods
from nep.org.models import Line, Unit, UnitKind
from nep.platform.search import matching, search_index


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators in words of the domain."""

    def in_use(self) -> IndicatorQuerySet:
        """Not yet replaced by a later version."""
        return self.filter(retired_on__isnull=True)

    def matching(self, words: str) -> IndicatorQuerySet:
        """Search by name or code, without diacritics."""
        return matching(self, words)


class Indicator(models.Model):
    """One thing that is counted the same way everywhere, so that figures of units can be added up.

    Without `denominator_words` it is a count, with them a share: `numerator` of `denominator`. Those that
    Nếp ships have no `owner`. A definition under which figures stand is not changed: the next version is a
    row of its own that `replaces` it.
    """

    class Direction(models.TextChoices):
        UP = "up", "Càng cao càng tốt"
        DOWN = "down", "Càng thấp càng tốt"

    class Grain(models.TextChoices):
        MONTH = periods.MONTH, "Hằng tháng"
        QUARTER = periods.QUARTER, "Hằng quý"
        YEAR = periods.YEAR, "Hằng năm"

    class Provider(models.TextChoices):
        ENTERED = "entered", "Đơn vị nhập hoặc nhập từ tệp, kèm nguồn"
        EVIDENCE = "evidence", "Minh chứng của chương trình đã được nhận"
        COMPUTED = "computed", "Nếp tự tính"

    code = models.SlugField("Mã", max_length=60, unique=True)
    name = models.CharField("Tên chỉ số", max_length=300)
    definition = models.TextField("Cách tính")
    unit_of_count = models.CharField("Đơn vị tính", max_length=60)
    numerator_words = models.CharField("Tử số", max_length=300)
    denominator_words = models.CharField("Mẫu số", max_length=300, blank=True)
    direction = models.CharField("Chiều tốt", max_length=4, choices=Direction.choices, default=Direction.UP)
    grain = models.CharField("Kỳ", max_length=7, choices=Grain.choices, default=Grain.MONTH)
    lines = ArrayField(models.CharField(max_length=10, choices=Line.choices), verbose_name="Hệ thống")
    provider = models.CharField(
        "Lấy số liệu từ", max_length=8, choices=Provider.choices, default=Provider.ENTERED
    )
    source = models.CharField("Căn cứ của định nghĩa", max_length=500)
    needs_confirmation = models.CharField("Cần xác nhận", max_length=500, blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="indicators")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    made_on = models.DateField()
    retired_on = models.DateField(null=True)
    search = models.TextField()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = [search_index("indicators_indicator_search"), models.Index(fields=["name", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="indicators_one_next_version"),
            models.CheckConstraint(name="indicators_meant_for_a_line", condition=~Q(lines=[])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, not a count."""
        return bool(self.denominator_words)

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Nếp."""
        return self.owner_id is None


class Asking(models.Model):
    """Who owes figures of an indicator: units of some kinds at and below a unit, period after period.

    A row without a figure is opened for each of them when a period begins; `until` is the first day of the
    period that is asked for no more.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="askings")
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=12, choices=UnitKind.choices), verbose_name="Loại đơn vị")
    since = models.DateField("Từ kỳ")
    until = models.DateField(null=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "root"], name="indicators_asked_once", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(name="indicators_asks_some_kind", condition=~Q(kinds=[])),
        ]
