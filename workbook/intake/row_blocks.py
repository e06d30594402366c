"""Rows of one table that come from several places: files, sheets, columns that became rows.

The index of the table's frame is then ``number of the block * BLOCK + row of the file``; rows of
the first block keep the numbers that the file shows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.errors import Location, Problem
from workbook.intake.files.sources import FORMS

BLOCK = 10**9
"""More rows than any file has."""
_NUMBER = re.compile(r"\d{10,}")
_ROWS = ("rows", "other", "first_rows")
"""Facts of a problem that hold row numbers and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBlock:
    """One place that rows come from."""

    file: str
    sheet: str
    columns: Mapping[str, str]
    """Our column name -> the column as problems name it."""
    rows_in: int


def decoded(problem: Problem, blocks: Sequence[RowBlock], columns: Mapping[str, str]) -> Problem:
    """Return a problem whose rows are as the files show them.

    Parameters
    ----------
    columns
        Our column name -> the column as problems of the first block name it.
    """
    facts = dict(problem.facts)
    for key in _ROWS:
        if key in facts and isinstance(facts[key], str | int):
            facts[key] = _told(facts[key], blocks, problem.place)
    place = problem.place
    cells = facts.get("cells")
    if isinstance(cells, tuple):  # those of the place's own file
        own = (place.row or 0) // BLOCK
        facts["cells"] = tuple(row % BLOCK for row in cells if row // BLOCK == own)
    if place.row is not None and place.row >= BLOCK:
        number, row = divmod(place.row, BLOCK)
        block = blocks[number]
        name = next((n for n, heading in columns.items() if heading == place.column), "")
        column = block.columns.get(name, place.column)
        place = Location(file=block.file, sheet=block.sheet, row=row, column=column)
    return replace(problem, place=place, facts=facts)


def _told(rows: object, blocks: Sequence[RowBlock], place: Location) -> object:
    """Return row numbers as people read them: of another file with its name."""

    def one(found: "re.Match[str]") -> str:
        number, row = divmod(int(found[0]), BLOCK)
        block = blocks[number]
        if (block.file, block.sheet) == (blocks[0].file, blocks[0].sheet):
            return str(row)
        sheet = f", {block.sheet}" if block.sheet else ""
        name = block.file if block.file.startswith(FORMS) else block.file.rpartition("/")[2]
        return f"{row} ({name}{sheet})"

    if isinstance(rows, int) and rows < BLOCK:
        return rows
    return _NUMBER.sub(one, str(rows))
