"""What must hold in every customer ledger, checked against the tables themselves."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, filled, numbers, texts
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.months import back

if TYPE_CHECKING:
    from workbook.diagnostics.inputs import Inputs

_READ = ("customer_id", "kind", "amount")
ROUNDING = 1e-9
"""Part of the turnover by which sums of cents and of floats may differ."""


def check(ledger: CustomerLedger, inputs: "Inputs") -> None:
    """Check the identities of the method.

    Raises
    ------
    ValueError
        When states do not hold every customer once, revenue over customers is not that of the
        sales, or registered losses are not the customers of the register that have not returned.
    """
    counts = ledger.counts
    parts = counts.prospect + counts.lost + counts.active
    ids = ledger.customers["customer_id"]
    if not parts == counts.customers == len(ids) or not ids.is_unique:
        raise ValueError(f"states hold {parts} of {counts.customers} customers")
    rows = ledger.customers
    gone = rows["in_register"] & rows["returned"].isna()
    if not (gone == (rows["state"] == "registered_loss")).all():
        raise ValueError("registered losses are not those of the register that have not returned")
    if counts.all_silent != counts.silent + counts.both:
        raise ValueError("the silent are not those in the register and those that are not")
    if ledger.sales_known:
        _revenue(ledger, inputs.tables["sales"])


def _revenue(ledger: CustomerLedger, sales: pd.DataFrame) -> None:
    """Check the sum of revenue against the rows of the sales."""
    day = dates(sales, "date")
    year = (day > pd.Timestamp(back(ledger.as_of, 12))) & (day <= pd.Timestamp(ledger.as_of))
    rows = sales[[name for name in _READ if name in sales]].loc[year.to_numpy()]
    kind, amount = texts(rows, "kind"), np.nan_to_num(numbers(rows, "amount"))
    counted = (kind != "cancelled").to_numpy() & filled(rows, "customer_id")
    net = np.where(kind == "return", -np.abs(amount), amount)[counted]
    sold = float(ledger.customers["revenue"].sum())
    # Amounts are kept to four decimals, so each row may be half a unit of the last one off.
    tolerance = ROUNDING * float(np.abs(net).sum()) + 0.5e-4 * len(net)
    if abs(sold - float(net.sum())) > tolerance:
        raise ValueError(f"customers hold {sold} of a revenue of {float(net.sum())}")
