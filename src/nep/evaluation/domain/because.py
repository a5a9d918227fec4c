"""Why a result is what it is: sentences, each with the article it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Because:
    """One reason; `article` is empty where it is no rule of law but what was given."""

    article: str
    text: str

    def as_json(self) -> dict[str, str]:
        """The reason as commands print it."""
        return {"article": self.article, "text": self.text}
