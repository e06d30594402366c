"""What a file of ``data/`` looks like whose name is that of no table.

Only for hints: the file is read as a table when engagement.toml says so.
"""

from collections.abc import Mapping
from pathlib import Path

from workbook.errors import InputError
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.plain_file import read_head
from workbook.intake.guess.choosing import chosen
from workbook.intake.guess.read_grids import csv_grids, file_grids
from workbook.intake.recipe.presets import Preset

HEAD_BYTES = 200_000
MOST_BOOK_BYTES = 30_000_000
"""Workbooks above are not opened for a hint."""
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
    return next(iter(found.tables), "")
