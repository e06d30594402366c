"""Columns of the customers as conditions see them: numbers, days, truths or words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import as_date, day_numbers, numbers, texts, truths
from workbook.diagnostics.names import normalised_name, word_key
from workbook.language.languages import in_all
from workbook.language.lemmas import fold
from workbook.stats import Floats

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]

YES = frozenset({*map(fold, in_all(lambda language: language.cells.yes)), "+"})
NO = frozenset({*map(fold, in_all(lambda language: language.cells.no)), "-"})
"""Spellings of yes and no, folded."""


class Measure(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribute:
    """One column of the customers, by customer code."""

    column: str
    measure: Measure
    values: Floats
    """Numbers, days since 1970-01-01, 1 and 0; NaN where missing or no number."""
    words: Words
    """Folded text, ``""`` where missing."""
    given: Words
    """The customer's own value as text."""

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Customers who have the attribute."""
        known: npt.NDArray[np.bool_] = self.words != ""
        return known


def measure_of(column: "pd.Series[Any]") -> Measure:
    """Return what a typed column of the customers holds.

    A column of the client's own is text in the table; when every filled cell of it is a number
    (or yes or no), it is meant as such.
    """
    dtype = column.dtype
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return Measure.DAY
    if pd.api.types.is_bool_dtype(dtype):
        return Measure.TRUTH
    if pd.api.types.is_numeric_dtype(dtype):
        return Measure.NUMBER
    filled = [word for word in column.dropna().astype("str").unique() if word.strip()]
    if filled and all(fold(word).strip() in YES | NO for word in filled):
        return Measure.TRUTH
    if filled and all(plain_number(word) is not None for word in filled):
        return Measure.NUMBER
    return Measure.TEXT


def plain_number(text: str) -> float | None:
    """Return the number of a cell of text with spaces in thousands and one decimal sign."""
    bare = text.strip().replace("\u2212", "-")
    for space in " \u00a0\u202f\u2009'":
        bare = bare.replace(space, "")
    try:
        value = float(bare.replace(",", "."))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def column_named(customers: pd.DataFrame, name: str) -> str | None:
    """Return the customers' column that a condition names, or None."""
    if name in customers:
        return name
    return {normalised_name(str(column)): str(column) for column in customers}.get(
        normalised_name(name)
    )


def attribute(customers: pd.DataFrame, column: str, rows: Ints) -> Attribute:
    """Return a column by customer code; ``rows`` is the row of each, -1 where there is none."""
    measure = measure_of(customers[column])
    by_row = _values(customers, column, measure)
    given = _given(customers, column, measure, by_row)
    codes, distinct = pd.factorize(given)
    folded = np.array([word_key(str(word)) for word in distinct], dtype=object)
    words = folded[codes] if len(distinct) else given
    there = rows >= 0
    at = np.where(there, rows, 0)
    empty = not len(customers)
    return Attribute(
        column=column,
        measure=measure,
        values=np.full(len(rows), np.nan) if empty else np.where(there, by_row[at], np.nan),
        words=np.full(len(rows), "", dtype=object) if empty else np.where(there, words[at], ""),
        given=np.full(len(rows), "", dtype=object) if empty else np.where(there, given[at], ""),
    )


def _values(customers: pd.DataFrame, column: str, measure: Measure) -> Floats:
    cells = customers[column]
    if measure is Measure.DAY:
        return day_numbers(pd.to_datetime(cells))
    if measure is Measure.TRUTH and pd.api.types.is_bool_dtype(cells.dtype):
        return truths(customers, column)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return numbers(customers, column)
    reader = _truth if measure is Measure.TRUTH else plain_number
    codes, distinct = pd.factorize(texts(customers, column))
    read: Sequence[float | None] = [reader(str(word)) for word in distinct]
    table = np.array([np.nan if value is None else value for value in read], dtype=float)
    return np.asarray(table[codes], dtype=np.float64)


def _truth(word: str) -> float | None:
    folded = fold(word)
    return 1.0 if folded in YES else 0.0 if folded in NO else None


def _given(customers: pd.DataFrame, column: str, measure: Measure, values: Floats) -> Words:
    """Return the values as people read them, ``""`` where missing."""
    if measure is Measure.TEXT or pd.api.types.is_string_dtype(customers[column].dtype):
        return texts(customers, column).to_numpy(dtype=object)
    codes, distinct = pd.factorize(values)
    shown = np.array([*(_shown(value, measure) for value in distinct), ""], dtype=object)
    return np.asarray(shown[codes], dtype=object)


def _shown(value: float, measure: Measure) -> str:
    if measure is Measure.TRUTH:
        return "yes" if value else "no"
    day = as_date(value) if measure is Measure.DAY else None
    return day.isoformat() if day else f"{value:.15g}"
