"""A file or a sheet as rows of cells, before anything is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.intake.cells.cell import Cell
from workbook.intake.files.column_letters import column_letters

FIRST, LAST = 300, 20
"""Rows at the beginning and at the end that are looked at cell by cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row with content."""

    number: int
    """As the file shows it."""
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[int, ...]:
        """Positions of the cells with content."""
        return tuple(at for at, cell in enumerate(self.cells) if cell.text)

    @property
    def first(self) -> str:
        """Text of the first cell with content."""
        return next((cell.text for cell in self.cells if cell.text), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One CSV file or one sheet, all rows of one width; rows without content are left out."""

    file: str
    """Name of the file in ``data/``."""
    sheet: str = ""
    sheets: int = 1
    """Sheets of the workbook that have content."""
    first_column: int | None = None
    """Number of the first column in a workbook (1 is A); None for CSV."""
    lines: tuple[Line, ...] = ()
    encoding: str = ""
    """Of a CSV file, when it was guessed and not sure."""

    @property
    def several(self) -> bool:
        """Return whether the workbook has other sheets with content."""
        return self.sheets > 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.lines[0].cells) if self.lines else 0

    def column_name(self, at: int) -> str:
        """Return the letter (of a workbook) or the number of a column.

        >>> Grid(file="a.xlsx", first_column=2).column_name(0), Grid(file="a.csv").column_name(4)
        ('B', '5')
        """
        return str(at + 1) if self.first_column is None else column_letters(self.first_column + at)

    def below(self, header: int) -> Iterator[Line]:
        """Yield the rows below a row number."""
        return (line for line in self.lines if line.number > header)


def sampled(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the first and the last rows: what is looked at cell by cell.

    >>> lines = tuple(Line(number=n, cells=()) for n in range(1000))
    >>> len(sampled(lines)), len(sampled(lines[:310]))
    (320, 310)
    """
    return lines if len(lines) <= FIRST + LAST else (*lines[:FIRST], *lines[-LAST:])
