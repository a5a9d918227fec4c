"""Background work on documents."""

from __future__ import annotations

from django.urls import reverse

from nep.documents.models import Document
from nep.documents.services.reading import keep_reading, note_failure, read_text
from nep.kernel.errors import RuleError
from nep.org.requests import actor_of_account
from nep.platform.clock import now
from nep.platform.jobs.runs import Progress, tracked


@tracked
def read_document(*, progress: Progress, document_id: int, user_id: int) -> str:
    """Read a document and lead on to its review."""
    actor = actor_of_account(user_id)
    document = Document.objects.get(pk=document_id)
    progress.step(0, 2, "Đang đọc văn bản")
    try:
        result = read_text(document, actor=actor)
    except RuleError:
        note_failure(document_id, actor=actor, at=now())
        raise
    progress.step(1, 2, "Đang lập bản nháp")
    keep_reading(document_id, result, actor=actor, at=now())
    progress.step(2, 2)
    return reverse("review", args=[document_id])
