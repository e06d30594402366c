"""The register of losses: which rows count, and what is known of each loss."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import (
    day_number,
    day_numbers,
    days,
    numbers,
    texts,
    truths,
)
from workbook.diagnostics.churn_reasons.history import codes_of
from workbook.diagnostics.churn_reasons.ledger import YEAR, SalesLedger, ledger
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.customer_ledger.register import loss_order, superseded
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats

_TEXTS = (
    "reasons",
    "stated_reasons",
    "manager",
    "region",
    "segment",
    "stage",
    "destination",
    "competitor",
    "offer_used",
)
_TRUTHS = ("verified", "complained", "exit_interview")
FROM_CUSTOMERS = ("manager", "region", "segment")
"""What the table of customers says where the register does not."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Losses:
    """The losses that count, oldest first, and everybody the tables know.

    ``frame`` has one row per loss: ``row`` (its place in the whole register), ``customer``,
    ``code`` (place in ``ids``), ``name``, days ``lost``, ``start`` and ``returned`` (NaN: not
    known), ``revenue`` (NaN: not known), the texts of the table (``""``: not known) and its yes-no
    columns as 1, 0 and NaN.
    """

    frame: pd.DataFrame
    ids: "pd.Index[str]"
    """Customers of all tables, sorted."""
    customers: pd.DataFrame
    """``manager``, ``region``, ``segment``, ``name`` and days ``registered``,
    ``contract_end`` by code; ``listed``: in the table of customers."""
    ledger: SalesLedger | None
    silent: "npt.NDArray[np.bool_] | None"
    """By code: silent by the customer ledger; None without sales."""
    as_of: int
    """Day number."""
    since: int | None
    """Day number of the first day whose losses are in the register: stated, else the first day
    of the month of the earliest loss, as it is of losses that earlier files add from before the
    stated one; None without losses."""
    since_stated: bool
    loss_months: int
    """Calendar months from the earliest to the latest loss, both counted."""
    superseded: int
    future: int

    @property
    def n(self) -> int:
        """Number of losses."""
        return len(self.frame)

    @property
    def revenue(self) -> Floats:
        """Yearly revenue of each loss, NaN where not known."""
        return self.frame["revenue"].to_numpy(dtype=float)

    def later_than(self, day: int | None) -> "Losses":
        """Return the losses after a day as a register that begins on the next one.

        None, or a day before the register began: the register itself.
        """
        if day is None or self.since is None:
            return self
        later = (self.frame["lost"] > day).to_numpy()
        if self.since > day and later.all():
            return self
        since = max(self.since, day + 1)
        return replace(
            self,
            frame=self.frame.loc[later].reset_index(drop=True),
            since=since,
            since_stated=self.since_stated or since > self.since,
            loss_months=_loss_months(self.frame.loc[later]),
        )


def known_sum(revenue: Floats) -> float | None:
    """Return the sum of the revenue that is known; None where none is.

    Examples
    --------
    >>> known_sum(np.array([1.5, np.nan, 2.0])), known_sum(np.array([np.nan]))
    (3.5, None)
    """
    known = revenue[~np.isnan(revenue)]
    return float(known.sum()) if len(known) else None


def find_losses(inputs: Inputs, params: Params) -> Losses:
    """Return the register of losses.

    Of a customer lost twice without a return in between only the later loss counts.  A loss
    after the as-of date has not happened.  The yearly revenue is the register's own, else the
    net sales of the 365 days before the loss.
    """
    ids = _ids(inputs)
    table = inputs.tables.get("lost_customers", pd.DataFrame({"customer_id": []}, dtype="str"))
    sales = inputs.tables.get("sales")
    books = None if sales is None else ledger(sales, ids)
    customers = _customers(inputs.tables.get("customers"), ids, books)
    rows = _rows(table, ids)
    as_of = day_number(inputs.as_of)
    future = (rows["lost"] > as_of).to_numpy()
    rows = rows.loc[~future & rows["lost"].notna()]
    rows, superseded = _last_of_each(rows)
    rows = rows.reset_index(drop=True)
    rows["row"] = rows.index
    for column in FROM_CUSTOMERS:
        known = customers[column].to_numpy()[rows["code"].to_numpy()]
        rows[column] = rows[column].where(rows[column] != "", known)
    rows["name"] = customers["name"].to_numpy()[rows["code"].to_numpy()]
    rows["revenue"] = _revenue(rows, books)
    since = _since(rows, params)
    return Losses(
        frame=rows,
        ids=ids,
        customers=customers,
        ledger=books,
        silent=None if books is None else _silent(inputs, ids),
        as_of=as_of,
        since=since,
        since_stated=params.register_since is not None
        and since == day_number(params.register_since),
        loss_months=_loss_months(rows),
        superseded=superseded,
        future=int(future.sum()),
    )


