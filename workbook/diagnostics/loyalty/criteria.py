"""Loyalty criteria from the sales: repeat, recommended, regular, existing customers.

Source: working_with_customers, "main criteria of customers' loyalty": index of loyalty, purchases
on recommendation, volume of regular customers, share of sales to existing customers.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from workbook.diagnostics.cells import has
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.criteria_result import (
    Criteria,
    CriterionChange,
    EarnedGrowth,
    KeyFactor,
    Retention,
    Share,
)
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.retention import earned_growth, key_factor, retention
from workbook.diagnostics.loyalty.sales import Year, ledger, year_to
from workbook.stats import wilson

REPEAT_PURCHASES = 2
"""So many purchases in 24 months make a repeat customer (the source)."""
REGULAR_QUARTERS = 3
"""So many quarters of the year with a purchase make a regular one (the source)."""
LATE_START = 31
"""A year counts as covered when sales begin within so many days of its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loyalty:
    """The criteria of this year and of the year before, and what changed between them."""

    now: Criteria | None = None
    before: Criteria | None = None
    """None when the sales do not reach back over that year."""
    key_factor: KeyFactor | None = None
    key_factor_revenue: float | None = None
    retention: Retention | None = None
    retention_before: Retention | None = None
    growth: EarnedGrowth | None = None
    of_period: bool = False
    """``before`` ends with the period before."""
    before_until: date | None = None
    """End of the year of ``before``, where it ends with the period before and not a year ago."""


def loyalty(inputs: Inputs, params: Params) -> Loyalty:
    """Return the criteria of the 12 months to the as-of date, and of those they are compared with.

    These end with the period before; in a first period they are the 12 months before.  Retention,
    the split of growth and the key factor in it are told when the sales reach back over the year
    before.
    """
    sales = inputs.tables.get("sales")
    if sales is None:
        return Loyalty()
    rows, year = ledger(sales), year_to(inputs.as_of)
    asks = has(sales, "recommended_by")
    now = criteria(rows, year, asks=asks, confidence=params.confidence)
    last, then = _compared_with(inputs, year)
    before_until = None if last == year.before() else last.end
    if not reaches(rows, year.before()):
        return Loyalty(now=now)
    before, kept = in_year(then, last, params)
    growth = earned_growth(rows, year, asks=asks)
    factor = key_factor(growth)
    return Loyalty(
        now=now,
        before=before,
        key_factor=factor[0] if factor else None,
        key_factor_revenue=factor[1] if factor else None,
        retention=_kept(rows, year, params, registered=_registered(inputs.ledger)),
        retention_before=kept,
        growth=growth,
        of_period=_sales_before(inputs) is not None,
        before_until=before_until,
    )


def _compared_with(inputs: Inputs, year: Year) -> tuple[Year, pd.DataFrame]:
    """Return the 12 months that a year is compared with, and the sales as known at their end."""
    last, sales = inputs.previous, _sales_before(inputs)
    if last is not None and sales is not None:
        return year_to(last.as_of), sales
    return year.before(), inputs.tables["sales"]


def _sales_before(inputs: Inputs) -> pd.DataFrame | None:
    """Return the sales as known at the end of the period that this one is compared with."""
    if inputs.before is None or inputs.previous is None:
        return None
    return inputs.previous.tables.get("sales")


def in_year(
    sales: pd.DataFrame, year: Year, params: Params
) -> tuple[Criteria | None, Retention | None]:
    """Return the criteria and the retention of one year, as they stand beside those of another.

    What needs the year before is left out where sales do not reach back over it; nothing is told
    where they do not cover the year itself.
    """
    rows = ledger(sales)
    if not reaches(rows, year):
        return None, None
    asks = has(sales, "recommended_by")
    found = criteria(rows, year, asks=asks, confidence=params.confidence)
    if reaches(rows, year.before()):
        return found, _kept(rows, year, params)
    return None if found is None else _without_history(found), None


def _kept(
    rows: pd.DataFrame, year: Year, params: Params, *, registered: frozenset[str] | None = None
) -> Retention | None:
    return retention(
        rows,
        year,
        window_months=params.silence_months,
        confidence=params.confidence,
        registered=registered,
    )


def _registered(ledger: CustomerLedger) -> frozenset[str] | None:
    """Return who is in the register of losses and has not returned; None without a register."""
    if not ledger.counts.register_known:
        return None
    rows = ledger.customers.where(ledger.customers["state"] == State.REGISTERED_LOSS)
    return frozenset(rows.values("customer_id"))


def changes(
    now: Criteria, before: Criteria | None, *, of_period: bool = False
) -> tuple[CriterionChange, ...]:
    """Return each criterion beside the earlier 12 months, as the table of the report has it.

    The loyalty index is of all who have ever bought, so it falls as the history grows, even where
    retention is steady: it has no change within one period; retention tells the movement.

    Parameters
    ----------
    of_period
        ``before`` ends with the period before, whose report told its index: that one is told.
    """
    return tuple(
        CriterionChange(
            criterion=name,
            share=share,
            before=former,
            change=None if share is None or former is None else (share - former) * 100,
        )
        for (name, share), (_, former) in zip(
            _shares(now, earlier=False), _shares(before, earlier=not of_period), strict=True
        )
    )


