"""Parts of a document that give no duty: the list of recipients."""

from __future__ import annotations

from .text import Text


def recipients_at(text: Text) -> int:
    """Where the closing list of recipients begins, in the clean text; its length when there is none.

    A line of recipients in the head of a dispatch closes nothing.
    """
    found = len(text.clean)
    for line in text.lines:
        if text.fold.startswith("nơi nhận", line.start) and line.start * 5 > len(text.clean) * 2:
            found = line.start
    return found
