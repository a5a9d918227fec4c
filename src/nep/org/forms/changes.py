"""What is asked when a change of a unit is recorded: what it needs, the decision, the days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from nep.accounts.roles import Permission
from nep.org.access import Actor
from nep.org.forms.choosing import UnitForm, not_ended
from nep.org.forms.units import DayField
from nep.org.models import Line, Person, Unit, UnitKind
from nep.org.models.units import UnitQuerySet
from nep.org.services.changes_frame import Decided
from nep.org.services.changes_handover import Handover
from nep.org.services.units import NewUnit

KINDS: dict[Line, list[UnitKind]] = {
    Line.AUTHORITY: [kind for kind in UnitKind if kind not in (UnitKind.UNION, UnitKind.PARTY)],
    Line.UNION: [UnitKind.UNION],
    Line.PARTY: [UnitKind.PARTY],
}
TAKEN = "Mã này đã có đơn vị dùng. Nhập mã khác."


class ChangeForm(UnitForm):
    """The decision behind a change and the day from which it counts, after what the change itself asks."""

    many: frozenset[str] = frozenset()
    title = "Ghi biến động"
    lead = ""
    act = "Ghi biến động"

    def __init__(
        self, unit: Unit, actor: Actor, typed: dict[str, Any] | None = None, *, check: bool = False
    ) -> None:
        super().__init__(typed, day=actor.on, check=check)
        self.unit, self.actor = unit, actor
        # While the page is only looked at nobody is in elevated mode yet; the service decides in the end.
        self.administered: UnitQuerySet = actor.elevated_self.units_with(Permission.MANAGE_UNITS)
        self.ask()
        self.fields["decision"] = forms.CharField(label="Số, ký hiệu quyết định", max_length=200)
        self.fields["decided_on"] = DayField(label="Ngày quyết định")
        self.fields["on"] = DayField(
            label="Có hiệu lực từ ngày",
            help_text="Ngày đã qua hay chưa đến đều được; trang sau nói rõ điều gì thay đổi.",
        )
        note = forms.Textarea(attrs={"rows": 2})
        self.fields["note"] = forms.CharField(label="Ghi chú", required=False, widget=note, max_length=2000)
        for field in self.fields.values():
            if not isinstance(field, forms.ModelChoiceField):
                verb, label = "Chọn" if isinstance(field, forms.ChoiceField) else "Nhập", str(field.label)
                field.error_messages["required"] = f"{verb} {label[0].lower()}{label[1:]}."

    def ask(self) -> None:
        """The fields of the change itself."""

    def of_line(self, line: Line | str) -> UnitQuerySet:
        """Units of a line that the actor administers, but for the unit itself and closed ones."""
        units = not_ended(self.administered, self.day).filter(line=line)
        return units.exclude(pk=self.unit.pk)

    @property
    def decided(self) -> Decided:
        """The decision as the services take it."""
        given = self.cleaned_data
        return Decided(given["decision"], given["decided_on"], given["note"])

    def ask_for_new(self, ending: str = "", *, required: bool = True, number: str = "") -> None:
        """Code and names of a unit to be opened."""
        about = f" {number}" if number else ""
        self.fields[f"name{ending}"] = forms.CharField(
            label=f"Tên đơn vị mới{about}", max_length=250, required=required
        )
        self.fields[f"code{ending}"] = forms.CharField(
            label=f"Mã đơn vị mới{about}", max_length=40, required=required
        )
        self.fields[f"short_name{ending}"] = forms.CharField(
            label=f"Tên ngắn{about}", max_length=120, required=False
        )

    def new_unit(self, ending: str = "", kind: str = "") -> NewUnit:
        """The unit to be opened, of the line of this one."""
        given = self.cleaned_data
        return NewUnit(
            given[f"code{ending}"],
            given[f"name{ending}"],
            UnitKind(kind or self.unit.kind),
            Line(self.unit.line),
            given[f"short_name{ending}"],
        )

    def check_code(self, ending: str = "") -> None:
        """A code belongs to one unit."""
        code = self.cleaned_data.get(f"code{ending}", "")
        if code and Unit.objects.filter(code=code).exists():
            self.add_error(f"code{ending}", TAKEN)


class OpenForm(ChangeForm):
    """A unit opens below this one."""

    title = "Lập đơn vị trực thuộc"
    act = "Ghi thành lập"

    def ask(self) -> None:
        self.ask_for_new()
        kinds = [(kind.value, kind.label) for kind in KINDS[Line(self.unit.line)]]
        self.fields["kind"] = forms.ChoiceField(label="Loại", choices=kinds)
        if self.unit.line != Line.AUTHORITY:
            self.add_unit("host", "Cơ quan gắn với", self.of_line(Line.AUTHORITY), required=False)

    def clean(self) -> dict[str, Any]:
        self.check_code()
        return self.cleaned_data


class RenameForm(ChangeForm):
    """A unit gets another name."""

    title = "Đổi tên đơn vị"
    act = "Ghi đổi tên"

    def ask(self) -> None:
        self.fields["name"] = forms.CharField(label="Tên mới", max_length=250)
        self.fields["short_name"] = forms.CharField(
            label="Tên ngắn mới", max_length=120, required=False, help_text="Để trống thì dùng tên đầy đủ."
        )


class MoveForm(ChangeForm):
    """A unit goes, with all below it, under another one."""

    title = "Chuyển đơn vị cấp trên"
    act = "Ghi chuyển cấp trên"

    def ask(self) -> None:
        below = Unit.objects.below([self.unit.pk], self.day).values("pk")
        self.add_unit("parent", "Đơn vị cấp trên mới", self.of_line(self.unit.line).exclude(pk__in=below))


class ReattachForm(ChangeForm):
    """A union or party unit is attached to another agency."""

    title = "Gắn sang cơ quan khác"
    act = "Ghi gắn sang cơ quan khác"

    def ask(self) -> None:
        self.add_unit("host", "Cơ quan gắn với", self.of_line(Line.AUTHORITY))


class HandoverForm(ChangeForm):
    """What has a handover: where the units below and the people go."""

    def ask_for_handover(self) -> None:
        """Who takes the units below, the attached ones and the people."""
        self.add_unit(
            "units_to",
            "Nơi tiếp nhận đơn vị trực thuộc và tổ chức gắn với",
            self.of_line(self.unit.line),
            required=False,
        )
        self.add_unit("people_to", "Nơi tiếp nhận người", self.of_line(self.unit.line), required=False)
        self.fields["postings_end"] = forms.BooleanField(
            label="Không có nơi tiếp nhận người: thôi giữ vị trí từ ngày này", required=False
        )

    @property
    def handover(self) -> Handover:
        """The handover as the services take it."""
        given = self.cleaned_data
        return Handover(
            units_to=given["units_to"], people_to=given["people_to"], postings_end=given["postings_end"]
        )


class CloseForm(HandoverForm):
    """A unit ends."""

    title = "Giải thể đơn vị"
    act = "Ghi giải thể"

    def ask(self) -> None:
        self.ask_for_handover()


class MergeForm(ChangeForm):
    """The unit, perhaps with others, becomes part of an existing unit or a new one."""

    title = "Sáp nhập, hợp nhất"
    act = "Ghi sáp nhập, hợp nhất"
    many = frozenset({"others"})

    def ask(self) -> None:
        how = [("into", "Sáp nhập vào một đơn vị đang có"), ("new", "Hợp nhất thành một đơn vị mới")]
        self.fields["how"] = forms.ChoiceField(
            label="Cách làm", choices=how, widget=forms.RadioSelect(), initial="into"
        )
        same = self.of_line(self.unit.line)
        kind, about = self.unit.kind, f"Cùng nhập với {self.unit.short_name}"
        self.add_unit("others", about, same, required=False, many=True, first=kind)
        hint = "Chỉ khi sáp nhập."
        self.add_unit("into", "Đơn vị tiếp nhận", same, required=False, hint=hint, first=kind)
        self.ask_for_new(required=False)
        self.fields["name"].help_text = "Chỉ khi hợp nhất thành đơn vị mới."

    def clean(self) -> dict[str, Any]:
        """What one of the two ways needs, and only that."""
        given = self.cleaned_data
        if given.get("how") == "into" and not given.get("into"):
            self.add_error("into", "Tìm rồi chọn đơn vị tiếp nhận.")
        if given.get("how") == "new":
            for name, words in (("name", "Nhập tên đơn vị mới."), ("code", "Nhập mã đơn vị mới.")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, words)
            self.check_code()
        return given


class SplitForm(ChangeForm):
    """The unit is divided: new units take its people and the units below it."""

    title = "Chia, tách đơn vị"
    act = "Ghi chia, tách"
    shares = (1, 2, 3)

    def ask(self) -> None:
        how = [
            ("chia", f"Chia: {self.unit.short_name} thôi hoạt động"),
            ("tach", f"Tách: {self.unit.short_name} còn hoạt động"),
        ]
        self.fields["how"] = forms.ChoiceField(label="Cách làm", choices=how, widget=forms.RadioSelect())
        for share in self.shares:
            self.ask_for_new(f"_{share}", required=share == 1, number=str(share))
        rest = [("", "Ở lại, hoặc theo đơn vị mới 1 khi chia")]
        places = rest + [(str(share), f"Đơn vị mới {share}") for share in self.shares]
        for unit in self._units():
            self.fields[f"unit_{unit.pk}"] = forms.ChoiceField(
                label=f"Đơn vị {unit.name} về", choices=places, required=False
            )
        for person in self._people():
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(
                label=f"{person.name} ({person.staff_code}) về", choices=places, required=False
            )

    def _units(self) -> UnitQuerySet:
        below = Q(parent_links__parent=self.unit, parent_links__during__endswith__isnull=True)
        attached = Q(hosts__host=self.unit, hosts__during__endswith__isnull=True)
        return Unit.objects.filter(below | attached).distinct().order_by("sort_key", "pk")

    def _people(self) -> list[Person]:
        people = Person.objects.filter(postings__unit=self.unit, postings__during__contains=self.day)
        return list(people.distinct().order_by("sort_key", "pk"))

    def clean(self) -> dict[str, Any]:
        """Every new unit has a code of its own, and only those described take something."""
        given = self.cleaned_data
        described = {share for share in self.shares if given.get(f"name_{share}")}
        codes = [given.get(f"code_{share}") for share in described]
        for share in self.shares:
            self.check_code(f"_{share}")
            code = given.get(f"code_{share}")
            if share in described and not code and f"code_{share}" not in self.errors:
                self.add_error(f"code_{share}", f"Nhập mã đơn vị mới {share}.")
            elif code and codes.count(code) > 1:
                self.add_error(f"code_{share}", "Mã này trùng với đơn vị mới khác ở trên.")
        for name, value in list(given.items()):
            if name.startswith(("unit_", "person_")) and value and int(value) not in described:
                self.add_error(name, f"Chưa nhập tên đơn vị mới {value}.")
        return given

    def taken(self, share: int, kind: str) -> list[int]:
        """Ids of the units or people that go to one of the new units."""
        given = self.cleaned_data
        return [
            int(name.removeprefix(kind))
            for name, value in given.items()
            if name.startswith(kind) and value == str(share)
        ]


class WithdrawForm(forms.Form):
    """Why a recorded change is taken back."""

    reason = forms.CharField(
        label="Lý do hủy ghi nhận",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nhập lý do hủy ghi nhận."},
    )
