"""Currencies that cells name beside their amounts, or that number formats show."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.errors import Problem
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.number_cells import money_around
from workbook.intake.heading_units import currency_codes
from workbook.intake.problems import error, listed
from workbook.intake.raw_table import RawTable

_BARE = re.compile(r"[\s\d.,+-]*").fullmatch


def other_currencies(
    raw: RawTable,
    index: int,
    conventions: Conventions,
    *,
    codes: npt.NDArray[np.int64],
    cells: Sequence[Cell],
) -> list[Problem]:
    """Refuse a column in which amounts are in other currencies than the engagement's.

    Parameters
    ----------
    index
        Raw column of numbers.
    codes, cells
        Code of every row, and the distinct cells by code.

    A sign that may mean the engagement's currency means it; amounts without one are in it, unless
    others name another.
    """
    found: Counter[str] = Counter()
    rows: list[int] = []
    written = _written(raw, conventions, codes=codes, cells=cells)
    for words, count, row in [*written, *_formatted(raw, index)]:
        meant = currency_codes(words)
        if meant and conventions.currency not in meant:
            found[meant[0]] += count
            rows.append(row)
    if not found:
        return []
    most, _ = found.most_common(1)[0]
    place = replace(raw.column_place(index), row=min(rows))
    counts = listed(f"{code} – {count}" for code, count in found.most_common())
    facts = {"own": conventions.currency, "currency": most, "counts": counts}
    return [error("amounts_in_currencies", place, **facts)]


def _written(
    raw: RawTable,
    conventions: Conventions,
    *,
    codes: npt.NDArray[np.int64],
    cells: Sequence[Cell],
) -> list[tuple[str, int, int]]:
    """Return the currencies written in cells, with their number and first row."""
    money = money_around(conventions)
    worded = [(code, cell.text) for code, cell in enumerate(cells) if not _BARE(cell.text)]
    signed = [(code, found[0].strip()) for code, text in worded if (found := money.search(text))]
    if not signed:
        return []
    counts = np.bincount(codes, minlength=len(cells))
    return [
        (sign, int(counts[code]), int(raw.rows[np.argmax(codes == code)])) for code, sign in signed
    ]


def _formatted(raw: RawTable, index: int) -> list[tuple[str, int, int]]:
    """Return the currencies that number formats show, with their number and first row."""
    shown = raw.currencies.get(raw.columns[index], {}) if raw.columns else {}
    return [(sign, count, row) for sign, (count, row) in shown.items()]
