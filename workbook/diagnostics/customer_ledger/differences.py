"""Contradictions between the sources about single customers, with their names."""

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.ledger_result import DIFFERENCES, Difference
from workbook.diagnostics.customer_ledger.purchases import Purchases
from workbook.diagnostics.customer_ledger.register import Bools, superseded
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.customer_ledger.states import ACTIVE, REGISTERED_LOSS, Marks
from workbook.stats.data_table import DataTable


def differences(
    sales: Ledger, bought: Purchases, marks: Marks, customers: pd.DataFrame
) -> DataTable:
    """Return what the sources say otherwise of each other, each kind by revenue.

    Parameters
    ----------
    customers
        The columns of the ledger by customer code.
    """
    found = [
        _rows(kind, np.flatnonzero(which), customers)
        for kind, which in _kinds(sales, bought, marks).items()
    ]
    return DataTable(DIFFERENCES, pd.concat(found, ignore_index=True))


def _kinds(sales: Ledger, bought: Purchases, marks: Marks) -> dict[Difference, Bools]:
    today = np.datetime64(sales.as_of, "D")
    last, lost = bought.last(sales.as_of), sales.register.lost_on(today)
    returned = sales.register.returned_on(today)
    registered = marks == REGISTERED_LOSS
    told = np.full(sales.n, sales.first is not None)
    begin = np.datetime64(sales.first or sales.as_of, "D")  # of earlier losses no sale is known
    return {
        Difference.REGISTER_BUYING: registered & (last > lost),
        Difference.REGISTER_TWICE: _twice(sales),
        Difference.REGISTER_WITHOUT_SALES: told & (lost >= begin) & np.isnat(last),
        Difference.RETURNED_SILENT: told & ~np.isnat(returned) & ~(last >= returned),
        Difference.CONTRACT_BUYING: (marks == ACTIVE) & (sales.contract_end < today),
    }


def _twice(sales: Ledger) -> Bools:
    """Return who is in the register again without a return in between, on another day."""
    register = sales.register
    rows = pd.DataFrame(
        {"code": register.customer, "lost": register.lost, "returned": register.returned}
    )
    again = superseded(rows) & (rows["lost"] != rows.groupby("code")["lost"].shift(-1))
    found = np.zeros(sales.n, dtype=bool)
    found[register.customer[again.to_numpy(dtype=bool)]] = True
    return found


def _rows(kind: Difference, codes: "np.ndarray", customers: pd.DataFrame) -> pd.DataFrame:
    rows = customers.iloc[codes]
    money = pd.to_numeric(rows["revenue"]).fillna(0.0).to_numpy(dtype=float)
    rows = rows.iloc[np.lexsort((np.arange(len(rows)), -money))]
    return rows[["customer_id", "name", "revenue"]].assign(kind=str(kind))[
        ["kind", "customer_id", "name", "revenue"]
    ]
