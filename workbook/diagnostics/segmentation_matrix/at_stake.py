"""What the findings of page 2 weigh: better years of customers, falls by customer, a year of deals.

Money is in the engagement's currency, a year.  A customer's better year is the larger of its
turnovers of the last two windows: of who has stopped buying the last one tells too little.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.effect import Effect, share_of
from workbook.diagnostics.segmentation_matrix.deals_result import LeakStage
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus
from workbook.stats import wilson
from workbook.stats.data_table import DataTable


def better_years(customers: DataTable) -> "pd.Series[Any]":
    """Return by customer id its turnover in the better of the two windows, never below zero."""
    now, before = (customers[name].to_numpy() for name in ("amount", "amount_before"))
    # Of two windows the one that is known, where the data do not reach the other.
    better = np.maximum(np.fmax(now, before), 0.0)
    return pd.Series(better, index=pd.Index(customers["customer_id"]))


def brought(customers: DataTable, ids: Collection[str]) -> float:
    """Return what some customers brought in their better years."""
    known = better_years(customers)
    return fsum(known.loc[known.index.isin(list(ids))])


def stopped(customers: DataTable) -> tuple[str, ...]:
    """Return the customers that are silent or lost by their status, the largest first."""
    gone = (customers["status"] == LifecycleStatus.LOST).to_numpy()
    years = better_years(customers).loc[gone].sort_values(ascending=False, kind="stable")
    return tuple(years.index.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Whose falls make a fall of turnover."""

    half: tuple[str, ...]
    """The fewest customers that bought less by half of the fall together, largest first."""
    stopped: float
    """Fallen with customers that are silent or lost today, at most the whole fall."""


def fall(customers: DataTable, difference: float) -> Fall:
    """Return whose falls make a fall of turnover by ``difference``."""
    less = customers["amount_before"].fillna(0.0) - customers["amount"]
    order = less.sort_values(ascending=False, kind="stable")
    falls = order.loc[order > 0]
    n = int((falls.cumsum() < difference / 2).sum()) + 1
    ids = customers["customer_id"].loc[falls.index[:n]]
    gone = customers["status"] == LifecycleStatus.LOST
    lost = fsum(less.loc[gone & (less > 0)])
    return Fall(half=tuple(ids.tolist()), stopped=min(lost, difference))


def back(result: Result, money: float | None, params: Params) -> Effect | None:
    """Return what comes back of silent revenue, as silent customers came back one window ago."""
    window = result.lifecycle_window
    if window is None:
        return None
    found = wilson(window.returned, window.returned_of, confidence=params.confidence)
    return None if found is None else share_of(money, found.low, found.high)


def sold(result: Result, money: float | None) -> Effect | None:
    """Return what is sold of what is offered, as deals were won so far."""
    rate = result.win_rate
    return None if rate is None else share_of(money, rate.low, rate.high)


def less_lost(result: Result, at: LeakStage, money: float | None, params: Params) -> Effect | None:
    """Return what a stage loses less, were it no worse than the other stages together.

    Of a stage that loses the share p where the others lose q the part 1 - q/p is too much.
    """
    others = [row for row in result.funnel if row.stage != at.stage and row.left]
    worth = fsum(row.left if row.n_eff is None else row.n_eff for row in others)
    left = sum(row.left for row in others)
    if not worth or not at.left or not at.lost:
        return None
    share = sum(row.lost for row in others) / left
    found = wilson(min(share * worth, worth), worth, confidence=params.confidence)
    own = at.lost / at.left
    if found is None or found.low >= own:
        return None
    return share_of(money, 1 - found.high / own, 1 - found.low / own)
