"""Rows of a file of figures, checked one by one: which unit, what it tells, what is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nep.indicators.domain.figures import Said, problems
from nep.kernel.figures import read_figure
from nep.kernel.vietnamese import fold

ERROR, CHANGE, NOTE = "error", "change", "note"
NOTHING_WORDS = frozenset({"x", "co", "khong phat sinh", "kps", "1", "dung"})
Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that the file may speak of; `closed` says why its period takes no figures."""

    unit_id: int
    name: str
    standing: Said | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check says of a row, by the number that Excel shows."""

    row: int
    weight: str
    says: str


@dataclass
class Checked:
    """What a file would write, and all that is said of its rows."""

    figures: dict[int, Said] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unchanged: int = 0

    @property
    def stops(self) -> bool:
        """Whether an error stands against writing it."""
        return any(finding.weight == ERROR for finding in self.findings)


def check_rows(
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    *,
    by_code: Mapping[str, Place],
    by_name: Mapping[str, Place | None],
    share: bool,
) -> Checked:
    """Every row: known unit, told once, a figure or nothing. Empty rows are passed over.

    `by_name` holds folded names; None where several units have that name.
    """
    checked = Checked()
    seen: dict[int, int] = {}
    for number, values in rows:
        place, wrong = _place(values, by_code, by_name)
        if place is None:
            checked.findings.append(Finding(number, ERROR, wrong))
            continue
        try:
            said = _said(values)
        except ValueError as error:
            checked.findings.append(Finding(number, ERROR, f"{place.name}: {error}"))
            continue
        if said.is_silent:
            checked.findings.append(Finding(number, NOTE, f"{place.name}: để trống, giữ như cũ."))
            continue
        if wrong := _refusal(place, said, seen, share):
            checked.findings.append(Finding(number, ERROR, f"{place.name}: {wrong}"))
            continue
        seen[place.unit_id] = number
        _add(checked, number, place, said)
    return checked


def _add(checked: Checked, number: int, place: Place, said: Said) -> None:
    if place.standing == said:
        checked.unchanged += 1
        return
    checked.figures[place.unit_id] = said
    if place.standing is not None:
        says = f"{place.name}: thay số đã báo cáo."
        checked.findings.append(Finding(number, CHANGE, says))


def _refusal(place: Place, said: Said, seen: Mapping[int, int], share: bool) -> str:
    if place.unit_id in seen:
        return f"đã có ở dòng {seen[place.unit_id]}."
    if place.closed:
        return place.closed
    return " ".join(problem.sentence for problem in problems(said, share=share))


def _place(
    values: Mapping[str, Cell], by_code: Mapping[str, Place], by_name: Mapping[str, Place | None]
) -> tuple[Place | None, str]:
    code = str(values.get("code") or "").strip()
    if code:
        found = by_code.get(code.casefold())
        return found, f"Mã đơn vị “{code[:40]}” không có trong phạm vi được nhập."
    name = " ".join(str(values.get("name") or "").split())
    if not name:
        return None, "Dòng không ghi mã hay tên đơn vị."
    if fold(name) in by_name and by_name[fold(name)] is None:
        return None, f"Có nhiều đơn vị tên “{name[:80]}”; ghi thêm mã đơn vị."
    return by_name.get(fold(name)), f"Không có đơn vị tên “{name[:80]}” trong phạm vi được nhập."


def _said(values: Mapping[str, Cell]) -> Said:
    """What a row tells.

    Raises: ValueError with a sentence for a cell that is no figure.
    """
    return Said(
        _number(values.get("numerator"), "số đạt được"),
        _number(values.get("denominator"), "tổng số"),
        nothing=_is_marked(values.get("nothing")),
    )


def _number(cell: Cell, what: str) -> Decimal | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    wrong = f"{what} “{str(cell)[:30]}” không phải là số."
    if isinstance(cell, bool | date):
        raise ValueError(wrong)
    if isinstance(cell, int | float):
        return _exact(Decimal(str(cell)), what)
    try:
        return _exact(read_figure(cell), what)
    except ValueError as error:
        raise ValueError(str(error) if str(error).startswith(what) else wrong) from error


def _exact(value: Decimal, what: str) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{what} không phải là số.")
    if value != round(value, 2):
        raise ValueError(f"{what} có quá hai chữ số lẻ; kiểm tra lại số gốc.")
    return value.normalize() + 0


def _is_marked(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    written = unicodedata.normalize("NFC", str(cell)).strip() if cell is not None else ""
    return fold(written) in NOTHING_WORDS
