"""Forms of templates, and of the programme that follows one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from nep.accounts.roles import Permission
from nep.movements.forms.programmes import HeadForm
from nep.movements.models import Lesson, Programme, ProgrammeTemplate
from nep.movements.queries.parts import KINDS
from nep.movements.services.next_year import AS_AIM, AS_TASK, NextYears, years_after
from nep.movements.services.templates_of import TemplateHead
from nep.org.access import Actor
from nep.org.models import Unit

NOT_CARRIED = "khong"


class TemplateForm(forms.Form):
    """What a template is called and what for."""

    name = forms.CharField(label="Tên mẫu", max_length=200)
    description = forms.CharField(
        label="Dùng khi nào", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def head(self) -> TemplateHead:
        """What was filled in."""
        return TemplateHead(self.cleaned_data["name"], self.cleaned_data["description"])


class KeepTemplateForm(forms.Form):
    """Which parts of a programme become a template, a new one or in the place of one of the unit."""

    into = forms.ModelChoiceField(
        label="Lưu vào",
        queryset=ProgrammeTemplate.objects.none(),
        required=False,
        empty_label="Mẫu mới",
    )
    name = forms.CharField(
        label="Tên mẫu mới", max_length=200, required=False, help_text="Để trống khi thay nội dung mẫu đã có."
    )
    description = forms.CharField(
        label="Dùng khi nào", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kinds = forms.MultipleChoiceField(
        label="Các phần đưa vào mẫu",
        choices=[(kind.slug, kind.title) for kind in KINDS.values()],
        widget=forms.CheckboxSelectMultiple,
        initial=list(KINDS),
        error_messages={"required": "Chọn ít nhất một phần."},
    )

    def __init__(self, programme: Programme, data: Any = None) -> None:
        super().__init__(data, initial={"name": programme.title[:200]})
        field: Any = self.fields["into"]
        field.queryset = ProgrammeTemplate.objects.offered().filter(unit=programme.lead_unit)

    @property
    def head(self) -> TemplateHead:
        """What was filled in."""
        return TemplateHead(self.cleaned_data["name"], self.cleaned_data["description"])


class FromTemplateForm(HeadForm):
    """The head of a draft made from a template, for one of the units for which the person drafts."""

    lead_unit = forms.ModelChoiceField(label="Đơn vị chủ trì", queryset=Unit.objects.none(), empty_label=None)
    field_order = ("lead_unit", "kind", "title", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=actor.unit_ids_at(Permission.DRAFT_PROGRAMMES))
        fields: dict[str, Any] = self.fields
        fields["lead_unit"].queryset = units.order_by("sort_key")


class NextForm(forms.Form):
    """The programme that follows: name, days, and what becomes of each lesson."""

    title = forms.CharField(
        label="Tên chương trình", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_on = forms.DateField(label="Từ ngày")
    ends_on = forms.DateField(label="Đến hết ngày")

    def __init__(self, programme: Programme, lessons: Sequence[Lesson], data: Any = None) -> None:
        title, first, last = years_after(programme)
        super().__init__(data, initial={"title": title, "starts_on": first, "ends_on": last})
        self.lessons = list(lessons)
        for lesson in self.lessons:
            self.fields[f"lesson_{lesson.pk}"] = forms.ChoiceField(
                label=lesson.proposal or lesson.text,
                choices=[
                    (NOT_CARRIED, "Không đưa vào"),
                    (AS_AIM, "Đưa vào mục đích, yêu cầu"),
                    (AS_TASK, "Đưa thành nhiệm vụ"),
                ],
                initial=NOT_CARRIED,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Chọn ngày bằng hoặc sau ngày bắt đầu.")
        return values

    @property
    def wanted(self) -> NextYears:
        """What was filled in."""
        given = self.cleaned_data
        carried = {row.pk: given[f"lesson_{row.pk}"] for row in self.lessons}
        chosen = {pk: where for pk, where in carried.items() if where != NOT_CARRIED}
        return NextYears(given["title"], given["starts_on"], given["ends_on"], chosen)

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Name and days."""
        return [self[name] for name in ("title", "starts_on", "ends_on")]

    @property
    def lesson_fields(self) -> list[forms.BoundField]:
        """One field for each lesson."""
        return [self[f"lesson_{lesson.pk}"] for lesson in self.lessons]
