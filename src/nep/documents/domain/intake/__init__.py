"""Documents in: files from outside to the text they carry, refused in one sentence where that cannot be."""

from nep.documents.domain.intake.model import MAX_BYTES, MAX_PAGES, MAX_TEXT, Caution, Intake, Refused
from nep.documents.domain.intake.opening import open_bytes, open_pasted

__all__ = ["MAX_BYTES", "MAX_PAGES", "MAX_TEXT", "Caution", "Intake", "Refused", "open_bytes", "open_pasted"]
