"""Columns in which every cell is plain: read all at once, for nothing in them is to be judged.

Plain are numbers with a decimal sign and at most two decimals, days of ISO, identifiers and texts
that say something.  One cell that is not, and the column is read by
:mod:`workbook.intake.cells.typed_column` cell by cell; both give the same values.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.intake.cells.cell_kinds import BLANK, BLANKS, DAY, NUMBER, TEXT
from workbook.intake.cells.judged_cells import JudgedCells
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.missing_words import says_nothing
from workbook.intake.raw_table import RawTable
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.text_column import TextColumn, as_texts

LONGEST = 32_767
"""Characters of a cell."""
_NUMBERS = {
    sign: re.compile(rf"(?:-?[0-9]{{1,14}}(?:{re.escape(sign)}[0-9]{{1,2}})?\n)*") for sign in ".,"
}
_DAYS = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?\n)*")
_ISO = len("2025-12-31")
_FIRST, _LAST = np.datetime64("1900-03-01"), np.datetime64("2100-12-31")
_MOST = 1e15
_LETTERS = (ColumnType.TEXT, ColumnType.ID)
_FIGURES = (ColumnType.NUMBER, ColumnType.INTEGER)
_READ = (*_LETTERS, *_FIGURES, ColumnType.DATE)


def plain_values(
    raw: RawTable,
    index: int,
    column: ColumnSchema,
    conventions: Conventions,
    *,
    judged: JudgedCells | None = None,
) -> Any:
    """Return an array of the column's dtype, or None where a cell needs to be looked at.

    ``judged`` are the cells of the column in all files of the table; None: this file has them all.
     Blank cells are missing, where the column may have such.
    """
    if column.kind not in _READ or column.scores or (column.default and column.kind in _LETTERS):
        return None
    kind = _kind_of(raw, index)
    if kind is None:
        return None
    cells = raw.cells[index]
    texts = [text.strip(BLANKS) for text in cells.distinct.tolist()]
    filled = [text for text in texts if text]
    if len(filled) < len(texts) and (column.default or not column.blank):
        return None
    if judged is not None and not judged.kinds <= {kind, BLANK}:
        return None
    if _has_words(column, filled, conventions, judged):
        return None
    read = _read(filled, column, kind, conventions, judged)
    if read is None or (column.kind is ColumnType.NUMBER and _has_currency(raw, index)):
        return None
    return _with_blanks(read, texts).take(cells.codes)


def plain_names(raw: RawTable, index: int, column: ColumnSchema) -> TextColumn | None:
    """Return a column of plain texts by its distinct values; None where two texts have one value.

    None too of a column that has blank cells or no texts.
    """
    if column.kind not in _LETTERS:
        return None
    cells = raw.cells[index]
    texts = [text.strip(BLANKS) for text in cells.distinct.tolist()]
    if not all(texts) or len(set(texts)) < len(texts):
        return None
    return TextColumn(cells.codes, as_texts(texts))


def _with_blanks(read: Any, texts: Sequence[str]) -> Any:
    """Return the values of all texts from those of the filled ones."""
    filled = np.array([bool(text) for text in texts], dtype=bool)
    if filled.all():
        return read
    at = np.where(filled, np.cumsum(filled) - 1, -1)
    if isinstance(read, np.ndarray):
        missing = np.array([None if read.dtype.kind == "M" else np.nan], dtype=read.dtype)
        return np.concatenate([read, missing])[at]
    return read.take(at, allow_fill=True)


def _kind_of(raw: RawTable, index: int) -> str | None:
    """Return the one kind of all cells but blank ones; None where there are several."""
    if raw.kinds is None:
        return TEXT
    counts = np.bincount(raw.kinds[index].view(np.uint8), minlength=128)
    counts[ord(BLANK)] = 0
    kinds = np.flatnonzero(counts)
    return chr(kinds[0]) if len(kinds) == 1 else None


def _has_words(
    column: ColumnSchema, texts: Sequence[str], conventions: Conventions, judged: JudgedCells | None
) -> bool:
    """Return whether a cell says that nothing is known."""
    if column.kind not in _LETTERS:
        return any(any(map(str.isdigit, word)) for word in conventions.missing)
    if judged is None:
        return says_nothing(column, texts, conventions.missing)
    return judged.once("words", lambda: says_nothing(column, judged.texts, conventions.missing))


def _has_currency(raw: RawTable, index: int) -> bool:
    """Return whether number formats of a workbook show a currency in a column."""
    return bool(raw.columns and raw.currencies.get(raw.columns[index]))


def _read(
    texts: Sequence[str],
    column: ColumnSchema,
    kind: str,
    conventions: Conventions,
    judged: JudgedCells | None,
) -> Any:
    if column.kind in _LETTERS:
        return _letters(texts, column, kind)
    if column.kind is ColumnType.DATE:
        return _days(texts, kind, conventions)
    if judged is None:
        sign = _sign(texts, kind, conventions)
    else:
        sign = judged.once("sign", lambda: _sign(judged.texts, kind, conventions))
    numbers = _numbers(texts, sign) if sign else None
    if numbers is None or not _in_range(numbers, column):
        return None
    if column.kind is ColumnType.NUMBER:
        return numbers
    whole_numbers = numbers.astype(np.int64)
    return None if (whole_numbers != numbers).any() else pd.array(whole_numbers, dtype="Int64")


def _letters(texts: Sequence[str], column: ColumnSchema, kind: str) -> Any:
    """Return texts as they are; None where one is too long, or was rounded or changed by Excel."""
    if kind not in (TEXT, NUMBER) or max(map(len, texts), default=0) > LONGEST:
        return None
    if column.kind is ColumnType.ID:
        if kind == NUMBER and any(abs(float(text)) >= _MOST for text in texts):
            return None
        joined = "\n".join(texts)
        if "E+" in joined or "e+" in joined or not unicodedata.is_normalized("NFC", joined):
            return None
    return pd.array(list(texts), dtype="str")


def _days(
    texts: Sequence[str], kind: str, conventions: Conventions
) -> "npt.NDArray[np.datetime64] | None":
    if kind not in (TEXT, DAY) or conventions.date_formats or not _all(_DAYS, texts):
        return None
    try:
        days = np.array([text[:_ISO] for text in texts], dtype="datetime64[D]")
    except ValueError:  # no such day
        return None
    if len(days) and not (days.min() >= _FIRST and days.max() <= _LAST):
        return None
    return days.astype("datetime64[ns]")


def _sign(texts: Sequence[str], kind: str, conventions: Conventions) -> str:
    """Return the decimal sign of a column of plain numbers; empty where they are not plain."""
    if kind == NUMBER:
        return "."
    if kind != TEXT:
        return ""
    signs = [conventions.decimal] if conventions.decimal_declared else list(_NUMBERS)
    return next((sign for sign in signs if _all(_NUMBERS[sign], texts)), "")


def _numbers(texts: Sequence[str], sign: str) -> npt.NDArray[np.float64] | None:
    """Return numbers of one decimal sign; None where one is too large."""
    numbers = np.array([float(text.replace(sign, ".")) for text in texts], dtype=np.float64)
    if len(numbers) and not np.abs(numbers).max() <= _MOST:
        return None
    return numbers + 0.0  # no negative zero


def _all(pattern: "re.Pattern[str]", texts: Sequence[str]) -> bool:
    """Return whether every text is as one line of a pattern of lines."""
    joined = "".join([f"{text}\n" for text in texts])
    return pattern.fullmatch(joined) is not None and joined.count("\n") == len(texts)


def _in_range(numbers: npt.NDArray[np.float64], column: ColumnSchema) -> bool:
    if not len(numbers):
        return True
    low = column.low is None or numbers.min() >= column.low
    return bool(low and (column.high is None or column.low is None or numbers.max() <= column.high))
