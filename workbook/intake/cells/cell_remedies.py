"""Lines of engagement.toml that mend a whole column, where its cells say which would."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell
from workbook.intake.problems import copied
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.toml_line import toml_value

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MOST_LABELS = 24
_FEWEST_ROWS = 4
_GROUPED = 0.5
"""Share of blank cells from which a name stands for the rows below it."""


def with_remedy(
    problem: Problem,
    raw: RawTable,
    index: int,
    column: ColumnSchema,
    *,
    cells: Sequence[Cell],
    table: str,
) -> Problem:
    """Return a problem of a column with the line that mends it, as the fact of its name.

    Parameters
    ----------
    cells
        The distinct filled cells of the column.
    table
        Its table.
    """
    lines = {
        "blank_cell": lambda: _of_blanks(raw, index, column),
        "words_beside_number": lambda: _of_labels(column, cells),
        "words_for_marks": lambda: _of_words(column),
    }
    found = lines[problem.code]() if problem.code in lines else ("", "")
    if not found[0]:
        return problem
    name, line = found
    return replace(problem, facts={**problem.facts, "table": table, "remedy": name, name: line})


def _of_blanks(raw: RawTable, index: int, column: ColumnSchema) -> tuple[str, str]:
    """Return what names blank cells: the number of the row, or the name above."""
    if column.kind is ColumnType.ID and column.thing == "respondent":
        return "generate", f"generate = {toml_value([column.name])}"
    blank = raw.is_blank(index)
    if not column.thing or len(blank) < _FEWEST_ROWS or blank.mean() < _GROUPED:
        return "", ""
    return "fill_down", f"fill_down = {toml_value([copied(raw.headings[index])])}"


def _of_labels(column: ColumnSchema, cells: Iterable[Cell]) -> tuple[str, str]:
    """Return which number each label of a scale has: "Extremely likely - 10"."""
    labels: dict[str, list[str]] = {}
    for cell in cells:
        numbers = _NUMBER.findall(cell.text)
        if len(numbers) != 1:
            return "", ""
        if numbers[0] != cell.text:
            labels.setdefault(numbers[0], []).append(copied(cell.text))
    if not column.is_scale or not 0 < sum(map(len, labels.values())) <= _MOST_LABELS:
        return "", ""
    return "values", f"values.{column.name} = {toml_value(labels)}"


def _of_words(column: ColumnSchema) -> tuple[str, str]:
    if column.kind is not ColumnType.MARK:
        return "", ""
    marks = {str(mark): ["?"] for mark in range(5, 0, -1)}
    return "values", f"values.{column.name} = {toml_value(marks)}"
