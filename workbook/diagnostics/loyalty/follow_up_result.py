"""Answers beside the names of those who gave them: only where the survey was not anonymous.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissatisfied:
    """One line of the complaint list."""

    customer_id: str
    name: str
    """As the table ``customers`` has it; empty where it has none."""
    respondent_id: str
    product: str
    parameter: str
    mark: float
    date: datetime.date
    owner: str
    """The customer's manager where known."""
    deadline: datetime.date
    """Date of the mark plus ``Params.complaint_days``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentCustomer:
    """A customer who is known to be unhappy and has not complained in the 12 months."""

    customer_id: str
    name: str
    """As the table ``customers`` has it; empty where it has none."""
    lowest_mark: float | None
    """Low mark of the period; None where the score alone tells."""
    detractor: bool
    owner: str
    """The customer's manager where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one account adds to the revenue-weighted index."""

    customer_id: str
    name: str
    """As the table ``customers`` has it; empty where it has none."""
    share: float
    """Of the revenue of those who answered, 0-1."""
    value: float
    """Its own index, points: promoters less detractors among its answers."""
    points: float
    """Share times value: their sum is the weighted index."""
