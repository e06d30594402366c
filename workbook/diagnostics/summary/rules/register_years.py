"""Over how many years a register of losses speaks: what a year's losses bring."""

from datetime import date
from typing import Any

DAYS = 365.25


def register_years(churn: Any, as_of: date) -> float | None:
    """Return the years that the register covers; None where its beginning is not known.

    A register of less than a year counts as one: what a few months bring is not multiplied.

    Examples
    --------
    >>> from types import SimpleNamespace as Records
    >>> lost = Records(since=date(2024, 1, 1), since_known=True)
    >>> round(register_years(Records(lost=lost), date(2025, 12, 31)), 2)
    2.0
    """
    lost = churn.lost
    if lost.since is None or not lost.since_known:
        return None
    since: date = lost.since
    return max(1.0, ((as_of - since).days + 1) / DAYS)
