"""The large table: one row per customer."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import texts
from workbook.diagnostics.customer_ledger.abc_classes import CLASSES as ABC
from workbook.diagnostics.customer_ledger.abc_classes import Marks
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, choices_at, or_none, texts_at, words_at
from workbook.diagnostics.segmentation_matrix.contacts import complaints, last_marks
from workbook.diagnostics.segmentation_matrix.customer_value import CustomerValue
from workbook.diagnostics.segmentation_matrix.kpi_result import A_MOVES, CUSTOMERS
from workbook.diagnostics.segmentation_matrix.lifecycle import ORDER
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sale_kinds import SaleKind, Tally, tally
from workbook.diagnostics.segmentation_matrix.xyz import CLASSES as XYZ
from workbook.stats import Floats
from workbook.stats.data_table import DataTable

Columns = dict[str, Any]
"""Columns of the table, each by customer code."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Products:
    """Segment and products of customers, by code."""

    segments: Words
    used: Ints | None
    """None: no sale names a product."""
    wanted: Ints | None
    """None: no targets."""


def customer_kpis(
    inputs: Inputs,
    found: CustomerValue,
    params: Params,
    *,
    products: Products,
    offers: pd.DataFrame,
) -> DataTable:
    """Return the rows of all listed customers and all that bought, largest amount first.

    Parameters
    ----------
    offers
        See :func:`offers_by_customer`, by customer code.

    Raises
    ------
    ValueError
        When a customer's kinds of sale and returns do not add up to its amount.
    """
    ledger = found.ledger
    columns: Columns = {
        **_who(inputs, found, products),
        **_classes(found),
        **_sales(found),
        **_contacts(inputs, found, offers),
    }
    n = ledger.listed_or_bought
    columns = {name: cells[:n] for name, cells in columns.items()}
    used = np.zeros(n) if products.used is None else products.used
    columns["most_valuable"] = (
        (columns["abc"] == "A") & (columns["xyz"] == "X") & (used >= params.valuable_products)
    )
    order = np.lexsort((np.arange(n), -found.amount[:n]))
    rows = pd.DataFrame({column.name: columns[column.name] for column in CUSTOMERS})
    return DataTable(CUSTOMERS, rows.iloc[order])


def a_moves(customers: DataTable) -> DataTable:
    """Return the customers that left class A or came into it, largest change first."""
    rows = customers.frame
    was, is_now = (rows[name].astype(object) == "A" for name in ("abc_before", "abc"))
    change = (rows["amount"] - rows["amount_before"].fillna(0.0)).abs()
    moved = rows.loc[(was != is_now).to_numpy()]
    order = np.argsort(-change.loc[moved.index].to_numpy(), kind="stable")
    named = {"abc_before": "before", "abc": "now"}
    columns = ["customer_id", "abc_before", "abc", "amount_before", "amount"]
    moved = moved.iloc[order][columns].rename(columns=named)
    return DataTable(A_MOVES, moved.reset_index(drop=True))


def _who(inputs: Inputs, found: CustomerValue, products: Products) -> Columns:
    ledger = found.ledger
    ids = words_at(ledger.customers, np.arange(ledger.n))
    nothing = np.full(ledger.n, np.nan)
    return {
        "customer_id": ids,
        "name": or_none(_names(inputs).reindex(ids, fill_value="").to_numpy(dtype=object)),
        "segment": products.segments,
        "manager": texts_at(ledger.managers, ledger.manager_now),
        "tenure_days": _tenure(found),
        "used": nothing if products.used is None else products.used,
        "wanted": nothing if products.wanted is None else products.wanted,
    }


def _names(inputs: Inputs) -> "pd.Series[str]":
    """Return the names by customer id; of several the last that is filled counts."""
    table = inputs.tables.get("customers")
    if table is None:
        return pd.Series(dtype="str")
    named = pd.Series(texts(table, "name").to_numpy(), index=texts(table, "customer_id").to_numpy())
    named = named.loc[named != ""]
    return named.loc[~named.index.duplicated(keep="last")]


def _tenure(found: CustomerValue) -> Floats:
    """Return days since registration or the first purchase, whichever came first."""
    first: Days = np.fmin(found.ledger.registered, found.bought.first())
    days = (np.datetime64(found.ledger.as_of, "D") - first).astype(np.int64)
    return np.where(np.isnat(first), np.nan, np.maximum(days, 0))


def _classes(found: CustomerValue) -> Columns:
    steady = np.where(found.lost, -1, found.stability.marks)
    now, before = (None if p is None else p.marks for p in (found.now.abc, found.abc_before))
    return {
        "status": choices_at(ORDER, found.marks),
        "status_before": choices_at(ORDER, found.marks_before),
        "abc": _named(now, found.ledger),
        "abc_before": _named(before, found.ledger),
        "xyz": choices_at(XYZ, steady),
    }


def _named(marks: Marks | None, ledger: Ledger) -> pd.Categorical:
    return choices_at(ABC, np.full(ledger.n, -1) if marks is None else marks)


def _sales(found: CustomerValue) -> Columns:
    primary, repeat, new = _tallies(found)
    scale = found.ledger.scale
    before = found.amount_before / scale
    return {
        "amount": found.amount / scale,
        "amount_before": before if found.before is not None else np.full(len(before), np.nan),
        "primary": primary.documents,
        "primary_sum": primary.units / scale,
        "repeat": repeat.sales,
        "repeat_sum": repeat.units / scale,
        "new_direction": new.sales,
        "new_direction_sum": new.units / scale,
        "last_sale": found.bought.last(found.ledger.as_of),
    }


def _tallies(found: CustomerValue) -> tuple[Tally, Tally, Tally]:
    """Return first sales, repeat sales and new directions by customer."""
    ledger = found.ledger
    lines = ledger.within(found.now.span)
    primary, repeat, new, returned = (
        tally(ledger, found.sale_kinds, kind, owner=ledger.customer, n=ledger.n, lines=lines)
        for kind in SaleKind
    )
    parts = primary.units + repeat.units + new.units + returned.units
    if not np.array_equal(parts, found.amount):
        raise ValueError("kinds of sale do not add up to what customers bought")
    return primary, repeat, new


def _contacts(inputs: Inputs, found: CustomerValue, offers: pd.DataFrame) -> Columns:
    ids = list(found.ledger.customers)
    complained = complaints(inputs, found.now.span)
    nothing = np.full(len(ids), np.nan)
    return {
        "open_offers": offers["open_offers"].to_numpy(),
        "next_step": offers["next_step"].to_numpy(),
        "refusals": offers["refusals"].to_numpy(),
        "last_refusal_stage": offers["stage"].to_numpy(dtype=object),
        "last_refusal_reason": offers["reason"].to_numpy(dtype=object),
        "complaints": nothing
        if complained is None
        else complained.reindex(ids, fill_value=0).to_numpy(),
        "last_mark": last_marks(inputs).reindex(ids).to_numpy(),
    }
