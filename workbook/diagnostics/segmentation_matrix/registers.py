"""Registers that go on from period to period: what of them is of this period."""

from datetime import date

from workbook.diagnostics.inputs import Inputs


def told_until(inputs: Inputs, table: str) -> date | None:
    """Return the day up to which the last report told of a register; None where none did.

    Examples
    --------
    >>> import pandas as pd
    >>> offers = {"offers": pd.DataFrame()}
    >>> then = Inputs(tables=offers, as_of=date(2025, 6, 30))
    >>> now = Inputs(tables=offers, as_of=date(2025, 12, 31), previous=then, since=then.as_of)
    >>> told_until(now, "offers"), told_until(now, "control_points")
    (datetime.date(2025, 6, 30), None)
    """
    if inputs.previous is None or table not in inputs.previous.tables:
        return None
    return inputs.since
