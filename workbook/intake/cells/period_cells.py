"""Months, quarters and years, in one form whatever a spreadsheet or a hand made of them."""

import re
from collections.abc import Sequence
from datetime import date

from workbook.intake.cells.cell import Cell, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import DAY, NUMBER, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.month_names import YEAR_MARK, month_in, month_named, quarter_in, year_in
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all, word_pattern

_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?")
_BEFORE = word_pattern(in_all(lambda language: language.files.before_year))
_YEAR_IN_WORDS = re.compile(
    rf"(?:(?:{_BEFORE})\s+)?(?:31\.?\s*(?:12\.|([^\W\d_]{{3,12}})\.?)\s*)?\d{{4}}{YEAR_MARK}",
    re.IGNORECASE,
)
_DECEMBER = 12
_EARLIEST, _LATEST = 1900, 2100


def period_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read periods: ``2025-03``, ``2025-Q1``, ``2025``, also in words: ``март 2025 г.``.

    A spreadsheet makes the first day of a month of ``2025-03`` and a number of ``2025``.
    """

    def read(cell: Cell) -> Reading:
        period = _of_day(cell.text) if cell.kind == DAY else _of_text(cell)
        if not period or not _EARLIEST <= int(period[:4]) <= _LATEST:
            return None, fault("not_a_period")
        return period, None

    return read


def worded_year(text: str) -> int | None:
    """Return the year that a text means as a whole; a period that ends within it is none.

    >>> worded_year("2024 г."), worded_year("На 31 декабря 2024 г."), worded_year("За 2024 год")
    (2024, 2024, 2024)
    >>> worded_year("На 1 января 2025 г."), worded_year("9 мес. 2024")
    (None, None)
    """
    found = _YEAR_IN_WORDS.fullmatch(text.strip())
    if not found or (found[1] and month_named(found[1]) != _DECEMBER):
        return None
    return year_in(text)


def _of_day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year:04d}-{day.month:02d}" if day.day == 1 else ""


def _of_text(cell: Cell) -> str:
    if cell.kind not in (TEXT, NUMBER):
        return ""
    if year := _YEAR.fullmatch(cell.text):
        return year[1]
    if cell.kind == NUMBER:
        return ""
    if month := month_in(cell.text):
        return f"{month[0]}-{month[1]:02d}"
    if quarter := quarter_in(cell.text):
        return f"{quarter[0]}-Q{quarter[1]}"
    named = worded_year(cell.text)
    return str(named) if named else ""
