"""Lists a person compares in: dense tables and their pages."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag(end_name="endtable")
def table(
    content: SafeString, *, label: str, caption: str = "", stack: bool = True, coverage: bool = False
) -> str:
    """A dense table. On a phone its rows become blocks, or it scrolls inside itself when `stack` is off."""
    return render_to_string(
        "ui/table.html",
        {
            "label": label,
            "caption": caption,
            "stack": stack and not coverage,
            "coverage": coverage,
            "content": content,
        },
    )


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(
    context: template.Context,
    *,
    page: Page[Any],
    unit: str = "dòng",
    name: str = "page",
    label: str = "Trang của danh sách",
) -> dict[str, object]:
    """Which rows are shown of how many, and the way to the others; keeps the questions of the address."""
    request = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "page": page,
        "unit": unit,
        "label": label,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }
