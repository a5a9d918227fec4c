"""Whether a trail is as it was sealed: in a database or in an export, it is the same question.

The whole trail is walked once, seal by seal, event by event; memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from nep.platform.audit.domain import findings as found
from nep.platform.audit.domain.chain import NO_HEAD, Head, Leaves, digest, leaf
from nep.platform.audit.domain.findings import Finding, Report, of_event, of_seals
from nep.platform.audit.domain.keys import PublicKeys, signed_by

REMOVED_KIND = "audit.events_removed"


@dataclass(frozen=True, slots=True)
class Row:
    """An event with its number, content and own digest."""

    event_id: int
    content: Mapping[str, Any]
    digest: str

    @property
    def honest(self) -> bool:
        """Whether its content has this digest."""
        return digest(dict(self.content)) == self.digest


@dataclass(frozen=True, slots=True)
class Sealed:
    """A leaf with its event, if that is still there; `removal` names the removal that took it.

    `withheld`: a partial export holds the leaf alone.
    """

    seal: int
    event_id: int
    leaf: str
    row: Row | None
    removal: int | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """Events that retention took at once: of before `cutoff` (ISO 8601, UTC)."""

    number: int
    cutoff: str
    rows: int


class Trail(Protocol):
    """A trail to be verified."""

    def heads(self) -> Iterator[Head]:
        """By number."""

    def sealed(self) -> Iterator[Sealed]:
        """By the seal's number, then the event's."""

    def loose(self) -> Iterator[Row]:
        """Events without a leaf, by number."""

    def removals(self) -> Iterator[Removal]:
        """What retention took."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Heads that were kept elsewhere: by number, each digest that was ever exported for it."""

    digests: Mapping[int, frozenset[str]] = field(default_factory=dict)
    untrusted: int = 0
    unreadable: int = 0


def verify(trail: Trail, keys: PublicKeys, exported: Exported | None = None) -> Report:
    """Walk the trail and tell what is not as it was sealed, and what cannot be known.

    `keys` are the public keys trusted to sign; without any no signature is checked, and the report says so.
    """
    walk = _Walk(keys, exported)
    walk.seals(trail.heads())
    walk.events(trail.sealed(), {each.number: each for each in trail.removals()})
    walk.rest(trail.loose())
    walk.tell_what_cannot_be_known()
    return walk.report


