"""Sales as the churn-reasons diagnostic reads them: net amounts and purchase days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import days, has, numbers, texts
from workbook.diagnostics.churn_reasons.history import History, Ints, codes_of, history
from workbook.stats import Floats

YEAR = 365.0
"""Days of a year of sales."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SalesLedger:
    """Sales that count, ready for look-ups."""

    amounts: History
    """Net sales."""
    purchases: History
    """One row per customer and day with a purchase."""
    lines: "pd.DataFrame"
    """``code``, ``product`` (code of the line), ``day`` of purchases that name a product."""
    products: "pd.Series[str]"
    """Main product (most net sales) by customer code."""
    managers: "pd.Series[str]"
    """Manager of the last sale by customer code."""


def ledger(sales: pd.DataFrame, ids: "pd.Index[str]") -> SalesLedger:
    """Return the ledger of a table of sales.

    Cancelled rows are left out.  A return takes its amount away whichever sign it is written
    with; a negative amount is a return.
    """
    kind = texts(sales, "kind").to_numpy()
    amount = np.nan_to_num(numbers(sales, "amount"))
    returned = kind == "return"
    rows = pd.DataFrame(
        {
            "code": codes_of(sales, ids),
            "day": days(sales, "date"),
            "net": np.where(returned, -np.abs(amount), amount),
            "product": texts(sales, "product").to_numpy(),
            "manager": texts(sales, "manager").to_numpy(),
        }
    )
    rows = rows.loc[(kind != "cancelled") & (rows["code"] >= 0) & rows["day"].notna()]
    bought = rows.loc[rows["net"] > 0]  # to bring something back is no purchase
    once = bought.drop_duplicates(["code", "day"])
    named = bought.loc[bought["product"] != ""]
    lines = pd.DataFrame(
        {"code": named["code"], "product": pd.factorize(named["product"])[0], "day": named["day"]}
    ).drop_duplicates()
    return SalesLedger(
        amounts=history(_ints(rows["code"]), _floats(rows["day"]), _floats(rows["net"])),
        purchases=history(_ints(once["code"]), _floats(once["day"])),
        lines=lines,
        products=_main_product(rows) if has(sales, "product") else pd.Series(dtype="str"),
        managers=_last_manager(rows),
    )


def _main_product(rows: pd.DataFrame) -> "pd.Series[str]":
    named = rows.loc[rows["product"] != ""]
    sums = named.groupby(["code", "product"])["net"].sum().reset_index()
    sums = sums.sort_values(["code", "net", "product"], ascending=[True, False, True])
    main: pd.Series[str] = sums.drop_duplicates("code").set_index("code")["product"]
    return main


def _last_manager(rows: pd.DataFrame) -> "pd.Series[str]":
    named = rows.loc[rows["manager"] != ""].sort_values(["code", "day", "manager"])
    return named.drop_duplicates("code", keep="last").set_index("code")["manager"]


def _ints(column: "pd.Series[int]") -> Ints:
    return np.asarray(column, dtype=np.int64)


def _floats(column: "pd.Series[float]") -> Floats:
    return np.asarray(column, dtype=np.float64)
