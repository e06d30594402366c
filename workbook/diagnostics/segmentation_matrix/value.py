"""Customers' value joined: classes, statuses and sales of this window and the one before."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from workbook.diagnostics.segmentation_matrix import abc as ranking
from workbook.diagnostics.segmentation_matrix import lifecycle, xyz
from workbook.diagnostics.segmentation_matrix.abc import Abc, sums
from workbook.diagnostics.segmentation_matrix.department import Period
from workbook.diagnostics.segmentation_matrix.kinds import Kinds, kinds
from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.lifecycle import Marks, Purchases, purchases
from workbook.diagnostics.segmentation_matrix.managers import manager_tables
from workbook.diagnostics.segmentation_matrix.months import Span, back, span
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.xyz import Steadiness


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Value:
    """What the sections on value are made of; by customer code."""

    book: Ledger
    bought: Purchases
    kinds: Kinds
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
    """One lifecycle window earlier."""
    steadiness: Steadiness
    steadiness_before: Steadiness | None
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


def value(book: Ledger, params: Params) -> Value:
    """Join the value of customers.

    Raises
    ------
    ValueError
        When sums over customers and managers do not agree.
    """
    bought, told = purchases(book), kinds(book)
    window, earlier = (span(book.as_of, params.window_months, ago=ago) for ago in (0, 1))
    marks = lifecycle.statuses(book, bought, params)
    now, before = _periods(book, bought, told, params, months=params.window_months)
    kpi, kpi_before = _periods(book, bought, told, params, months=params.kpi_window_months)
    return Value(
        book=book,
        bought=bought,
        kinds=told,
        now=now,
        before=before,
        kpi=kpi,
        kpi_before=kpi_before,
        abc_before=_abc(book, earlier, params) if half_reached(book, earlier) else None,
        amount=_amounts(book, window),
        amount_before=_amounts(book, earlier),
        marks=marks,
        marks_before=lifecycle.statuses(book, bought, params, ago=1),
        steadiness=_steadiness(book, params, new=marks == lifecycle.NEW),
        steadiness_before=_steadiness_before(book, bought, params),
        reached=book.reaches(window.first),
    )


def half_reached(book: Ledger, window: Span) -> bool:
    """Tell whether the data hold at least half of a window."""
    middle = window.after + (window.last - window.after) / 2
    return book.first is not None and book.first <= middle + timedelta(days=1)


def _abc(book: Ledger, window: Span, params: Params) -> Abc | None:
    if params.abc_measure == "margin" and book.margin is None:
        return None
    return ranking.abc(book, window, params)


def _periods(
    book: Ledger, bought: Purchases, told: Kinds, params: Params, *, months: int
) -> tuple[Period, Period | None]:
    """Return the window of so many months to the as-of date and, where reached, the one before."""
    window, earlier = (span(book.as_of, months, ago=ago) for ago in (0, 1))
    marks = [lifecycle.statuses(book, bought, params, months_ago=months * ago) for ago in range(3)]

    def period(window: Span, ago: int) -> Period:
        ranked = Span(after=back(book.as_of, months * ago + params.window_months), last=window.last)
        history = back(book.as_of, months * (ago + 1) + params.lifecycle_months)
        return Period(
            span=window,
            tables=manager_tables(book, told, window, marks=marks[ago], opening=marks[ago + 1]),
            marks=marks[ago],
            abc=_abc(book, ranked, params),
            kinds_known=book.reaches(history + timedelta(days=1)),
        )

    before = period(earlier, 1) if book.reaches(earlier.first) else None
    return period(window, 0), before


def _amounts(book: Ledger, window: Span) -> Ints:
    lines = book.within(window)
    amounts = sums(book.customer[lines], book.amount[lines], book.n)
    if int(amounts.sum()) != int(book.amount[lines].sum()):
        raise ValueError("customers do not add up to what was sold")
    return amounts


def _steadiness(book: Ledger, params: Params, *, new: Bools) -> Steadiness:
    table = xyz.buckets(book, params, bucket=params.xyz_bucket)
    return xyz.steadiness(book, table, params, new=new)


def _steadiness_before(book: Ledger, bought: Purchases, params: Params) -> Steadiness | None:
    table = xyz.buckets(book, params, bucket=params.xyz_bucket, ago=1)
    if table.n < params.xyz_min_buckets:
        return None
    marks = lifecycle.statuses(book, bought, params, months_ago=params.xyz_window_months)
    return xyz.steadiness(book, table, params, new=marks == lifecycle.NEW)
