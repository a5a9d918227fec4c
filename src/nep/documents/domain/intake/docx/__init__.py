"""Word files (.docx) to text: paragraphs, numbers, tables, text boxes and notes as they are seen."""

from nep.documents.domain.intake.docx.package import read

__all__ = ["read"]
