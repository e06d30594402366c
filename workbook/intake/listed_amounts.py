"""Amounts that a list has of a customer, beside what the sales have of the same customer and time.

Every function returns a frame by row of the list (index) with the columns ``customer_id``,
``listed``, ``sold`` and ``ratio`` (sold / listed); rows that cannot be compared are left out.
"""

import numpy as np
import pandas as pd

_YEAR = 365
_LEAST_DAYS = 60
"""A ledger that covers less of the year says nothing of a year."""


def sold_lines(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return customer, day and amount of what was sold; returns and cancelled orders left out."""
    return ledger.loc[ledger["kind"] == "sale", ["customer_id", "date", "amount"]].dropna()


def revenue_of_a_year(
    frame: pd.DataFrame, amount: str, *, day: str, sold: pd.DataFrame
) -> pd.DataFrame:
    """Set a customer's revenue of a year beside the sales of the year before its day.

    A ledger that begins within that year is brought to a whole one.
    """
    listed = pd.DataFrame(
        {"customer_id": frame["customer_id"], "listed": frame[amount], "day": frame[day]}
    ).dropna()
    both = listed.rename_axis("row").reset_index().merge(sold, on="customer_id")
    before = (both["day"] - both["date"]).dt.days
    year = both.loc[(before >= 0) & (before < _YEAR)]
    total = year.groupby("row")["amount"].sum().reindex(listed.index)
    days = (listed["day"] - sold["date"].min()).dt.days.clip(upper=_YEAR)
    return _compared(listed, total * _YEAR / days.where(days >= _LEAST_DAYS))


def planned_sales(frame: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Set what is planned of a customer in a period beside the sales of that period.

    Plans by product or manager are added up: their sum is what the sales are compared with.
    """
    plans = frame[["customer_id", "period", "amount"]].dropna()
    plans = plans.rename_axis("row").reset_index()
    listed = plans.groupby(["customer_id", "period"]).agg(
        row=("row", "min"), listed=("amount", "sum")
    )
    listed = listed.reset_index().set_index("row")
    totals = pd.Series(np.nan, index=listed.index)
    for period, rows in listed.groupby("period"):
        span = pd.Period(str(period).replace("-Q", "Q"))
        within = sold.loc[sold["date"].between(span.start_time, span.end_time)]
        by_customer = within.groupby("customer_id")["amount"].sum()
        totals.loc[rows.index] = rows["customer_id"].map(by_customer)
    return _compared(listed, totals)


def won_deals(frame: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Set the deals that a customer's were won beside all sales to that customer."""
    won = frame.loc[frame["status"] == "won", ["customer_id", "amount"]].dropna()
    won = won.rename_axis("row").reset_index()
    listed = won.groupby("customer_id").agg(row=("row", "min"), listed=("amount", "sum"))
    listed = listed.reset_index().set_index("row")
    by_customer = sold.groupby("customer_id")["amount"].sum()
    return _compared(listed, listed["customer_id"].map(by_customer))


def _compared(listed: pd.DataFrame, sold: "pd.Series[float]") -> pd.DataFrame:
    made = listed[["customer_id", "listed"]].assign(sold=sold)
    made = made.loc[(made["listed"] > 0) & (made["sold"] > 0)]
    return made.assign(ratio=made["sold"] / made["listed"])
