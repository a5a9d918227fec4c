"""A file of units against the tree: which open, which get another name or place; the order is free."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nep.kernel.vietnamese import fold
from nep.org.domain.roster_findings import WHOLE_FILE, Finding, Findings, Question, Row
from nep.org.domain.roster_places import KnownUnit, Places
from nep.org.domain.roster_rows import in_unicode
from nep.org.domain.roster_values import Unreadable, read_code, tidy

AUTHORITY = "authority"
MOST_GONE_TOLD = 100


@dataclass(frozen=True, slots=True)
class UnitState:
    """The tree as it stands: `units` may be changed by the file, `lines` are those in which it may open some.

    `kinds` and `line_names` are the values with their official words.
    """

    root: KnownUnit
    units: tuple[KnownUnit, ...]
    taken: frozenset[str]
    lines: frozenset[str]
    kinds: Mapping[str, str]
    line_names: Mapping[str, str]
    on: date


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one row says; `parent` and `host` are codes of units, known or in the file."""

    number: int
    code: str
    name: str
    short_name: str
    kind: str
    line: str
    parent: str
    host: str


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One act on the tree: `does` is open, rename, move or reattach."""

    does: str
    row: UnitRow
    unit_id: int = 0


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """Everything that committing a file of units does, in an order in which it can be done."""

    steps: tuple[UnitStep, ...] = ()
    unchanged: int = 0
    gone: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.steps

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what would be done."""
        return hashlib.sha256(repr(self.steps).encode()).hexdigest()

    def count(self, *does: str) -> int:
        """How many steps are of these kinds."""
        return sum(step.does in does for step in self.steps)


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """What checking a file of units gives."""

    plan: UnitPlan
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]


def check_units(rows: Sequence[Row], state: UnitState, answers: Mapping[str, str]) -> UnitOutcome:
    """What committing these rows would do to the tree. No unit is ever closed by a file."""
    findings = Findings()
    convert = in_unicode(rows, answers, findings)
    plan = UnitPlan()
    if not findings.waiting:
        check = _Check(state, findings, convert)
        plan = check.plan(rows)
    return UnitOutcome(plan, findings.told(), tuple(findings.questions))


