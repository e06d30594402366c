"""XYZ classes: how steadily customers buy, measured over complete months or quarters."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.abc_classes import Marks
from workbook.diagnostics.customer_ledger.months import Span, back
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.names import choices_at, texts_at
from workbook.diagnostics.segmentation_matrix.cv import classes, coefficients, intervals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    XYZ_CUSTOMERS,
    Demand,
    XyzCounts,
)
from workbook.stats import Floats
from workbook.stats.data_table import DataTable

CLASSES = "XYZ"
MONTHS = {"month": 1, "quarter": 3}
ADI, CV2 = 1.32, 0.49
"""Bounds of Syntetos and Boylan (2005): buckets per bucket with demand, CV squared of demand."""
DEMANDS = (Demand.SMOOTH, Demand.INTERMITTENT, Demand.ERRATIC, Demand.LUMPY)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Buckets:
    """Sums of equal, complete stretches of time; blank ones are 0."""

    span: Span
    size: int
    """Months of a bucket."""
    sums: Ints
    """Shape (customers, buckets), exact units."""
    present: Bools
    """Customers with a line in them."""
    first: Ints
    """By customer: the bucket of its first purchase ever, 0 when it came before."""

    @property
    def n(self) -> int:
        """Number of buckets."""
        return int(self.sums.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DemandStability:
    """Coefficients of variation and classes by customer."""

    buckets: Buckets
    n: Ints
    """Buckets measured."""
    cv: Floats
    """NaN where there is none."""
    marks: Marks
    """Place in ``CLASSES``, -1 without a class."""


def buckets(ledger: Ledger, params: Params, *, bucket: str, before: bool = False) -> Buckets:
    """Return the sums of the window's complete buckets that the data cover.

    Months and quarters alike are counted back from the as-of date, or from the last end of a month
    before it: inside a calendar quarter a year still has four complete ones.  As many as fit into
    ``Params.xyz_window_months`` are taken, none that begins before the data.  ``before``
    takes as many to the last day of the period before, else those right before these.
    """
    size = MONTHS[bucket]
    wanted = params.xyz_window_months // size
    day, skipped = ledger.then(wanted * size) if before else (ledger.as_of, 0)
    last = _last_month_end(day)
    ends = [back(last, skipped + size * k) for k in reversed(range(wanted + 1))]
    earliest = ledger.first or ledger.as_of
    while len(ends) > 1 and ends[0] + timedelta(days=1) < earliest:
        del ends[0]
    window, n = Span(after=ends[0], last=ends[-1]), len(ends) - 1
    # The left side: the last day of a bucket belongs to it.
    place = np.searchsorted(np.array(ends, dtype="datetime64[D]"), ledger.day, side="left") - 1
    inside = ledger.within(window)
    keys = ledger.customer[inside] * n + place[inside]
    table = np.zeros(ledger.n * n, dtype=np.int64)
    np.add.at(table, keys, ledger.amount[inside])
    first = np.full(ledger.n, n, dtype=np.int64)
    bought = ledger.is_purchase
    np.minimum.at(first, ledger.customer[bought], place[bought])
    return Buckets(
        span=window,
        size=size,
        sums=table.reshape(ledger.n, n),
        present=np.bincount(ledger.customer[inside], minlength=ledger.n) > 0,
        first=np.clip(first, 0, n),
    )


def _last_month_end(day: date) -> date:
    """Return the end of the last complete month at a day."""
    return (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)


def demand_stability(
    ledger: Ledger, table: Buckets, params: Params, *, new: Bools
) -> DemandStability:
    """Return coefficients of variation and classes at the bounds of ``params``.

    Measured are customers with a line in the window, from their first bucket on
    (``since_first``) or over all buckets (``full``).  No class: too few buckets, a mean of 0 or
    less, and, counted from the first bucket, a new customer.
    """
    full = params.xyz_from == "full"
    begin = np.zeros(ledger.n, dtype=np.int64) if full else table.first
    n = np.where(table.present, table.n - begin, 0)
    cv = coefficients(table.sums, begin, params.xyz_deviation)
    nobody = np.full(ledger.n, -1, dtype=np.int8)
    found = DemandStability(buckets=table, n=n, cv=cv, marks=nobody)
    return at_bounds(found, params, new=new, bounds=params.xyz_bounds)


def at_bounds(
    found: DemandStability, params: Params, *, new: Bools, bounds: tuple[float, float]
) -> DemandStability:
    """Return the same coefficients with the classes at some bounds (per cent)."""
    told = found.buckets.present & (found.n >= params.xyz_min_buckets) & ~np.isnan(found.cv)
    if params.xyz_from != "full":
        told &= ~new
    marks = np.where(told, classes(found.cv, bounds), -1).astype(np.int8)
    return replace(found, marks=marks)


def demand(table: Buckets, found: DemandStability) -> Marks:
    """Return the demand pattern (place in ``DEMANDS``) of classed customers, -1 of others."""
    sums = table.sums.astype(float)
    active = sums > 0
    times = active.sum(axis=1)
    safe = np.maximum(times, 1)
    mean = np.where(active, sums, 0.0).sum(axis=1) / safe
    spread = (np.where(active, sums - mean[:, None], 0.0) ** 2).sum(axis=1) / safe
    rare = found.n / safe >= ADI
    uneven = spread / np.where(mean > 0, mean, 1.0) ** 2 >= CV2
    pattern = rare.astype(np.int8) + 2 * uneven.astype(np.int8)
    return np.where((found.marks >= 0) & (times > 0), pattern, -1).astype(np.int8)


def counts(found: DemandStability) -> XyzCounts:
    """Return customers with a line in the window by class."""
    marks = found.marks
    x, y, z = np.bincount(marks[marks >= 0], minlength=3).tolist()
    none = int((found.buckets.present & (marks < 0)).sum())
    return XyzCounts(X=x, Y=y, Z=z, none=none)


def customers(ledger: Ledger, found: DemandStability, params: Params, *, lost: Bools) -> DataTable:
    """Return the customers with a line in the window, in the order of the ledger."""
    table = found.buckets
    who = np.flatnonzero(table.present)
    marks = found.marks[who]
    low, high = intervals(found.cv[who], found.n[who], params)
    crosses = (marks >= 0) & (classes(low, params.xyz_bounds) != classes(high, params.xyz_bounds))
    columns = {
        "customer_id": texts_at(ledger.customers, who),
        "n": found.n[who],
        "cv": found.cv[who],
        "ci_low": low,
        "ci_high": high,
        "class_": choices_at(CLASSES, marks),
        "past": lost[who],
        "crosses": crosses,
        "demand": choices_at(DEMANDS, demand(table, found)[who]),
    }
    return DataTable(XYZ_CUSTOMERS, pd.DataFrame(columns))
