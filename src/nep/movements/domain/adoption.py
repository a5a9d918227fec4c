"""What a unit takes over from a programme: why a task binds it, and what its plan lacks before issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from nep.movements.domain.binding import BINDING_ROLES, Acting, UnitFacts, binds


class NamedActor(Acting, Protocol):
    """An actor of a task as the plan names it."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and everything above it, as binding looks at it."""

    unit: UnitFacts
    above: frozenset[int]


@dataclass(frozen=True, slots=True)
class Because:
    """One reason why a task binds a unit: the part, and the words of the plan that mean it."""

    role: str
    name: str


EVERYBODY = Because("execute", "")


def binds_at(actors: Iterable[NamedActor], place: Place) -> bool:
    """Whether a task with these actors binds the unit."""
    return binds(actors, place.unit, place.above)


def reasons(actors: Collection[NamedActor], place: Place) -> tuple[Because, ...]:
    """Why a task binds a unit; empty when it does not. A task that names nobody binds everybody."""
    asked = [actor for actor in actors if actor.role in BINDING_ROLES]
    if not asked:
        return (EVERYBODY,)
    return tuple(Because(actor.role, actor.name) for actor in asked if binds_at([actor], place))


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that keeps a plan from being issued, and the part of the page where it is put right."""

    sentence: str
    where: str


def lacking_before_issue(
    *, without_person: int, head_answers: bool, has_plan: bool, directly_because: str
) -> tuple[Lacking, ...]:
    """What a plan lacks before the head can issue it.

    Every task of the programme has a person, or the head answers for the rest; the unit's own plan is
    attached, or it is said why the plan above is carried out as it stands.
    """
    found = []
    if without_person and not head_answers:
        found.append(Lacking(f"Còn {without_person} việc của chương trình chưa có người phụ trách.", "viec"))
    if not has_plan and not directly_because.strip():
        found.append(
            Lacking(
                "Chưa đính kèm kế hoạch đã ký của đơn vị, cũng chưa nêu lý do thực hiện thẳng "
                "kế hoạch của cấp trên.",
                "ke-hoach",
            )
        )
    return tuple(found)
