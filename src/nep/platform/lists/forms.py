"""Forms of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from nep.platform.lists.models import SavedView
from nep.platform.lists.saved import Place


class ViewForm(forms.Form):
    """A name for a view, and whether it is shared."""

    name = forms.CharField(label="Tên cách xem", max_length=80)

    def __init__(self, places: Sequence[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.id): place for place in places}
        self.fields["place"] = forms.ChoiceField(
            label="Ai thấy",
            required=False,
            choices=[
                ("", "Chỉ mình tôi"),
                *((key, f"Mọi người của {place.name}") for key, place in self._places.items()),
            ],
        )

    @classmethod
    def showing(cls, view: SavedView, places: Sequence[Place]) -> ViewForm:
        """The form of a view that is kept already."""
        return cls(places, initial={"name": view.name, "place": str(view.place_id or "")})

    @property
    def place(self) -> Place | None:
        """Where it is shared."""
        return self._places.get(self.cleaned_data["place"])


class ReasonForm(forms.Form):
    """Why an act is done to many rows."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
