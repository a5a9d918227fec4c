"""What a programme still lacks before it may be submitted and launched, and what somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.kernel.errors import RuleError


@dataclass(frozen=True, slots=True)
class Content:
    """What a programme holds: counts, whom it reaches, its last day, tasks that nobody known has."""

    targets: int
    tasks: int
    units: int
    ends_on: date
    unassigned: tuple[str, ...] = ()
    unknown_actors: tuple[str, ...] = ()
    without_deadline: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking; `where` names the part of the draft in which it is mended."""

    sentence: str
    where: str


def lacks(content: Content) -> tuple[Lack, ...]:
    """What forbids to launch."""
    found = []
    if not content.targets and not content.tasks:
        found.append(Lack("Chưa có chỉ tiêu hoặc nhiệm vụ nào.", "content"))
    if not content.units:
        found.append(Lack("Phạm vi chưa có đơn vị nào.", "scope"))
    return tuple(found)


def worth_a_look(content: Content, today: date) -> tuple[Lack, ...]:
    """What does not forbid to launch but leaves somebody without a task, or a task without a day.

    A programme whose time is over may be launched: a past movement is entered with its evidence.
    """
    found = []
    if content.ends_on < today:
        found.append(
            Lack(
                f"Thời gian của chương trình đã hết ngày {content.ends_on:%d/%m/%Y}; "
                "phát động lúc này là để ghi lại việc đã làm.",
                "head",
            )
        )
    if content.unassigned:
        names = ", ".join(content.unassigned)
        count = len(content.unassigned)
        found.append(Lack(f"{count} nhiệm vụ chưa giao được cho đơn vị nào: {names}.", "content"))
    if content.unknown_actors:
        names = "; ".join(content.unknown_actors)
        found.append(Lack(f"Chưa rõ đơn vị nào trong tổ chức: {names}.", "content"))
    if content.without_deadline:
        found.append(Lack(f"{content.without_deadline} nhiệm vụ không có thời hạn.", "content"))
    return tuple(found)


def require_ready(content: Content) -> None:
    """Refuse to go on while something is lacking.

    Raises: RuleError with all that is lacking.
    """
    found = lacks(content)
    if found:
        raise RuleError(" ".join(lack.sentence for lack in found))
