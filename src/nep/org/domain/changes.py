"""What may be done to the tree on a day, decided on plain facts; a refusal names what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nep.kernel.decisions import ALLOWED, Decision, refuse
from nep.org.domain.tree import Span

NAMED = 5  # so many units are named in a refusal; the others are counted


@dataclass(frozen=True, slots=True)
class Facts:
    """A unit as a rule sees it; `life` None for one whose opening was withdrawn."""

    name: str
    line: str
    life: Span | None


@dataclass(frozen=True, slots=True)
class Left:
    """What still stands in a unit that closes and has been given no place to go."""

    children: Sequence[str] = ()
    attached: Sequence[str] = ()
    people: int = 0


def written(day: date) -> str:
    """A day as it is written: 01/07/2025."""
    return f"{day:%d/%m/%Y}"


def may_stand_below(unit: Facts, parent: Facts, span: Span) -> Decision:
    """Whether a unit may have this parent in all days of a span."""
    if unit.line != parent.line:
        return refuse(f"{unit.name} và {parent.name} không cùng hệ thống, không thể là cấp dưới của nhau.")
    return is_open(parent, span)


def may_attach(unit: Facts, host: Facts, span: Span) -> Decision:
    """Whether a union or party unit may be attached to this host in all days of a span."""
    if unit.line == "authority" or host.line != "authority":
        return refuse("Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền.")
    return is_open(host, span)


def is_open(unit: Facts, span: Span) -> Decision:
    """Whether a unit exists in all days of a span."""
    if unit.life is None:
        return refuse(f"Việc thành lập {unit.name} đã bị hủy ghi nhận.")
    if span.since not in unit.life:
        return refuse(f"{unit.name} chưa có hoặc đã đóng vào ngày {written(span.since)}.")
    if not unit.life.covers(span) and unit.life.until is not None:
        return refuse(
            f"{unit.name} đóng từ ngày {written(unit.life.until)}, trước khi thời gian ghi nhận kết thúc."
        )
    return ALLOWED


def may_close(unit: Facts, on: date, *, later: date | None, left: Left) -> Decision:
    """Whether a unit may close on a day.

    `later` is the first day after it on which something of the unit is already recorded.
    Source: practice of reorganisation, in which a unit ends only when its people and the units below it have
    been taken over.
    """
    if unit.life is None or on not in unit.life or on == unit.life.since:
        return refuse(
            f"{unit.name} không hoạt động ngay trước ngày {written(on)} nên không thể đóng ngày này."
        )
    if unit.life.until is not None:
        return refuse(f"{unit.name} đã được ghi là đóng từ ngày {written(unit.life.until)}.")
    if later is not None:
        return refuse(
            f"Đã có biến động của {unit.name} ghi từ ngày {written(later)}; hủy ghi nhận biến động đó trước."
        )
    return _nothing_left(unit, left)


def _nothing_left(unit: Facts, left: Left) -> Decision:
    said = []
    if left.children:
        said.append(f"{len(left.children)} đơn vị trực thuộc ({_list(left.children)})")
    if left.attached:
        said.append(f"{len(left.attached)} tổ chức gắn với đơn vị ({_list(left.attached)})")
    if left.people:
        said.append(f"{left.people} người đang giữ vị trí công tác")
    if not said:
        return ALLOWED
    return refuse(f"{unit.name} còn {', '.join(said)}: chọn nơi tiếp nhận trước khi đóng.")


def _list(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")
