"""What every component shares: icons, checks of arguments."""

from collections.abc import Collection

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nep.platform.ui.icons import icon_names

register = template.Library()

STATE_KINDS = ("good", "warn", "bad", "quiet")
STATE_ICONS = {"good": "tick-circle", "warn": "clock", "bad": "alert", "quiet": "minus-circle"}
MARK_KINDS = ("law", "target", "time", "actor")
TONES = ("1", "2", "3", "4", "5", "bad", "quiet", "empty")


class ComponentError(ValueError):
    """A page asked for something the kit does not have."""


def one_of(argument: str, value: str, allowed: Collection[str]) -> str:
    """The value, or an error that lists what is allowed."""
    if value not in allowed:
        raise ComponentError(f"{argument}={value!r} is not one of: {', '.join(sorted(allowed))}")
    return value


@register.simple_tag
def icon(*, name: str, size: int = 18, words: str = "") -> SafeString:
    """A drawn icon; with `words` it speaks, without it is decoration."""
    one_of("icon", name, icon_names())
    spoken = format_html('role="img" aria-label="{}"', words) if words else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="nep-icon nep-icon-{}" {}><use href="{}#{}"/></svg>',
        size,
        spoken,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def state(*, kind: str, word: str, icon_name: str = "", strong: bool = False) -> SafeString:
    """A state as icon, word and colour together. Kinds: good, warn, bad, quiet."""
    return _state("nep-state", kind, word, icon_name, strong)


@register.simple_tag
def chip(*, kind: str, word: str, icon_name: str = "") -> SafeString:
    """A state on a tinted ground, for heads and cards; tables use `state`."""
    return _state("nep-chip nep-state", kind, word, icon_name, False)


def _state(classes: str, kind: str, word: str, icon_name: str, strong: bool) -> SafeString:
    drawn = icon(name=icon_name or STATE_ICONS[one_of("kind", kind, STATE_KINDS)], size=16)
    weight = " nep-state-strong" if strong else ""
    return format_html(
        '<span class="{} nep-state-{}{}">{}<span>{}</span></span>', classes, kind, weight, drawn, word
    )


@register.simple_tag
def keycap(*, key: str) -> SafeString:
    """A key of the keyboard."""
    return format_html("<kbd>{}</kbd>", key)
