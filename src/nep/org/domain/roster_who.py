"""Whom a row of a staff file means: by code, or by name and birth when the person who sent it said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from nep.kernel.vietnamese import fold
from nep.org.domain.roster_findings import Findings, Option, Question, in_rows
from nep.org.domain.roster_rows import StaffRow
from nep.org.domain.roster_state import KnownPerson, StaffState

CODELESS = "code-missing"
MATCH, NO_MATCH = "match", "none"
Unclear = Literal["unclear"]
UNCLEAR: Unclear = "unclear"


class Who:
    """Finds the person of each row; each person once."""

    def __init__(self, state: StaffState, answers: Mapping[str, str], findings: Findings) -> None:
        self.state, self.answers, self.findings = state, answers, findings
        self.unit_ids = {unit.id for unit in state.units}
        self.by_code = {person.code: person for person in state.people}
        self.seen: dict[str, int] = {}
        self._by_bare_code: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_name: dict[tuple[str, date | None], list[KnownPerson]] = defaultdict(list)
        self._new: dict[tuple[str, date], int] = {}
        for person in state.people:
            self._by_bare_code[person.code.lstrip("0")].append(person)
            if self.works_here(person):
                self._by_name[fold(person.name), person.born_on].append(person)

    def works_here(self, person: KnownPerson) -> bool:
        """Whether somebody works, on the day of the file, in a unit of which it may speak."""
        current = person.main_on(self.state.on)
        return current is not None and current.unit_id in self.unit_ids

    def ask(self, rows: Sequence[StaffRow]) -> None:
        """Ask what is to be done with rows without a code."""
        without = [row for row in rows if not row.code and row.name]
        if without:
            asks = (
                f"{in_rows(len(without))} không có mã nhân sự. Ghép với người đã có theo họ tên, ngày sinh?"
            )
            options = (
                Option(MATCH, "Ghép theo họ tên và ngày sinh"),
                Option(NO_MATCH, "Không ghép, báo thiếu mã từng dòng"),
            )
            self.findings.ask(Question(CODELESS, asks, options), self.answers, without[0].number, "code")

    def find(self, row: StaffRow) -> KnownPerson | Unclear | None:
        """Somebody known, nobody yet (None), or unclear when a finding says why."""
        known = self._with_code(row) if row.code else self._without_code(row)
        if known == UNCLEAR:
            return UNCLEAR
        code = known.code if known else row.code
        if (first := self.seen.setdefault(code, row.number)) != row.number:
            return self._unclear(row, f"Mã {code} đã có ở dòng {first}: một người không thể có hai dòng.")
        if known is None or not row.readable:
            return known
        return self._stranger(row, known) or known

    def warn_of_same(self, row: StaffRow) -> None:
        """Tell that somebody new has the name and birth of somebody else, known or in the file."""
        if row.born_on is None or row.only_year:
            return
        identity = (fold(row.name), row.born_on)
        if (first := self._new.setdefault(identity, row.number)) != row.number:
            self.findings.note(row.number, "name", f"Trùng họ tên và ngày sinh với dòng {first}, khác mã.")
        for person in self._by_name.get(identity, []):
            self.findings.note(
                row.number, "code", f"{person.name}, mã {person.code}, trùng họ tên và ngày sinh: xem lại mã."
            )

    def _with_code(self, row: StaffRow) -> KnownPerson | None:
        if known := self.by_code.get(row.code):
            return known
        if not row.code_is_number:
            return None
        padded = self._by_bare_code.get(row.code.lstrip("0"), [])
        if len(padded) == 1:
            understood = f"{row.code} là {padded[0].code}"
            self.findings.tally(row.number, "code", "Mã mất số 0 ở đầu được hiểu lại", understood)
            return padded[0]
        remark = "Mã ghi dạng số, nếu có số 0 ở đầu thì đã mất"
        self.findings.tally(row.number, "code", remark, f"mã {row.code}")
        return None

    def _without_code(self, row: StaffRow) -> KnownPerson | Unclear:
        answer = self.answers.get(CODELESS)
        if answer != MATCH or not row.name:
            return self._unclear(row, "Thiếu mã nhân sự.") if answer == NO_MATCH else UNCLEAR
        found = self._by_name.get((fold(row.name), row.born_on), []) if row.born_on else []
        exact = [person for person in found if person.name == row.name] or found
        if len(exact) == 1:
            self.findings.note(row.number, "code", f"Ghép với {exact[0].name}, mã {exact[0].code}.")
            return exact[0]
        if exact:
            codes = ", ".join(person.code for person in exact)
            return self._unclear(
                row, f"Có {len(exact)} người cùng họ tên và ngày sinh ({codes}). Ghi mã vào tệp."
            )
        return self._unclear(row, f"Thiếu mã, và không ai tên {row.name} sinh ngày này. Ghi mã vào tệp.")

    def _stranger(self, row: StaffRow, known: KnownPerson) -> Unclear | None:
        """Refuse a code that belongs to somebody else; who works elsewhere is not named."""
        current = known.main_on(self.state.on)
        if current is not None and current.unit_id not in self.unit_ids:
            return self._unclear(
                row,
                f"Người mang mã {known.code} đang công tác ngoài {self.state.root.name}; "
                "cần quyết định điều động, không đổi bằng tệp.",
            )
        other_name = fold(row.name) != fold(known.name)
        if current is None and other_name:
            return self._unclear(row, f"Mã {known.code} đã cấp cho người khác tên. Xem lại mã.")
        if other_name and known.born_on and row.born_on and not same_birth(row, known):
            return self._unclear(
                row,
                f"Mã {known.code} đang là của {known.name}, sinh {known.born_on:%d/%m/%Y}; "
                f"tệp ghi {row.name}, sinh {row.born_on:%d/%m/%Y}. Xem lại mã.",
            )
        return None

    def _unclear(self, row: StaffRow, says: str) -> Unclear:
        self.findings.error(row.number, "code", says)
        return UNCLEAR


def same_birth(row: StaffRow, known: KnownPerson) -> bool:
    """Whether the birth in the file does not contradict the one known: a year alone leaves the day open."""
    if row.born_on is None or known.born_on is None:
        return True
    return row.born_on == known.born_on or (row.only_year and row.born_on.year == known.born_on.year)
