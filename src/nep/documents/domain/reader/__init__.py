"""Reads Vietnamese administrative documents: what they are, whom they bind, to what and by when."""

from .reading import Reading, read

__all__ = ["Reading", "read"]
