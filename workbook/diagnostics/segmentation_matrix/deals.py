"""Offers as events of deals, up to the as-of date, in an order that their rows do not change."""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.stages import Stages, stages
from workbook.stats import Floats

OPEN, WON, LOST = 0, 1, 2
_STATUS = {"open": OPEN, "won": WON, "lost": LOST}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deals:
    """Events, sorted by deal, day and stage; a deal's events are one run of rows."""

    stages: Stages
    """With the stage of each row: where blank, the stage that the deal was last in."""
    deal: Ints
    """0, 1, … in the order of the rows."""
    status: Ints
    """``OPEN``, ``WON`` or ``LOST`` by this event."""
    day: Days
    due: Days
    amount: Floats
    """Of the event, NaN where blank."""
    customer: Words
    """Ids, names and numbers as given, ``""`` where blank."""
    product: Words
    manager: Words
    reason: Words
    number: Words
    """``deal_id``."""
    source: Words
    """Where the deal came from."""
    competitor: Words
    cost: Floats
    """What getting the deal cost, NaN where blank."""

    @property
    def n(self) -> int:
        """Number of deals."""
        return int(self.deal[-1]) + 1 if len(self.deal) else 0

    @property
    def events_of(self) -> Ints:
        """Return the number of events of each deal."""
        return np.bincount(self.deal, minlength=self.n)

    @property
    def last(self) -> Bools:
        """Mark the last event of each deal."""
        return np.append(self.deal[1:] != self.deal[:-1], True)[: len(self.deal)]

    @property
    def worth(self) -> Floats:
        """Return the latest known amount of each deal, NaN where none is known."""
        found = np.full(self.n, np.nan)
        known = ~np.isnan(self.amount)
        found[self.deal[known]] = self.amount[known]  # the last assignment wins
        return found

    @property
    def spent(self) -> Floats:
        """Return the latest known cost of getting each deal, NaN where none is known."""
        found = np.full(self.n, np.nan)
        known = ~np.isnan(self.cost)
        found[self.deal[known]] = self.cost[known]
        return found

    def after(self, day: date | None) -> "Deals | None":
        """Return the deals that moved after a day, with all their events; all without a day."""
        if day is None:
            return self
        moved = self.day[self.last] > np.datetime64(day, "D")
        kept = moved[self.deal]
        if not kept.any():
            return None
        parts = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "stages"}
        return replace(
            self,
            **(
                {name: part[kept] for name, part in parts.items()}
                | {"deal": (np.cumsum(moved) - 1)[self.deal[kept]]}
            ),
            stages=replace(
                self.stages,
                codes=self.stages.codes[kept],
                is_outcome=self.stages.is_outcome[kept],
            ),
        )

    def owners(self, rows: Ints) -> Ints:
        """Return the customer of each row as a number; where none is named, its deal."""
        names, codes = np.unique(self.customer[rows].astype(str), return_inverse=True)
        blank = self.customer[rows] == ""
        return np.where(blank, len(names) + self.deal[rows], codes)

    def first_named(self, words: Words) -> Words:
        """Return the first word that the events of each deal name, ``""`` where none does."""
        found = np.full(self.n, "", dtype=object)
        known = np.flatnonzero(words != "")[::-1]
        found[self.deal[known]] = words[known]
        return found

    def last_named(self, words: Words) -> Words:
        """Return the last word that the events of each deal name, ``""`` where none does."""
        found = np.full(self.n, "", dtype=object)
        known = np.flatnonzero(words != "")
        found[self.deal[known]] = words[known]
        return found


