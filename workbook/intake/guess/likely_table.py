"""What a file of ``data/`` looks like whose name is that of no table.

Only for hints: the file is read as a table when engagement.toml says so.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.errors import InputError
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import read_head
from workbook.intake.guess.choosing import chosen
from workbook.intake.guess.grid import Grid
from workbook.intake.guess.heading_words import file_hint, known_headings
from workbook.intake.guess.read_grids import csv_grids, file_grids
from workbook.intake.recipe.presets import Preset
from workbook.intake.schema_files import all_schemas

HEAD_BYTES = 200_000
MOST_BOOK_BYTES = 30_000_000
"""Workbooks above are not opened for a hint."""
_FEWEST, _SEARCHED = 2, 30
"""Known headings that a line of headings has, and lines that are looked at for it."""
_TEXTS = (".csv", ".tsv", ".txt")


def looks_like(
    folder: Path, name: str, *, language: str, books: BookReader, presets: Mapping[str, Preset]
) -> str:
    """Return the table that a file of ``data/`` probably holds; empty for none.

    Parameters
    ----------
    folder
        The engagement folder.
    name
        Of the file inside ``data/``.
    presets
        Those that files are recognised by.
    """
    try:
        head = read_head(folder, f"data/{name}", most=HEAD_BYTES)
    except InputError:
        return ""
    if name.casefold().endswith(_TEXTS):
        grids = csv_grids(head, name, language)
    elif (folder / "data" / name).stat().st_size <= MOST_BOOK_BYTES:
        grids = file_grids(folder, name, language, books)
    else:
        return ""
    found = chosen(grids, ready={}, named={}, presets=presets)
    return next(iter(found.tables), "") or _by_name(name, grids)


def _by_name(name: str, grids: Sequence[Grid]) -> str:
    """Return the table that the name of a file says, where its headings are some of a table."""
    named = [table for table in all_schemas() if file_hint(table, name)]
    headed = any(
        known_headings([cell.text for cell in line.cells]) >= _FEWEST
        for grid in grids
        for line in grid.lines[:_SEARCHED]
    )
    return named[0] if len(named) == 1 and headed else ""
