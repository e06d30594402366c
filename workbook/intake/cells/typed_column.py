"""A column of text becomes a typed column: every distinct cell is read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell, CellReader, ReaderMaker, Reading, fault
from workbook.intake.cells.cell_currencies import other_currencies
from workbook.intake.cells.cell_faults import cell_problems
from workbook.intake.cells.cell_kinds import BLANK, ERROR, UNCALCULATED
from workbook.intake.cells.cell_remedies import with_remedy
from workbook.intake.cells.date_cells import date_reader
from workbook.intake.cells.judged_cells import JudgedCells, distinct_cells
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.missing_words import (
    REQUIRED,
    WITH_WORDS,
    blank_word,
    missing_cells,
    taken_as_blank,
    with_words,
)
from workbook.intake.cells.number_cells import (
    decimal_reader,
    integer_reader,
    is_percentage,
    number_reader,
)
from workbook.intake.cells.percent_cells import (
    mark_reader,
    mark_scale,
    scale_in_heading,
    share_reader,
    values_found,
)
from workbook.intake.cells.period_cells import period_reader
from workbook.intake.cells.plain_cells import LONGEST, plain_names, plain_values
from workbook.intake.cells.scale_labels import (
    labels_of,
    reading_labels,
    with_scale_of,
    without_labels,
)
from workbook.intake.cells.word_cells import choice_reader, id_reader, text_reader, yes_no_reader
from workbook.intake.cells.word_lines import marks_line
from workbook.intake.problems import warning
from workbook.intake.raw_table import RawTable, Rows
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.text_column import TextColumn

_READERS: Mapping[ColumnType, ReaderMaker] = MappingProxyType(
    {
        ColumnType.TEXT: text_reader,
        ColumnType.ID: id_reader,
        ColumnType.DATE: date_reader,
        ColumnType.INTEGER: integer_reader,
        ColumnType.NUMBER: number_reader,
        ColumnType.DECIMAL: decimal_reader,
        ColumnType.SHARE: share_reader,
        ColumnType.CHOICE: choice_reader,
        ColumnType.YES_NO: yes_no_reader,
        ColumnType.MARK: mark_reader,
        ColumnType.PERIOD: period_reader,
    }
)
_DTYPES: Mapping[ColumnType, str] = MappingProxyType(
    {
        ColumnType.DATE: "datetime64[ns]",
        ColumnType.INTEGER: "Int64",
        ColumnType.NUMBER: "float64",
        ColumnType.SHARE: "float64",
        ColumnType.MARK: "float64",
        ColumnType.YES_NO: "boolean",
    }
)
_SEVERAL, _OFTEN = 2, 3
"""Rows with words instead of a mark that are no slip; rows of each wording that repeats itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedColumn:
    """Typed values and what was wrong."""

    values: Any
    """Array of the column's dtype, missing where a cell was blank or bad."""
    problems: tuple[Problem, ...]
    named: TextColumn | None = None
    """Its texts by their distinct ones, where they are such as they stand in the file; None: to
    be found in the values."""
    scale: str = ""
    """Of a column of marks: ``1-5``, ``1-10`` or ``percent``; empty where it cannot be told."""


def type_column(
    raw: RawTable,
    index: int,
    column: ColumnSchema,
    conventions: Conventions,
    *,
    judged: JudgedCells | None = None,
) -> TypedColumn:
    """Read the cells of one raw column by the schema.

    ``judged`` are the cells of the column in all files of the table, by which its signs, days and
    scale are told; None: this file has them all.
    """
    plain = plain_values(raw, index, column, conventions, judged=judged)
    if plain is not None:
        return TypedColumn(values=plain, problems=(), named=plain_names(raw, index, column))
    codes, cells = distinct_cells(raw, index)
    blank = missing_cells(column, cells, conventions.missing)
    whole = cells if judged is None else [*dict.fromkeys([*cells, *judged.cells])]
    apart = blank if judged is None else missing_cells(column, whole, conventions.missing)
    said = [cell for cell in whole if cell not in apart] if apart else whole
    filled = [cell for cell in said if cell.text and cell.kind not in (ERROR, UNCALCULATED)]
    if column.kind is ColumnType.MARK and not any(map(is_percentage, filled)):
        conventions = _with_heading(conventions, raw.headings[index])
    reader, filled, conventions = _reader(column, filled, conventions)
    readings = [_read(cell, column, reader) for cell in cells]
    if blank:
        readings = [
            blank_word(column) if cell in blank else reading
            for cell, reading in zip(cells, readings, strict=True)
        ]
    if column.kind in WITH_WORDS:
        readings = with_words(readings, cells, column, filled=len(filled), table=conventions.table)
    if any(why and why.code == "not_a_number" for _, why in readings):
        readings = _worded(readings, cells, codes, column, conventions)
    values = typed_values([value for value, _ in readings], column.kind)
    problems = cell_problems(
        raw.column_place(index),
        raw.rows,
        codes=codes,
        found=[
            ("" if cell.kind == UNCALCULATED else cell.text, why)
            for cell, (_, why) in zip(cells, readings, strict=True)
        ],
    )
    problems = [
        with_remedy(problem, raw, index, column, table=conventions.table) for problem in problems
    ]
    if blank and (column.blank or column.default):
        at = np.isin(codes, [code for code, cell in enumerate(cells) if cell in blank])
        problems.append(taken_as_blank(raw, index, at))
    scale = "" if column.scores else _scale(column, filled, conventions)
    if column.kind is ColumnType.NUMBER:
        problems += other_currencies(raw, index, conventions, codes=codes, cells=cells)
    if scale and filled and not conventions.mark_scale and not any(p.is_error for p in problems):
        facts = {"scale": scale, "values": values_found(filled, conventions)}
        problems.append(warning("marks_scale_found", raw.column_place(index), **facts))
    return TypedColumn(values=values.take(codes), problems=tuple(problems), scale=scale)


