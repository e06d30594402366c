"""Columns of the client's own, kept as text: numbers in them are read by whoever asks for them.

Such a reader knows spaces and one decimal sign only, so that signs of thousands are taken out here;
where it cannot be told what a sign means, the column is refused by whoever needs its numbers.
"""

from typing import Any

import numpy as np
import pandas as pd

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell, CellError
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.missing_words import taken_as_blank
from workbook.intake.cells.number_cells import number_of, syntax_of
from workbook.intake.cells.separators import other_sign
from workbook.intake.raw_table import RawTable
from workbook.language.spelling import spelling_keys


def as_text(raw: RawTable, index: int, conventions: Conventions) -> tuple[Any, list[Problem]]:
    """Return a column as text, and the remark on the client's own words for "nothing is known".

    Blank cells and such words are missing, numbers are without signs of thousands.
    """
    codes = raw.cells[index].codes
    texts = [text.strip() for text in raw.cells[index].distinct]
    words = frozenset(spelling_keys(conventions.missing))
    keys = spelling_keys(texts) if words else [""] * len(texts)
    blank = np.array([bool(text) and key in words for text, key in zip(texts, keys, strict=True)])
    plain = _ungrouped([t for t, no in zip(texts, blank, strict=True) if not no], conventions)
    read = iter(plain)
    values = pd.array([None if no else next(read) or None for no in blank], dtype="str")
    at = blank[codes] if len(blank) else np.zeros(0, dtype=bool)
    return values.take(codes), [taken_as_blank(raw, index, at)] if at.any() else []


def _ungrouped(texts: list[str], conventions: Conventions) -> list[str]:
    """Return the texts of a column of numbers without signs of thousands, others unchanged."""
    filled = [Cell(TEXT, text) for text in texts if text]
    if not any("," in cell.text or "." in cell.text for cell in filled):
        return texts
    syntax = syntax_of(filled, conventions)
    if any(number_of(cell, syntax)[0] is None for cell in filled):
        return texts
    return [text.replace(other_sign(syntax.decimal), "") for text in texts]


def doubt_of(column: "pd.Series[str]", conventions: Conventions) -> tuple[int, CellError] | None:
    """Return the row of the first number that can be read in two ways, and the fault, or None.

    Parameters
    ----------
    column
        As :func:`as_text` gave it; index: row of the file.

    A column that holds anything else than numbers is text, and never in doubt.
    """
    filled = column.dropna()
    cells = [Cell(TEXT, str(text)) for text in filled.unique()]
    syntax = syntax_of(cells, conventions)
    doubtful: list[str] = []
    faults: list[CellError] = []
    for cell in cells:
        value, why = number_of(cell, syntax)
        if value is None and why and why.code == "ambiguous_number":
            doubtful.append(cell.text)
            faults.append(why)
        elif value is None:
            return None
    if not doubtful:
        return None
    return int(filled.index[filled.isin(doubtful)][0]), faults[0]
