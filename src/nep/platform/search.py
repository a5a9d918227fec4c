"""Search without diacritics on a folded text column, with PostgreSQL's own full-text index."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import QuerySet

from nep.kernel.vietnamese import fold

Rows = TypeVar("Rows", bound="QuerySet[Any]")

# PostgreSQL refuses a text-search vector over 1 MB: longer texts are found by their first part.
MAX_SEARCH_TEXT = 400_000


def search_text(*parts: str) -> str:
    """What a `search` column stores: the folded words of all parts."""
    return fold(" ".join(part for part in parts if part))[:MAX_SEARCH_TEXT]


def search_index(name: str, column: str = "search") -> GinIndex:
    """The index that makes `matching` fast."""
    return GinIndex(SearchVector(column, config="simple"), name=name)


def matching(rows: Rows, words: str, column: str = "search") -> Rows:
    """Rows that hold every typed word or its beginning; no words, all rows."""
    folded = fold(words).split()
    if not folded:
        return rows
    query = SearchQuery(" & ".join(f"{word}:*" for word in folded), config="simple", search_type="raw")
    return rows.alias(_vector=SearchVector(column, config="simple")).filter(_vector=query)