class _Walk:
    def __init__(self, keys: PublicKeys, exported: Exported | None) -> None:
        self.keys, self.exported = keys, exported
        self.report = Report()
        self.batches: dict[int, Head] = {}
        self.closed: set[int] = set()
        self.watermark = 0
        self.taken: dict[int, int] = {}  # by removal: how many events it took, as the leaves show
        self.told: dict[int, int] = {}  # and as the trail tells

    def add(self, code: str, seals: Iterable[int]) -> None:
        self.report.findings.extend(of_seals(code, seals))

    def seals(self, heads: Iterator[Head]) -> None:
        """The chain itself."""
        wrong: dict[str, list[int]] = {}
        before, digest_before = 0, NO_HEAD
        for head in heads:
            missing = range(before + 1, head.number)
            wrong.setdefault(found.SEAL_MISSING, []).extend(missing)
            if not missing and head.previous != digest_before:
                wrong.setdefault(found.BROKEN, []).append(head.number)
            for code in self._wrong_with(head):
                wrong.setdefault(code, []).append(head.number)
            before, digest_before = head.number, head.digest
            self.batches[head.number] = head
            self.watermark = max(self.watermark, head.watermark)
        self.report.seals = len(self.batches)
        for code, numbers in wrong.items():
            self.add(code, numbers)
        if self.exported:
            self.add(found.CUT_TAIL, sorted(number for number in self.exported.digests if number > before))

    def _wrong_with(self, head: Head) -> Iterator[str]:
        if head.own_digest() != head.digest:
            yield found.SEAL_CHANGED
        if self.keys and head.key not in self.keys:
            yield found.FOREIGN_KEY
        elif self.keys and not signed_by(self.keys[head.key], head.digest, head.signature):
            yield found.UNSIGNED
        exported = self.exported.digests.get(head.number) if self.exported else None
        if exported is not None and exported != {head.digest}:
            yield found.RECOMPUTED

    def events(self, leaves: Iterator[Sealed], removals: Mapping[int, Removal]) -> None:
        """Every event that has a leaf, and every batch of leaves."""
        wrong: list[int] = []
        batches: dict[int, Leaves] = {}
        for sealed in leaves:
            # Leaves come seal by seal, so that only one batch is open at a time.
            if sealed.seal not in batches:
                wrong.extend(self._close(batches))
                batches = {sealed.seal: Leaves()}
            batches[sealed.seal].add(sealed.leaf)
            if (finding := self._event(sealed, removals)) is not None:
                self.report.findings.append(finding)
            elif sealed.row is None and sealed.removal is not None:
                self.taken[sealed.removal] = self.taken.get(sealed.removal, 0) + 1
        wrong.extend(self._close(batches))
        left = self.batches.keys() - self.closed
        self.add(found.BATCH, sorted({*wrong, *left}))

    def _close(self, batches: Mapping[int, Leaves]) -> Iterator[int]:
        for number, leaves in batches.items():
            self.closed.add(number)
            head = self.batches.get(number)
            # Leaves of a seal that is gone are told by the missing seal.
            if head is not None and (head.leaves, head.rows) != (leaves.digest, leaves.count):
                yield number

    def _event(self, sealed: Sealed, removals: Mapping[int, Removal]) -> Finding | None:
        if sealed.row is None:
            return self._absent(sealed, removals)
        self.report.rows += 1
        self._listen(sealed.row)
        if not sealed.row.honest:
            return of_event(found.CHANGED, sealed.event_id, sealed.seal)
        if leaf(sealed.event_id, sealed.row.digest) != sealed.leaf:
            return of_event(found.REHASHED, sealed.event_id, sealed.seal)
        return None

    def _absent(self, sealed: Sealed, removals: Mapping[int, Removal]) -> Finding | None:
        if sealed.withheld:
            self.report.withheld += 1
            return None
        removal = removals.get(sealed.removal) if sealed.removal is not None else None
        if removal is None:
            return of_event(found.MISSING, sealed.event_id, sealed.seal)
        head = self.batches.get(sealed.seal)
        if head is not None and head.at >= removal.cutoff:
            return of_event(found.REMOVED_EARLY, sealed.event_id, sealed.seal)
        self.report.removed += 1
        return None

    def _listen(self, row: Row) -> None:
        """Keep what the trail itself tells of removals."""
        if row.content.get("kind") == REMOVED_KIND:
            facts = row.content.get("facts") or {}
            self.told[int(facts.get("removal", 0))] = int(facts.get("rows", 0))

    def _untold(self, number: int, rows: int) -> None:
        sentence = f"Lần bỏ quá hạn số {number} lấy đi {rows} sự kiện, không khớp với điều nhật ký ghi."
        self.report.findings.append(Finding(found.REMOVAL_UNTOLD, sentence))

    def rest(self, loose: Iterator[Row]) -> None:
        """Events that no seal holds: those that wait for the next one, and those put in behind it."""
        for row in loose:
            self._listen(row)
            if row.event_id <= self.watermark:
                self.report.findings.append(of_event(found.INSERTED, row.event_id))
                continue
            self.report.waiting += 1
            at = str(row.content.get("at", ""))
            self.report.waiting_since = min(self.report.waiting_since or at, at)
            if not row.honest:
                self.report.findings.append(of_event(found.CHANGED, row.event_id))
        for number, rows in self.taken.items():
            if self.told.get(number) != rows:
                self._untold(number, rows)

    def tell_what_cannot_be_known(self) -> None:
        """Say what this verification leaves open."""
        note = self.report.notes.append
        if self.report.waiting:
            note(f"{self.report.waiting} sự kiện chưa niêm phong: nếu bị sửa lúc này thì không biết được.")
        if not self.keys:
            note("Không có khóa công khai (--key): chưa kiểm được chữ ký, ai cũng có thể tính lại cả chuỗi.")
        if self.exported is None or not self.exported.digests:
            note("Không có tệp đầu chuỗi đã xuất (--heads): không biết được đuôi nhật ký có bị cắt không.")
        else:
            last = max(self.exported.digests)
            note(f"Tệp đầu chuỗi đã xuất đến dấu niêm phong số {last}.")
            self._tell_of_heads(self.exported)
        if self.report.withheld:
            note(f"Bản xuất một phần: {self.report.withheld} sự kiện ngoài phạm vi chỉ có mã băm.")

    def _tell_of_heads(self, exported: Exported) -> None:
        if exported.untrusted:
            sentence = f"{exported.untrusted} dòng trong tệp đầu chuỗi không có chữ ký đúng."
            self.report.findings.append(Finding(found.BAD_HEADS, sentence))
        if exported.unreadable:
            self.report.notes.append(f"{exported.unreadable} dòng trong tệp đầu chuỗi không đọc được.")
