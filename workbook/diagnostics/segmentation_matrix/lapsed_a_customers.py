"""A customers that used to buy at intervals of their own and have stopped."""

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, Abc
from workbook.diagnostics.customer_ledger.months import back
from workbook.diagnostics.customer_ledger.purchases import Purchases, own_intervals, quiet
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.names import words_at
from workbook.diagnostics.segmentation_matrix.kpi_result import SILENT_CUSTOMERS
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats.data_table import DataTable


def lapsed_a_customers(
    ledger: Ledger, bought: Purchases, params: Params, *, now: Abc, before: Abc | None
) -> DataTable:
    """Return the A customers, of this window or the one before, that have gone silent.

    They have bought nothing within the lifecycle window and have been silent for more than
    ``Params.silent_times`` their own median interval between purchase days.  From
    ``Params.min_intervals`` intervals on a customer has a usual one: two purchase days a day apart
    are no habit.
    """
    ranked = [now] if before is None else [now, before]
    best_a = np.any([found.marks == 0 for found in ranked], axis=0)
    amount = np.max([found.totals for found in ranked], axis=0)
    usual = own_intervals(bought, params.min_intervals)
    last = bought.last(ledger.as_of)
    days = (np.datetime64(ledger.as_of, "D") - last).astype(np.int64)
    since = back(ledger.as_of, params.lifecycle_months)
    gone = best_a & quiet(bought, day=ledger.as_of, since=since)
    gone &= days > params.silent_times * usual  # NaN, no usual interval, is never less
    who = np.flatnonzero(gone)
    who = who[np.lexsort((who, -amount[who]))]
    columns = {
        "customer_id": words_at(ledger.customers, who),
        "class_": np.full(len(who), CLASSES[0], dtype=object),
        "amount": amount[who] / ledger.scale,
        "last_sale": last[who],
        "silent_days": days[who],
        "usual_days": usual[who],
        "overdue": days[who] / usual[who],
    }
    return DataTable(SILENT_CUSTOMERS, pd.DataFrame(columns))
