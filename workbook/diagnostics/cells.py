"""Columns of a checked table as plain series: optional ones may be absent, cells blank."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.stats import Floats

_EPOCH = date(1970, 1, 1)


def texts(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return a text column, stripped, ``""`` where blank or where the column is absent."""
    if column not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    # Word by word, not row by row: names repeat a thousandfold in a long table.
    codes, words = pd.factorize(np.asarray(frame[column].astype("str"), dtype=object))
    plain = np.array([*map(str.strip, words.tolist()), ""], dtype=object)
    return pd.Series(plain[codes], index=frame.index, dtype="str")


def has(frame: pd.DataFrame | None, column: str) -> bool:
    """Return whether the column is there with at least one filled cell."""
    return frame is not None and column in frame and any(_stripped(frame[column]))


def filled(frame: pd.DataFrame, column: str) -> npt.NDArray[np.bool_]:
    """Return which cells of a text column are filled; none where the column is absent."""
    if column not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.fromiter(map(bool, _stripped(frame[column])), dtype=bool, count=len(frame))


def _stripped(cells: "pd.Series[Any]") -> Iterator[str]:
    words = cells.astype("str").fillna("").to_numpy(dtype=object)
    return map(str.strip, words)


def numbers(frame: pd.DataFrame, column: str) -> Floats:
    """Return a numeric column of any dtype, NaN where blank or absent."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return pd.to_numeric(frame[column]).to_numpy(dtype=float, na_value=np.nan)


def dates(frame: pd.DataFrame, column: str) -> "pd.Series[pd.Timestamp]":
    """Return a date column, NaT where blank or absent."""
    if column not in frame:
        return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return pd.to_datetime(frame[column])


def first_date(frame: pd.DataFrame, column: str = "date") -> date | None:
    """Return the earliest date of the column; None when none is known."""
    known = dates(frame, column).dropna()
    return None if known.empty else known.min().date()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key under which ``wave 9`` comes before ``wave 10``."""
    parts = re.findall(r"\d+|\D+", text.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def days(frame: pd.DataFrame, column: str) -> Floats:
    """Return a date column as days since 1970-01-01, NaN where blank or absent."""
    return day_numbers(dates(frame, column))


def day_numbers(stamps: "pd.Series[pd.Timestamp]") -> Floats:
    """Return dates as days since 1970-01-01, NaN where missing."""
    whole = stamps.to_numpy(dtype="datetime64[D]").astype(np.int64).astype(float)
    return np.asarray(np.where(stamps.isna().to_numpy(), np.nan, whole), dtype=np.float64)


def day_number(day: date) -> int:
    """Return a date as days since 1970-01-01."""
    return (day - _EPOCH).days


def as_date(day: float | None) -> date | None:
    """Return the date of a day number; None of nothing."""
    return None if day is None or np.isnan(day) else _EPOCH + timedelta(days=int(day))


def truths(frame: pd.DataFrame, column: str) -> Floats:
    """Return a yes-no column as 1 and 0, NaN where blank or absent."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    given = frame[column].astype("boolean")
    return np.asarray(given.to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
