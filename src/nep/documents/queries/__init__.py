"""Reads on documents; each page has its own module."""

from nep.documents.queries.drafts import current_reading, draft_of

__all__ = ["current_reading", "draft_of"]
