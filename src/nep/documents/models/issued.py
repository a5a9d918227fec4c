"""The numbers that units give to documents, and documents that were issued: kept as they were, for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nep.documents.domain.numbering import reference
from nep.documents.models.documents import DocumentKind
from nep.org.models import Unit
from nep.platform.files.models import StoredFile


class UnitLetterhead(models.Model):
    """What stands at the head and foot of a unit's official letters, once somebody has confirmed it."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="letterhead")
    organ = models.CharField("Cơ quan ban hành", max_length=250)
    parent = models.CharField("Cơ quan chủ quản", max_length=250, blank=True)
    symbol = models.CharField("Ký hiệu công văn", max_length=40)
    place = models.CharField("Địa danh", max_length=120)
    authority = models.CharField("Ký thay mặt, ký thay", max_length=120, blank=True)
    signer_title = models.CharField("Chức vụ người ký", max_length=120)
    archive = models.CharField("Nơi lưu", max_length=60)
    confirmed_by_id = models.BigIntegerField()
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organ} ({self.symbol})"


class NumberRegister(models.Model):
    """The numbers of one unit, kind of document and year; `last` was given last, on `last_on`.

    The database lets `last` grow only together with what bears the number: see ADR 21.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="number_registers")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    year = models.PositiveSmallIntegerField("Năm")
    last = models.PositiveIntegerField("Số cấp gần nhất", default=0)
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="documents_one_register_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.get_kind_display()} {self.year}"


class OutsideNumbers(models.Model):
    """Numbers of a register that the unit's clerks gave by hand, so that Nếp passes over them."""

    register = models.ForeignKey(NumberRegister, on_delete=models.PROTECT, related_name="outside")
    first = models.PositiveIntegerField("Từ số")
    last = models.PositiveIntegerField("Đến số")
    noted_by_id = models.BigIntegerField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="documents_outside_in_order", condition=Q(last__gte=F("first"))),
            models.UniqueConstraint(fields=["register", "first"], name="documents_outside_once"),
        ]


class IssuedDocument(models.Model):
    """A document that a unit has issued: number, day, signer and its Word file by content.

    Rows are neither changed nor removed; names are kept as they were on that day.
    """

    register = models.ForeignKey(NumberRegister, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField("Số")
    symbol = models.CharField("Ký hiệu", max_length=40)
    issued_on = models.DateField("Ngày ban hành")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issued_documents")
    organ = models.CharField("Cơ quan ban hành", max_length=250)
    title = models.TextField("Trích yếu")
    addressee = models.CharField("Nơi nhận", max_length=250)
    signer_title = models.CharField("Chức vụ người ký", max_length=250)
    signer_name = models.CharField("Người ký", max_length=200)
    signed_by_id = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="issued_documents")
    sha256 = models.CharField("Mã băm của tệp", max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("-issued_on", "-number")
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="documents_one_document_a_number"),
            models.CheckConstraint(name="documents_numbers_begin_at_one", condition=Q(number__gte=1)),
        ]
        indexes = [models.Index(fields=["unit", "-issued_on"], name="documents_issued_by_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Number and sign as they are cited."""
        return reference(self.number, self.symbol)

    @property
    def file_name(self) -> str:
        """The name under which the Word file is handed out."""
        return f"{self.reference.replace('/', '-')} ngày {self.issued_on:%d-%m-%Y}.docx"
