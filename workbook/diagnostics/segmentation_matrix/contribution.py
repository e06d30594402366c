"""Contribution: what is left of the margin after the cost to serve, by customer and segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import day_number, numbers, texts
from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, ranking, sums
from workbook.diagnostics.customer_ledger.months import Span, span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, or_none, words_at
from workbook.diagnostics.plans import first_days, last_days
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, choice, flag, number, text

_LARGEST = 4e18
"""Sums of whole units stay below this, within 64 bits."""

CONTRIBUTION = (
    text("customer_id", "A customer with a sale or a cost in the window; largest first."),
    text("segment", "Its segment.", optional=True),
    number("amount", "Net sales of the window.", unit="money"),
    number("margin", "Margin of these sales.", unit="money"),
    number("cost", "Cost to serve in the periods that lie within the window.", unit="money"),
    number("contribution", "margin - cost.", unit="money"),
    number("share_before", "Part of the base before the customer and its ties.", unit="0-1"),
    choice("class_", "ABC class by contribution.", "ABC"),
    flag("negative", "The contribution is below 0."),
    flag("no_cost", "No cost is recorded for it: its contribution is its margin."),
)
"""Columns of :attr:`Contribution.customers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentContribution:
    """One segment, or all of them: margin - cost = contribution, money."""

    segment: str | None
    """None: customers without a segment, or the total."""
    customers: int
    amount: float
    margin: float
    cost: float
    contribution: float
    negative: int
    """Customers whose contribution is below 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionBasis:
    """What the contributions rest on."""

    first: date
    """The window of ABC, both days included."""
    last: date
    months: int
    """Months of the window, and of how many of them a cost is recorded."""
    months_with_cost: int
    outside: int
    """Rows of costs whose period lies before or after the window: left out."""
    across: int
    """Rows of costs whose period lies only partly within it: left out."""
    across_cost: float
    """Their cost, money."""
    no_margin: int
    """Sales lines without a margin, taken as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Customers and segments by what is left of the margin after the cost to serve."""

    basis: ContributionBasis
    customers: DataTable
    """:data:`CONTRIBUTION`."""
    segments: tuple[SegmentContribution, ...]
    """Largest contribution first, customers without a segment last."""
    total: SegmentContribution
    A: int
    B: int
    C: int
    negative_amount: float
    """Sum of the contributions below 0: what serving these customers took away."""
    no_cost: int
    """Customers with a sale and no cost."""


def contribution(
    inputs: Inputs, ledger: Ledger, params: Params, *, segment: Words
) -> Contribution | None:
    """Return what each customer leaves after the cost to serve it.

    None without a margin, without costs, or without a period that lies within the window.

    Parameters
    ----------
    segment
        Segment of each customer of the ledger, None without one.

    Raises
    ------
    ValueError
        When customers, segments and totals do not add up.
    """
    table = inputs.tables.get("service_costs")
    if table is None or ledger.margin is None:
        return None
    window = span(ledger.as_of, params.window_months)
    table = table.loc[(texts(table, "customer_id") != "") & ~np.isnan(last_days(table))]
    first, last = first_days(table), last_days(table)
    opens, ends = day_number(window.first), day_number(window.last)
    inside, beside = (first >= opens) & (last <= ends), (last < opens) | (first > ends)
    if not inside.any():
        return None
    across = ~inside & ~beside
    books = _books(ledger, table.loc[inside], window)
    basis = ContributionBasis(
        first=window.first,
        last=window.last,
        months=params.window_months,
        months_with_cost=_months(ledger, params, first=first[inside], last=last[inside]),
        outside=int(beside.sum()),
        across=int(across.sum()),
        across_cost=float(np.nansum(numbers(table, "amount")[across])),
        no_margin=ledger.no_margin,
    )
    every = np.append(segment, np.full(len(books.ids) - ledger.n, None))
    return _summed(books, params, segment=every, basis=basis)


def _months(ledger: Ledger, params: Params, *, first: Floats, last: Floats) -> int:
    """Return in how many months of the window a period of costs has a day."""
    months = (span(ledger.as_of, 1, ago=ago) for ago in range(params.window_months))
    days = ((day_number(month.first), day_number(month.last)) for month in months)
    return sum(bool(((first <= end) & (last >= start)).any()) for start, end in days)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Books:
    """Exact units of every customer; those that only costs name come last."""

    ids: tuple[str, ...]
    amount: Ints
    margin: Ints
    cost: Ints
    present: Bools
    """With a sales line or a cost in the window."""
    sold: Bools
    costed: Bools
    scale: float

    def money(self, units: Ints, which: Bools) -> float:
        """Return the sum of some customers as money."""
        return int(units[which].sum()) / self.scale


def _books(ledger: Ledger, costs: pd.DataFrame, window: Span) -> _Books:
    place = {name: code for code, name in enumerate(ledger.customers)}
    named = texts(costs, "customer_id").tolist()
    extra = sorted(set(named) - place.keys())
    place |= {name: ledger.n + at for at, name in enumerate(extra)}
    whose = np.array([place[name] for name in named], dtype=np.int64)
    spent, n = np.nan_to_num(numbers(costs, "amount")), len(place)
    lines, codes = ledger.within(window), ledger.customer
    earned = np.zeros_like(ledger.amount) if ledger.margin is None else ledger.margin
    amount, margin = (sums(codes[lines], v[lines], n) for v in (ledger.amount, earned))
    scale = ledger.scale
    while scale * (spent.sum() + np.abs(margin).sum() / ledger.scale) > _LARGEST:
        scale /= 10
    ratio = scale / ledger.scale
    return _Books(
        ids=(*ledger.customers, *extra),
        amount=np.rint(amount * ratio).astype(np.int64) if ratio < 1 else amount,
        margin=np.rint(margin * ratio).astype(np.int64) if ratio < 1 else margin,
        cost=sums(whose, np.rint(spent * scale).astype(np.int64), n),
        present=np.bincount(np.append(codes[lines], whose), minlength=n) > 0,
        sold=np.bincount(codes[lines], minlength=n) > 0,
        costed=np.bincount(whose, minlength=n) > 0,
        scale=scale,
    )


def _summed(
    books: _Books, params: Params, *, segment: Words, basis: ContributionBasis
) -> Contribution:
    left = books.margin - books.cost
    ranked = ranking(left, books.present, params)
    order, marks = ranked.order, ranked.classes(params.abc_rule)
    columns = {
        "customer_id": words_at(books.ids, order),
        "segment": segment[order],
        "amount": books.amount[order] / books.scale,
        "margin": books.margin[order] / books.scale,
        "cost": books.cost[order] / books.scale,
        "contribution": left[order] / books.scale,
        "share_before": ranked.before / ranked.base if ranked.base else np.ones(len(order)),
        "class_": words_at(CLASSES, marks),
        "negative": left[order] < 0,
        "no_cost": ~books.costed[order],
    }
    a, b, c = np.bincount(marks, minlength=3).tolist()
    total, segments = _row(books, None, books.present), _segments(books, segment)
    _reconcile(books, segments, total)
    return Contribution(
        basis=basis,
        customers=DataTable(CONTRIBUTION, pd.DataFrame(columns)),
        segments=segments,
        total=total,
        A=a,
        B=b,
        C=c,
        negative_amount=books.money(left, books.present & (left < 0)),
        no_cost=int((books.sold & ~books.costed).sum()),
    )


def _segments(books: _Books, segment: Words) -> tuple[SegmentContribution, ...]:
    names = or_none(np.where(segment == None, "", segment))  # noqa: E711 (by element)
    known = sorted({str(name) for name in names[books.present] if name is not None})
    rows = [_row(books, name, books.present & (names == name)) for name in known]
    rest = books.present & ~np.isin(names.astype(str), known)
    rows.sort(key=lambda row: (-row.contribution, row.segment or ""))
    return (*rows, _row(books, None, rest)) if rest.any() else tuple(rows)


def _row(books: _Books, name: str | None, here: Bools) -> SegmentContribution:
    left = books.margin - books.cost
    return SegmentContribution(
        segment=name,
        customers=int(here.sum()),
        amount=books.money(books.amount, here),
        margin=books.money(books.margin, here),
        cost=books.money(books.cost, here),
        contribution=books.money(left, here),
        negative=int((here & (left < 0)).sum()),
    )


def _reconcile(
    books: _Books, segments: Sequence[SegmentContribution], total: SegmentContribution
) -> None:
    """Raise where a customer is in no segment or in two, or a sum is not that of its parts."""
    for part in ("customers", "margin", "cost", "contribution", "negative"):
        whole, parts = getattr(total, part), sum(getattr(row, part) for row in segments)
        if not np.isclose(whole, parts):
            raise ValueError(f"segments hold {part} of {parts} of {whole}")
    if not np.isclose(total.contribution, total.margin - total.cost):
        raise ValueError("contribution is not margin less cost")
    if int(books.cost[~books.present].sum()) or int(books.margin[~books.present].sum()):
        raise ValueError("a customer outside the window has margin or cost")
