"""What if customers had a scale of discounts: who gets which step, its cost, what pays for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from workbook.stats.data_table import DataTable, number, text

SCALED = (
    text("customer_id", "A customer that reaches a step."),
    text("name", "Its name; its id where no table has one."),
    number("turnover", "Net invoices of the 12 months to the as-of date.", unit="money"),
    number("discount", "Of its step.", unit="0-1"),
    number("cost", "discount x turnover.", unit="money"),
)
"""Columns of the customers that reach a step, largest turnover first."""


class MarginFrom(StrEnum):
    """Where the margin comes from."""

    GIVEN = "given"
    """The consultant states it."""
    SALES = "sales"
    """Lines of the sales of these months that tell their margin."""
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the scale."""

    turnover_from: float
    """Annual turnover from which it holds, up to the next step."""
    discount: float
    """0-1, of the whole turnover."""
    customers: int
    turnover: float
    cost: float
    """discount x turnover: the sum over its customers."""
    extra: float | None
    """More turnover, sold at the discount, whose margin is the cost; None: no margin is known, or
    the discount never pays."""
    extra_share: float | None
    """extra / turnover; None also of a step that nobody reaches."""
    never_pays: bool
    """The discount takes the whole margin or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountScale:
    """A scale on the net invoices of 12 months."""

    steps: tuple[Step, ...]
    n: int
    """Customers that reach a step."""
    of_customers: int
    """Customers with net invoices above 0."""
    turnover: float
    """Of the ``n`` customers."""
    of_turnover: float
    """All net invoices."""
    cost: float
    """The sum over the customers, and over the steps."""
    extra: float | None
    """The sum over the steps that cost something; None where one has none."""
    never_pays: bool
    """A step that costs something takes the whole margin or more."""
    margin: float | None
    """Share of turnover, before any discount."""
    margin_from: MarginFrom
    margin_known: float | None
    """Part of the turnover whose lines tell a margin, where it comes from these."""
    customers: DataTable
    """:data:`SCALED`."""


def extra_turnover(cost: float, *, margin: float | None, discount: float) -> float | None:
    """Return the turnover whose margin, less the discount, is the cost.

    None where no margin is known, and where the discount takes all of it: that never pays.

    Examples
    --------
    A discount of 5 % on 2 million takes 100,000; of every further 100 sold, 25 - 5 are left:

    >>> extra_turnover(100_000, margin=0.25, discount=0.05)
    500000.0
    >>> extra_turnover(100_000, margin=0.05, discount=0.05) is None
    True
    """
    if discount == 0:
        return 0.0
    if margin is None or margin <= discount:
        return None
    return cost / (margin - discount)


def discount_scale(
    year: DataTable, steps: Sequence[tuple[float, float]], *, margin: float | None = None
) -> DiscountScale:
    """Return what a scale would have cost on last year's invoices.

    Parameters
    ----------
    year
        :data:`~workbook.diagnostics.what_if.last_year.LAST_YEAR`.
    steps
        Annual turnover from which each step holds, rising, and its share of discount 0-1.
    margin
        Share of turnover 0-1; None: as the lines of the year tell it.
    """
    rows = year.frame
    turnover = rows["turnover"].to_numpy(dtype=float)
    # The last step whose turnover is reached; -1 below the first.  Who bought nothing reaches none.
    place = np.searchsorted([at for at, _ in steps], turnover, side="right") - 1
    place = np.where(turnover > 0, place, -1)
    reached = place >= 0
    discount = np.array([share for _, share in steps], dtype=float)[place[reached]]
    customers = pd.DataFrame(
        {
            "customer_id": rows.loc[reached, "customer_id"],
            "name": rows.loc[reached, "name"],
            "turnover": turnover[reached],
            "discount": discount,
            "cost": turnover[reached] * discount,
        }
    )
    told, source, known = _margin(rows, margin)
    each = tuple(
        _step(at, share, customers.loc[place[reached] == i], told)
        for i, (at, share) in enumerate(steps)
    )
    dear = [step for step in each if step.cost > 0]
    paid = [step.extra for step in dear if step.extra is not None]
    whole = len(paid) == len(dear)
    return DiscountScale(
        steps=each,
        n=int(reached.sum()),
        of_customers=int((turnover > 0).sum()),
        turnover=math.fsum(turnover[reached]),
        of_turnover=math.fsum(turnover),
        cost=math.fsum(customers["cost"]),
        extra=math.fsum(paid) if whole else None,
        never_pays=any(step.never_pays for step in dear),
        margin=told,
        margin_from=source,
        margin_known=known,
        customers=DataTable(SCALED, customers),
    )


def _step(at: float, share: float, customers: pd.DataFrame, margin: float | None) -> Step:
    cost, turnover = math.fsum(customers["cost"]), math.fsum(customers["turnover"])
    extra = extra_turnover(cost, margin=margin, discount=share)
    return Step(
        turnover_from=at,
        discount=share,
        customers=len(customers),
        turnover=turnover,
        cost=cost,
        extra=extra,
        extra_share=extra / turnover if extra is not None and turnover > 0 else None,
        never_pays=margin is not None and extra is None,
    )


def _margin(
    rows: pd.DataFrame, given: float | None
) -> tuple[float | None, MarginFrom, float | None]:
    """Return the margin, where it comes from and for which part of the turnover it is known."""
    if given is not None:
        return given, MarginFrom.GIVEN, None
    margin, priced = math.fsum(rows["margin"]), math.fsum(rows["margin_turnover"])
    total = math.fsum(rows["turnover"])
    # More margin than turnover is no margin: the column holds something else.
    if priced <= 0 or margin > priced:
        return None, MarginFrom.NOWHERE, None
    return margin / priced, MarginFrom.SALES, min(priced / total, 1.0) if total > 0 else None
