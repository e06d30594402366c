"""Days: ISO, the declared order, or the dotted form where it can mean only one thing."""

import re
from collections.abc import Sequence
from datetime import date

from workbook.intake.cell import Cell, CellReader, Reading, fault
from workbook.intake.cell_kinds import DAY, TEXT
from workbook.intake.conventions import Conventions
from workbook.intake.schema import Column

_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?)?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_OTHER = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})\s?(?:г\.?)?" + _TIME)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_FALSE_LEAP = date(1900, 3, 1)


def date_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read days; a column with slashes needs a declared order, and no cell is guessed alone."""
    order = conventions.date_order
    native = any(cell.kind == DAY for cell in cells)
    slashed = any(_is_slashed(cell) for cell in cells)

    def read(cell: Cell) -> Reading:
        if cell.kind == DAY:
            return _native(cell.text)
        if cell.kind != TEXT:
            return None, fault("not_a_date")
        iso = _ISO.fullmatch(cell.text)
        if iso:
            return _day(iso[1], iso[3], iso[4])
        parts = _OTHER.fullmatch(cell.text)
        if not parts:
            return None, fault("not_a_date")
        if native and slashed:
            return None, fault("mixed_dates", once=True)
        dotted = parts[2] == "." and conventions.dotted_days
        wanted = "dmy" if dotted and not order else order
        if wanted == "dmy":
            return _day(parts[4], parts[3], parts[1])
        if wanted == "mdy":
            return _day(parts[4], parts[1], parts[3])
        return None, fault("date_order_unknown", once=True)

    return read


def _is_slashed(cell: Cell) -> bool:
    parts = _OTHER.fullmatch(cell.text) if cell.kind == TEXT else None
    return bool(parts and parts[2] != ".")


def _native(text: str) -> Reading:
    day = date.fromisoformat(text)
    if day < _FALSE_LEAP:
        return day, fault("date_before_march_1900", warns=True)
    if day > _LATEST:
        return None, fault("date_out_of_range")
    return day, None


def _day(year: str, month: str, day: str) -> Reading:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return None, fault("no_such_day")
    if not _EARLIEST <= value <= _LATEST:
        return None, fault("date_out_of_range")
    return value, None
