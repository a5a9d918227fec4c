"""Fields of forms that read what is typed the way it is written in Vietnamese."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from nep.kernel.figures import read_figure, write_figure


class FigureField(forms.DecimalField):
    """A figure typed as 1.234,5.

    It is typed into a line of text: browsers in other languages take the comma and the point of their own,
    and read 1.234 as one and a bit.
    """

    default_error_messages = {"invalid": "Nhập số, ví dụ 1.234 hoặc 12,5."}

    def __init__(self, **options: Any) -> None:
        typed = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=typed, **options)

    def to_python(self, value: Any) -> Any:
        """The figure, or None when nothing was typed."""
        if value in self.empty_values:
            return None
        try:
            return read_figure(str(value))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """A figure as it is read; what was typed stays as it was."""
        return write_figure(value) if isinstance(value, Decimal | int) else value
