"""Currencies that cells name beside their amounts, or that number formats show."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.errors import Problem
from workbook.intake.conventions import Conventions
from workbook.intake.findings import error, listed
from workbook.intake.heading_units import currency_codes
from workbook.intake.number_cells import money_around
from workbook.intake.raw_table import RawTable


def other_currencies(raw: RawTable, index: int, conventions: Conventions) -> list[Problem]:
    """Refuse a column in which amounts are in other currencies than the engagement's.

    Parameters
    ----------
    index
        Raw column of numbers.

    A sign that may mean the engagement's currency means it; amounts without one are in it, unless
    others name another.
    """
    found: Counter[str] = Counter()
    rows: list[int] = []
    for words, count, row in [*_written(raw, index, conventions), *_formatted(raw, index)]:
        codes = currency_codes(words)
        if codes and conventions.currency not in codes:
            found[codes[0]] += count
            rows.append(row)
    if not found:
        return []
    most, _ = found.most_common(1)[0]
    place = replace(raw.column_place(index), row=min(rows))
    counts = listed(f"{code} – {count}" for code, count in found.most_common())
    facts = {"own": conventions.currency, "currency": most, "counts": counts}
    return [error("amounts_in_currencies", place, **facts)]


def _written(raw: RawTable, index: int, conventions: Conventions) -> list[tuple[str, int, int]]:
    """Return the currencies written in cells, with their number and first row."""
    money = money_around(conventions)
    codes, uniques = pd.factorize(raw.texts[index])
    named = [(code, money.search(text.strip())) for code, text in enumerate(uniques)]
    signed = [(code, found[0].strip()) for code, found in named if found]
    if not signed:
        return []
    counts = np.bincount(codes, minlength=len(uniques))
    return [
        (sign, int(counts[code]), int(raw.rows[np.argmax(codes == code)])) for code, sign in signed
    ]


def _formatted(raw: RawTable, index: int) -> list[tuple[str, int, int]]:
    """Return the currencies that number formats show, with their number and first row."""
    shown = raw.currencies.get(raw.columns[index], {}) if raw.columns else {}
    return [(sign, count, row) for sign, (count, row) in shown.items()]
