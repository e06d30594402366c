"""Amounts of one table against those of another: a thousand times apart is a unit, not business."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.listed_amounts import (
    planned_sales,
    revenue_of_a_year,
    sold_lines,
    won_deals,
)
from workbook.intake.money_units import grouped
from workbook.intake.problems import error, warning
from workbook.intake.table import InputTable

_REVENUES = (("lost_customers", "annual_revenue", "lost_date"), ("survey", "revenue", "date"))
"""Table, column with a customer's revenue of a year, and the day the year ends on."""
_POWERS = (10**3, 10**6)
_ENOUGH = 3
"""Customers from which on this is no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """Amounts of a table, beside the sales."""

    table: InputTable
    amount: str
    rows: pd.DataFrame
    """As :mod:`workbook.intake.listed_amounts` gives them."""
    code: str
    around: float
    """A factor of so many times less or more than a power of a thousand is that power: the less
    the list and the sales mean the same, the wider."""

    def about(self, power: float) -> pd.DataFrame:
        """Return those that are about so many times as much in the ledger as in the list."""
        ratio = self.rows["ratio"]
        return self.rows.loc[(ratio >= power / self.around) & (ratio <= power * self.around)]


def amounts_apart(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return an error where most customers' amounts differ about a thousandfold from the sales.

    Below three customers it is a warning, and where the unit of both tables is declared.
    """
    sales = tables.get("sales")
    if sales is None:
        return []
    return [problem for one in _lists(tables, sales) for problem in _apart(one, sales)]


def _lists(tables: Mapping[str, InputTable], sales: InputTable) -> Iterator[_List]:
    sold = sold_lines(sales.frame)
    for name, amount, day in _REVENUES:
        table = tables.get(name)
        if table is not None and {"customer_id", amount, day} <= set(table.frame.columns):
            rows = revenue_of_a_year(table.frame, amount, day=day, sold=sold)
            yield _List(table=table, amount=amount, rows=rows, code="amounts_apart", around=2.0)
    plans, offers = tables.get("plans"), tables.get("offers")
    if plans is not None:
        rows = planned_sales(plans.frame, sold)
        yield _List(table=plans, amount="amount", rows=rows, code="plans_apart", around=3.0)
    if offers is not None and "amount" in offers.frame:
        rows = won_deals(offers.frame, sold)
        yield _List(table=offers, amount="amount", rows=rows, code="deals_apart", around=5.0)


def _apart(one: _List, sales: InputTable) -> list[Problem]:
    for power in _POWERS:
        for factor in (float(power), 1 / power):
            found = one.about(factor)
            if len(found) * 2 > len(one.rows):
                return [_problem(found, one, sales=sales, power=power)]
    return []


def _problem(found: pd.DataFrame, one: _List, *, sales: InputTable, power: int) -> Problem:
    table, first, n = one.table, found.iloc[0], len(one.rows)
    listed = (table.columns[one.amount], table)
    ledger = (sales.columns["amount"], sales)
    (smaller, small), (larger, large) = (listed, ledger) if first["ratio"] > 1 else (ledger, listed)
    place = Location(file=table.file, sheet=table.sheet, row=int(found.index[0]), column=listed[0])
    declared = all(one.frame.attrs.get("unit") for one in (table, sales))
    make = warning if declared or n < _ENOUGH else error
    return make(
        one.code,
        place,
        grouped(first["listed"]),
        count=len(found),
        compared=n,
        factor=grouped(power),
        customer=first["customer_id"],
        sold=grouped(first["sold"]),
        file=sales.file,
        smaller=smaller,
        larger=larger,
        table=small.name,
        other=large.name,
        unit="thousand" if power == _POWERS[0] else "million",
    )
