"""PDF files with a text layer to text: lines in the order a person reads them."""

from nep.documents.domain.intake.pdf.document import read

__all__ = ["read"]
