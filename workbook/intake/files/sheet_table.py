"""A sheet becomes a raw table: header found, what the sheet hides said aloud."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.engagement.settings import TableOptions
from workbook.errors import Location, Problem
from workbook.intake.cells.cell_kinds import BLANKS
from workbook.intake.files.column_letters import column_letters, column_number
from workbook.intake.files.excel import Sheet
from workbook.intake.header_row import SEARCHED, HeaderRow, header_of, no_header
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import error, listed, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.dropped_rows import by_kind, by_number, without_first_words
from workbook.intake.rows.total_words import Surety, total_label
from workbook.intake.schema import ColumnType
from workbook.intake.text_column import TextColumn
from workbook.language.nearest import plain

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")


def read_sheet(
    sheet: Sheet, *, file: str, lookup: HeadingLookup, options: TableOptions
) -> tuple[RawTable | None, list[Problem]]:
    """Return the raw table of a sheet (None when it cannot be used) and its problems."""
    place = Location(file=file, sheet=sheet.name)
    numbers, words = by_kind(options.drop_rows)
    gone = set(numbers)
    most = SEARCHED + max((options.skip_rows or 0, *options.header_row))
    height = min(_height(sheet), most)
    rows = [row + sheet.first_row for row in range(height)]
    lines = [
        [] if rows[row] in gone else [column[row] for column in sheet.columns]
        for row in range(height)
    ]
    problems = _dropped(sheet, numbers, place)
    header = header_of(lines, rows, lookup=lookup, options=options)
    if header is None:
        return None, [*problems, no_header(place, options, lookup.schema.name)]
    raw = replace(_raw(sheet, place, header), above=header.above)
    kept = ~np.isin(raw.rows, numbers)
    raw = replace(raw.keep_rows(kept), dropped=int((~kept).sum()))
    raw, said = without_first_words(raw, words)
    problems += said
    if sheet.controls:
        problems.append(warning("control_characters_removed", place, count=sheet.controls))
    if header.title_lines:
        where = replace(place, row=raw.header_row)
        problems.append(warning("title_lines", where, lines=header.title_lines))
    problems += _merged(sheet, raw, lookup, options)
    return raw, problems + _formulas(sheet, raw, lookup) + _hidden(sheet, raw, lookup)


def _dropped(sheet: Sheet, drop: Sequence[int], place: Location) -> list[Problem]:
    if not drop:
        return []
    records = [[column[row] for column in sheet.columns] for row in range(_height(sheet))]
    filled = [row for row, cells in enumerate(records) if any(map(str.strip, cells))]
    rows = [row + sheet.first_row for row in filled]
    return by_number(rows, [records[row] for row in filled], drop, place)


def _height(sheet: Sheet) -> int:
    return len(sheet.columns[0]) if sheet.columns else 0


def _raw(sheet: Sheet, place: Location, header: HeaderRow) -> RawTable:
    """Cut the header and the rows with content out of the sheet."""
    at = header.index
    height = _height(sheet) - at - 1
    cells = [TextColumn.of(column[at + 1 :]) for column in sheet.columns]
    kinds = [np.frombuffer(kind[at + 1 :].encode("ascii"), dtype="S1") for kind in sheet.kinds]
    filled = np.zeros(height, dtype=bool)
    for column in cells:
        filled |= column.where([bool(text.strip(BLANKS)) for text in column.distinct])
    headings = [*header.headings, *[""] * len(cells)][: len(cells)]
    rows = np.arange(height, dtype=np.int64) + sheet.first_row + at + 1
    raw = RawTable(
        place=place,
        headings=tuple(headings),
        header_row=sheet.first_row + max(at, 0),
        cells=tuple(cells),
        kinds=tuple(kinds),
        rows=rows,
        first_column=sheet.first_column,
        columns=tuple(range(len(headings))),
        currencies={at - sheet.first_column: signs for at, signs in sheet.currencies.items()},
    )
    raw = raw.keep_rows(filled)
    used = [i for i, column in enumerate(raw.cells) if headings[i] or not column.blank.all()]
    return raw.keep_columns(used)


def _known(raw: RawTable, lookup: HeadingLookup) -> dict[int, int]:
    """Return the sheet's column number -> our index, for columns of the table."""
    return {
        (raw.first_column or 1) + raw.columns[index]: index
        for index, heading in enumerate(raw.headings)
        if lookup(heading)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """A merged range."""

    text: str
    columns: range
    rows: range


def _merged(
    sheet: Sheet, raw: RawTable, lookup: HeadingLookup, options: TableOptions
) -> list[Problem]:
    """Refuse merged cells in the headings that are read and in the table's columns below them.

    Headings of several rows are merged by nature, and ``fill_down`` takes merged cells apart.
    """
    known = _known(raw, lookup)
    filled = set(map(plain, options.fill_down))
    below = {
        column
        for column, index in known.items()
        if not {plain(raw.headings[index]), plain(lookup(raw.headings[index]) or "")} & filled
    }
    problems: list[Problem] = []
    for area in _areas(sheet.merged):
        at_header = (
            len(options.header_row) < 2
            and not options.headings
            and raw.header_row in area.rows
            and known.keys() & set(area.columns)
            and len(area.columns) > 1
        )
        inside = area.rows.stop - 1 > raw.header_row and below & set(area.columns)
        if at_header or (inside and not _is_no_data(raw, area)):
            row = max(area.rows.start, raw.header_row)
            letter = column_letters(area.columns.start)
            where = replace(raw.place, row=row, column=letter)
            code = "merged_header" if at_header else "merged_cells"
            problems.append(error(code, where, area.text, table=lookup.schema.name))
    return problems


def _is_no_data(raw: RawTable, area: _Area) -> bool:
    """Return whether a merged range lies in rows that are left out, or is the label of a total."""
    at = int(np.searchsorted(raw.rows, area.rows.start))
    if at == len(raw.rows) or raw.rows[at] >= area.rows.stop:
        return True
    first = area.columns.start - (raw.first_column or 1)
    if len(area.rows) > 1 or first not in raw.columns:
        return False
    label = total_label(raw.cells[raw.columns.index(first)][at])
    return label.surety is Surety.SURE


def _areas(merged: Sequence[str]) -> list[_Area]:
    found = [_RANGE.fullmatch(text) for text in merged]
    return [
        _Area(
            text=match[0],
            columns=range(column_number(match[1]), column_number(match[3]) + 1),
            rows=range(int(match[2]), int(match[4]) + 1),
        )
        for match in found
        if match
    ]


def _formulas(sheet: Sheet, raw: RawTable, lookup: HeadingLookup) -> list[Problem]:
    """Warn of formulas in the table's columns, and of zeros that only a format shows."""
    problems: list[Problem] = []
    for column, index in sorted(_known(raw, lookup).items()):
        where = raw.column_place(index)
        count, first = sheet.formulas.get(column, (0, 0))
        if count:
            problems.append(warning("formulas", replace(where, row=first), count=count))
        name = lookup(raw.headings[index]) or ""
        if column in sheet.padded and lookup.schema.column(name).kind is ColumnType.ID:
            problems.append(warning("zeros_by_format", where, count=sheet.padded[column]))
    return problems


def _hidden(sheet: Sheet, raw: RawTable, lookup: HeadingLookup) -> list[Problem]:
    """Warn of hidden rows and columns: they are read."""
    problems: list[Problem] = []
    rows = sorted(set(sheet.hidden_rows) & set(raw.rows.tolist()))
    if rows:
        where = replace(raw.place, row=rows[0])
        problems.append(warning("hidden_rows", where, count=len(rows), rows=listed(rows)))
    known = _known(raw, lookup)
    hidden = sorted(set(sheet.hidden_columns) & set(known))
    problems += [warning("hidden_column", raw.column_place(known[column])) for column in hidden]
    if not sheet.visible:
        problems.append(warning("hidden_sheet", raw.place))
    return problems


def is_named(sheet: Sheet, names: Sequence[str]) -> bool:
    """Return whether a sheet has one of the names, without case, spaces and ``_``."""
    return plain(sheet.name) in {plain(name) for name in names}
