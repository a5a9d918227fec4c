"""Rows of official documents and of their review."""

from nep.documents.models.documents import Document, DocumentKind, DocumentRelation
from nep.documents.models.issued import IssuedDocument, NumberRegister, OutsideNumbers, UnitLetterhead
from nep.documents.models.review import Field, Reading, ReviewItem

__all__ = [
    "Document",
    "DocumentKind",
    "DocumentRelation",
    "Field",
    "IssuedDocument",
    "NumberRegister",
    "OutsideNumbers",
    "Reading",
    "ReviewItem",
    "UnitLetterhead",
]
