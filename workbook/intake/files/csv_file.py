"""A CSV file: decoded, split, its header found, every row as wide as the header."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.engagement.settings import TableOptions
from workbook.errors import Location, Problem
from workbook.intake.files.csv_columns import csv_columns
from workbook.intake.files.csv_lines import (
    CsvLines,
    CsvText,
    cut_lines,
    opened_csv,
    without_controls,
)
from workbook.intake.files.encoding import decode
from workbook.intake.header_row import SEARCHED, HeaderRow, header_of, no_header
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import error, warning
from workbook.intake.raw_table import RawTable, Rows
from workbook.intake.rows.dropped_rows import by_first_words, by_kind, by_number
from workbook.intake.rows.row_choice import padded_where
from workbook.intake.text_column import TextColumn
from workbook.intake.toml_line import drop_line

_LONG = 200_000
"""Signs of a text from which it is worth while to look whether it is plain."""
_MOST_BLANK = 200
_EXAMPLES = 3
_MOST_DROPPED = 50
"""Rows that a remedy names one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """What a CSV file gave: the raw table (None when it cannot be used) and how it was read."""

    raw: RawTable | None
    encoding: str = ""
    delimiter: str = ""
    problems: Sequence[Problem] = ()


def read_csv(
    data: bytes, *, place: Location, lookup: HeadingLookup, options: TableOptions, language: str
) -> CsvFile:
    """Read the bytes of a CSV file of one table."""

    def known_in_head(text: str) -> int:
        words = text[:5000].replace('"', " ")
        for delimiter in (";", "\t", "|", "\r", "\n"):
            words = words.replace(delimiter, ",")
        cells = words.split(",")
        return lookup.count([cell for cell in cells if not cell.isascii()])

    decoded = decode(
        data, language=language, declared=options.encoding, place=place, headings=known_in_head
    )
    if decoded.text is None:
        return CsvFile(raw=None, encoding=decoded.encoding, problems=decoded.problems)
    text, removed = without_controls(decoded.text, place)
    csv_text = opened_csv(text, declared=options.delimiter, headings=lookup.count)
    said = [*decoded.problems, *removed]
    raw, problems = _plain_table(csv_text, place, lookup, options) or _table(
        cut_lines(csv_text, place), place, lookup, options
    )
    return CsvFile(
        raw=raw,
        encoding=decoded.encoding,
        delimiter=csv_text.delimiter,
        problems=[*said, *problems],
    )


def _plain_table(
    csv_text: CsvText, place: Location, lookup: HeadingLookup, options: TableOptions
) -> tuple[RawTable, list[Problem]] | None:
    """Return the table of a long text that can be cut into columns at once; None of others."""
    if len(csv_text.text) < _LONG or options.drop_rows:
        return None
    every = csv_columns(csv_text.text, csv_text.delimiter)
    if every is None:
        return None
    most = _searched(options)
    head = cut_lines(replace(csv_text, text=every.head(most + _MOST_BLANK)), place)
    if head.problems or len(head.records) < most:
        return None
    header = header_of(head.records[:most], head.rows[:most], lookup=lookup, options=options)
    if header is None:
        return None
    top = head.rows[header.index] if header.index >= 0 else 0
    before = csv_text.first - 1
    found = every.below(top - before, len(header.headings))
    if found is None:
        return None
    where = replace(place, row=head.rows[max(header.index, 0)])
    problems = _titles_told(header, where)
    columns, rows = found
    return _raw(columns, rows + before, header, place=place, top=top), problems


def _table(
    lines: CsvLines, place: Location, lookup: HeadingLookup, options: TableOptions
) -> tuple[RawTable | None, list[Problem]]:
    if lines.problems:
        return None, [*lines.problems]
    every = lines
    numbers, words = by_kind(options.drop_rows)
    lines, problems = _without_dropped(lines, numbers, place)
    most = _searched(options)
    header = header_of(lines.records[:most], lines.rows[:most], lookup=lookup, options=options)
    if header is None:
        return None, [*problems, no_header(place, options, lookup.schema.name)]
    at = header.index
    headings = header.headings
    records, rows = lines.records[at + 1 :], lines.rows[at + 1 :]
    where = replace(place, row=lines.rows[max(at, 0)])
    problems += _titles_told(header, where)
    records, rows, said = _without_words(records, rows, words, place)
    width = len(headings)
    records = [
        padded_where(record, headings, options.where) if len(record) < width else record
        for record in records
    ]
    wrong = _wrong_widths(
        records, rows, width, place=where, table=lookup.schema.name, drop=options.drop_rows
    )
    problems += said
    if wrong:
        return None, problems + wrong
    columns = list(zip(*(_cut(record, width) for record in records), strict=True))
    cells = [TextColumn.of(column) for column in columns] or [TextColumn.of([])] * width
    top = lines.rows[at] if at >= 0 else 0
    raw = _raw(cells, np.array(rows, dtype=np.int64), header, place=place, top=top)
    dropped = _below(every, top) - len(rows) if options.drop_rows else 0
    return replace(raw, dropped=dropped), problems