def _shares(criteria: Criteria | None, *, earlier: bool) -> tuple[tuple[str, float | None], ...]:
    known = criteria
    recommended = known.recommended if known else None
    return (
        ("repeat", known.loyalty_index if known and not earlier else None),
        ("recommended", recommended.share if recommended else None),
        ("regular", known.regular.share if known else None),
        ("existing", known.existing_sales_share if known else None),
    )


def criteria(rows: pd.DataFrame, year: Year, *, asks: bool, confidence: float) -> Criteria | None:
    """Return the four criteria of one year; None when nothing was bought in it.

    The loyalty index is of all who have ever bought, so whoever left lowers it.  What else was
    bought before is looked up in the twelve months before the year and no further, so that years
    with a longer and a shorter history can be compared.
    A purchase is a document, or a day where documents are not numbered.  Who is new, and what
    is sold to existing customers, cannot be told when no sale before the year is known.

    Parameters
    ----------
    rows
        As :func:`workbook.diagnostics.loyalty.sales.ledger` returns them.
    asks
        The table says who recommended.
    """
    ever = rows.loc[rows["purchase"] & (rows["date"] <= pd.Timestamp(year.end)), "customer"]
    rows = _known(rows, year)
    inside = rows.loc[year.holds(rows["date"])]
    found = buyers(rows, year)
    if not found.active:
        return None
    purchases = rows.loc[rows["purchase"]]
    documents = purchases.groupby("customer")["document"].nunique()
    repeat = found.active & set(documents.index[documents >= REPEAT_PURCHASES])
    revenue = inside.groupby("customer")["amount"].sum()
    share = _Shares(revenue=revenue, total=float(inside["amount"].sum()), confidence=confidence)
    return Criteria(
        start=year.start,
        end=year.end,
        customers=ever.nunique(),
        buyers=len(found.active),
        repeat_customers=len(repeat),
        loyalty_index=len(repeat) / ever.nunique(),
        source_index=ever.nunique() / len(repeat) if repeat else None,
        recommended=share.of(found.recommended, base=found.new) if asks else None,
        regular=share.of(found.regular, base=found.active),
        existing_sales_share=share.part(share.sum(found.earlier)) if found.earlier else None,
        sales=share.total,
        repeat_sales=share.sum(repeat),
        existing_sales=share.sum(found.earlier) if found.earlier else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyers:
    """The customers of one year."""

    active: frozenset[str]
    """Who bought in it."""
    earlier: frozenset[str]
    """Who bought in the year before; empty where no sale of it is known."""
    regular: frozenset[str]
    recommended: frozenset[str]
    """New ones for whom somebody is named; all such where nobody is known to be new."""

    @property
    def new(self) -> frozenset[str]:
        """Who bought in the year and not in the one before; nobody where that is not known."""
        return self.active - self.earlier if self.earlier else frozenset()


def buyers(rows: pd.DataFrame, year: Year) -> Buyers:
    """Return who bought in a year, who of them is new, regular, recommended.

    Parameters
    ----------
    rows
        As :func:`workbook.diagnostics.loyalty.sales.ledger` returns them.
    """
    rows = _known(rows, year)
    bought = rows.loc[rows["purchase"] & year.holds(rows["date"])]
    active = frozenset(bought["customer"])
    before = rows["purchase"] & (rows["date"] < pd.Timestamp(year.start))
    earlier = frozenset(rows.loc[before, "customer"])
    quarters = year.quarter(bought["date"]).groupby(bought["customer"]).nunique()
    named = frozenset(bought.loc[bought["recommended"], "customer"])
    return Buyers(
        active=active,
        earlier=earlier,
        regular=frozenset(quarters.index[quarters >= REGULAR_QUARTERS]),
        recommended=named - earlier,
    )


def _known(rows: pd.DataFrame, year: Year) -> pd.DataFrame:
    """Return the sales of a year and of the one before."""
    return rows.loc[year.holds(rows["date"]) | year.before().holds(rows["date"])]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shares:
    """Shares of customers and of revenue within one year."""

    revenue: "pd.Series[float]"
    total: float
    confidence: float

    def sum(self, customers: Collection[str]) -> float:
        return float(self.revenue[self.revenue.index.isin(customers)].sum())

    def part(self, amount: float) -> float | None:
        """Share of all sales; None where returns make it no share (below 0 or above 1)."""
        share = amount / self.total if self.total > 0 else -1.0
        # The slack is for rounding of sums: returns that matter lie further off.
        return min(max(share, 0.0), 1.0) if -1e-9 <= share <= 1 + 1e-9 else None

    def of(self, customers: AbstractSet[str], *, base: AbstractSet[str]) -> Share:
        interval = wilson(len(customers & base), len(base), confidence=self.confidence)
        revenue = self.sum(customers)
        return Share(
            n=len(customers),
            base=len(base),
            share=len(customers & base) / len(base) if base else None,
            ci_low=interval.low if interval else None,
            ci_high=interval.high if interval else None,
            revenue=revenue,
            revenue_share=self.part(revenue),
        )


def _without_history(before: Criteria) -> Criteria:
    """Leave only what can be told without the sales of the year before."""
    return replace(
        before,
        loyalty_index=None,
        source_index=None,
        recommended=None,
        existing_sales_share=None,
        existing_sales=None,
    )


def reaches(rows: pd.DataFrame, year: Year) -> bool:
    """Return whether the sales cover a year from its first month on."""
    first = rows["date"].min()
    return bool(first <= pd.Timestamp(year.start) + pd.Timedelta(days=LATE_START))
