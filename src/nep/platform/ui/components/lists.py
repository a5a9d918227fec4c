"""Lists with filters, saved views, pages, sheets and acts; see `nep.platform.lists`."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("ui/list.html", takes_context=True)
def listing(context: template.Context, *, list: Any, title: str = "", aside: str = "") -> dict[str, Any]:
    """A whole list as `nep.platform.lists.listing` makes it; `title` and `aside` stand in its head."""
    return {
        "list": list,
        "title": title or list.title,
        "aside": aside,
        "request": context["request"],
        "actor": context.get("actor"),
    }
