"""What the reading process tells of one sheet: cells as text with their kinds, and its facts."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from workbook.intake.cells.cell_kinds import (
    BLANK,
    BOOLEAN,
    DAY,
    ERROR,
    NUMBER,
    PERCENT,
    TEXT,
    TIME,
    UNCALCULATED,
    UNWANTED,
)
from workbook.intake.files.sheet_xml import SheetFacts

REMOVED = "\x00"
"""Stands for every control character until they are counted."""
_MOST_MERGED = 1000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheet_report(
    name: str,
    rows: list[list[Any]],
    facts: SheetFacts,
    *,
    start: tuple[int, int],
    visible: bool,
) -> dict[str, object]:
    """Return a sheet as JSON has it: ``columns`` are lists of text, ``kinds`` strings.

    Parameters
    ----------
    rows
        Values from the first cell that is used, all rows of the same length.
    start
        Row and column of that cell, counted from 0.
    """
    first_row, first_column = start
    columns: list[list[str]] = []
    controls = 0
    kinds: list[str] = []
    for values in zip(*rows, strict=True):
        of_column, texts = _cells(values)
        if removed := "".join(texts).count(REMOVED):
            controls += removed
            texts = [text.replace(REMOVED, "") for text in texts]
        columns.append(texts)
        kinds.append(of_column)
    _mark_hidden_truth(columns, kinds, facts, first=(first_row + 1, first_column + 1))
    return {
        "name": name,
        "visible": visible,
        "first_row": first_row + 1,
        "first_column": first_column + 1,
        "columns": columns,
        "kinds": kinds,
        "formulas": facts.formulas,
        "controls": controls,
        "merged": facts.merged[:_MOST_MERGED],
        "hidden_rows": facts.hidden_rows,
        "hidden_columns": facts.hidden_columns,
        "currencies": facts.currencies,
        "padded": {column: len(rows) for column, rows in facts.padded.items()},
    }


def _cells(values: Sequence[Any]) -> tuple[str, list[str]]:
    """Return the kinds of a column's cells and their texts; equal values are told once."""
    if bool in set(map(type, values)):  # true and 1 are equal, and not told alike
        cells = [_cell(value) for value in values]
        return "".join([kind for kind, _ in cells]), [text for _, text in cells]
    kinds: dict[Any, str] = {}
    texts: dict[Any, str] = {}
    for value in set(values):
        kinds[value], texts[value] = _cell(value)
    return "".join(map(kinds.__getitem__, values)), list(map(texts.__getitem__, values))


def _cell(value: object) -> tuple[str, str]:
    """Return the kind and the text of a value."""
    if value is None or value == "":
        return BLANK, ""
    if isinstance(value, str):
        return TEXT, _text(value)
    if isinstance(value, bool):
        return BOOLEAN, "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return NUMBER, _number(float(value))
    if isinstance(value, datetime):
        return DAY, value.date().isoformat()
    if isinstance(value, date):
        return DAY, value.isoformat()
    return TIME, str(value) if isinstance(value, time_of_day | timedelta) else repr(value)


def _text(value: str) -> str:
    """Return a text as Excel shows it, with a mark for every control character."""
    if "_x" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return UNWANTED.sub(REMOVED, value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)


def _mark_hidden_truth(
    columns: list[list[str]], kinds: list[str], facts: SheetFacts, *, first: tuple[int, int]
) -> None:
    """Write into the cells what the values do not tell: errors, formulas, leading zeros."""
    marks = [(row, column, ERROR, text) for row, column, text in facts.errors]
    marks += [(row, column, UNCALCULATED, "=") for row, column in facts.uncalculated]
    by_column: dict[int, list[tuple[int, str, str]]] = {}
    for row, column, kind, text in marks:
        by_column.setdefault(column - first[1], []).append((row - first[0], kind, text))
    for at, cells in by_column.items():
        if not 0 <= at < len(columns):
            continue
        changed = list(kinds[at])
        for row, kind, text in cells:
            if 0 <= row < len(changed):
                changed[row], columns[at][row] = kind, text
        kinds[at] = "".join(changed)
    for column, rows in facts.percents.items():
        _mark_percentages(kinds, column - first[1], [row - first[0] for row in rows])
    for column, digits in facts.padded.items():
        at = column - first[1]
        for row, count in digits.items():
            text = columns[at][row - first[0]] if 0 <= at < len(columns) else ""
            if text.isdigit():
                columns[at][row - first[0]] = text.zfill(count)


def _mark_percentages(kinds: list[str], at: int, rows: list[int]) -> None:
    """Write into the kinds of a column which numbers are shown as percentages."""
    if not 0 <= at < len(kinds):
        return
    changed = list(kinds[at])
    for row in rows:
        if 0 <= row < len(changed) and changed[row] == NUMBER:
            changed[row] = PERCENT
    kinds[at] = "".join(changed)
