"""Falling silent: how long without a purchase makes a customer gone, and whether that fits."""

import numpy as np
import pandas as pd

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.criteria_result import SilenceWindow
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import ledger
from workbook.stats import Floats

DAYS_PER_MONTH = 365.25 / 12
_PAUSES = 2
"""A customer's usual pause is told from at least so many."""


def window_days(params: Params) -> float:
    """Return the longest silence of a customer who still buys, in days."""
    return params.silence_months * DAYS_PER_MONTH


def days_of(stamps: "pd.Series[pd.Timestamp]") -> "pd.Series[float]":
    """Return dates as days since 1970-01-01, NaN where missing."""
    return (stamps - pd.Timestamp(0)).dt.days.astype(float)


def last_day(inputs: Inputs) -> float:
    """Return the as-of date as a day number."""
    return float((pd.Timestamp(inputs.as_of) - pd.Timestamp(0)).days)


def purchase_days(sales: pd.DataFrame, inputs: Inputs) -> dict[str, Floats]:
    """Return each customer's days of purchase to the as-of date, in order, each day once."""
    rows = ledger(sales)
    rows = rows.loc[rows["purchase"] & (rows["date"] <= pd.Timestamp(inputs.as_of))]
    days = days_of(rows["date"])
    return {str(c): np.unique(d.to_numpy()) for c, d in days.groupby(rows["customer"])}


def held_against(bought: list[Floats], params: Params) -> SilenceWindow:
    """Hold the window against the usual pauses of these customers."""
    # A median of medians: one customer with many purchases has one say.
    pauses = [float(np.median(np.diff(days))) for days in bought if len(days) > _PAUSES]
    longer = sum(p > window_days(params) for p in pauses) / len(pauses) if pauses else None
    return SilenceWindow(
        months=params.silence_months,
        own_median_days=float(np.median(pauses)) if pauses else None,
        share_longer=longer,
        fits=None if longer is None else longer <= params.window_tolerance,
    )
