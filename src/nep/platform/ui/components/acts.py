"""What a person acts with: buttons, locked acts, dialogs, pickers, filters."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nep.platform.ui.components.base import one_of
from nep.platform.ui.parts import Choice, Shortcut

register = template.Library()

NARROW_NOTHING = frozenset({"page", "trang", "xem"})  # which page of a list, in which form
BUTTON_KINDS = ("main", "plain", "quiet", "destructive")


def _button(kind: str, label: str, small: bool, busy: bool, icon_name: str, about: str) -> dict[str, object]:
    """What every kind of button hands to its template."""
    one_of("kind", kind, BUTTON_KINDS)
    return {
        "kind": kind,
        "label": label,
        "small": small,
        "busy": busy,
        "icon_name": icon_name,
        "about": about,
    }


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: str,
    kind: str = "plain",
    small: bool = False,
    busy: bool = False,
    icon_name: str = "",
    about: str = "",
    submit: bool = True,
    name: str = "",
    value: str = "",
    form: str = "",
    busy_label: str = "",
    id: str = "",
) -> dict[str, object]:
    """A button of a form. `about` is spoken after the label when several buttons say the same."""
    return _button(kind, label, small, busy, icon_name, about) | {
        "submit": submit,
        "name": name,
        "value": value,
        "form": form,
        "busy_label": busy_label,
        "id": id,
    }


@register.inclusion_tag("ui/link_button.html")
def link_button(
    *,
    label: str,
    url: str,
    kind: str = "plain",
    small: bool = False,
    icon_name: str = "",
    about: str = "",
    dialog: str = "",
    drawer: bool = False,
    download: bool = False,
) -> dict[str, object]:
    """A link that looks like a button. `dialog` opens that dialog where scripts run, `drawer` the drawer."""
    return _button(kind, label, small, False, icon_name, about) | {
        "url": url,
        "dialog": dialog,
        "drawer": drawer,
        "download": download,
    }


@register.inclusion_tag("ui/post_button.html", takes_context=True)
def post_button(
    context: template.Context,
    *,
    label: str,
    url: str,
    kind: str = "plain",
    small: bool = False,
    icon_name: str = "",
    about: str = "",
    name: str = "",
    value: str = "",
    busy_label: str = "",
) -> dict[str, object]:
    """One act in one click: a form with a single button and nothing to fill in."""
    return _button(kind, label, small, False, icon_name, about) | {
        "url": url,
        "name": name,
        "value": value,
        "busy_label": busy_label,
        "request": context["request"],
    }


@register.inclusion_tag("ui/locked_button.html")
def locked_button(
    *,
    id: str,
    label: str,
    refused: str,
    reason: str = "",
    url: str = "",
    link: str = "",
    small: bool = False,
    beside: bool = False,
) -> dict[str, object]:
    """An act that cannot be done now: what is refused, what is missing, where the first missing thing is."""
    return {
        "id": id,
        "label": label,
        "refused": refused,
        "reason": reason,
        "url": url,
        "link": link,
        "small": small,
        "beside": beside,
    }


@register.simple_block_tag(takes_context=True, end_name="endact_dialog")
def act_dialog(
    context: template.Context,
    content: SafeString,
    *,
    id: str,
    title: str,
    url: str,
    act: str,
    text: str = "",
    kind: str = "main",
    open: bool = False,
) -> str:
    """A dialog that asks before an act; its content are fields, its address is the act's own page too."""
    return render_to_string(
        "ui/act_dialog.html",
        {
            "id": id,
            "title": title,
            "url": url,
            "act": act,
            "text": text,
            "open": open,
            "kind": one_of("kind", kind, BUTTON_KINDS),
            "content": content,
            "request": context["request"],
        },
    )


@register.inclusion_tag("ui/picker.html", takes_context=True)
def picker(
    context: template.Context,
    *,
    name: str,
    label: str,
    choices: Sequence[Choice] = (),
    value: str = "",
    fixed: str = "",
    fixed_reason: str = "",
    id: str = "",
) -> dict[str, object]:
    """A period or unit picker: a plain GET form that keeps the other questions of the address."""
    request = context.get("request")
    asked = request.GET.lists() if request else ()
    kept = [(key, item) for key, items in asked if key not in (name, "page") for item in items]
    shown = fixed or next((choice.label for choice in choices if choice.value == value), "")
    return {
        "name": name,
        "label": label,
        "choices": choices,
        "value": value,
        "shown": shown,
        "fixed": bool(fixed),
        "fixed_reason": fixed_reason,
        "kept": kept,
        "id": id or f"picker-{name}",
    }


@register.simple_block_tag(takes_context=True, end_name="endfilters")
def filters(
    context: template.Context,
    content: SafeString,
    *,
    url: str = "",
    search: str = "",
    search_label: str = "Tìm tên, không cần gõ dấu",
    search_name: str = "q",
    clear_url: str = "",
    id: str = "filters",
) -> str:
    """A bar of filters over a list: search without diacritics, fields, Lọc; Bỏ lọc once it narrows."""
    request = context.get("request")
    asked = request.GET.items() if request else ()
    narrowed = any(value.strip() for key, value in asked if key not in NARROW_NOTHING)
    return render_to_string(
        "ui/filters.html",
        {
            "url": url,
            "search": search,
            "search_label": search_label,
            "search_name": search_name,
            "clear_url": clear_url if narrowed else "",
            "id": id,
            "content": content,
        },
    )


@register.inclusion_tag("ui/shortcuts.html")
def shortcuts(*, keys: Sequence[Shortcut], id: str = "shortcuts") -> dict[str, object]:
    """The list of a page's keys, opened with the question mark."""
    return {"keys": keys, "id": id}
