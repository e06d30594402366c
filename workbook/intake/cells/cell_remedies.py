"""Lines of engagement.toml that mend blank cells of a column, where its cells say which would."""

from dataclasses import replace

from workbook.errors import Problem
from workbook.intake.problems import copied
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.toml_line import toml_value

_FEWEST_ROWS = 4
_GROUPED = 0.5
"""Share of blank cells from which a name stands for the rows below it."""


def with_remedy(
    problem: Problem, raw: RawTable, index: int, column: ColumnSchema, *, table: str
) -> Problem:
    """Return a problem of a column; one of blank cells with the line that mends it.

    Answers without a name are called by their rows; of names that mostly are not there each may
    stand for the rows below it.  The line is the fact of the name that the remedy has.
    """
    if problem.code != "blank_cell":
        return problem
    blank = raw.is_blank(index)
    if column.kind is ColumnType.ID and column.thing == "respondent":
        name, line = "generate", f"generate = {toml_value([column.name])}"
    elif column.thing and len(blank) >= _FEWEST_ROWS and blank.mean() >= _GROUPED:
        name, line = "fill_down", f"fill_down = {toml_value([copied(raw.headings[index])])}"
    else:
        return problem
    return replace(problem, facts={**problem.facts, "table": table, "remedy": name, name: line})
