"""Choosing units in a form: words are searched, the units found are chosen; without any script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.forms.boundfield import BoundField

from nep.org.models import Unit, UnitLink
from nep.org.models.units import UnitQuerySet
from nep.platform.requests.asked import numbers

CANDIDATES = 20
WORDS = "_tim"  # behind the name of a field: the words by which its units are searched


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a form as the page shows it; `words` is the search field of a choice of units."""

    field: BoundField
    words: BoundField | None = None
    searched: bool = False
    some: bool = False


class WordsField(forms.CharField):
    """Words by which something is searched; nothing depends on them once it has been chosen."""

    def validate(self, value: Any) -> None:
        """Any words will do, and none."""


class UnitForm(forms.Form):
    """A form in which units are chosen; `typed` is what was sent, `check` whether it is to be judged.

    While somebody still searches for a unit nothing is judged and nothing typed is lost.
    """

    use_required_attribute = False

    def __init__(self, typed: dict[str, Any] | None = None, *, day: date, check: bool = False) -> None:
        super().__init__(data=typed if check else None, initial=None if check else typed)
        self.typed = typed or {}
        self.day = day

    def add_unit(
        self,
        name: str,
        label: str,
        units: UnitQuerySet,
        *,
        required: bool = True,
        many: bool = False,
        hint: str = "",
        first: str = "",
    ) -> None:
        """A choice among some units, found by words; `many` lets several be ticked, of kind `first` first."""
        told = "Gõ tên hoặc mã rồi bấm Tìm, không cần gõ dấu."
        help_text = f"{hint} {told}" if hint else told
        self.fields[name + WORDS] = WordsField(label=label, required=required, help_text=help_text)
        words, chosen = str(self.typed.get(name + WORDS, "")).strip(), self._chosen(name)
        found = _labelled(units, words, chosen, first, self.day)
        missing = {"required": "Tìm rồi chọn một đơn vị.", "invalid_choice": "Chọn lại một đơn vị ở dưới."}
        field: forms.ModelChoiceField[Unit] | forms.ModelMultipleChoiceField[Unit]
        if many:
            box = forms.CheckboxSelectMultiple()
            field = forms.ModelMultipleChoiceField(units, required=required, label=label, widget=box)
        else:
            field = forms.ModelChoiceField(units, required=required, label=label, widget=forms.RadioSelect())
        field.error_messages |= missing
        field.widget.choices = found
        self.fields[name] = field

    def full_clean(self) -> None:
        """Judge what was sent; where no unit is offered yet the search has to be corrected."""
        super().full_clean()
        for name in [name for name in self.fields if name + WORDS in self.fields and name in self.errors]:
            if not self.fields[name].widget.choices:
                self.errors[name + WORDS] = self.errors.pop(name)

    def _chosen(self, name: str) -> list[int]:
        value = self.typed.get(name, [])
        values = value if isinstance(value, list) else [value]
        return numbers(str(one) for one in values)

    @property
    def parts(self) -> Iterator[Part]:
        """The fields in their order, each choice of units with its search."""
        for bound in self:
            if bound.name.endswith(WORDS):
                continue
            words = self[bound.name + WORDS] if bound.name + WORDS in self.fields else None
            asked = bool(words and str(self.typed.get(bound.name + WORDS, "")).strip())
            some = bool(words and bound.field.widget.choices)
            yield Part(bound, words, asked, some)


def _labelled(
    units: UnitQuerySet, words: str, chosen: list[int], first: str, day: date
) -> list[tuple[int, str]]:
    """The chosen units and those the words find, each with the unit above it."""
    above = UnitLink.objects.filter(child=OuterRef("pk"), during__contains=day).values("parent__short_name")
    wanted = Q(pk__in=chosen)
    if words:
        wanted |= Q(pk__in=Unit.objects.all().matching(words).values("pk"))
    elif not chosen:
        return []
    rank = Case(When(pk__in=chosen, then=0), When(kind=first, then=1), default=2)
    rows = units.filter(wanted).annotate(above=Subquery(above[:1])).order_by(rank, "sort_key", "pk")
    found = rows.values_list("pk", "name", "above")[:CANDIDATES]
    return [(pk, f"{name} ({parent})" if parent else name) for pk, name, parent in found]


def sent(form_data: Any, many: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What a form sent, one value a field, and lists for those that take many."""
    return {key: form_data.getlist(key) if key in many else form_data.get(key) for key in form_data}


def not_ended(units: UnitQuerySet, day: date) -> UnitQuerySet:
    """Units that are open or still to open."""
    return units.filter(Q(during__endswith__isnull=True) | Q(during__endswith__gt=day), during__isempty=False)
