"""Amounts of one table against those of another: a thousand times apart is a unit, not business."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.errors import Place, Problem
from workbook.intake.findings import error, warning
from workbook.intake.money_units import grouped
from workbook.intake.table import Table

_LISTS = (("lost_customers", "annual_revenue", "lost_date"), ("survey", "revenue", "date"))
"""Table, column with a customer's revenue of a year, and the day the year ends on."""
_YEAR = 365
_LEAST_DAYS = 60
"""A ledger that covers less of the year says nothing of a year."""
_POWERS = (10**3, 10**6)
_AROUND = 2.0
"""A factor of half to twice a power of a thousand is that power."""
_ENOUGH = 3
"""Customers from which on this is no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Customers of a list that the ledger knows: their revenue of a year in both."""

    rows: pd.DataFrame
    """Columns: customer_id, listed, sold (a year), ratio (sold / listed); index: row of the
    file."""

    def about(self, power: float) -> pd.DataFrame:
        """Return those that are about so many times as much in the ledger as in the list."""
        ratio = self.rows["ratio"]
        return self.rows.loc[(ratio >= power / _AROUND) & (ratio <= power * _AROUND)]


def amounts_apart(tables: Mapping[str, Table]) -> list[Problem]:
    """Return an error where most customers' revenue differs about a thousandfold from the sales.

    Below three customers it is a warning.
    """
    sales = tables.get("sales")
    if sales is None:
        return []
    problems: list[Problem] = []
    for name, amount, day in _LISTS:
        table = tables.get(name)
        if table is not None and {"customer_id", amount, day} <= set(table.frame.columns):
            problems += _apart(table, amount, day=day, sales=sales)
    return problems


def _apart(table: Table, amount: str, *, day: str, sales: Table) -> list[Problem]:
    compared = _compared(table.frame, amount, day=day, ledger=sales.frame)
    n = len(compared.rows)
    for power in _POWERS:
        for factor in (float(power), 1 / power):
            found = compared.about(factor)
            if len(found) * 2 > n:
                return [_problem(found, n, table=table, amount=amount, sales=sales, power=power)]
    return []


def _compared(frame: pd.DataFrame, amount: str, *, day: str, ledger: pd.DataFrame) -> _Compared:
    """Set the list beside the sales of the year before its day.

    A ledger that begins within that year is brought to a whole one.
    """
    listed = pd.DataFrame(
        {"customer_id": frame["customer_id"], "listed": frame[amount], "day": frame[day]}
    ).dropna()
    listed = listed.loc[listed["listed"] > 0]
    sold = ledger.loc[ledger["kind"] == "sale", ["customer_id", "date", "amount"]].dropna()
    begun = sold["date"].min()
    both = listed.rename_axis("row").reset_index().merge(sold, on="customer_id")
    before = (both["day"] - both["date"]).dt.days
    year = both.loc[(before >= 0) & (before < _YEAR)]
    total = year.groupby("row")["amount"].sum().reindex(listed.index)
    days = (listed["day"] - begun).dt.days.clip(upper=_YEAR)
    made = listed.assign(sold=total * _YEAR / days.where(days >= _LEAST_DAYS))
    made = made.assign(ratio=made["sold"] / made["listed"])
    return _Compared(rows=made.loc[np.isfinite(made["ratio"]) & (made["ratio"] > 0)])


def _problem(
    found: pd.DataFrame, n: int, *, table: Table, amount: str, sales: Table, power: int
) -> Problem:
    first = found.iloc[0]
    column, ledger = table.columns[amount], sales.columns["amount"]
    smaller, larger = (column, ledger) if first["ratio"] > 1 else (ledger, column)
    place = Place(file=table.file, sheet=table.sheet, row=int(found.index[0]), column=column)
    make = error if n >= _ENOUGH else warning
    return make(
        "amounts_apart",
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
    )
