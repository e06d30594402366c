"""What was offered to customers, what they complained of and how they marked."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.mark_scale import MarkScale, scale_of
from workbook.diagnostics.segmentation_matrix.deals_result import (
    CellStatus,
    under_way,
)
from workbook.stats.data_table import DataTable

_FIFTH = 5.0
"""A share of 1 is a mark of 5: a percentage's twentieth part."""


def offers_by_customer(board: DataTable, events: DataTable, ids: Sequence[str]) -> pd.DataFrame:
    """Return offers and refusals of customers, in the order of ``ids``.

    Columns: ``open_offers``, ``next_step`` (the earliest day when one of them is due),
    ``refusals``, ``stage`` and ``reason`` (of the latest refusal).
    """
    every = pd.Index(ids)
    busy = board.frame.loc[under_way(board)].groupby("customer_id")
    refused = events.frame.loc[events["event"] == CellStatus.REFUSED]
    # Two refusals of one day: the later product, stage and reason by text, whatever their order.
    in_order = refused.assign(**{c: refused[c].fillna("") for c in ("stage", "reason")})
    in_order = in_order.sort_values(["date", "product", "stage", "reason"], kind="stable")
    last = refused.loc[in_order.index].drop_duplicates("customer_id", keep="last")
    last = last.set_index("customer_id")
    found = {
        "open_offers": busy.size().reindex(every, fill_value=0),
        "next_step": busy["due_date"].min().reindex(every),
        "refusals": refused.groupby("customer_id").size().reindex(every, fill_value=0),
        "stage": last["stage"].reindex(every),
        "reason": last["reason"].reindex(every),
    }
    return pd.DataFrame({name: cells.array for name, cells in found.items()})


def complaints(inputs: Inputs, window: Span) -> "pd.Series[int] | None":
    """Return complaints of the window by customer id; None without the table."""
    table = inputs.tables.get("complaints")
    if table is None:
        return None
    day = dates(table, "date").to_numpy().astype("datetime64[D]")
    inside = (day > np.datetime64(window.after, "D")) & (day <= np.datetime64(window.last, "D"))
    return texts(table, "customer_id").loc[inside].value_counts()


def last_marks(inputs: Inputs) -> "pd.Series[float]":
    """Return by customer id the mean mark of the last day that the customer marked something.

    Empty where answers may not be told by name.
    """
    table = inputs.tables.get("satisfaction")
    if table is None or not inputs.answers_by_name:
        return pd.Series(dtype=float)
    day = dates(table, "date")
    percent = scale_of(table) is MarkScale.PERCENT
    mark = numbers(table, "mark") * (_FIFTH if percent else 1.0)
    rows = table.assign(
        customer=texts(table, "customer_id"), day=day, value=mark, side=texts(table, "side")
    )
    past = day.le(np.datetime64(inputs.as_of)) & rows["value"].notna()
    rows = rows.loc[past & (rows["customer"] != "") & (rows["side"] != "staff")]
    rows = rows.loc[rows["day"] == rows.groupby("customer")["day"].transform("max")]
    return rows.groupby("customer")["value"].mean()
