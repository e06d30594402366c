"""A CSV file: decoded, split, its header found, every row as wide as the header."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.engagement.settings import TableOptions
from workbook.errors import Location, Problem
from workbook.intake.cells.typed_column import BLANKS
from workbook.intake.files.csv_lines import CsvLines, read_lines, without_controls
from workbook.intake.files.encoding import decode
from workbook.intake.header_row import SEARCHED, find_header
from workbook.intake.headings import HeadingLookup
from workbook.intake.problems import error, warning
from workbook.intake.raw_table import RawTable, as_texts
from workbook.intake.rows.row_choice import by_number
from workbook.intake.toml_line import drop_line

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
    lines = read_lines(text, place=place, declared=options.delimiter, headings=lookup.count)
    problems = [*decoded.problems, *removed, *lines.problems]
    raw = None
    if not lines.problems:
        raw, found = _table(lines, place, lookup, options)
        problems += found
    return CsvFile(raw=raw, encoding=decoded.encoding, delimiter=lines.delimiter, problems=problems)


def _table(
    lines: CsvLines, place: Location, lookup: HeadingLookup, options: TableOptions
) -> tuple[RawTable | None, list[Problem]]:
    skip, every = options.skip_rows, lines
    lines, problems = _without_dropped(lines, options.drop_rows, place)
    first = _skipped(lines.rows, skip)
    header = find_header(lines.records[first : first + SEARCHED], lookup)
    if header is None:
        return None, [*problems, error("no_rows", place)]
    if skip is not None:
        header = replace(header, index=0, titles=())
    at = first + header.index
    headings = [heading.strip(BLANKS) for heading in lines.records[at]]
    records, rows = lines.records[at + 1 :], lines.rows[at + 1 :]
    where = replace(place, row=lines.rows[at])
    if header.title_lines:
        problems.append(warning("title_lines", where, lines=header.title_lines))
    wrong = _wrong_widths(
        records, rows, len(headings), place=where, table=lookup.schema.name, drop=options.drop_rows
    )
    if wrong:
        return None, problems + wrong
    columns = list(zip(*(_cut(record, len(headings)) for record in records), strict=True))
    texts = [as_texts(column) for column in columns] or [as_texts([])] * len(headings)
    kept = [i for i, heading in enumerate(headings) if heading or any(map(str.strip, texts[i]))]
    raw = RawTable(
        place=place,
        headings=tuple(headings[i] for i in kept),
        header_row=lines.rows[at],
        texts=tuple(texts[i] for i in kept),
        rows=np.array(rows, dtype=np.int64),
        columns=tuple(kept),
        titles=header.titles,
        dropped=_below(every, lines.rows[at]) - len(rows) if options.drop_rows else 0,
    )
    return raw, problems


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


def _skipped(rows: Sequence[int], skip: int | None) -> int:
    """Return the first record below the skipped lines."""
    return sum(row <= skip for row in rows[: skip + 1]) if skip else 0


def _wrong_widths(
    records: Sequence[list[str]],
    rows: Sequence[int],
    width: int,
    *,
    place: Location,
    table: str,
    drop: Sequence[int],
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