def deals(inputs: Inputs, params: Params) -> Deals | None:
    """Return the events of the offers; None without any up to the as-of date.

    Without ``deal_id`` a deal is one customer and product; once it is won or lost, an event that
    is open again begins another one.
    """
    table = inputs.tables.get("offers")
    if table is None:
        return None
    day = dates(table, "date").to_numpy().astype("datetime64[D]")
    past = day <= np.datetime64(inputs.as_of, "D")
    rows, day = table.loc[past], day[past]
    if rows.empty:
        return None
    found = stages(rows, day, params.stages, deal=_owners(rows))
    frame = _frame(rows, day, found)
    frame["deal"] = _numbered(frame)
    at = _carried(frame["stage"].to_numpy(), frame["deal"].to_numpy())
    return Deals(
        stages=replace(found, codes=at, is_outcome=frame["outcome"].to_numpy(dtype=bool)),
        deal=frame["deal"].to_numpy(dtype=np.int64),
        status=frame["status"].to_numpy(dtype=np.int64),
        day=frame["day"].to_numpy().astype("datetime64[D]"),
        due=frame["due"].to_numpy().astype("datetime64[D]"),
        amount=frame["amount"].to_numpy(dtype=float),
        customer=frame["customer"].to_numpy(dtype=object),
        product=frame["product"].to_numpy(dtype=object),
        manager=frame["manager"].to_numpy(dtype=object),
        reason=frame["reason"].to_numpy(dtype=object),
        number=frame["number"].to_numpy(dtype=object),
        source=frame["source"].to_numpy(dtype=object),
        competitor=frame["competitor"].to_numpy(dtype=object),
        cost=frame["cost"].to_numpy(dtype=float),
    )


def _owners(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return what names the deal of each row: its number, else customer and product."""
    number, customer, product = (texts(rows, c) for c in ("deal_id", "customer_id", "product"))
    return [
        (n, "", "") if n else ("", c, p) for n, c, p in zip(number, customer, product, strict=True)
    ]


def _frame(rows: pd.DataFrame, day: Days, found: Stages) -> pd.DataFrame:
    """Return the events sorted: by deal and day, on one day by stage, open before closed."""
    frame = pd.DataFrame(
        {
            "number": texts(rows, "deal_id").to_numpy(dtype=object),
            "customer": texts(rows, "customer_id").to_numpy(dtype=object),
            "product": texts(rows, "product").to_numpy(dtype=object),
            "day": day.astype("datetime64[ns]"),
            "status": texts(rows, "status").map(_STATUS).fillna(OPEN).to_numpy(dtype=np.int64),
            "stage": found.codes,
            "outcome": found.is_outcome,
            "due": dates(rows, "due_date").to_numpy(),
            "amount": numbers(rows, "amount"),
            "manager": texts(rows, "manager").to_numpy(dtype=object),
            "reason": texts(rows, "reason").to_numpy(dtype=object),
            "source": texts(rows, "source").to_numpy(dtype=object),
            "competitor": texts(rows, "competitor").to_numpy(dtype=object),
            "cost": numbers(rows, "acquisition_cost"),
        }
    )
    # Numbered deals are deals by their number, the others by customer and product.
    own = frame["number"] != ""
    frame["by_customer"] = np.where(own, "", frame["customer"])
    frame["by_product"] = np.where(own, "", frame["product"])
    frame["open_later"] = frame["status"] != OPEN
    frame["placed"] = np.where(frame["stage"] < 0, np.where(frame["open_later"], 1e9, -1.0),
                               frame["stage"])  # fmt: skip
    keys = ["number", "by_customer", "by_product", "day", "placed", "open_later", "status",
            "due", "amount", "manager", "reason", "customer", "product", "source", "competitor",
            "cost"]  # fmt: skip
    return frame.sort_values(keys, kind="stable", na_position="first", ignore_index=True)


def _numbered(frame: pd.DataFrame) -> Ints:
    """Return the deal of each row."""
    named = frame[["number", "by_customer", "by_product"]]
    other = (named != named.shift()).any(axis=1).to_numpy()
    status = frame["status"].to_numpy()
    closed = np.append(False, status[:-1] != OPEN)
    again = (frame["number"] == "").to_numpy() & closed & (status == OPEN)
    nameless = ((frame["number"] == "") & (frame["customer"] == "")).to_numpy()
    return np.asarray(np.cumsum(other | again | nameless) - 1, dtype=np.int64)


def _carried(stage: Ints, deal: Ints) -> Ints:
    """Return the stage of each row, where blank the last one of its deal."""
    named = np.where(stage >= 0, np.arange(len(stage)), -1)
    latest = np.maximum.accumulate(named)
    own = (latest >= 0) & (deal[np.maximum(latest, 0)] == deal)
    return np.where(own, stage[np.maximum(latest, 0)], -1)
