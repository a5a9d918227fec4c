"""What the readers of single formats hand back, and the one rule for rows of tables they share."""

from dataclasses import dataclass, field

from nep.documents.domain.intake.model import Caution

# A cell of a table of work holds a few paragraphs; one with more is a column of a page.
_MOST_PARAGRAPHS = 20


@dataclass(frozen=True, slots=True)
class Extract:
    """Text taken out of a file, with what the file says about itself."""

    text: str
    pages: int | None = None
    title: str | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass
class RowOfCells:
    """One row of a table on its way to lines."""

    depth: int = 0
    cells: list[list[str]] = field(default_factory=list)

    def start_cell(self) -> None:
        self.cells.append([])

    def add(self, line: str) -> None:
        if not self.cells:
            self.start_cell()
        self.cells[-1].append(line)

    def lines(self) -> list[str]:
        """Give the row as lines: cells of one or two columns stand on their own, a wider row stays together.

        Letterheads and signatures are tables of two columns whose cells are texts of their own. In a wider
        table (no., work, who, when) only the row says what belongs together, so its cells share a line and
        the paragraphs of a cell are joined by a blank.
        """
        if len(self.cells) < 3 or self._is_layout():
            return [line for cell in self.cells for line in cell]
        row = "\t".join(" ".join(line.strip() for line in cell) for cell in self.cells)
        return [row.rstrip("\t")] if row.strip() else []

    def _is_layout(self) -> bool:
        """Whether the cells only stand side by side: a letterhead, columns of a page, inner tables."""
        most = max(len(cell) for cell in self.cells)
        if most > _MOST_PARAGRAPHS or any("\t" in line for cell in self.cells for line in cell):
            return most > 1
        filled = sum(bool(cell) for cell in self.cells)
        return filled < 3 and len(self.cells[0]) > 1
