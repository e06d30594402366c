"""The warning that so few people answered that a report could tell who said what."""

from workbook.errors import Problem, Severity
from workbook.intake.problems import shown
from workbook.intake.table import InputTable


def few_problem(
    code: str,
    table: InputTable,
    column: str,
    *,
    threshold: int,
    row: int | None = None,
    found: str = "",
) -> Problem:
    """Return the warning of a table, or of the part of it whose first row is ``row``."""
    first = table.frame.index[0] if row is None else row
    return Problem(
        code=code,
        place=table.place_of(int(first), column),
        found=shown(found) if found else "",
        facts={"threshold": threshold},
        severity=Severity.WARNING,
    )
