"""Columns of a checked table as plain series: optional ones may be absent, cells blank."""

import re
from datetime import date

import numpy as np
import pandas as pd

from workbook.stats import Floats


def texts(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return a text column, stripped, ``""`` where blank or where the column is absent."""
    if column not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    return frame[column].astype("str").fillna("").str.strip()


def has(frame: pd.DataFrame | None, column: str) -> bool:
    """Tell whether the column is there with at least one filled cell."""
    return frame is not None and column in frame and bool((texts(frame, column) != "").any())


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
