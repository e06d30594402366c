"""Rule 8: sales of a year against the revenue of the statement of that year (line 2110)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from workbook.diagnostics.claims import Claim, Judged, judge
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger, ledger_of
from workbook.diagnostics.summary.cross_facts import CrossFacts

MATERIAL = 0.05
"""From this part of the statement's revenue on, a difference is a contradiction (the method:
summary, 4)."""
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesYear:
    """One year told by the sales and by the statement; money in the engagement's currency."""

    year: int
    sales: float
    """Net sales of the calendar year."""
    stated: float
    """Revenue of the statement."""

    @property
    def difference(self) -> float:
        """Sales less revenue of the statement."""
        return self.sales - self.stated

    @property
    def share(self) -> float:
        """The difference as a part of the statement's revenue."""
        return self.difference / self.stated

    @property
    def contradicts(self) -> bool:
        """The difference is more than accounting explains."""
        return abs(self.share) > MATERIAL


def sales_years(facts: CrossFacts) -> tuple[SalesYear, ...]:
    """Return the years that the statements of the client and its sales both cover, oldest first.

    A year is covered by sales that have documents in each of its months up to its last day.
    """
    financial = facts.result("financial_quartiles")
    lead = None if financial is None else financial.lead
    if lead is None or "sales" not in facts.inputs.tables:
        return ()
    sales = ledger_of(facts.inputs, with_documents=False)
    stated = {one.year: _revenue(one) for one in financial.years_of(lead.organisation)}
    return tuple(
        SalesYear(year=year, sales=_sold(sales, year), stated=revenue)
        for year, revenue in sorted(stated.items())
        if revenue and _covered(sales, year)
    )


def sales_and_statement(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the latest year, where its sales and its statement contradict each other."""
    years = sales_years(facts)
    if not years or not years[-1].contradicts:
        return
    last = years[-1]
    yield judge(
        Claim(
            id="sales_above_statement" if last.difference > 0 else "sales_below_statement",
            figures={
                "year": str(last.year),
                "sales": last.sales,
                "stated": last.stated,
                "difference": abs(last.difference),
                "share": abs(last.share),
            },
            evidence="definitions",
            diagnostics=facts.present("segmentation_matrix", "financial_quartiles"),
            due_days=14,
        )
    )


def _revenue(organisation: Any) -> float:
    """Return the revenue line, in the engagement's currency; 0 where there is none."""
    return next((line.value for line in organisation.lines if line.line == "revenue"), 0.0)


def _months(sales: Ledger, year: int) -> "np.ndarray[Any, Any]":
    """Return the month, 0-11, of each line of the year; -1 of all others."""
    months = sales.day.astype("datetime64[M]").astype(np.int64) - (year - 1970) * MONTHS
    return np.where((months >= 0) & (months < MONTHS), months, -1)


def _covered(sales: Ledger, year: int) -> bool:
    months = _months(sales, year)
    full = len(np.unique(months[months >= 0])) == MONTHS
    return full and sales.as_of >= date(year, MONTHS, 31)


def _sold(sales: Ledger, year: int) -> float:
    return sales.money(int(sales.amount[_months(sales, year) >= 0].sum()))
