"""Who of some customers stands in the client's register of losses already."""

from collections.abc import Iterable

import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs


def registered(inputs: Inputs, customers: Iterable[str]) -> tuple[str, ...]:
    """Return those that are registered as lost by the as-of date and have not returned since."""
    table = inputs.tables.get("lost_customers")
    if table is None:
        return ()
    today = pd.Timestamp(inputs.as_of)
    lost = dates(table, "lost_date")
    gone = ~(lost > today) & ~(dates(table, "returned_date") <= today)
    known = set(texts(table, "customer_id").loc[gone])
    return tuple(customer for customer in customers if customer in known)