def _silent(inputs: Inputs, ids: "pd.Index[str]") -> "npt.NDArray[np.bool_]":
    told = inputs.ledger.customers.frame.set_index("customer_id")["is_silent"]
    return told.reindex(ids).to_numpy(dtype=bool)


def _ids(inputs: Inputs) -> "pd.Index[str]":
    tables = [inputs.tables.get(name) for name in ("lost_customers", "customers", "sales")]
    every = [texts(table, "customer_id") for table in tables if table is not None]
    if not every:
        return pd.Index([], dtype="str")
    found = pd.Index(pd.concat(every).unique(), dtype="str")
    named: pd.Index[str] = pd.Index(sorted(found[found != ""]), dtype="str")
    return named


def _customers(
    table: pd.DataFrame | None, ids: "pd.Index[str]", books: SalesLedger | None
) -> pd.DataFrame:
    found = pd.DataFrame(index=pd.RangeIndex(len(ids)))
    known = pd.DataFrame({"customer_id": []}, dtype="str") if table is None else table
    known = known.loc[~texts(known, "customer_id").duplicated()]
    place = pd.Series(codes_of(known, ids))
    for column in (*FROM_CUSTOMERS, "name"):
        given = pd.Series(texts(known, column).to_numpy(), index=place, dtype="str")
        found[column] = given.reindex(found.index).fillna("")
    for column, name in (("registered_date", "registered"), ("contract_end", "contract_end")):
        found[name] = pd.Series(days(known, column), index=place).reindex(found.index)
    found["listed"] = found.index.isin(place)
    if books is not None and table is None:
        found["listed"] = ~np.isnan(books.amounts.first(found.index.to_numpy(dtype=np.int64)))
    if books is not None:
        sold_by = books.managers.reindex(found.index).fillna("")
        found["manager"] = found["manager"].where(found["manager"] != "", sold_by)
    return found


def _rows(table: pd.DataFrame, ids: "pd.Index[str]") -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "customer": texts(table, "customer_id").to_numpy(),
            "code": codes_of(table, ids),
            "lost": days(table, "lost_date"),
            "start": days(table, "start_date"),
            "returned": days(table, "returned_date"),
            "own_revenue": numbers(table, "annual_revenue"),
            "elsewhere": table.index.to_numpy() < 0,
        }
    )
    for column in _TEXTS:
        rows[column] = texts(table, column).to_numpy()
    for column in _TRUTHS:
        rows[column] = truths(table, column)
    rows = rows.iloc[loss_order(table)]
    return rows.loc[rows["code"] >= 0]


def _last_of_each(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Leave out losses that the same customer's next loss supersedes."""
    again = superseded(rows)
    return rows.loc[~again], int(again.sum())


def _revenue(rows: pd.DataFrame, books: SalesLedger | None) -> Floats:
    own = rows["own_revenue"].to_numpy(dtype=float)
    if books is None:
        return own
    codes, lost = rows["code"].to_numpy(dtype=np.int64), rows["lost"].to_numpy(dtype=float)
    sold = books.amounts.total(codes, lost - YEAR, lost + 1)
    bought = ~np.isnan(books.amounts.first(codes))
    return np.where(np.isnan(own) & bought, sold, own)


def _loss_months(rows: pd.DataFrame) -> int:
    if rows.empty:
        return 0
    ends = pd.to_datetime([rows["lost"].min(), rows["lost"].max()], unit="D").to_period("M")
    return int((ends[1] - ends[0]).n) + 1


def _since(rows: pd.DataFrame, params: Params) -> int | None:
    if rows.empty:
        return None
    if params.register_since is not None:
        stated, earlier = day_number(params.register_since), rows.loc[rows["elsewhere"], "lost"]
        return stated if earlier.empty else min(stated, _month_of(earlier.min()))
    return _month_of(rows["lost"].min())


def _month_of(day: float) -> int:
    """Return the first day of a day's month."""
    first = pd.Series(pd.to_datetime([day], unit="D"))
    return int(day_numbers(first.dt.to_period("M").dt.start_time)[0])
