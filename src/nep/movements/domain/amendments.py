"""What an amendment changes: items of a programme before and after, forwards, backwards and for one unit.

Content is told as plain values (numbers and texts) by kind and number of each item, so that what a programme
said on any past day is found by undoing what changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict
from nep.kernel.states import Machine, Transition

DRAFT, SUBMITTED, APPROVED, IN_EFFECT = "draft", "submitted", "approved", "in_effect"
AMENDMENT = Machine(
    states=(DRAFT, SUBMITTED, APPROVED, IN_EFFECT),
    initial=DRAFT,
    transitions=(
        Transition("submit", "Trình phê duyệt", (DRAFT,), SUBMITTED, Permission.DRAFT_PROGRAMMES),
        Transition(
            "return",
            "Trả lại kèm lý do",
            (SUBMITTED,),
            DRAFT,
            Permission.LAUNCH_PROGRAMMES,
            needs_reason=True,
            destructive=True,
        ),
        Transition("approve", "Phê duyệt", (SUBMITTED,), APPROVED, Permission.LAUNCH_PROGRAMMES),
    ),
)

# A unit's answer. An objection waits for the unit above, which keeps the change or exempts the unit.
WAITING, ACCEPTED, OBJECTED = "waiting", "accepted", "objected"
KEPT, EXEMPTED, TAKEN = "kept", "exempted", "taken"
HOLDS = frozenset({ACCEPTED, KEPT, TAKEN})
NOTICE = 3  # working days between the day on which a unit is told and the first day that binds it

HEAD = "thong-tin"  # the kind of the programme's own line: its name and last day
ADD, CHANGE, DROP, NONE = "add", "change", "drop", "none"

Values = Mapping[str, Any]
Content = Mapping[tuple[str, int], Values]


@dataclass(frozen=True, slots=True)
class Change:
    """One item before and after; without `before` it is new, without `after` it is dropped."""

    kind: str
    key: int
    before: Values | None
    after: Values | None

    @property
    def act(self) -> str:
        """What happens to the item: `add`, `change` or `drop`."""
        if self.before is None:
            return ADD
        return DROP if self.after is None else CHANGE

    @property
    def values(self) -> Values:
        """What the item says, afterwards where it stays."""
        return self.after or self.before or {}

    def as_told(self) -> dict[str, Any]:
        """The change as it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of an item before and after."""

    field: str
    before: Any
    after: Any


def diff(before: Content, after: Content) -> tuple[Change, ...]:
    """What leads from one content to the other, in the order of the items."""
    return tuple(
        Change(*item, before.get(item), after.get(item))
        for item in sorted(before.keys() | after.keys())
        if before.get(item) != after.get(item)
    )


def applied(content: Content, changes: Iterable[Change]) -> dict[tuple[str, int], Values]:
    """The content after the changes.

    Raises: Conflict when an item does not say what the change found before.
    """
    return _moved(content, changes, back=False)


def undone(content: Content, changes: Iterable[Change]) -> dict[tuple[str, int], Values]:
    """The content before the changes.

    Raises: Conflict when an item does not say what the change left behind.
    """
    return _moved(content, changes, back=True)


def _moved(content: Content, changes: Iterable[Change], *, back: bool) -> dict[tuple[str, int], Values]:
    found = dict(content)
    for change in changes:
        item = (change.kind, change.key)
        old, new = (change.after, change.before) if back else (change.before, change.after)
        if found.get(item) != old:
            raise Conflict("Nội dung chương trình đã khác với lúc soạn sửa đổi. Mở lại để soạn lại mục này.")
        if new is None:
            del found[item]
        else:
            found[item] = new
    return found


def with_change(changes: Iterable[Change], change: Change) -> tuple[Change, ...]:
    """The changes with one more; a second change of an item replaces the first, none at all removes it."""
    item = (change.kind, change.key)
    others = [known for known in changes if (known.kind, known.key) != item]
    return tuple(others) if change.before == change.after else (*others, change)


def fields_changed(change: Change) -> tuple[FieldChange, ...]:
    """The values that differ, in the order in which the item tells them."""
    before, after = change.before or {}, change.after or {}
    names = list(dict.fromkeys([*before, *after]))
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def effect(change: Change, *, bound_before: bool, binds_after: bool, has: bool) -> str:
    """What a change of a task does to one unit's plan: `add`, `change`, `drop` or `none`.

    A unit that took the task of its own will keeps it as long as the programme has it.
    """
    if change.after is None:
        return DROP if has else NONE
    if not has:
        return ADD if binds_after else NONE
    if bound_before and not binds_after:
        return DROP
    return CHANGE if change.before is not None else NONE


def own_day(effective_on: date, earliest: date) -> date:
    """The day from which a unit is bound: that of the amendment, or later if it was told late."""
    return max(effective_on, earliest)
