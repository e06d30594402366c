"""The 12 months to the as-of date by customer: net invoices, margin, who sold."""

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.abc_classes import sums
from workbook.diagnostics.customer_ledger.customers import YEAR
from workbook.diagnostics.customer_ledger.months import span
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger, ledger_of
from workbook.diagnostics.inputs import Inputs
from workbook.stats.data_table import DataTable, flag, number, text

LAST_YEAR = (
    text("customer_id", "A customer with an invoice or a return in these months."),
    text("name", "Its name; its id where no table has one."),
    number("turnover", "Net invoices: what was returned is taken away.", unit="money"),
    number("margin", "Margin of the lines that tell one.", unit="money"),
    number("margin_turnover", "Net invoices of the lines that tell a margin.", unit="money"),
    text("manager", "Who looks after it at the as-of date; empty where nobody is named."),
    flag("only_manager", "None of its documents of these months names another manager."),
)
"""Columns of a year by customer, largest turnover first."""


def last_year(inputs: Inputs) -> DataTable | None:
    """Return the year by customer; None without a table of sales."""
    if "sales" not in inputs.tables:
        return None
    sales = ledger_of(inputs)
    lines = sales.within(span(inputs.as_of, YEAR))
    customer, manager = sales.customer[lines], sales.manager[lines]
    here = np.unique(customer)
    other = customer[(manager >= 0) & (manager != sales.manager_now[customer])]
    money = {
        "turnover": sales.amount,
        "margin": np.zeros_like(sales.amount) if sales.margin is None else sales.margin,
        "margin_turnover": np.where(sales.has_margin, sales.amount, 0),
    }
    summed = {
        name: sums(customer, units[lines], sales.n)[here] / sales.scale
        for name, units in money.items()
    }
    ids = [sales.id_of(code) for code in here.tolist()]
    known = inputs.ledger.customers
    names = dict(zip(known.values("customer_id"), known.values("name"), strict=True))
    found = pd.DataFrame(
        {
            "customer_id": pd.Series(ids, dtype="str"),
            "name": [names[one] or one for one in ids],
            **summed,
            "manager": _managers(sales)[sales.manager_now[here]],
            "only_manager": ~np.isin(here, other),
        }
    )
    ordered = found.sort_values(["turnover", "customer_id"], ascending=[False, True])
    return DataTable(LAST_YEAR, ordered)


def _managers(sales: Ledger) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Return the managers' names by code; the last one, which is code -1, is empty."""
    return np.array([*sales.managers, ""], dtype=object)
