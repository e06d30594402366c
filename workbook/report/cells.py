"""What a cell of a table may hold, and the number formats of columns on the page and in Excel."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

MONEY = {"money": False, "money_full": True}
"""Formats of amounts, and whether they are told in full."""
_EXCEL = {
    "count": "#,##0",
    "dec1": "#,##0.0",
    "dec2": "#,##0.00",
    "dec3": "#,##0.000",
    "points": "+0.0;-0.0;0.0",
    "size1": "#,##0.0",
    "signed2": "+0.00;-0.00;0.00",
    "signed_count": "+#,##0;-#,##0;0",
    "pct": "0%",
    "pct1": "0.0%",
    "pct_points": "+0.0%;-0.0%;0.0%",
    "p": "0.000",
    "p_is": "0.000",
    "money": "#,##0",
    "money_full": "#,##0",
    "day": "yyyy-mm-dd",
    "day_short": "yyyy-mm-dd",
    "day_month": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval: one text on the page, two columns of numbers in the XLSX."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Written:
    """A figure in a column whose rows differ in their number formats."""

    value: float | None
    fmt: str = ""
    text: str = ""
    """What the page says instead, where that is more than the figure."""


Value: TypeAlias = str | float | int | bool | date | Interval | Written | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a column is written, where the name of a number format does not tell it all."""

    fmt: str = ""
    interval: bool = False
    spare: int = 0


def interval(fmt: str, spare: int = 0) -> Look:
    """Return the look of a column of :class:`Interval` cells, its limits in the format ``fmt``."""
    return Look(fmt=fmt, interval=True, spare=spare)


def spare(fmt: str = "", order: int = 1) -> Look:
    """Return the look of a column that the page can do without: the highest order goes first."""
    return Look(fmt=fmt, spare=order)


def excel_format(fmt: str) -> str:
    """Return the number format of Excel for one of ours; empty for text.

    >>> excel_format("pct"), excel_format("")
    ('0%', '')
    """
    return _EXCEL.get(fmt, "")


def raw(value: Value) -> Any:
    """Return a value as the XLSX is given it: JSON; a figure carries its own format.

    >>> raw(Written(0.25, "pct"))
    {'value': 0.25, 'format': '0%'}
    """
    if isinstance(value, Written):
        if value.value is None:
            return value.text or None
        return {"value": value.value, "format": excel_format(value.fmt)}
    return value.isoformat() if isinstance(value, date) else value
