"""A customers that have gone silent."""

import numpy as np

from workbook.diagnostics.segmentation_matrix.abc import CLASSES, Abc
from workbook.diagnostics.segmentation_matrix.kpi_result import Silent
from workbook.diagnostics.segmentation_matrix.ledger import Ledger
from workbook.diagnostics.segmentation_matrix.lifecycle import (
    LOST,
    Marks,
    Purchases,
    usual_intervals,
)

TIMES = 2.0
"""Silent for more than so many of its own usual intervals: the project's own bound."""


def silent(
    book: Ledger, bought: Purchases, marks: Marks, *, now: Abc, before: Abc | None
) -> tuple[Silent, ...]:
    """Return the A customers, of this window or the one before, that have gone silent.

    They are lost (nothing bought within the lifecycle window) and have been silent for more
    than ``TIMES`` their own median interval between purchase days; customers with one purchase
    day have no such interval.
    """
    ranked = [now] if before is None else [now, before]
    best_a = np.any([found.marks == 0 for found in ranked], axis=0)
    amount = np.max([found.totals for found in ranked], axis=0)
    usual = usual_intervals(bought)
    last = bought.last(book.as_of)
    days = (np.datetime64(book.as_of, "D") - last).astype(np.int64)
    quiet = best_a & (marks == LOST) & (days > TIMES * usual)  # NaN is never exceeded
    rows = sorted(np.flatnonzero(quiet).tolist(), key=lambda code: (-amount[code], code))
    return tuple(
        Silent(
            customer_id=book.customers[code],
            class_=CLASSES[0],
            amount=book.money(amount[code]),
            last_sale=last[code].astype(object),
            silent_days=int(days[code]),
            usual_days=float(usual[code]),
        )
        for code in rows
    )
