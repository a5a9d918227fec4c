"""What is asked when somebody is entered, posted, moved, or leaves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from nep.accounts.roles import Permission
from nep.org.access import Actor
from nep.org.forms.choosing import UnitForm, not_ended
from nep.org.forms.units import DayField
from nep.org.models import Person, Position, Posting, StaffKind
from nep.org.services.people import Entry

DECISION = "Số, ký hiệu và ngày của quyết định; để trống nếu chưa có."
FIRST_DAY = "Ngày đã qua hay chưa đến đều được."


class EntryForm(forms.Form):
    """What the roster says about somebody."""

    staff_code = forms.CharField(label="Mã nhân sự", max_length=40)
    name = forms.CharField(label="Họ và tên", max_length=200)
    kind = forms.ChoiceField(label="Đối tượng", choices=StaffKind.choices, initial=StaffKind.CIVIL_SERVANT)
    born_on = DayField(label="Ngày sinh", required=False)
    email = forms.EmailField(label="Thư điện tử công vụ", required=False)

    @property
    def entry(self) -> Entry:
        """The entry as it was typed."""
        return _entry(self.cleaned_data)


def _entry(given: dict[str, Any]) -> Entry:
    return Entry(given["staff_code"], given["name"], given["kind"], given["born_on"], given["email"])


def of_person(person: Person) -> dict[str, Any]:
    """The entry as it stands, for the form."""
    return {name: getattr(person, name) for name in EntryForm.base_fields}


class PostingFields(UnitForm):
    """Unit, position, first day and decision; `administered` are units whose people the actor administers."""

    ends = False

    def __init__(self, actor: Actor, typed: dict[str, Any] | None = None, *, check: bool = False) -> None:
        super().__init__(typed, day=actor.on, check=check)
        units = not_ended(actor.elevated_self.units_with(Permission.MANAGE_PEOPLE), actor.on)
        self.add_unit("unit", "Đơn vị", units)
        self.fields["position"] = forms.ModelChoiceField(
            Position.objects.all(), label="Chức vụ", empty_label="Chọn chức vụ"
        )
        self.fields["on"] = DayField(label="Từ ngày", help_text=FIRST_DAY)
        if self.ends:
            self.fields["last_day"] = DayField(
                label="Đến hết ngày",
                required=False,
                help_text="Bắt buộc với biệt phái; để trống nếu chưa định.",
            )
        self.fields["decision"] = forms.CharField(
            label="Quyết định", max_length=200, required=False, help_text=DECISION
        )

    @property
    def posting(self) -> dict[str, Any]:
        """The posting as the services take it; the day after the last one is its end."""
        given = self.cleaned_data
        return {"unit": given["unit"], "position": given["position"]} | {
            "on": given["on"],
            "decision": given["decision"],
        }


class NewPersonForm(PostingFields):
    """Somebody new with their first main posting."""

    def __init__(self, actor: Actor, typed: dict[str, Any] | None = None, *, check: bool = False) -> None:
        super().__init__(actor, typed, check=check)
        posting = self.fields
        self.fields = {name: EntryForm.base_fields[name] for name in EntryForm.base_fields} | posting

    @property
    def entry(self) -> Entry:
        """The entry as it was typed."""
        return _entry(self.cleaned_data)


class PostingForm(PostingFields):
    """One more posting of somebody, of any kind."""

    ends = True

    def __init__(self, actor: Actor, typed: dict[str, Any] | None = None, *, check: bool = False) -> None:
        super().__init__(actor, typed, check=check)
        kind = forms.ChoiceField(label="Hình thức", choices=Posting.Kind.choices, widget=forms.RadioSelect)
        self.fields = {"kind": kind} | self.fields

    @property
    def posting(self) -> dict[str, Any]:
        """The posting as the services take it; the day after the last one is its end."""
        last: date | None = self.cleaned_data["last_day"]
        until = last + timedelta(days=1) if last else None
        return super().posting | {"kind": self.cleaned_data["kind"], "until": until}


class TransferForm(PostingFields):
    """Where somebody moves to."""

    def __init__(
        self,
        actor: Actor,
        typed: dict[str, Any] | None = None,
        *,
        unit_left: str,
        check: bool = False,
    ) -> None:
        super().__init__(actor, typed, check=check)
        self.fields["end_roles"] = end_roles_field(unit_left)


def end_roles_field(unit: str) -> forms.BooleanField:
    """Whether the roles over the unit that is left end on the same day."""
    return forms.BooleanField(
        label=f"Kết thúc luôn các vai trò trong Nếp tại {unit}", required=False, initial=True
    )


class EndForm(forms.Form):
    """From which day somebody no longer holds a posting, and why."""

    on = DayField(label="Thôi giữ từ ngày", help_text="Ngày đầu tiên không còn giữ vị trí này.")
    reason = forms.CharField(
        label="Lý do", max_length=300, help_text="Ví dụ: nghỉ hưu theo Quyết định 12/QĐ-SNV; hết biệt phái."
    )

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_roles"] = end_roles_field(unit)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PositionForm(forms.Form):
    """An entry of the list of positions."""

    name = forms.CharField(label="Chức vụ", max_length=120)
    rank = forms.IntegerField(
        label="Thứ bậc",
        min_value=1,
        max_value=999,
        initial=50,
        help_text="Số nhỏ đứng trước trong danh sách của đơn vị.",
    )
    is_head = forms.BooleanField(label="Là chức vụ đứng đầu đơn vị", required=False)
    rotation_months = forms.IntegerField(
        label="Thời hạn chuyển đổi vị trí (tháng)",
        min_value=1,
        max_value=600,
        required=False,
        help_text="Theo quy định của cơ quan; để trống nếu không thuộc diện định kỳ chuyển đổi.",
    )


class RotationForm(forms.Form):
    """How far ahead one looks for postings that are due for rotation."""

    trong = forms.ChoiceField(
        label="Đến hạn trong",
        choices=[
            ("0", "đã quá hạn"),
            ("3", "3 tháng"),
            ("6", "6 tháng"),
            ("12", "12 tháng"),
            ("36", "36 tháng"),
        ],
    )

    @property
    def months(self) -> int:
        """The chosen span; half a year where nothing or something else was asked."""
        return int(self.cleaned_data["trong"]) if self.is_valid() else 6
