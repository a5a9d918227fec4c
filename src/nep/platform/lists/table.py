"""The rows of a list as HTML, written directly: a template per cell would cost more than the rows' query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from nep.platform.lists.cells import shown
from nep.platform.lists.spec import Column


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `falling` is None when the list is not sorted by it."""

    column: Column
    url: str = ""
    falling: bool | None = None

    @property
    def sorted_as(self) -> str:
        """The word for `aria-sort`; empty when the list is not sorted by it."""
        return {None: "", True: "descending", False: "ascending"}[self.falling]


def body(
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    about: Callable[[Any], str] | None = None,
    checked: bool = False,
) -> SafeString:
    """The rows; with `about` each has a box to pick it by, spoken with these words."""
    first, *others = columns
    opened = [_opening(column) for column in others]
    lines = []
    for row in rows:
        box = _box(row.pk, about(row), checked) if about else ""
        cells = [f"{tag}{shown(column.value(row))}</td>" for tag, column in zip(opened, others, strict=True)]
        lines.append(f'<tr><th scope="row">{box}{shown(first.value(row))}</th>{"".join(cells)}</tr>')
    # Each part has been escaped where it was made.
    return mark_safe("".join(lines))


def _opening(column: Column) -> str:
    kind = f' class="nep-{column.kind}"' if column.kind else ""
    return f'<td{kind} data-label="{conditional_escape(column.label)}">'


def _box(key: int, about: str, checked: bool) -> SafeString:
    return format_html(
        '<label class="nep-list-pick"><input type="checkbox" name="chon" value="{}"{}>'
        '<span class="nep-unseen">Chọn {}</span></label>',
        key,
        SafeString(" checked" if checked else ""),
        about,
    )
