"""Months, quarters and years, in one form whatever a spreadsheet made of them."""

import re
from collections.abc import Sequence
from datetime import date

from workbook.intake.cells.cell import Cell, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import DAY, NUMBER, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all, word_pattern

_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?")
_MONTH = re.compile(r"(\d{4})[-/.](\d{2})|(\d{2})[-/.](\d{4})")
_QUARTERS = rf"(?:Q|(?:{word_pattern(in_all(lambda language: language.files.quarter))})\.?)"
_QUARTER = re.compile(
    rf"(?P<year>\d{{4}})[-/. ]?{_QUARTERS} ?(?P<quarter>[1-4])"
    rf"|(?:Q(?P<first>[1-4])|(?P<before>[1-4]) ?{_QUARTERS})[-/ ]*(?P<after>\d{{4}})",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 1900, 2100


def period_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read periods: ``2025-03``, ``2025-Q1``, ``2025``.

    A spreadsheet makes the first day of a month of ``2025-03`` and a number of ``2025``.
    """

    def read(cell: Cell) -> Reading:
        period = _of_day(cell.text) if cell.kind == DAY else _of_text(cell)
        if not period or not _EARLIEST <= int(period[:4]) <= _LATEST:
            return None, fault("not_a_period")
        return period, None

    return read


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
    if month := _MONTH.fullmatch(cell.text):
        of_year = int(month[2] or month[3])
        return f"{month[1] or month[4]}-{of_year:02d}" if 1 <= of_year <= 12 else ""
    if quarter := _QUARTER.fullmatch(cell.text):
        number = quarter["quarter"] or quarter["first"] or quarter["before"]
        return f"{quarter['year'] or quarter['after']}-Q{number}"
    return ""
