"""What is known before a file of staff is read, and what the file would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from nep.org.domain.roster_places import KnownUnit

KINDS = {
    "can_bo": "Cán bộ",
    "cong_chuc": "Công chức",
    "vien_chuc": "Viên chức",
    "hop_dong": "Người lao động hợp đồng",
    "khac": "Khác",
}
UNKNOWN_KIND = "khac"


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """A post of the catalogue."""

    id: int
    name: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class KnownPosting:
    """A posting that ends after the day of the file, or has no end."""

    id: int
    unit_id: int
    position_id: int
    main: bool
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the posting runs on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody on the roster with the postings that reach into the day of the file or lie ahead."""

    id: int
    code: str
    name: str
    kind: str
    born_on: date | None
    email: str
    postings: tuple[KnownPosting, ...]

    def main_on(self, day: date) -> KnownPosting | None:
        """The main posting on a day."""
        return next((posting for posting in self.postings if posting.main and posting.holds_on(day)), None)

    def next_main(self, day: date) -> KnownPosting | None:
        """The first main posting that begins after a day."""
        later = [posting for posting in self.postings if posting.main and posting.since > day]
        return min(later, key=lambda posting: posting.since, default=None)


@dataclass(frozen=True, slots=True)
class StaffState:
    """The organisation as it stands: `units` are those the file may speak of, `people` those of these units
    and whoever has a code or a name of the file."""

    root: KnownUnit
    units: tuple[KnownUnit, ...]
    people: tuple[KnownPerson, ...]
    positions: tuple[KnownPosition, ...]
    on: date
    today: date


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add to the roster."""

    row: int
    code: str
    name: str
    kind: str
    born_on: date | None
    email: str


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """What somebody is to be called from now on; `changed` names each field with its former and new value."""

    row: int
    person_id: int
    unit_id: int
    code: str
    name: str
    kind: str
    born_on: date | None
    email: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """A main posting to write: from the day of the file on, until `until`.

    `ends` is the posting that ends the day before; `replaces` one that begins on the very day and is put
    right instead. `former_unit_id` is where the person comes from.
    """

    row: int
    code: str
    unit_id: int
    position: str
    until: date | None = None
    ends: int | None = None
    replaces: int | None = None
    former_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A post to add to the catalogue."""

    name: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Everything that committing a file of staff writes."""

    people: tuple[NewPerson, ...] = ()
    edits: tuple[PersonEdit, ...] = ()
    placings: tuple[Placing, ...] = ()
    positions: tuple[NewPosition, ...] = ()
    unchanged: int = 0
    gone: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.people or self.edits or self.placings)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what would be written: another one means that the organisation has changed meanwhile."""
        return hashlib.sha256(
            repr((self.people, self.edits, self.placings, self.positions)).encode()
        ).hexdigest()
