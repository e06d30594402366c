"""The register of losses: which of its rows count on a day."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.customer_ledger.months import Days

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def loss_order(table: pd.DataFrame) -> Ints:
    """Return the rows of a register, oldest loss first; their order in the file never matters.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-05-01", "2025-03-01"])
    >>> loss_order(pd.DataFrame({"customer_id": ["a", "a"], "lost_date": days})).tolist()
    [1, 0]
    """
    keys = pd.DataFrame(
        {
            "lost": dates(table, "lost_date").to_numpy(),
            "customer": texts(table, "customer_id").to_numpy(),
            "reasons": texts(table, "reasons").to_numpy(),
            "revenue": numbers(table, "annual_revenue"),
        }
    )
    found = keys.sort_values(list(keys.columns), kind="stable").index
    return np.asarray(found, dtype=np.int64)


def superseded(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Return which losses the same customer's next loss supersedes: no return lies in between.

    Parameters
    ----------
    rows
        ``code`` of the customer, ``lost`` and ``returned``; oldest loss first.

    Examples
    --------
    >>> rows = pd.DataFrame({"code": [0, 0, 0], "lost": [1.0, 5.0, 9.0], "returned": np.nan})
    >>> superseded(rows.assign(returned=[np.nan, 7.0, np.nan])).tolist()
    [True, False, False]
    """
    following = rows.groupby("code")["lost"].shift(-1)
    return following.notna() & ~(rows["returned"] <= following)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Register:
    """Losses up to the as-of date by customer and day; a loss after it has not happened."""

    customer: Ints
    """Code of the customer."""
    lost: Days
    returned: Days
    """NaT: not known to have returned."""
    row: Ints
    """Place of each loss in the table."""
    n: int
    """Known customers."""

    def latest(self, day: np.datetime64) -> Ints:
        """Return the latest loss of each customer up to a day (a place here), -1 without any."""
        past = np.flatnonzero(self.lost <= day)
        found = np.full(self.n, -1, dtype=np.int64)
        found[self.customer[past]] = past  # days rise: the last one stays
        return found

    def gone(self, day: np.datetime64) -> Bools:
        """Return who is lost by the register on a day: lost by then and not returned by then."""
        at = self.latest(day)
        returned = self._of(self.returned, at)
        return np.asarray((at >= 0) & ~(returned <= day))  # NaT is never earlier

    def lost_on(self, day: np.datetime64) -> Days:
        """Return the day of each customer's latest loss up to a day, NaT without any."""
        return self._of(self.lost, self.latest(day))

    def returned_on(self, day: np.datetime64) -> Days:
        """Return when each customer came back after its latest loss, NaT where not by a day."""
        found = self._of(self.returned, self.latest(day))
        return np.where(found <= day, found, np.datetime64("NaT", "D"))

    def first(self) -> Days:
        """Return the day of each customer's first loss, NaT without any."""
        found = np.full(self.n, np.datetime64("NaT", "D"))
        found[self.customer[::-1]] = self.lost[::-1]
        return found

    @staticmethod
    def _of(days: Days, at: Ints) -> Days:
        return np.append(days, np.datetime64("NaT", "D"))[at]  # -1: the blank at the end


def register_of(
    table: pd.DataFrame | None, codes: Ints, n: int, *, as_of: np.datetime64
) -> Register:
    """Return the register up to the as-of date.

    Parameters
    ----------
    codes
        Code of the customer of each row of the table, -1: nobody.
    """
    if table is None:
        none = np.array([], dtype=np.int64)
        days = np.array([], dtype="datetime64[D]")
        return Register(customer=none, lost=days, returned=days, row=none, n=n)
    order = loss_order(table)
    lost = dates(table, "lost_date").to_numpy().astype("datetime64[D]")
    returned = dates(table, "returned_date").to_numpy().astype("datetime64[D]")
    order = order[(codes[order] >= 0) & (lost[order] <= as_of)]
    order = order[np.argsort(codes[order], kind="stable")]
    return Register(
        customer=codes[order], lost=lost[order], returned=returned[order], row=order, n=n
    )