def _reader(
    column: ColumnSchema, cells: list[Cell], conventions: Conventions
) -> tuple[CellReader, list[Cell], Conventions]:
    """Return the reader, and the cells and conventions by which it judges the column.

    Labels of answers are taken off the cells; what they say of the scale holds for the column.
    """
    labels = labels_of(column, cells)
    if not labels:
        return _READERS[column.kind](column, cells, conventions), cells, conventions
    cells, conventions = without_labels(labels, cells), with_scale_of(labels, conventions)
    reader = _READERS[column.kind](column, cells, conventions)
    labelled = reading_labels(reader, labels, _scale(column, cells, conventions))
    return labelled, cells, conventions


def _scale(column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions) -> str:
    """Return the scale of a column of marks or scores; of any other column nothing."""
    if column.scores:
        return conventions.score_scale or "0-10"
    return mark_scale(cells, conventions) if column.kind is ColumnType.MARK else ""


def _with_heading(conventions: Conventions, heading: str) -> Conventions:
    """Return the conventions with the scale that a heading names, where no option does."""
    scale = conventions.mark_scale or scale_in_heading(heading)
    return replace(conventions, mark_scale=scale)


def empty_rows(
    raw: RawTable, index: int, column: ColumnSchema, code: str, *, own: Sequence[str]
) -> Rows | None:
    """Return the rows in which a column says nothing; None where the fault is another one.

    Parameters
    ----------
    code
        Of the fault that :func:`type_column` found: blank cells, or words for nothing.
    own
        The client's own such words.
    """
    if code == "blank_cell":
        return raw.rows[raw.is_blank(index)]
    if code != REQUIRED:
        return None
    codes, cells = distinct_cells(raw, index)
    words = missing_cells(column, cells, own)
    return raw.rows[np.isin(codes, [at for at, cell in enumerate(cells) if cell in words])]


def _read(cell: Cell, column: ColumnSchema, reader: CellReader) -> Reading:
    if cell.kind == ERROR:
        return None, fault("excel_error")
    if cell.kind == UNCALCULATED:
        return None, fault("formula_not_calculated", once=True)
    if cell.kind == BLANK or not cell.text:
        if column.default:
            return column.default, None
        return None, None if column.blank else fault("blank_cell", name=column.name)
    if len(cell.text) > LONGEST:
        return None, fault("cell_too_long", most=LONGEST)
    return reader(cell)


def _worded(
    readings: list[Reading],
    cells: Sequence[Cell],
    codes: npt.NDArray[np.int64],
    column: ColumnSchema,
    conventions: Conventions,
) -> list[Reading]:
    """Return the readings with words in many rows as one fault of the column.

    On a scale these are any words in several rows; among other numbers a wording that comes again
    and again, as placeholders do, while single words are each to be looked at.
    """
    worded = [
        why is not None and why.code == "not_a_number" and not any(map(str.isdigit, cell.text))
        for cell, (_, why) in zip(cells, readings, strict=True)
    ]
    rows = int(np.isin(codes, np.flatnonzero(worded)).sum())
    again = rows >= _SEVERAL if column.is_scale else rows >= _OFTEN * max(1, sum(worded))
    if not again:
        return readings
    said = fault("words_for_numbers", once=True)
    if column.is_scale:
        texts = [cell.text for cell, words in zip(cells, worded, strict=True) if words]
        line = marks_line(column.name, texts, conventions.values)
        said = fault("words_for_marks", once=True, line=line, table=conventions.table)
    return [
        (None, said) if words else reading for reading, words in zip(readings, worded, strict=True)
    ]


def typed_values(values: Sequence[object], kind: ColumnType) -> Any:
    """Return values as an array of the dtype that the kind has."""
    dtype = _DTYPES.get(kind, "str")
    if dtype == "datetime64[ns]":
        return np.array(values, dtype="datetime64[D]").astype(dtype)
    if dtype == "float64":
        return np.array([np.nan if value is None else value for value in values], dtype=dtype)
    return pd.array(list(values), dtype=dtype)  # type: ignore[call-overload]
