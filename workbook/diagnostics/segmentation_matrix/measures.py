"""The figures that are compared from period to period.

Customers, sales and registers are counted whole, so that no test stands behind most of them; the
parts of deals won and of control points missed are samples of what this company does, drawn by
customers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, ledger_of
from workbook.diagnostics.names import Words, normalised_name
from workbook.diagnostics.periods.measure import Measure, Sample, Unit
from workbook.diagnostics.periods.period import Period
from workbook.diagnostics.segmentation_matrix.control_points import points
from workbook.diagnostics.segmentation_matrix.deals import OPEN, WON, Deals, deals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.range_claims import half_of_turnover
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.stats.clustered_share import clustered_share

Matrix = Period[Params, Result, None]
_count = partial(Measure, unit=Unit.COUNT)
_money = partial(Measure, unit=Unit.MONEY)
_share = partial(Measure, unit=Unit.SHARE)
GOOD, BAD = 1, -1
"""What a rise of a figure is."""


def measures(period: Matrix) -> Iterable[Measure]:
    """Return the figures of a period, those that say most first."""
    result, params = _result(period), period.params
    events = deals(period.inputs, params)
    return (
        *_turnover(result),
        *_customers(result),
        *_deals(events, period),
        *_points(period),
        *_range(result),
        *_contribution(result),
        *_classes(result),
        *_statuses(result),
        *_kinds(result),
        *_products(result, period),
        *_managers(result),
    )


def _result(period: Matrix) -> Result:
    """Return the result; of an earlier period without the intervals, which take its time."""
    if period.known is None:
        period.known = period.compute(
            period.inputs, replace(period.params, bootstrap=1), period.sources
        )
    return period.known


def _turnover(result: Result) -> Iterator[Measure]:
    total, basis = result.turnover, result.abc_basis
    if total is None:
        return
    yield _money(name="turnover", value=total.total, rising=GOOD, headline=True)
    if basis is None:
        return
    yield _count(name="buyers", value=float(basis.buyers), rising=GOOD)
    if basis.buyers:
        yield _money(name="average_customer", value=total.total / basis.buyers, rising=GOOD)


def _customers(result: Result) -> Iterator[Measure]:
    counts, states, basis = result.lifecycle_counts, result.customer_states, result.lifecycle_basis
    if counts is None or states is None or basis is None or not basis.silence_possible:
        return
    yield _count(name="customers_active", value=float(states.active), rising=GOOD, headline=True)
    yield _count(name="customers_lost", value=float(counts.lost), rising=BAD, headline=True)
    if result.lifecycle_window is not None:
        yield _count(
            name="customers_silent", value=float(result.lifecycle_window.silent), rising=BAD
        )
    if basis.identifiable:
        yield _count(name="customers_new", value=float(counts.new), rising=GOOD)


def _statuses(result: Result) -> Iterator[Measure]:
    counts, basis = result.lifecycle_counts, result.lifecycle_basis
    if counts is None or basis is None or not basis.silence_possible:
        return
    if basis.identifiable:
        yield _count(name="customers_renewed", value=float(counts.renewed), rising=GOOD)
        yield _count(name="customers_regular", value=float(counts.regular), rising=GOOD)
    yield _count(name="customers_potential", value=float(counts.potential))


def _classes(result: Result) -> Iterator[Measure]:
    half = half_of_turnover(result)
    if half is not None:
        yield _count(name="half_of_turnover", value=float(half))
    counts, basis, steady = result.abc_counts, result.abc_basis, result.xyz_counts
    if counts is not None and basis is not None:
        amounts = {"A": basis.a_amount, "B": basis.b_amount, "C": basis.c_amount}
        for name in amounts:
            yield _count(name="abc_customers", label=name, value=float(getattr(counts, name)))
        if basis.base > 0:
            for name, amount in amounts.items():
                yield _share(name="abc_share", label=name, value=amount / basis.base)
    if steady is not None and steady.X + steady.Y + steady.Z:
        for name in "XYZ":
            yield _count(name="xyz_customers", label=name, value=float(getattr(steady, name)))


def _range(result: Result) -> Iterator[Measure]:
    parts = result.white_space_parts
    if parts is not None:
        if parts.open.value is not None:
            yield _money(name="white_space_value", value=parts.open.value, headline=True)
        yield _count(name="white_space_customers", value=float(parts.open.customers))
    if result.maturity_n:
        yield _share(
            name="mean_maturity", value=result.mean_maturity, n=result.maturity_n, rising=GOOD
        )
    if result.products_per_customer is not None:
        yield Measure(
            name="products_per_customer",
            value=result.products_per_customer,
            unit=Unit.RATIO,
            rising=GOOD,
        )
    used = int((result.customers["used"].fillna(0) > 0).sum()) if len(result.customers) else 0
    if used:
        one = len(result.single_product)
        yield _share(name="single_product", value=one / used, n=used, rising=BAD)


def _kinds(result: Result) -> Iterator[Measure]:
    total, basis = result.turnover, result.turnover_basis
    if total is None or basis is None or not basis.kinds_known:
        return
    yield _money(name="first_sales", value=total.primary_sum, rising=GOOD)
    yield _money(name="repeat_sales", value=total.repeat_sum, rising=GOOD)
    yield _money(name="new_directions", value=total.new_direction_sum, rising=GOOD)


def _managers(result: Result) -> Iterator[Measure]:
    """Return the sales of each manager and their kinds, where any name one."""
    basis = result.turnover_basis
    for row in result.turnover_managers:
        if row.manager is None:
            continue
        yield _money(name="manager_turnover", label=row.manager, value=row.total, rising=GOOD)
        if basis is None or not basis.kinds_known:
            continue
        kinds = {
            "manager_first_sales": row.primary_sum,
            "manager_repeat_sales": row.repeat_sum,
            "manager_new_directions": row.new_direction_sum,
        }
        for name, value in kinds.items():
            yield _money(name=name, label=row.manager, value=value, rising=GOOD)


def _products(result: Result, period: Matrix) -> Iterator[Measure]:
    """Return what was sold of each product; nothing of one that was sold earlier only."""
    sold = {p.product: p.amount for p in result.products if p.product is not None}
    if not sold:
        return
    known = ledger_of(period.inputs, with_documents=False).products
    for name in (*sold, *(product for product in known if product not in sold)):
        yield _money(
            name="product_turnover",
            label=name,
            key=normalised_name(name),
            value=sold.get(name, 0.0),
            rising=GOOD,
        )


def _contribution(result: Result) -> Iterator[Measure]:
    found = result.contribution
    if found is None:
        return
    yield _money(name="contribution", value=found.total.contribution, rising=GOOD)
    yield _count(name="negative_contribution", value=float(found.total.negative), rising=BAD)


def _deals(events: Deals | None, period: Matrix) -> Iterator[Measure]:
    """Return the deals that were closed in the window, and the stock of open ones."""
    if events is None:
        return
    last = np.flatnonzero(events.last)
    status, day = events.status[last], events.day[last]
    closed = (status != OPEN) & _inside(day, period.inputs.window)
    won, whose = status[closed] == WON, _owners(events.customer[last][closed])
    yield _count(name="deals_closed", value=float(closed.sum()))
    if closed.any():
        yield _part("win_rate", won, whose, period.params, rising=GOOD)
    stock = status == OPEN
    yield _count(name="offers_open", value=float(stock.sum()))
    worth = events.worth[stock]
    if not np.isnan(worth).all():
        yield _money(name="offers_open_amount", value=float(np.nansum(worth)))
    today = np.datetime64(period.inputs.as_of, "D")
    overdue = stock & (events.due[last] < today)
    yield _count(name="offers_overdue", value=float(overdue.sum()), rising=BAD)


def _points(period: Matrix) -> Iterator[Measure]:
    """Return the stock of overdue control points, and the part missed of those of the window."""
    whole = replace(period.inputs, previous=None)  # with what an earlier report told of
    found = points(whole, ledger_of(whole, with_documents=False))
    if found is None or not len(found.due):
        return
    yield _count(name="points_overdue", value=float(found.overdue.sum()), rising=BAD)
    due = np.full(len(found.due), np.datetime64("NaT", "D"))
    dated = ~np.isnan(found.due)
    due[dated] = found.due[dated].astype(np.int64).astype("datetime64[D]")
    here = found.by_now & _inside(due, period.inputs.window)
    if here.any():
        missed = (found.overdue | found.late)[here]
        whose = _owners(found.customer[here])
        yield _part("points_missed", missed, whose, period.params, rising=BAD)


def _inside(days: npt.NDArray[np.datetime64], window: Span | None) -> Bools:
    """Return which days lie in the window of the comparison; all without one."""
    if window is None:
        return np.ones(len(days), dtype=bool)
    after, last = np.datetime64(window.after, "D"), np.datetime64(window.last, "D")
    return np.asarray((days > after) & (days <= last))


def _owners(customers: Words) -> list[str]:
    """Return whose each row is; one without a customer stands alone."""
    return [str(name) or f"\0{place}" for place, name in enumerate(customers.tolist())]


def _part(name: str, hits: Bools, whose: list[str], params: Params, *, rising: int) -> Measure:
    """Return a part with its interval, customers being what is drawn."""
    found = clustered_share(hits, np.array(whose), confidence=params.confidence)
    interval = None if found is None else found.interval
    return _share(
        name=name,
        value=float(hits.mean()),
        n=len(hits),
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        sample=Sample(values=hits.astype(float), givers=whose),
        rising=rising,
    )
