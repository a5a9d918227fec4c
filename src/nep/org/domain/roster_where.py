"""In which unit a row of a staff file puts somebody, and as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from nep.kernel.vietnamese import fold as fold_anew
from nep.org.domain.roster_findings import Findings, Option, Question, in_rows
from nep.org.domain.roster_places import KnownUnit, Places
from nep.org.domain.roster_rows import StaffRow
from nep.org.domain.roster_state import KnownPerson, NewPosition, StaffState

BLANK_UNIT = "unit-blank"
ABOVE, NOT_ABOVE = "above", "none"
MOST_UNITS_ASKED = 20
fold = lru_cache(maxsize=1024)(fold_anew)  # a file has few positions and units, in very many rows
_HEADS = frozenset(
    (
        "thu truong",
        "giam doc",
        "chu tich",
        "hieu truong",
        "truong phong",
        "truong ban",
        "chanh van phong",
        "chanh thanh tra",
        "chi cuc truong",
        "cuc truong",
        "bi thu",
        "tram truong",
        "to truong",
    )
)


class Where:
    """Finds the unit of each row."""

    def __init__(
        self, state: StaffState, columns: frozenset[str], answers: Mapping[str, str], findings: Findings
    ) -> None:
        self.state, self.columns, self.answers, self.findings = state, columns, answers, findings
        self.places = Places(state.units)
        self._above: KnownUnit | None = None
        self._unknown: set[str] = set()

    def ask(self, rows: Sequence[StaffRow]) -> None:
        """Ask what blank cells in the column of units mean."""
        blank = [row for row in rows if not row.unit and not row.unit_code]
        if "unit" in self.columns and blank:
            asks = f"{in_rows(len(blank))} để trống ô đơn vị. Lấy theo dòng ở trên?"
            options = (
                Option(ABOVE, "Lấy đơn vị của dòng trên"),
                Option(NOT_ABOVE, "Không, báo thiếu từng dòng"),
            )
            self.findings.ask(Question(BLANK_UNIT, asks, options), self.answers, blank[0].number, "unit")

    def find(self, row: StaffRow, known: KnownPerson | None) -> KnownUnit | None:
        """The unit of a row, open on the day of the file; None when a finding says why not."""
        key = "unit_code" if row.unit_code else "unit" if row.unit or "unit" in self.columns else "name"
        unit = self._named(row, known)
        self._above = unit or self._above
        if unit is not None and not unit.exists_on(self.state.on):
            day = f"{self.state.on:%d/%m/%Y}"
            self.findings.error(row.number, key, f"{unit.name} chưa có hoặc đã đóng vào ngày {day}.")
            return None
        return unit

    def _named(self, row: StaffRow, known: KnownPerson | None) -> KnownUnit | None:
        if row.unit_code:
            return self._by_code(row)
        if row.unit:
            return self._by_name(row)
        if "unit" in self.columns:
            return self._blank(row)
        # A file without a column of units speaks of the unit for which it was sent.
        current = known.main_on(self.state.on) if known else None
        return self.places.by_id.get(current.unit_id if current else self.state.root.id)

    def _blank(self, row: StaffRow) -> KnownUnit | None:
        answer = self.answers.get(BLANK_UNIT)
        if answer == ABOVE and self._above is not None:
            return self._above
        if answer:
            self.findings.error(row.number, "unit", "Thiếu đơn vị.")
        return None

    def _by_code(self, row: StaffRow) -> KnownUnit | None:
        unit = self.places.by_code.get(row.unit_code.casefold())
        if unit is None:
            says = f"Không có đơn vị mã {row.unit_code} trong {self.state.root.name}."
            self.findings.error(row.number, "unit_code", says)
        return unit

    def _by_name(self, row: StaffRow) -> KnownUnit | None:
        found = self.places.find(row.unit)
        if len(found) == 1:
            return found[0]
        self._unknown.add(row.unit)
        likely = found[:8] or self.places.nearest(row.unit)
        if not likely or len(self._unknown) > MOST_UNITS_ASKED:
            says = f"Không có đơn vị “{row.unit}” trong {self.state.root.name}."
            self.findings.error(row.number, "unit", says)
            return None
        asks = (
            f"Có {len(found)} đơn vị tên “{row.unit}”. Là đơn vị nào?"
            if found
            else f"Không có đơn vị “{row.unit}”. Có phải một trong các đơn vị này?"
        )
        options = tuple(Option(unit.code, f"{self.places.in_words(unit)} ({unit.code})") for unit in likely)
        question = Question(f"unit:{fold(row.unit)}"[:200], asks, options)
        answer = self.findings.ask(question, self.answers, row.number, "unit")
        return self.places.by_code.get(answer.casefold()) if answer else None


class Posts:
    """The catalogue of positions, and who heads which unit."""

    def __init__(self, state: StaffState, findings: Findings) -> None:
        self.findings = findings
        self.by_id = {position.id: position for position in state.positions}
        self.new: dict[str, NewPosition] = {}
        self.heads: dict[int, int] = {}
        self._known = {fold(position.name): position for position in state.positions}

    def name_for(self, row: StaffRow, unit: KnownUnit, *, otherwise: str = "") -> str | None:
        """The position that a row gives in a unit; new ones are added to the catalogue. None without any."""
        written = row.position or otherwise
        if not written:
            self.findings.error(row.number, "position", "Thiếu chức vụ.")
            return None
        folded = fold(written)
        known = self._known.get(folded)
        name = known.name if known else self._added(row, folded, written).name
        self.note_head(row, unit, name)
        return name

    def leads(self, name: str) -> bool:
        """Whether a position heads its unit."""
        position = self._known.get(fold(name)) or self.new.get(fold(name))
        return position is not None and position.is_head

    def note_head(self, row: StaffRow, unit: KnownUnit, name: str) -> None:
        """Remember who heads a unit by this file; refuse a second one."""
        if not self.leads(name):
            return
        if (first := self.heads.setdefault(unit.id, row.number)) != row.number:
            self.findings.error(
                row.number, "position", f"{unit.name} đã có người đứng đầu ở dòng {first} của tệp."
            )

    def _added(self, row: StaffRow, folded: str, written: str) -> NewPosition:
        if folded not in self.new:
            rest = written[1:].lower() if written.isupper() else written[1:]
            new = NewPosition((written[:1].upper() + rest)[:120], is_head=folded in _HEADS)
            self.new[folded] = new
            heads = ", tính là người đứng đầu đơn vị" if new.is_head else ""
            self.findings.note(
                row.number, "position", f"Chức vụ “{new.name}” chưa có trong danh mục, sẽ được thêm{heads}."
            )
        return self.new[folded]
