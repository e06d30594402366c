"""Days: ISO, the declared order, or the dotted form where it can mean only one thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import DAY, NUMBER, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema
from workbook.language.languages import in_all, word_pattern

_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?)?"
ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_YEAR_MARK = word_pattern(in_all(lambda language: language.files.year_mark))
OTHER = re.compile(
    rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}})\s?(?:(?:{_YEAR_MARK})\.?)?" + _TIME
)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_FALSE_LEAP = date(1900, 3, 1)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_415
"""1954 to 2100 as Excel counts days."""
_EXCEL_BEGAN = date(1899, 12, 30)
_SWAPPED = {"dmy": "mdy", "mdy": "dmy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """In which order a column writes its days, and what its cells say of it."""

    declared: str
    dotted: str
    """The order of dotted days."""
    fits: frozenset[str]
    """Orders in which every cell is a day."""
    shown: bool
    """A cell shows that it can be no other order."""
    table: str
    own: bool
    """The table itself declares it."""

    def of(self, sign: str) -> str:
        return self.dotted if sign == "." else self.declared


def date_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read days; a column with slashes needs a declared order, and no cell is guessed alone."""
    native = any(cell.kind == DAY for cell in cells)
    slashed = any(_is_slashed(cell) for cell in cells)
    order = _order(cells, conventions)

    def read(cell: Cell) -> Reading:
        if cell.kind == DAY:
            return _native(cell.text)
        if serial := _serial(cell):
            return None, serial
        if cell.kind != TEXT:
            return None, fault("not_a_date")
        iso = ISO.fullmatch(cell.text)
        if iso:
            return _day(iso[1], iso[3], iso[4])
        parts = OTHER.fullmatch(cell.text)
        if not parts:
            return None, fault("not_a_date")
        if native and slashed:
            return None, fault("mixed_dates", once=True)
        return _ordered(parts, order)

    return read


def _order(cells: Sequence[Cell], conventions: Conventions) -> _Order:
    declared, own = conventions.date_order, conventions.own_date_order
    dotted = declared
    if conventions.dotted_days and not own:
        dotted = "dmy"
    texts = (OTHER.fullmatch(cell.text) for cell in cells if cell.kind == TEXT)
    parts = [found for found in texts if found]
    fits = {order for order in _SWAPPED if all(_is_day(found, order) for found in parts)}
    swapped = any(found[1].zfill(2) != found[3].zfill(2) for found in parts)
    return _Order(
        declared=declared,
        dotted=dotted,
        fits=frozenset(fits),
        shown=len(fits) < len(_SWAPPED) or not swapped,
        table=conventions.table,
        own=own,
    )


def _ordered(parts: "re.Match[str]", order: _Order) -> Reading:
    """Read a day that is not written year first."""
    wanted = order.of(parts[2])
    if wanted not in _SWAPPED:
        only = next(iter(order.fits)) if len(order.fits) == 1 else ""
        return None, fault("date_order_unknown", once=True, nearest=only, table=order.table)
    other = _SWAPPED[wanted]
    value, why = _day(*_year_first(parts, wanted))
    if why and why.code == "no_such_day" and order.fits == {other}:
        return None, fault(
            "order_impossible", once=True, order=wanted, other=other, table=order.table
        )
    assumed = not order.own and order.declared == wanted and order.dotted == order.declared
    if isinstance(value, date) and not order.shown and assumed:
        return value, fault(
            "order_not_shown",
            once=True,
            warns=True,
            order=wanted,
            other=other,
            table=order.table,
            day=value.isoformat(),
        )
    return value, why


def _year_first(parts: "re.Match[str]", order: str) -> tuple[str, str, str]:
    day, month = (parts[1], parts[3]) if order == "dmy" else (parts[3], parts[1])
    return parts[4], month, day


def _is_day(parts: "re.Match[str]", order: str) -> bool:
    _, month, day = map(int, _year_first(parts, order))
    return month <= 12 and day <= 31


def _serial(cell: Cell) -> CellError | None:
    """Return the fault of a day that stands there as Excel counts it."""
    if cell.kind not in (NUMBER, TEXT) or not _SERIAL.fullmatch(cell.text):
        return None
    number = int(cell.text[:5])
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    day = _EXCEL_BEGAN + timedelta(days=number)
    return fault("serial_days", once=True, number=number, day=day.isoformat())


def _is_slashed(cell: Cell) -> bool:
    parts = OTHER.fullmatch(cell.text) if cell.kind == TEXT else None
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
