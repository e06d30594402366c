"""The margin beside the amount of the same sale: money of the same unit, or something else."""

import re
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.money_units import grouped
from workbook.intake.problems import error, listed
from workbook.intake.table import InputTable

Floats: TypeAlias = npt.NDArray[np.float64]
_ENOUGH = 3
_SEVERAL = 10
"""Sales from which on percentages without a sign are told by how they vary."""
_LEAST, _MOST = 0.001, 20.0
"""Shares of the amount that no margin has: below a thousandth, above twenty times."""
_HUNDRED = 100.0
_TIED = 0.5
"""Percentages vary less than half as much as they do when divided by the amounts."""


def margin_problems(sales: InputTable) -> list[Problem]:
    """Return an error where margins are percentages, or of another unit than the amounts.

    A declared unit says that they are money of this unit, however low they are.
    """
    if "margin" not in sales.frame:
        return []
    pairs = sales.frame[["amount", "margin"]].dropna()
    pairs = pairs.loc[(pairs["amount"] != 0) & (pairs["margin"] != 0)].abs()
    if len(pairs) < _ENOUGH:
        return []
    amounts, margins = pairs["amount"].to_numpy(), pairs["margin"].to_numpy()
    share = float(np.median(margins / amounts))
    declared = bool(sales.frame.attrs.get("unit"))
    if not declared and _are_percentages(amounts, margins):
        return [_percentages(sales, pairs)]
    if share > _MOST or (share < _LEAST and not declared):
        return [_apart(sales, pairs, too_low=share < _LEAST)]
    return []


def _are_percentages(amounts: Floats, margins: Floats) -> bool:
    """Return whether margins are per cent of amounts: they do not grow with them."""
    if margins.max() <= 1 and np.median(amounts) >= _HUNDRED:
        return True
    if len(margins) < _SEVERAL or margins.max() > _HUNDRED:
        return False
    if np.median(margins / amounts) > _HUNDRED**-1 * _TIED:
        return False
    spread, divided = np.std(np.log(margins)), np.std(np.log(margins / amounts))
    return bool(spread < _TIED * divided)


def _percentages(sales: InputTable, pairs: pd.DataFrame) -> Problem:
    values = [f"{value:g}" for value in pairs["margin"].unique()[:_ENOUGH]]
    return error(
        "margin_in_percent",
        _place(sales, pairs),
        count=len(pairs),
        examples=listed(values),
        amount=grouped(pairs["amount"].median()),
        heading=_heading(sales),
    )


def _apart(sales: InputTable, pairs: pd.DataFrame, *, too_low: bool) -> Problem:
    columns = sales.columns["margin"], sales.columns["amount"]
    smaller, larger = columns if too_low else reversed(columns)
    first = pairs.iloc[0]
    return error(
        "margin_too_low" if too_low else "margin_too_high",
        _place(sales, pairs),
        f"{first['margin']:g}",
        amount=f"{first['amount']:g}",
        smaller=smaller,
        larger=larger,
    )


def _heading(sales: InputTable) -> str:
    """Return the heading of the margin without the letter of its column."""
    name = sales.columns["margin"]
    lettered = re.fullmatch(r"[A-Z]+ \((.*)\)", name) if sales.sheet else None
    return lettered[1] if lettered else name


def _place(sales: InputTable, pairs: pd.DataFrame) -> Location:
    return Location(
        file=sales.file,
        sheet=sales.sheet,
        row=int(pairs.index[0]),
        column=sales.columns["margin"],
    )
