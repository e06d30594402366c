"""Relationships with customers: who was there, from when to when, in whose hands."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.churn_reasons.history import Ints
from workbook.diagnostics.churn_reasons.losses import FROM_CUSTOMERS, Losses
from workbook.stats import Floats

COLUMNS = (*FROM_CUSTOMERS, "product")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Portfolio:
    """One row per relationship.

    ``code`` of the customer, days ``start`` (NaN: not known) and ``end``, ``lost`` (it ended in
    a loss), ``loss`` (row of the losses, -1), ``active`` (it lasts), ``back`` (won back and not
    lost again), and the text columns :data:`COLUMNS`.  A customer that was won back has a
    second one.
    """

    frame: pd.DataFrame
    since: int
    """Day number of the first day whose losses are known."""
    as_of: int

    @property
    def at_risk(self) -> npt.NDArray[np.bool_]:
        """Relationships that could have ended since."""
        start, end = self.start, self.end
        begun = np.isnan(start) | (start <= self.as_of)
        return begun & (end >= self.since)

    @property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Relationships that make up a portfolio: a customer won back is not there twice."""
        back = self.frame["back"].to_numpy(dtype=bool)
        code = self.frame["code"].to_numpy(dtype=np.int64)
        twice = back & np.isin(code, code[self.at_risk & ~back])
        return np.asarray(self.at_risk & ~twice)

    @property
    def active(self) -> Ints:
        """Codes of the customers that are there now, each once."""
        codes = self.frame.loc[self.frame["active"], "code"]
        return np.unique(codes.to_numpy(dtype=np.int64))

    @property
    def at_start(self) -> npt.NDArray[np.bool_]:
        """Relationships on the first day of the register; an unknown start was before."""
        return self.at_risk & (np.isnan(self.start) | (self.start < self.since))

    @property
    def entry(self) -> Floats:
        """Last day before each relationship could end under observation.

        It is at risk from the day after: after it began, or from the register's first day, where
        it began before or nobody knows when.  One that began and ended on one day has that day.
        """
        begun = np.where(np.isnan(self.start), -np.inf, self.start)
        return np.minimum(np.maximum(begun, self.since - 1.0), self.end - 1.0)

    @property
    def start(self) -> Floats:
        """Day numbers, NaN where not known."""
        return self.frame["start"].to_numpy(dtype=float)

    @property
    def end(self) -> Floats:
        """Day of the loss, the end of the contract, or the as-of date."""
        return self.frame["end"].to_numpy(dtype=float)

    @property
    def lost(self) -> npt.NDArray[np.bool_]:
        """Relationships that ended in a loss."""
        return self.frame["lost"].to_numpy(dtype=bool)


def since_when(portfolio: Portfolio | None, losses: Losses) -> Portfolio | None:
    """Return the relationships beside part of their losses, at risk since these are counted."""
    if portfolio is None or losses.since is None:
        return None
    place = pd.Series(np.arange(losses.n), index=losses.frame["row"])
    loss = place.reindex(portfolio.frame["loss"]).fillna(-1).to_numpy(dtype=np.int64)
    return replace(portfolio, frame=portfolio.frame.assign(loss=loss), since=losses.since)


def find_portfolio(losses: Losses) -> Portfolio | None:
    """Return all relationships; None when the tables name no customer beside the lost ones.

    A relationship begins on the first of these that is known: the register's ``start_date``;
    the return after the loss before; ``registered_date`` of the customer; its first sale.  A
    beginning after the loss is not known.  It lasts to the loss, else to the as-of date; of a
    customer whose contract ended before and who has bought nothing since, to that end.
    """
    if losses.since is None or not bool(losses.customers["listed"].any()):
        return None
    begun = _begun(losses)
    ended, back = _ended(losses, begun), _back(losses)
    others = _others(losses, begun)
    frame = pd.concat([ended, back, others], ignore_index=True)
    if losses.ledger is not None:
        main = losses.ledger.products.reindex(frame["code"]).fillna("")
        frame["product"] = main.to_numpy()
    else:
        frame["product"] = ""
    return Portfolio(frame=frame, since=losses.since, as_of=losses.as_of)


def _begun(losses: Losses) -> Floats:
    """First day of each customer: registered, else the first sale."""
    registered = losses.customers["registered"].to_numpy(dtype=float)
    if losses.ledger is None:
        return registered
    codes = np.arange(len(losses.ids), dtype=np.int64)
    return np.where(np.isnan(registered), losses.ledger.purchases.first(codes), registered)


def _ended(losses: Losses, begun: Floats) -> pd.DataFrame:
    rows = losses.frame
    own, lost = rows["start"].to_numpy(dtype=float), rows["lost"].to_numpy(dtype=float)
    back = rows.groupby("code")["returned"].shift(1).to_numpy(dtype=float)
    first = begun[rows["code"].to_numpy(dtype=np.int64)]
    start = np.where(np.isnan(own), np.where(np.isnan(back), first, back), own)
    return pd.DataFrame(
        {
            "code": rows["code"],
            # A beginning after the loss is of another relationship; that of this one is unknown.
            "start": np.where(start > lost, np.nan, start),
            "end": lost,
            "lost": True,
            "loss": np.arange(len(rows)),
            "active": False,
            "back": False,
            **{column: rows[column] for column in FROM_CUSTOMERS},
        }
    )


def _back(losses: Losses) -> pd.DataFrame:
    """Return the second relationship of customers that came back after their last loss."""
    rows = losses.frame.drop_duplicates("code", keep="last")
    rows = rows.loc[rows["returned"] <= losses.as_of]
    return pd.DataFrame(
        {
            "code": rows["code"],
            "start": rows["returned"],
            "end": float(losses.as_of),
            "lost": False,
            "loss": -1,
            "active": True,
            "back": True,
            **{column: rows[column] for column in FROM_CUSTOMERS},
        }
    )


def _others(losses: Losses, begun: Floats) -> pd.DataFrame:
    """Return the relationships of customers never lost."""
    never = losses.customers["listed"].to_numpy(dtype=bool).copy()
    never[losses.frame["code"].to_numpy(dtype=np.int64)] = False
    codes = np.flatnonzero(never)
    known = losses.customers.iloc[codes]
    contract = known["contract_end"].to_numpy(dtype=float)
    over = contract < losses.as_of
    if losses.ledger is not None:
        after = np.full(len(codes), np.inf)
        over &= losses.ledger.purchases.count(codes.astype(np.int64), contract + 1, after) == 0
    return pd.DataFrame(
        {
            "code": codes,
            "start": begun[codes],
            "end": np.where(over, contract, float(losses.as_of)),
            "lost": False,
            "loss": -1,
            "active": ~over,
            "back": False,
            **{column: known[column].to_numpy() for column in FROM_CUSTOMERS},
        }
    )
