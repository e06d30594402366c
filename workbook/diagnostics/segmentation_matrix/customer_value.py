"""Customers' value joined: classes, statuses and sales of this window and of the one compared."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import Abc, abc, sums
from workbook.diagnostics.customer_ledger.months import Span, back, span
from workbook.diagnostics.customer_ledger.purchases import Purchases, purchases
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.customer_ledger.states import Marks
from workbook.diagnostics.segmentation_matrix import lifecycle, xyz
from workbook.diagnostics.segmentation_matrix.department import Period
from workbook.diagnostics.segmentation_matrix.managers import manager_tables
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sale_kinds import SaleKinds, sale_kinds
from workbook.diagnostics.segmentation_matrix.xyz import DemandStability


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerValue:
    """What the sections on value are made of; by customer code."""

    ledger: Ledger
    bought: Purchases
    sale_kinds: SaleKinds
    now: Period
    """The window of ``Params.window_months``."""
    before: Period | None
    """None: the data do not reach the window before."""
    kpi: Period
    """The window of the KPI tables."""
    kpi_before: Period | None
    abc_before: Abc | None
    """Of the window before, where the data reach at least half of it."""
    amount: Ints
    """Sold in the window, exact units."""
    amount_before: Ints
    marks: Marks
    """Lifecycle statuses."""
    marks_before: Marks
    """On the day before that they are compared with; all unknown where the data do not reach."""
    marks_tiled: Marks
    """One lifecycle window earlier."""
    stability: DemandStability
    stability_before: DemandStability | None
    reached: bool
    """The data reach the beginning of the window."""

    @property
    def new(self) -> Bools:
        """New customers."""
        return np.asarray(self.marks == lifecycle.NEW)

    @property
    def lost(self) -> Bools:
        """Lost customers."""
        return np.asarray(self.marks == lifecycle.LOST)


def customer_value(ledger: Ledger, params: Params) -> CustomerValue:
    """Join the value of customers.

    Raises
    ------
    ValueError
        When sums over customers and managers do not agree.
    """
    bought, told = purchases(ledger), sale_kinds(ledger)
    ledger = ledger.without_documents()
    window, earlier = span(ledger.as_of, params.window_months), ledger.earlier(params.window_months)
    marks = lifecycle.statuses(ledger, bought, params)
    now, before = _periods(ledger, bought, told, params, months=params.window_months)
    kpi, kpi_before = _periods(ledger, bought, told, params, months=params.kpi_window_months)
    return CustomerValue(
        ledger=ledger,
        bought=bought,
        sale_kinds=told,
        now=now,
        before=before,
        kpi=kpi,
        kpi_before=kpi_before,
        abc_before=_abc(ledger, earlier, params) if half_reached(ledger, earlier) else None,
        amount=_amounts(ledger, window),
        amount_before=_amounts(ledger, earlier),
        marks=marks,
        marks_before=_marks_before(ledger, bought, params),
        marks_tiled=lifecycle.statuses(ledger, bought, params, ago=1),
        stability=_stability(ledger, params, new=marks == lifecycle.NEW),
        stability_before=_stability_before(ledger, bought, params),
        reached=ledger.reaches(window.first),
    )


def _marks_before(ledger: Ledger, bought: Purchases, params: Params) -> Marks:
    """Return the statuses that today's are compared with; where silence was unknown, none."""
    months = params.lifecycle_months
    day, skipped = ledger.then(months)
    if ledger.before is not None and not ledger.reaches(back(day, skipped + months)):
        return np.full(ledger.n, lifecycle.UNKNOWN, dtype=np.int8)
    return lifecycle.statuses(ledger, bought, params, day=day, months_ago=skipped)


def half_reached(ledger: Ledger, window: Span) -> bool:
    """Return whether the data hold at least half of a window."""
    middle = window.after + (window.last - window.after) / 2
    return ledger.first is not None and ledger.first <= middle + timedelta(days=1)


def _abc(ledger: Ledger, window: Span, params: Params) -> Abc | None:
    if params.abc_measure == "margin" and ledger.margin is None:
        return None
    return abc(ledger, window, params)


def _periods(
    ledger: Ledger, bought: Purchases, told: SaleKinds, params: Params, *, months: int
) -> tuple[Period, Period | None]:
    """Return the window of so many months and, where reached, the one it is compared with."""

    def period(window: Span, day: date, skipped: int) -> Period:
        marks, opening = (
            lifecycle.statuses(ledger, bought, params, day=day, months_ago=ago)
            for ago in (skipped, skipped + months)
        )
        ranked = Span(after=back(day, skipped + params.window_months), last=window.last)
        history = back(day, skipped + months + params.lifecycle_months)
        return Period(
            span=window,
            tables=manager_tables(ledger, told, window, marks=marks, opening=opening),
            marks=marks,
            abc=_abc(ledger, ranked, params),
            kinds_known=ledger.reaches(history + timedelta(days=1)),
        )

    now, earlier = period(span(ledger.as_of, months), ledger.as_of, 0), ledger.earlier(months)
    before = period(earlier, *ledger.then(months)) if ledger.reaches(earlier.first) else None
    return now, before


def _amounts(ledger: Ledger, window: Span) -> Ints:
    lines = ledger.within(window)
    amounts = sums(ledger.customer[lines], ledger.amount[lines], ledger.n)
    if int(amounts.sum()) != int(ledger.amount[lines].sum()):
        raise ValueError("customers do not add up to what was sold")
    return amounts


def _stability(ledger: Ledger, params: Params, *, new: Bools) -> DemandStability:
    table = xyz.buckets(ledger, params, bucket=params.xyz_bucket)
    return xyz.demand_stability(ledger, table, params, new=new)


def _stability_before(ledger: Ledger, bought: Purchases, params: Params) -> DemandStability | None:
    table = xyz.buckets(ledger, params, bucket=params.xyz_bucket, before=True)
    if table.n < params.xyz_min_buckets:
        return None
    day, skipped = ledger.then(params.xyz_window_months)
    marks = lifecycle.statuses(ledger, bought, params, day=day, months_ago=skipped)
    return xyz.demand_stability(ledger, table, params, new=marks == lifecycle.NEW)