class _Check:
    """One pass over the rows, with what it has seen so far."""

    def __init__(self, state: UnitState, findings: Findings, convert: Callable[[str], str]) -> None:
        self.state, self.findings, self.convert = state, findings, convert
        self.places = Places(state.units)
        self.codes: dict[str, int] = {}
        self.names: dict[str, list[str]] = {}
        self.rows: dict[str, UnitRow] = {}
        self.lines: dict[str, str] = {}

    def plan(self, rows: Sequence[Row]) -> UnitPlan:
        """Read all rows first: a parent may stand below its children."""
        for row in rows:
            self._note_code(row)
        for row in rows:
            if (read := self._read(row)) and read.code not in self.rows:
                self.rows[read.code] = read
        steps = [step for row in self._parents_first() for step in self._steps(row)]
        known = sum(code.casefold() in self.places.by_code for code in self.rows)
        changed = len({step.row.code for step in steps if step.does != "open"})
        return UnitPlan(tuple(steps), unchanged=known - changed, gone=self._tell_gone())

    # Reading

    def _note_code(self, row: Row) -> None:
        try:
            code = read_code(row.values.get("code"))
        except Unreadable as error:
            self.findings.error(row.number, "code", str(error))
            return
        if not code:
            self.findings.error(row.number, "code", "Thiếu mã đơn vị.")
        elif (first := self.codes.setdefault(code, row.number)) != row.number:
            self.findings.error(row.number, "code", f"Mã {code} đã có ở dòng {first}.")
        else:
            self.names.setdefault(fold(self._text(row, "name")), []).append(code)

    def _read(self, row: Row) -> UnitRow | None:
        code = tidy(row.values.get("code"))
        if self.codes.get(code) != row.number:
            return None
        before = len(self.findings.rows)
        known = self.places.by_code.get(code.casefold())
        name = self._text(row, "name") or (known.name if known else "")
        if not name:
            self.findings.error(row.number, "name", "Thiếu tên đơn vị.")
        if len(name) > 250:
            self.findings.error(row.number, "name", "Tên đơn vị dài quá 250 chữ.")
        short = self._text(row, "short")[:120] or (known.short_name if known and known.name == name else "")
        read = UnitRow(
            number=row.number,
            code=known.code if known else code,
            name=name,
            short_name=short or name[:120],
            kind=self._kind(row, known),
            line=self._line(row, known),
            parent=self._other(row, "parent"),
            host=self._other(row, "host"),
        )
        if known is None and code.casefold() in self.state.taken:
            self.findings.error(
                row.number, "code", f"Mã {code} đã cấp cho đơn vị ngoài {self.state.root.name}."
            )
        return read if len(self.findings.rows) == before else None

    def _text(self, row: Row, key: str) -> str:
        return tidy(self.convert(tidy(row.values.get(key))))

    def _kind(self, row: Row, known: KnownUnit | None) -> str:
        text = self._text(row, "kind")
        if not text and known:
            return known.kind
        found = _named(text, self.state.kinds)
        if not found:
            says = "Thiếu loại đơn vị." if not text else f"Không rõ loại đơn vị “{text}”."
            self.findings.error(
                row.number, "kind", f"{says} Ghi một trong: {'; '.join(self.state.kinds.values())}."
            )
        elif known and found != known.kind:
            self.findings.note(
                row.number,
                "kind",
                f"{known.name} đang là “{self.state.kinds[known.kind]}”; tệp không đổi loại đơn vị đã có.",
            )
        return found

    def _line(self, row: Row, known: KnownUnit | None) -> str:
        text = self._text(row, "line")
        if not text:
            return known.line if known else ""
        found = _named(text, self.state.line_names)
        if not found:
            names = ", ".join(self.state.line_names.values())
            self.findings.error(row.number, "line", f"Không rõ hệ thống “{text}”. Ghi một trong: {names}.")
        elif known and found != known.line:
            self.findings.error(row.number, "line", f"{known.name} thuộc hệ thống khác; không đổi bằng tệp.")
        return found

    def _other(self, row: Row, role: str) -> str:
        """The code of the unit that a row names as its parent or host; empty when it names none."""
        code = tidy(row.values.get(f"{role}_code"))
        if code:
            if code in self.codes or code.casefold() in self.places.by_code:
                known = self.places.by_code.get(code.casefold())
                return known.code if known else code
            says = f"Không có đơn vị mã {code} trong tệp hoặc trong {self.state.root.name}."
            self.findings.error(row.number, f"{role}_code", says)
            return ""
        name = self._text(row, role)
        return self._by_name(row, role, name) if name else ""

    def _by_name(self, row: Row, role: str, name: str) -> str:
        if name in self.codes:
            return name
        found = [unit.code for unit in self.places.find(name)]
        found = list(dict.fromkeys([*found, *self.names.get(fold(name), [])]))
        if len(found) == 1:
            return found[0]
        if found:
            says = f"Có {len(found)} đơn vị tên “{name}” ({', '.join(found[:5])}). Ghi mã vào tệp."
        else:
            near = ", ".join(f"{unit.name} ({unit.code})" for unit in self.places.nearest(name))
            says = f"Không có đơn vị “{name}”." + (f" Gần nhất: {near}." if near else "")
        self.findings.error(row.number, role, says)
        return ""

    # Planning

    def _parents_first(self) -> list[UnitRow]:
        """The rows, each below its parent and host; rows that go round in a circle are refused."""
        done: dict[str, UnitRow] = {}
        for code in self.rows:
            self._visit(code, done)
        return list(done.values())

    def _visit(self, code: str, done: dict[str, UnitRow]) -> None:
        """Walk up from a row without recursion: a chain may be as long as the file."""
        trail: dict[str, None] = {}
        stack = [(code, False)]
        while stack:
            at, left = stack.pop()
            row = self.rows.get(at)
            if row is None or at in done:
                continue
            if left:
                trail.pop(at)
                done[at] = row
            elif at in trail:
                names = list(trail)
                circle = " → ".join([*names[names.index(at) :], at])
                self.findings.error(row.number, "parent_code", f"Cấp trên đi vòng: {circle}.")
            else:
                trail[at] = None
                stack.append((at, True))
                stack += [(other, False) for other in (row.host, row.parent) if other]

    def _steps(self, row: UnitRow) -> list[UnitStep]:
        known = self.places.by_code.get(row.code.casefold())
        if known is None:
            return self._opening(row)
        if not known.exists_on(self.state.on):
            day = f"{self.state.on:%d/%m/%Y}"
            self.findings.error(row.number, "code", f"{known.name} chưa có hoặc đã đóng vào ngày {day}.")
            return []
        return self._changes(row, known)

    def _opening(self, row: UnitRow) -> list[UnitStep]:
        parent = row.parent or ("" if row.line not in {"", self.state.root.line} else self.state.root.code)
        line = self.lines[row.code] = row.line or self._line_of(parent)
        row = UnitRow(row.number, row.code, row.name, row.short_name, row.kind, line, parent, row.host)
        if line not in self.state.lines:
            name = self.state.line_names.get(line, line)
            self.findings.error(row.number, "line", f"Tệp này không được lập đơn vị thuộc hệ thống {name}.")
            return []
        if not self._fits(row):
            return []
        above = self._name_of(parent)
        where = f" trực thuộc {above}" if above else f" gắn với {self._name_of(row.host)}"
        self.findings.change(row.number, f"Lập mới {row.name} (mã {row.code}){where}.")
        return [UnitStep("open", row)]

    def _fits(self, row: UnitRow) -> bool:
        """Whether parent and host fit the line of the unit."""
        before = len(self.findings.rows)
        if not row.parent and not row.host:
            self.findings.error(row.number, "parent", "Thiếu đơn vị cấp trên hoặc cơ quan gắn với.")
        if row.parent and self._line_of(row.parent) != row.line:
            above = self._name_of(row.parent)
            self.findings.error(
                row.number, "parent", f"{above} thuộc hệ thống khác nên không thể là cấp trên của {row.name}."
            )
        if row.host and (row.line == AUTHORITY or self._line_of(row.host) != AUTHORITY):
            self.findings.error(
                row.number, "host", "Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền."
            )
        return len(self.findings.rows) == before

    def _changes(self, row: UnitRow, known: KnownUnit) -> list[UnitStep]:
        steps = []
        day = f"từ {self.state.on:%d/%m/%Y}"
        if (row.name, row.short_name) != (known.name, known.short_name):
            steps.append(UnitStep("rename", row, known.id))
            self.findings.change(
                row.number,
                f"Đổi tên {_called(known)} thành {_called(row)} {day}. "
                "Đổi tên đúng cách là ghi một biến động kèm quyết định; chỉ ghi bằng tệp khi sửa cho khớp.",
            )
        above = self.places.by_id.get(known.parent_id or 0)
        if row.parent and (above is None or above.code != row.parent) and self._may_move(row, known):
            steps.append(UnitStep("move", row, known.id))
            former = above.name if above else "không có cấp trên"
            self.findings.change(
                row.number, f"Chuyển {known.name} từ {former} về {self._name_of(row.parent)} {day}."
            )
        host = self.places.by_id.get(known.host_id or 0)
        if row.host and (host is None or host.code != row.host):
            steps.append(UnitStep("reattach", row, known.id))
            self.findings.change(row.number, f"Gắn {known.name} với {self._name_of(row.host)} {day}.")
        return steps

    def _may_move(self, row: UnitRow, known: KnownUnit) -> bool:
        """Refuse to move the unit for which the file was sent, another line, and a circle in the tree."""
        if known.id == self.state.root.id:
            self.findings.error(
                row.number, "parent", f"Tệp của {known.name} không đổi cấp trên của chính nó."
            )
        elif self._line_of(row.parent) != known.line:
            self.findings.error(
                row.number, "parent", f"{self._name_of(row.parent)} thuộc hệ thống khác với {known.name}."
            )
        elif known.code in self._chain_above(row.parent):
            self.findings.error(
                row.number, "parent", f"{self._name_of(row.parent)} đang là cấp dưới của {known.name}."
            )
        else:
            return True
        return False

    def _chain_above(self, code: str) -> set[str]:
        """A unit and all above it, as they would stand after the file."""
        chain: set[str] = set()
        while code and code not in chain:
            chain.add(code)
            known = self.places.by_code.get(code.casefold())
            above = self.places.by_id.get(known.parent_id or 0) if known else None
            row = self.rows.get(code)
            code = row.parent if row and row.parent else above.code if above else ""
        return chain

    def _line_of(self, code: str) -> str:
        """The line of a unit; one that the file opens was looked at before those below it."""
        known = self.places.by_code.get(code.casefold())
        return known.line if known else self.lines.get(code, self.state.root.line)

    def _name_of(self, code: str) -> str:
        known, row = self.places.by_code.get(code.casefold()), self.rows.get(code)
        return known.name if known else row.name if row else code

    def _tell_gone(self) -> int:
        """Tell which units below the root the file does not name; none is closed."""
        named = {code.casefold() for code in self.codes}
        gone = [
            unit
            for unit in self.state.units
            if unit.code.casefold() not in named
            and unit.id != self.state.root.id
            and unit.exists_on(self.state.on)
        ]
        for unit in gone[:MOST_GONE_TOLD]:
            says = f"{unit.name}, mã {unit.code}, không có trong tệp; giữ nguyên, không đóng."
            self.findings.note(WHOLE_FILE, "", says)
        if len(gone) > MOST_GONE_TOLD:
            more = len(gone) - MOST_GONE_TOLD
            self.findings.note(WHOLE_FILE, "", f"Còn {more} đơn vị nữa không có trong tệp; giữ nguyên.")
        return len(gone)


def _called(unit: KnownUnit | UnitRow) -> str:
    """A name, with the short one behind it when that is another."""
    return unit.name if unit.short_name == unit.name else f"{unit.name} ({unit.short_name})"


def _named(text: str, words: Mapping[str, str]) -> str:
    """The value whose official words, or a part of them ("Sở"), are written; empty unless it is one."""
    folded = fold(text)
    if not folded:
        return ""
    exact = [value for value, word in words.items() if folded in {fold(word), fold(value)}]
    parts = exact or [
        value for value, word in words.items() if folded in {fold(part) for part in word.split(",")}
    ]
    return parts[0] if len(parts) == 1 else ""
