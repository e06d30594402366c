"""Which cells of a client's file a problem is about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell
from workbook.intake.files.column_letters import column_number
from workbook.intake.files.rebuilt_sheets import RebuiltSheet
from workbook.intake.problems import shown

_LETTER = re.compile(r"([A-Z]{1,3})(?: \(|$)")
_HEADING_ROWS = 60
"""First rows of a sheet in which a heading is looked for."""

Address = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The cells of one sheet that problems are about, by address, each with its problems."""

    cells: Mapping[Address, Sequence[Problem]]
    first: Mapping[int, Address]
    """Position of a problem in the list -> its first cell."""


def marks_of(sheet: RebuiltSheet, problems: Sequence[tuple[int, Problem]]) -> Marks:
    """Return the marks of a sheet.

    Parameters
    ----------
    problems
        Those that are of this sheet, with their positions in the list of all.
    """
    head = [row for _, row in zip(range(_HEADING_ROWS), sheet.rows(), strict=False)]
    cells: dict[Address, list[Problem]] = {}
    first: dict[int, Address] = {}
    for position, problem in problems:
        for address in _addresses(problem, sheet, head):
            first.setdefault(position, address)
            cells.setdefault(address, []).append(problem)
    return Marks(cells=cells, first=first)


def _addresses(
    problem: Problem, sheet: RebuiltSheet, head: Sequence[tuple[int, list[Cell]]]
) -> Iterable[Address]:
    heading_row, column = _column(problem.place.column, sheet, head)
    rows = _rows(problem)
    if not rows:
        return [(heading_row, column)] if heading_row and column else []
    if not column:
        column = _first_filled(rows[0], sheet, head)
    return [(row, column) for row in rows]


def _rows(problem: Problem) -> list[int]:
    carried = problem.facts.get("cells")
    if isinstance(carried, Sequence) and not isinstance(carried, str):
        return [row for row in carried if isinstance(row, int) and row > 0]
    return [problem.place.row] if problem.place.row else []


def _column(
    told: str, sheet: RebuiltSheet, head: Sequence[tuple[int, list[Cell]]]
) -> tuple[int, int]:
    """Return the row of a heading and the number of its column; 0 for what is not found."""
    letter = _LETTER.match(told) if sheet.sheet else None
    number = column_number(letter[1]) if letter else 0
    words = told[letter.end() : -1] if letter and told.endswith(")") else told
    for row, cells in head:
        for at, cell in enumerate(cells):
            here = sheet.first_column + at
            if told and cell.text and shown(cell.text) == words and here == (number or here):
                return row, here
    return 0, number


def _first_filled(row: int, sheet: RebuiltSheet, head: Sequence[tuple[int, list[Cell]]]) -> int:
    cells = next((cells for number, cells in head if number == row), [])
    filled = (at for at, cell in enumerate(cells) if cell.text.strip())
    return sheet.first_column + next(filled, 0)
