"""A client's file as sheets of plain cells, nothing judged, to be shown at the same addresses."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from workbook.engagement.settings import TableOptions
from workbook.errors import InputError, Location
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import MOST_BYTES, kind_of
from workbook.intake.files.csv_lines import read_lines, without_controls
from workbook.intake.files.encoding import decode
from workbook.intake.files.excel import Sheet, read_book
from workbook.intake.files.plain_file import read_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltSheet:
    """One sheet of a workbook, or a CSV file whose rows are its physical lines."""

    name: str
    first_column: int = 1
    """Number of the column of the first cell of every row (1 is A)."""
    records: Sequence[Sequence[str]] = ()
    """Of a CSV file: its records."""
    lines: Sequence[int] = ()
    """Of a CSV file: the first line of each record."""
    sheet: Sheet | None = field(default=None, repr=False)

    @property
    def count(self) -> int:
        """Return how many rows there are."""
        if self.sheet is None:
            return len(self.records)
        return len(self.sheet.columns[0]) if self.sheet.columns else 0

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the number of each row and its cells, from above."""
        if self.sheet is None:
            for line, record in zip(self.lines, self.records, strict=True):
                yield line, [Cell(TEXT, text) for text in record]
            return
        texts = zip(*self.sheet.columns, strict=True)
        kinds = zip(*self.sheet.kinds, strict=True)
        for at, (row, kind) in enumerate(zip(texts, kinds, strict=True)):
            yield self.sheet.first_row + at, list(map(Cell, kind, row))


def rebuilt_sheets(
    folder: Path, name: str, *, options: TableOptions, language: str, books: BookReader
) -> list[RebuiltSheet]:
    """Return the sheets of a data file; none when it cannot be read.

    Parameters
    ----------
    folder
        The engagement folder.
    name
        Path of the file inside it.
    options
        How the file is written: encoding and delimiter.
    """
    place = Location(file=name)
    try:
        data = read_plain(folder, name, most=MOST_BYTES)
    except InputError:
        return []
    if kind_of(data) == "zip":
        sheets = read_book(folder / name, place, books).sheets
        return [
            RebuiltSheet(name=sheet.name, first_column=sheet.first_column, sheet=sheet)
            for sheet in sheets
        ]
    if not name.casefold().endswith(".csv"):
        return []
    decoded = decode(
        data, language=language, declared=options.encoding, place=place, headings=lambda text: 0
    )
    if decoded.text is None:
        return []
    text, _ = without_controls(decoded.text, place)
    read = read_lines(text, place=place, declared=options.delimiter, headings=lambda cells: 0)
    records, lines = read.records, read.rows
    if read.problems:  # records cannot be told apart: every line by itself
        records = [_split(line, read.delimiter) for line in text.splitlines()]
        lines = range(1, len(records) + 1)
    return [RebuiltSheet(name=Path(name).stem, records=records, lines=lines)]


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return list(chain.from_iterable(csv.reader(io.StringIO(line), delimiter=delimiter)))
    except csv.Error:
        return [line]
