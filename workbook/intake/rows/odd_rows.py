"""Rows that are no data: further rows of headings, footers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.errors import Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.typed_column import type_column
from workbook.intake.problems import error, listed
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.toml_line import drop_line

Mask: TypeAlias = npt.NDArray[np.bool_]
_TYPED = (
    ColumnType.DATE,
    ColumnType.NUMBER,
    ColumnType.INTEGER,
    ColumnType.MARK,
    ColumnType.PERIOD,
)
_SEARCHED = 3
_SAMPLE = 10
_MOST_ROWS = 50
_IMPORT = '{"importid"'


def heading_rows(
    raw: RawTable,
    positions: Mapping[str, int],
    *,
    schema: TableSchema,
    conventions: Conventions,
    drop: Sequence[int | str],
) -> tuple[Mask, list[Problem]]:
    """Return the rows that are headings again, and the problem with its remedy.

    They repeat the headings (files pasted together), or stand directly below them and have
    words where all rows below have days and numbers (Qualtrics, SurveyMonkey).
    """
    repeated = _repeated(raw, positions)
    below = _below_header(raw, positions, schema=schema, conventions=conventions) & ~repeated
    problems: list[Problem] = []
    for code, rows in (("repeated_header", repeated), ("second_heading", below)):
        at = raw.rows[rows]
        if len(at):
            facts = {"count": len(at), "rows": listed(at), "table": schema.name}
            line = drop_line(map(int, raw.rows[repeated | below]), drop)
            place = replace(raw.place, row=int(at[0]))
            problems.append(error(code, place, line=line, **facts))
    return repeated | below, problems


def _repeated(raw: RawTable, positions: Mapping[str, int]) -> Mask:
    hits = np.zeros(len(raw.rows), dtype=np.int64)
    columns = set(positions.values())
    for index in columns:
        hits += raw.cells[index].equals(raw.headings[index])
    repeated: Mask = hits >= min(2, len(columns))
    return repeated


def _below_header(
    raw: RawTable, positions: Mapping[str, int], *, schema: TableSchema, conventions: Conventions
) -> Mask:
    found = np.zeros(len(raw.rows), dtype=bool)
    first = raw.keep_rows(np.arange(len(raw.rows)) < _SAMPLE)
    readable = _readable(first, positions, schema=schema, conventions=conventions)
    keys = [positions[c.name] for c in schema.columns if c.required and c.name in positions]
    for row in range(min(_SEARCHED, len(first.rows) - 1)):
        cells = [column[row].strip() for column in first.cells]
        filled = [index for index in readable if cells[index]]
        worded = [i for i in filled if not readable[i][row] and not _is_short(cells[i])]
        imports = any(cell.casefold().replace(" ", "").startswith(_IMPORT) for cell in cells)
        alone = not any(cells[i] for i in keys) and any(cells) and bool(readable)
        strange = (worded == filled and len(filled) >= 2) or (
            worded == filled and len(filled) == 1 and not _others(cells, keys, filled)
        )  # fmt: skip
        if imports:
            found[: row + 1] = True
        elif (strange or alone) and _goes_on(readable, first, row):
            found[row] = True
        else:
            break
    return found


def _readable(
    raw: RawTable, positions: Mapping[str, int], *, schema: TableSchema, conventions: Conventions
) -> dict[int, Mask]:
    """Return the index of each required column of days or numbers -> the rows that are read."""
    made: dict[int, Mask] = {}
    for column in schema.columns:
        if column.name in positions and column.required and column.kind in _TYPED:
            index = positions[column.name]
            loose = replace(column, blank=True, low=None, high=None)
            values = type_column(raw, index, loose, conventions).values
            made[index] = np.asarray(~_missing(values))
    return made


def _missing(values: object) -> Mask:
    missing: Mask = np.asarray(pd.isna(values))  # type: ignore[call-overload]
    return missing


def _is_short(cell: str) -> bool:
    """Return whether a cell is a placeholder rather than words: n/a, -, ?."""
    return sum(sign.isalpha() for sign in cell) < 4


def _others(cells: Sequence[str], keys: Sequence[int], filled: Sequence[int]) -> list[int]:
    return [index for index in keys if cells[index] and index not in filled]


def _goes_on(readable: Mapping[int, Mask], raw: RawTable, row: int) -> bool:
    """Return whether the rows below have what this one lacks."""
    return any(mask[row + 1 :].any() for mask in readable.values())


def footer_rows(
    raw: RawTable, positions: Mapping[str, int], *, schema: TableSchema, drop: Sequence[int | str]
) -> tuple[Mask, list[Problem]]:
    """Return the rows that have hardly anything of what every row must have.

    They are signatures, dates of printing or notes: one cell is filled, or none of the columns
    that the table must have.
    """
    names = [c.name for c in schema.columns if c.required and not c.blank and c.name in positions]
    none = np.zeros(len(raw.rows), dtype=bool)
    if len(names) < 2:
        return none, []
    numbers = [n for n in names if schema.column(n).kind in _TYPED]
    hollow = ~none
    for name in numbers:
        hollow &= raw.is_blank(positions[name])
    if hollow.any():
        blank = np.sum([raw.is_blank(positions[name]) for name in names], axis=0)
        hollow &= len(names) - blank <= (1 if len(names) > 2 else 0)
    if not hollow.any() or hollow.all():
        return none, []
    at = raw.rows[hollow]
    first = int(np.flatnonzero(hollow)[0])
    text = " ".join(filter(None, (column[first].strip() for column in raw.cells)))
    facts = {
        "count": len(at),
        "rows": listed(at, most=10),
        "names": ", ".join(names),
        "table": schema.name,
        "line": drop_line(map(int, at[:_MOST_ROWS]), drop),
    }
    return hollow, [error("row_without_data", replace(raw.place, row=int(at[0])), text, **facts)]
