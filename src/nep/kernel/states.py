"""State machines as tables: buttons, diagrams and tests are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nep.kernel.errors import RuleError


@dataclass(frozen=True, slots=True)
class Transition:
    """One named step from some states to one; `permission` is who may, by the roles of the application."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    needs_reason: bool = False
    needs_document: bool = False
    destructive: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one kind of thing, in their natural order, and the steps between them."""

    states: tuple[str, ...]
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        named = {self.initial, *(t.target for t in self.transitions)}
        named.update(source for t in self.transitions for source in t.sources)
        if unknown := named - set(self.states):
            raise ValueError(f"states that the machine does not list: {sorted(unknown)}")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions)

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """The steps that leave a state, in the order of the table."""
        return tuple(t for t in self.transitions if state in t.sources)

    def named(self, name: str) -> Transition:
        """The step with this name.

        Raises: RuleError when the machine has none.
        """
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise RuleError("Không có bước chuyển này.")

    def check(self, name: str, *, state: str, reason: str, has_document: bool) -> Transition:
        """The step, if it may be taken from `state` with what was given.

        Raises: RuleError with the sentence that says what is missing.
        """
        transition = self.named(name)
        if state not in transition.sources:
            raise RuleError(
                f"Không thể “{transition.label}” ở trạng thái hiện tại. Mở lại trang để xem trạng thái mới."
            )
        if transition.needs_reason and not reason.strip():
            raise RuleError(f"Ghi lý do trước khi “{transition.label}”.")
        if transition.needs_document and not has_document:
            raise RuleError(f"Chọn văn bản làm căn cứ trước khi “{transition.label}”.")
        return transition
