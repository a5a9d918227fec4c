"""Events of what was made, as the services record them, by COPY."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from nep.platform.audit.events import EventType
from nep.platform.audit.models import Event
from nep.platform.audit.trail import SYSTEM, digest_of
from nep.sample.scale.copying import Rows

AT_ONCE = 50_000


class Trail:
    """Keeps events and sends them in portions."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self.rows = Rows(
            Event,
            "at",
            "kind",
            "keep",
            "actor_id",
            "actor_name",
            "about",
            "unit_id",
            "reason",
            "facts",
            "before",
            "after",
            "digest",
        )

    def tell(
        self,
        kind: EventType,
        *about: str,
        at: datetime,
        unit_id: int | None = None,
        actor: tuple[int | None, str] = (None, SYSTEM),
        reason: str = "",
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        """One event of plain facts; `about` are lasting names such as `org.unit:7`, the thing itself first.

        Raises: ValueError when the sentence would lack a fact.
        """
        if missing := kind.fields - facts.keys():
            raise ValueError(f"{kind.code} lacks {sorted(missing)}")
        if not self.rows.kept:
            self.rows.number_on()
        event = Event(
            at=at,
            kind=kind.code,
            keep=kind.keep,
            actor_id=actor[0],
            actor_name=actor[1],
            about=list(about),
            unit_id=unit_id,
            reason=reason,
            facts=facts,
            before=before,
            after=after,
        )
        self.rows.add(
            at.isoformat(),
            kind.code,
            kind.keep,
            *actor,
            "{" + ",".join(about) + "}",
            unit_id,
            reason,
            _json(facts),
            _json(before) if before is not None else None,
            _json(after) if after is not None else None,
            digest_of(event),
        )
        if len(self.rows.kept) >= AT_ONCE:
            self.rows.copy()

    def copy(self) -> None:
        """Send the rest."""
        self.rows.copy()


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
