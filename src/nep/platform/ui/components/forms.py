"""Fields, error summary, the state of saving."""

from collections.abc import Sequence

from django import forms, template
from django.forms.boundfield import BoundField

from nep.platform.ui.components.base import one_of
from nep.platform.ui.parts import ErrorLine

register = template.Library()

WIDTHS = ("", "short", "number", "date")
SAVE_ICONS = {"saving": "saving", "saved": "tick-circle", "failed": "warning"}


@register.inclusion_tag("ui/field.html")
def field(
    *,
    field: BoundField,
    hint: str = "",
    label: str = "",
    width: str = "",
    inline: bool = False,
    unseen_label: bool = False,
) -> dict[str, object]:
    """A field of a form with label, hint and error; files get a place to drop onto."""
    one_of("width", width, WIDTHS)
    kind = widget_kind(field.field.widget)
    described = [f"{field.auto_id}_hint"] if hint or field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    return {
        "field": field,
        "hint": hint or field.help_text,
        "label": label or field.label,
        "kind": kind,
        "control": _control(field, kind, width or _natural_width(field), " ".join(described)),
        "inline": inline,
        "unseen_label": unseen_label,
        "described": " ".join(described),
        "optional": not field.field.required and kind not in ("box", "hidden"),
    }


@register.inclusion_tag("ui/form_fields.html")
def form_fields(*, form: forms.Form) -> dict[str, object]:
    """Every field of a form in its order."""
    return {"form": form}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(
    *, form: forms.Form | None = None, lines: Sequence[ErrorLine] = (), focus: bool = True
) -> dict[str, object]:
    """All errors of a form at the head of the page, each a link to its field; nothing when there is none."""
    found = [*lines]
    if form is not None:
        found += [ErrorLine(str(error)) for error in form.non_field_errors()]
        found += [
            ErrorLine(f"{bound.label}: {error}", _focus_target(bound))
            for bound in form
            for error in bound.errors
        ]
    return {"lines": found, "focus": focus}


@register.inclusion_tag("ui/save_state.html")
def save_state(*, kind: str, time: str = "") -> dict[str, object]:
    """Whether what was typed is kept: saving, saved (with the time) or failed."""
    return {"kind": kind, "icon_name": SAVE_ICONS[one_of("kind", kind, SAVE_ICONS)], "time": time}


def widget_kind(widget: forms.Widget) -> str:
    """How a widget is shown: text, area, select, box, group, file or hidden."""
    kinds: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxInput, "box"),
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "group"),
        (forms.FileInput, "file"),
        (forms.Textarea, "area"),
        (forms.Select, "select"),
    )
    return next((kind for classes, kind in kinds if isinstance(widget, classes)), "text")


def _natural_width(field: BoundField) -> str:
    """Width that goes with what is typed in."""
    if isinstance(field.field, forms.DateField):
        return "date"
    return "number" if isinstance(field.field, forms.IntegerField) else ""


def _control(field: BoundField, kind: str, width: str, described: str) -> str:
    """The widget itself with the kit's classes and its descriptions."""
    attributes: dict[str, str | bool] = {}
    if kind in ("text", "area", "select"):
        attributes["class"] = f"nep-input nep-input-{width}" if width else "nep-input"
    if isinstance(field.field, forms.DateField):
        field.field.widget.input_type = "date"
        field.field.widget.format = "%Y-%m-%d"
    if described and kind != "group":
        attributes["aria-describedby"] = described
    if kind == "group":
        return ""
    return field.as_widget(attrs=attributes)


def _focus_target(field: BoundField) -> str:
    """Id that a link of the error summary leads to: the field, or the first choice of a group."""
    return field.subwidgets[0].id_for_label if widget_kind(field.field.widget) == "group" else field.auto_id


@register.inclusion_tag("ui/day_picker.html")
def day_picker(*, field: BoundField, label: str = "Tính đến ngày") -> dict[str, object]:
    """At which day a page looks; `field` is the `ngay` of a form. Without scripts too: a day and a button."""
    return {"field": field, "label": label}
