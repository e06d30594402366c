"""Sales as the loyalty diagnostic reads them: the year that counts, net amounts, purchases."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months, or the days since the period before; both ends included."""

    start: date
    end: date

    def holds(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Tell which days lie in the year (a missing day does not)."""
        return (days >= pd.Timestamp(self.start)) & (days < self._after)

    def before(self) -> "Year":
        """Return the twelve months that end the day before this year starts."""
        return year_to((pd.Timestamp(self.start) - pd.Timedelta(days=1)).date())

    def quarter(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
        """Return the quarter 0-3 of the year that each of its days lies in."""
        bounds = [pd.Timestamp(self.start) + pd.DateOffset(months=m) for m in (3, 6, 9)]
        return sum(((days >= bound).astype(int) for bound in bounds), start=days.notna() * 0)

    @property
    def _after(self) -> pd.Timestamp:
        return pd.Timestamp(self.end) + pd.Timedelta(days=1)


def year_to(as_of: date) -> Year:
    """Return the twelve months to ``as_of``, the day itself included."""
    start = pd.Timestamp(as_of) + pd.Timedelta(days=1) - pd.DateOffset(months=12)
    return Year(start=start.date(), end=as_of)


def ledger(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the sales that count, one row per row of the table.

    Cancelled rows are left out.  A return takes its amount away whichever sign it is written
    with; a negative amount is a return.

    Returns
    -------
    DataFrame
        ``customer`` (str), ``date``, ``amount`` (net), ``purchase`` (a sale of more than 0),
        ``document`` (what makes one purchase: the document, else the day), ``product``,
        ``recommended`` (someone is named).
    """
    kind, amount = texts(sales, "kind"), np.nan_to_num(numbers(sales, "amount"))
    returned = (kind == "return").to_numpy()
    net = np.where(returned, -np.abs(amount), amount)
    days, document = dates(sales, "date"), texts(sales, "document_id")
    rows = pd.DataFrame(
        {
            "customer": texts(sales, "customer_id"),
            "date": days,
            "amount": net,
            "purchase": (net > 0) & ~returned,
            "document": ("\0" + document).where(document != "", days.astype("str")),
            "product": texts(sales, "product"),
            "recommended": texts(sales, "recommended_by") != "",
        }
    )
    return rows.loc[kind != "cancelled"]


def yearly_revenue(inputs: Inputs) -> "pd.Series[float] | None":
    """Return net sales by customer in the 12 months to the as-of date; None without sales."""
    sales = inputs.tables.get("sales")
    if sales is None:
        return None
    rows = ledger(sales)
    rows = rows.loc[year_to(inputs.as_of).holds(rows["date"])]
    return rows.groupby("customer")["amount"].sum()


def answer_revenue(frame: pd.DataFrame, inputs: Inputs) -> Floats | None:
    """Return the yearly revenue behind each row of the survey, NaN where it is not known.

    The survey's own column when it has any figure, else the customer's sales of the last 12
    months (0 for a customer that bought nothing); None when neither is there.
    """
    own = numbers(frame, "revenue")
    if not np.isnan(own).all():
        return own
    by_customer = yearly_revenue(inputs)
    customer = texts(frame, "customer_id")
    if by_customer is None or not (customer != "").any():
        return None
    known = customer.map(by_customer).fillna(0.0).to_numpy(dtype=float)
    return np.where(customer != "", known, np.nan)
