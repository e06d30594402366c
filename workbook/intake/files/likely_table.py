"""What a file of ``data/`` looks like whose name is that of no table: by the words of its headings.

Only for hints: the file is read as a table when engagement.toml says so.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.errors import InputError, Location
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.csv_lines import read_lines, without_controls
from workbook.intake.files.encoding import decode
from workbook.intake.files.excel import read_book
from workbook.intake.files.plain_file import read_head
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.likely_columns import asks_to_recommend
from workbook.intake.schema import TableSchema
from workbook.language.nearest import plain

HEAD_BYTES = 200_000
MOST_BOOK_BYTES = 30_000_000
"""Workbooks above are not opened for a hint."""
_ROWS = 30
_FEWEST = 2
"""Known headings by which a file looks like a table."""


def looks_like(
    folder: Path, name: str, *, schemas: Mapping[str, TableSchema], language: str, books: BookReader
) -> str:
    """Return the table whose headings a file of the engagement shares most; empty for none.

    Parameters
    ----------
    folder
        The engagement folder.
    name
        Path of a CSV file or workbook inside it.
    """
    lookups = [HeadingLookup(schema, {}, language) for schema in schemas.values()]
    place = Location(file=name)
    try:
        head = read_head(folder, name, most=HEAD_BYTES)
    except InputError:
        return ""
    if name.casefold().endswith(".csv"):
        rows = _csv_rows(head, place, lookups, language)
    elif (folder / name).stat().st_size <= MOST_BOOK_BYTES:
        rows = _sheet_rows(folder / name, place, books)
    else:
        rows = []
    return _best(rows, lookups, Path(name).stem)


def _csv_rows(
    data: bytes, place: Location, lookups: Sequence[HeadingLookup], language: str
) -> list[list[str]]:
    def known(cells: Sequence[str]) -> int:
        return max(lookup.count(cells) for lookup in lookups)

    decoded = decode(
        data, language=language, declared="", place=place, headings=lambda text: known([text])
    )
    if decoded.text is None:
        return []
    text, _ = without_controls(decoded.text, place)
    return list(read_lines(text, place=place, declared="", headings=known).records[:_ROWS])


def _sheet_rows(path: Path, place: Location, books: BookReader) -> list[list[str]]:
    """Return the first rows of every visible sheet."""
    sheets = [s for s in read_book(path, place, books).sheets if s.visible and not s.empty]
    return [
        list(cells)
        for sheet in sheets
        for cells in zip(*(column[:_ROWS] for column in sheet.columns), strict=True)
    ]


def _best(rows: Sequence[Sequence[str]], lookups: Sequence[HeadingLookup], stem: str) -> str:
    """Return the table of which a row names most required columns, then most columns."""
    merits = {lookup.schema.name: _merit(rows, lookup, stem) for lookup in lookups}
    best = max(merits, key=lambda name: merits[name], default="")
    alike = [name for name, merit in merits.items() if merit == merits[best]]
    return best if len(alike) == 1 and merits[best] > (0, 0.0, 0) else ""


def _merit(
    rows: Sequence[Sequence[str]], lookup: HeadingLookup, stem: str
) -> tuple[int, float, int]:
    """Return whether the file is called like the table, share of required columns, columns."""
    schema = lookup.schema
    required = {column.name for column in schema.columns if column.required}
    merit = (0, 0.0, 0)
    for row in rows:
        found = {name for cell in row if cell and (name := lookup(cell.strip()))}
        if schema.name == "survey" and any(map(asks_to_recommend, row)):
            found |= {"score", "date"}  # the question itself: no other table has it
        if len(found) >= _FEWEST:
            share = len(found & required) / len(required) if required else 0.5
            merit = max(merit, (0, share, len(found)))
    titles = (schema.name, *schema.headings.values())
    if merit[2] and any(plain(title) in plain(stem) for title in titles):
        return (1, *merit[1:])
    return merit
