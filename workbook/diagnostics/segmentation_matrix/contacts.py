"""What was offered to customers, what they complained of and how they marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.mark_scale import MarkScale, scale_of
from workbook.diagnostics.segmentation_matrix.deals_result import (
    BoardCell,
    BoardEvent,
    CellStatus,
)
from workbook.diagnostics.segmentation_matrix.months import Span

_FIFTH = 5.0
"""A share of 1 is a mark of 5: a percentage's twentieth part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealings:
    """Open offers and refusals of one customer."""

    open_offers: int = 0
    next_step: date | None = None
    refusals: int = 0
    last_refusal: BoardEvent | None = None


NO_DEALINGS = Dealings()


def dealings(board: Sequence[BoardCell], events: Sequence[BoardEvent]) -> dict[str, Dealings]:
    """Return offers and refusals by customer, those with any."""
    open_cells: dict[str, list[BoardCell]] = {}
    refused: dict[str, list[BoardEvent]] = {}
    for cell in board:
        if cell.under_way:
            open_cells.setdefault(cell.customer_id, []).append(cell)
    for event in events:
        if event.event is CellStatus.REFUSED:
            refused.setdefault(event.customer_id, []).append(event)
    return {
        name: _dealings(open_cells.get(name, []), refused.get(name, []))
        for name in {**open_cells, **refused}
    }


def _dealings(cells: list[BoardCell], refused: list[BoardEvent]) -> Dealings:
    due = [cell.due_date for cell in cells if cell.due_date is not None]
    refused = sorted(refused, key=lambda e: (e.date, e.product, e.stage or "", e.reason or ""))
    return Dealings(
        open_offers=len(cells),
        next_step=min(due) if due else None,
        refusals=len(refused),
        last_refusal=refused[-1] if refused else None,
    )


def complaints(inputs: Inputs, window: Span) -> dict[str, int] | None:
    """Return complaints of the window by customer; None without the table."""
    table = inputs.tables.get("complaints")
    if table is None:
        return None
    day = dates(table, "date").to_numpy().astype("datetime64[D]")
    inside = (day > np.datetime64(window.after, "D")) & (day <= np.datetime64(window.last, "D"))
    counted = texts(table, "customer_id").loc[inside].value_counts()
    return {str(customer): int(n) for customer, n in counted.items()}


def last_marks(inputs: Inputs) -> dict[str, float]:
    """Return the mean mark of the last day that each customer marked something.

    Empty where answers may not be told by name.
    """
    table = inputs.tables.get("satisfaction")
    if table is None or not inputs.answers_by_name:
        return {}
    day = dates(table, "date")
    percent = scale_of(table) is MarkScale.PERCENT
    mark = numbers(table, "mark") * (_FIFTH if percent else 1.0)
    rows = table.assign(
        customer=texts(table, "customer_id"), day=day, value=mark, side=texts(table, "side")
    )
    past = day.le(np.datetime64(inputs.as_of)) & rows["value"].notna()
    rows = rows.loc[past & (rows["customer"] != "") & (rows["side"] != "staff")]
    rows = rows.loc[rows["day"] == rows.groupby("customer")["day"].transform("max")]
    last = rows.groupby("customer")["value"].mean()
    return {str(customer): float(mark) for customer, mark in last.items()}
