"""Days: ISO, the declared order or format, or any form that can mean only one day.

The calendar day counts as it is written: a time of day and its zone are read over, and nothing is
moved to another zone.  Years of two digits are those of POSIX: 00-68 are 2000-2068, 69-99 are
1969-1999; a remark says so once per column.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import DAY, NUMBER, TEXT
from workbook.intake.cells.date_formats import day_counted, days_by, format_of
from workbook.intake.cells.date_text import BASIC, ISO, OTHER, without_weekday, worded_day
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.month_names import long_year, month_in
from workbook.intake.schema import ColumnSchema
from workbook.intake.toml_line import toml_value

_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_FALSE_LEAP = date(1900, 3, 1)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_415
"""1954 to 2100 as Excel counts days."""
_SWAPPED = {"dmy": "mdy", "mdy": "dmy"}
_YEAR = timedelta(days=366)


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
    """Read days; a column with slashes needs a declared order, and no cell is guessed alone.

    A declared format comes first; what does not fit it and has no other single meaning is refused.
    """
    formats = conventions.date_formats
    others = [cell for cell in cells if cell.kind != DAY and not days_by(formats, cell.text)]
    native = any(cell.kind == DAY for cell in cells)
    return _Days(
        column=column,
        conventions=conventions,
        order=_order(others, conventions),
        basic=_is_basic(cells),
        mixed=native and any(_is_slashed(cell) for cell in others),
        settled=any("%m" in said and not said.startswith("%Y") for said in formats),
    ).read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """A column of days."""

    column: ColumnSchema
    conventions: Conventions
    order: _Order
    basic: bool
    """It is written as ISO without signs."""
    mixed: bool
    """Native days stand beside slashed ones."""
    settled: bool
    """A declared format says in which order figures are."""

    def read(self, cell: Cell) -> Reading:
        """Read one cell."""
        formats = self.conventions.date_formats
        if cell.kind == DAY:
            return _native(cell.text)
        if formats and (days := days_by(formats, cell.text)):
            return _declared(days, self.conventions)
        if serial := _serial(cell, self.conventions):
            return None, serial
        if self.basic and (found := BASIC.fullmatch(cell.text)):
            return _day(found[1], found[2], found[3])
        if cell.kind != TEXT:
            return None, fault("not_a_date")
        weekday, text = without_weekday(cell.text)
        return _on(weekday, self._written(text))

    def _written(self, text: str) -> Reading:
        if iso := ISO.fullmatch(text):
            return _day(iso[1], iso[3], iso[4])
        parts = OTHER.fullmatch(text)
        if not parts:
            return _worded(text, self.column, self.conventions)
        if self.settled:
            return None, _by_formats("not_in_formats", self.conventions)
        if self.mixed:
            return None, fault("mixed_dates", once=True)
        how = format_of(text, self.order.of(parts[2])) if len(parts[4]) == 2 else ""
        return _short(_ordered(parts, self.order), how, self.column, self.conventions)


def _order(cells: Sequence[Cell], conventions: Conventions) -> _Order:
    declared, own = conventions.date_order, conventions.own_date_order
    dotted = declared
    if conventions.dotted_days and not own:
        dotted = "dmy"
    texts = (without_weekday(cell.text)[1] for cell in cells if cell.kind == TEXT)
    parts = [found for text in texts if (found := OTHER.fullmatch(text))]
    orders = [*_SWAPPED, "ymd"] if all(len(found[4]) == 2 for found in parts) else [*_SWAPPED]
    fits = {order for order in orders if all(_is_day(found, order) for found in parts)}
    swapped = any(found[1].zfill(2) != found[3].zfill(2) for found in parts)
    return _Order(
        declared=declared,
        dotted=dotted,
        fits=frozenset(fits),
        shown=not fits.issuperset(_SWAPPED) or not swapped,
        table=conventions.table,
        own=own,
    )


def _ordered(parts: "re.Match[str]", order: _Order) -> Reading:
    """Read a day that is not written year first."""
    wanted = order.of(parts[2])
    if wanted == "ymd" and len(parts[4]) == 2:
        return _day(*_year_first(parts, wanted))
    if wanted not in _SWAPPED:
        only = next(iter(order.fits)) if len(order.fits) == 1 else ""
        return None, fault("date_order_unknown", once=True, nearest=only, table=order.table)
    other = _SWAPPED[wanted]
    value, why = _day(*_year_first(parts, wanted))
    if why and why.code == "no_such_day" and wanted not in order.fits and other in order.fits:
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
    if order == "ymd":
        return parts[1], parts[3], parts[4]
    day, month = (parts[1], parts[3]) if order == "dmy" else (parts[3], parts[1])
    return parts[4], month, day


def _is_day(parts: "re.Match[str]", order: str) -> bool:
    _, month, day = map(int, _year_first(parts, order))
    return month <= 12 and day <= 31


def _short(reading: Reading, how: str, column: ColumnSchema, conventions: Conventions) -> Reading:
    """Say that a year had two digits (``how``: the format); refuse one that would be far ahead."""
    value, why = reading
    if not how or not isinstance(value, date):
        return reading
    table, day = conventions.table, value.isoformat()
    if conventions.as_of and value > conventions.as_of + _YEAR and not column.future:
        line = toml_value([how])
        return None, fault("short_year_ahead", once=True, line=line, day=day, table=table)
    said = fault("short_years", once=True, warns=True, day=day, table=table)
    return value, replace(why, also=said) if why else said


def _worded(text: str, column: ColumnSchema, conventions: Conventions) -> Reading:
    """Read a day whose month is a word, or say that there is a month without a day."""
    if found := worded_day(text):
        year, month, day = found
        how = format_of(text, "dy") if len(year) == 2 else ""
        return _short(_day(year, str(month), day), how, column, conventions)
    if BASIC.fullmatch(text) and "T" in text:
        return _day(text[:4], text[4:6], text[6:8])
    return None, fault("day_missing", once=True) if month_in(text) else fault("not_a_date")


def _on(weekday: int | None, reading: Reading) -> Reading:
    """Refuse a day that is on another day of the week than is written before it."""
    value, _ = reading
    if weekday is None or not isinstance(value, date) or value.weekday() == weekday:
        return reading
    return None, fault("other_weekday", once=True, day=value.isoformat())


def _declared(days: set[date | None], conventions: Conventions) -> Reading:
    """Read a day by the declared formats, which must not give two."""
    day = min(filter(None, days), default=None)
    if day is None:
        return None, fault("no_such_day")
    if len(days) > 1:
        return None, _by_formats("formats_differ", conventions)
    if not _EARLIEST <= day <= _LATEST:
        return None, fault("date_out_of_range")
    return day, None


def _by_formats(code: str, conventions: Conventions) -> CellError:
    said = ", ".join(conventions.date_formats)
    return fault(code, once=True, formats=said, table=conventions.table)


def _serial(cell: Cell, conventions: Conventions) -> CellError | None:
    """Return the fault of a day that stands there as Excel counts it."""
    if cell.kind not in (NUMBER, TEXT) or not _SERIAL.fullmatch(cell.text):
        return None
    number = int(cell.text[:5])
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    day = day_counted(number).isoformat()
    return fault("serial_days", once=True, number=number, day=day, table=conventions.table)


def _is_basic(cells: Sequence[Cell]) -> bool:
    """Return whether all cells with figures are days of ISO without signs: ``20251103``."""
    figures = [cell.text for cell in cells if any(map(str.isdigit, cell.text))]
    found = [BASIC.fullmatch(text) for text in figures[:1]]
    if not found or not all(found):
        return False
    parts = [BASIC.fullmatch(text) for text in figures]
    return all(f and "1900" <= f[1] <= "2100" and f[2] <= "12" and f[3] <= "31" for f in parts)


def _is_slashed(cell: Cell) -> bool:
    parts = OTHER.fullmatch(without_weekday(cell.text)[1]) if cell.kind == TEXT else None
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
        value = date(long_year(year), int(month), int(day))
    except ValueError:
        return None, fault("no_such_day")
    if not _EARLIEST <= value <= _LATEST:
        return None, fault("date_out_of_range")
    return value, None