def _searched(options: TableOptions) -> int:
    """Return how many lines are looked at for the header."""
    return SEARCHED + max((options.skip_rows or 0, *options.header_row))


def _titles_told(header: HeaderRow, where: Location) -> list[Problem]:
    """Say how many lines above the header were passed over."""
    if not header.title_lines:
        return []
    return [warning("title_lines", where, lines=header.title_lines)]


def _raw(
    cells: Sequence[TextColumn], rows: Rows, header: HeaderRow, *, place: Location, top: int
) -> RawTable:
    """Return the table without columns that have neither a heading nor a cell."""
    headings = header.headings
    kept = [i for i, heading in enumerate(headings) if heading or not cells[i].blank.all()]
    return RawTable(
        place=place,
        headings=tuple(headings[i] for i in kept),
        header_row=max(top, 1),
        cells=tuple(cells[i] for i in kept),
        rows=rows,
        columns=tuple(kept),
        above=header.above,
    )


def _without_words(
    records: Sequence[list[str]], rows: Sequence[int], words: Sequence[str], place: Location
) -> tuple[Sequence[list[str]], Sequence[int], list[Problem]]:
    """Leave out the rows whose first filled cell is as a pattern of ``drop_rows`` says."""
    if not words:
        return records, rows, []
    firsts = [next(filter(None, map(str.strip, record)), "") for record in records]
    gone, said = by_first_words(firsts, rows, words, place)
    kept = np.flatnonzero(~gone).tolist()
    return [records[i] for i in kept], [rows[i] for i in kept], said


def _below(lines: CsvLines, header: int) -> int:
    return sum(row > header for row in lines.rows)


def _without_dropped(
    lines: CsvLines, drop: Sequence[int], place: Location
) -> tuple[CsvLines, list[Problem]]:
    """Return the lines without those that ``drop_rows`` names, and what is said of them."""
    if not drop:
        return lines, []
    gone = set(drop)
    kept = [i for i, row in enumerate(lines.rows) if row not in gone]
    left = replace(
        lines, rows=[lines.rows[i] for i in kept], records=[lines.records[i] for i in kept]
    )
    return left, by_number(lines.rows, lines.records, drop, place)


def _cut(record: list[str], width: int) -> list[str]:
    """Return a record without the blank cells beyond the header."""
    return record if len(record) == width else record[:width]


def _wrong_widths(
    records: Sequence[list[str]],
    rows: Sequence[int],
    width: int,
    *,
    place: Location,
    table: str,
    drop: Sequence[int | str],
) -> list[Problem]:
    """Find rows that are wider or narrower than the header; blank cells at the end are fine."""
    facts: dict[str, object]
    wrong = [
        (row, len(record))
        for row, record in zip(rows, records, strict=True)
        if len(record) != width and (len(record) < width or any(record[width:]))
    ]
    if 1 < len(wrong) == len(records):  # the header is what differs, and no row is to be dropped
        most = max(count for _, count in wrong)
        facts = {"fields": most, "expected": width, "count": len(wrong)}
        return [error("header_width", place, **facts)]
    facts = {
        "expected": width,
        "table": table,
        "line": drop_line((row for row, _ in wrong[:_MOST_DROPPED]), drop),
    }
    if len(wrong) > _EXAMPLES:
        first = ", ".join(str(row) for row, _ in wrong[:_EXAMPLES])
        facts |= {"fields": wrong[0][1], "count": len(wrong), "first_rows": first}
        return [error("wrong_width", replace(place, row=wrong[0][0]), **facts)]
    return [
        error("wrong_width", replace(place, row=row), fields=count, **facts) for row, count in wrong
    ]
