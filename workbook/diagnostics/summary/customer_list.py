"""The customers by money at stake: state, signals, and the next step (the method, 5)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import numbers, texts
from workbook.diagnostics.customer_ledger.ledger_result import ScoreClass
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.summary.joined import Joined, result_of
from workbook.diagnostics.summary.money import Fates
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, choice, number, parts, text


class Sign(StrEnum):
    """What is known of a customer that asks for a step, most pressing first."""

    REGISTERED_LOSS = "registered_loss"
    CONTRACT_ENDED = "contract_ended"
    OPEN_COMPLAINT = "open_complaint"
    SILENT = "silent"
    OVERDUE = "overdue"
    """Silent for longer than twice its own usual interval."""
    DETRACTOR = "detractor"
    """Told only where answers may be told by name."""
    AT_RISK = "at_risk"
    """A finding calls it at risk."""
    SINGLE_CONTACT = "single_contact"
    SINGLE_PRODUCT = "single_product"
    WHITE_SPACE = "white_space"
    """More could be sold to it."""


AT_STAKE = (
    text("customer_id", "The customer."),
    text("name", "Its name; the id where it has none."),
    choice("state", "Its state in the customer ledger.", State),
    text("segment", "Empty where not known."),
    text("manager", "Who looks after it; empty where not known."),
    number("revenue", "Net sales of the last 12 months.", unit="money", optional=True),
    number(
        "money",
        "At stake in a year: what a lost customer brought, what one at risk brings, what more "
        "could be sold to the others.",
        unit="money",
    ),
    parts("signs", "What is known of it, most pressing first."),
)
OVERDUE_TIMES = 2
"""Times its own usual interval (the project's own)."""


def customer_list(
    inputs: Inputs, found: Fates, risky: frozenset[str], joined: Sequence[Joined]
) -> DataTable:
    """Return every customer with money at stake, most of it first."""
    rows = inputs.ledger.customers.frame.copy()
    annual = _annual(inputs, rows)
    spaces = _white_space(rows["customer_id"], joined)
    revenue = rows["revenue"].fillna(0.0).to_numpy(dtype=float)
    stake = np.where(found.lost, annual, np.where(found.at_risk, revenue, spaces))
    signs = _signs(inputs, rows, risky, spaces)
    names = rows["name"].fillna("").astype(str)
    table = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "name": names.where(names != "", rows["customer_id"]),
            "state": rows["state"],
            "segment": rows["segment"].fillna(""),
            "manager": rows["manager"].fillna(""),
            "revenue": rows["revenue"],
            "money": stake,
            "signs": signs,
        }
    )
    table = table.loc[table["money"] > 0]
    order = table.sort_values(["money", "customer_id"], ascending=[False, True])
    return DataTable(AT_STAKE, order.reset_index(drop=True))


def _annual(inputs: Inputs, rows: pd.DataFrame) -> Floats:
    """Return what a lost customer brought in a year: by the register, else its better year."""
    sold = _floats(rows[["revenue", "revenue_before"]].max(axis=1).fillna(0.0))
    register = inputs.tables.get("lost_customers")
    if register is None:
        return np.maximum(sold, 0.0)
    known = pd.Series(
        numbers(register, "annual_revenue"), index=texts(register, "customer_id").to_numpy()
    )
    latest = known.dropna().groupby(level=0).last()
    said = _floats(rows["customer_id"].map(latest))
    return np.where(np.isnan(said), np.maximum(sold, 0.0), said)


def _white_space(customers: "pd.Series[str]", joined: Sequence[Joined]) -> Floats:
    """Return what more could be sold to each customer in a year; 0 where nothing is known."""
    spaces = getattr(result_of(joined, "segmentation_matrix"), "white_space", None)
    if spaces is None or not len(spaces):
        return np.zeros(len(customers))
    frame = spaces.frame
    sums = frame.loc[frame["part"] == "open"].groupby("customer_id")["value"].sum()
    return _floats(customers.map(sums).fillna(0.0))


def _floats(cells: "pd.Series[Any]") -> Floats:
    return np.asarray(cells, dtype=np.float64)


def _signs(
    inputs: Inputs,
    rows: pd.DataFrame,
    risky: frozenset[str],
    spaces: Floats,
) -> list[tuple[str, ...]]:
    state = rows["state"].astype(str)
    late = rows["silence_days"].astype(float) > OVERDUE_TIMES * rows["own_interval"].astype(float)
    unhappy = rows["score_class"].astype("string") == ScoreClass.DETRACTOR.value
    flags = {
        Sign.REGISTERED_LOSS: state == State.REGISTERED_LOSS.value,
        Sign.CONTRACT_ENDED: state == State.CONTRACT_ENDED.value,
        Sign.OPEN_COMPLAINT: _true(rows["open_complaint"]),
        Sign.SILENT: state == State.SILENT.value,
        Sign.OVERDUE: late & (state == State.ACTIVE.value),
        Sign.DETRACTOR: unhappy.fillna(False) & inputs.answers_by_name,
        Sign.AT_RISK: rows["customer_id"].isin(risky) & (state == State.ACTIVE.value),
        Sign.SINGLE_CONTACT: _true(rows["single_contact"]),
        Sign.SINGLE_PRODUCT: _true(rows["single_product"]),
        Sign.WHITE_SPACE: pd.Series(spaces > 0, index=rows.index),
    }
    masks = [(sign.value, mask.to_numpy(dtype=bool)) for sign, mask in flags.items()]
    found = [tuple(name for name, mask in masks if mask[i]) for i in range(len(rows))]
    return [_said_once(signs) for signs in found]


def _said_once(signs: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out that a finding calls a customer at risk where another sign says why."""
    others = tuple(sign for sign in signs if sign != Sign.AT_RISK.value)
    return others or signs


def _true(cells: "pd.Series[bool]") -> "pd.Series[bool]":
    return cells.astype("boolean").fillna(False).astype(bool)
