"""Rows that are no data: totals below the table, headings repeated inside it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.errors import Problem
from workbook.intake.findings import error, listed, warning
from workbook.intake.nearest import plain
from workbook.intake.number_cells import NumberSyntax, number_of
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import Kind, TableSchema

_TOTALS = frozenset(
    plain(word)
    for word in (
        "total",
        "totals",
        "grand total",
        "sum",
        "average",
        "итого",
        "всего",
        "общий итог",
        "сумма",
        "среднее",
        "spolu",
        "celkom",
        "súčet",
        "suma",
        "celkový súčet",
        "priemer",
    )
)
_NUMBERS = (Kind.NUMBER, Kind.INTEGER, Kind.MARK, Kind.SHARE)
_LAST_LINES = 3


def repeated_headings(raw: RawTable, positions: Mapping[str, int]) -> list[Problem]:
    """Find rows that repeat the headings (two header rows, files pasted together)."""
    hits = np.zeros(len(raw.rows), dtype=np.int64)
    for index in positions.values():
        hits += raw.texts[index] == raw.headings[index]
    at = raw.rows[hits >= min(2, len(positions))]
    if not len(at):
        return []
    place = replace(raw.place, row=int(at[0]))
    return [error("repeated_header", place, count=len(at), rows=listed(at))]


def without_totals(
    raw: RawTable, positions: Mapping[str, int], *, schema: TableSchema, syntax: NumberSyntax
) -> tuple[RawTable, list[Problem]]:
    """Return the table without total rows at its end, and a warning for each.

    A row is a total when a required column is blank in it, and it is labelled as one, or its
    only cells are numbers that sum up the rows above.
    """
    problems: list[Problem] = []
    last = len(raw.rows) - 1
    while last > 0 and len(problems) < _LAST_LINES:
        label = _total_label(raw, last, positions, schema=schema, syntax=syntax)
        if label is None:
            break
        place = replace(raw.place, row=int(raw.rows[last]))
        problems.append(warning("total_row", place, label))
        last -= 1
    return raw.keep_rows(np.arange(len(raw.rows)) <= last), problems


def _total_label(
    raw: RawTable,
    row: int,
    positions: Mapping[str, int],
    *,
    schema: TableSchema,
    syntax: NumberSyntax,
) -> str | None:
    required = [c.name for c in schema.columns if c.required and c.name in positions]
    if all(raw.texts[positions[name]][row].strip() for name in required):
        return None
    cells = [texts[row].strip() for texts in raw.texts]
    filled = [cell for cell in cells if cell]
    if filled and plain(filled[0]) in _TOTALS:
        return str(filled[0])
    numbers = {
        positions[c.name] for c in schema.columns if c.kind in _NUMBERS if c.name in positions
    }
    only_numbers = filled and all(index in numbers for index, cell in enumerate(cells) if cell)
    if only_numbers and all(_sums(raw, i, row, syntax=syntax) for i in numbers if cells[i]):
        return ", ".join(filled)
    return None


def _sums(raw: RawTable, index: int, row: int, *, syntax: NumberSyntax) -> bool:
    """Tell whether a cell is the sum of the cells above it."""
    cells = [raw.cell(index, at) for at in range(row + 1)]
    *above, total = [number_of(cell, syntax)[0] if cell.text else None for cell in cells]
    numbers: npt.NDArray[np.float64] = np.array([n for n in above if n is not None])
    if total is None or len(numbers) < 2:
        return False
    return bool(np.isclose(numbers.sum(), total, rtol=1e-9, atol=1e-6))
