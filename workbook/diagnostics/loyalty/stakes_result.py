"""Records of the revenue behind what the report finds.

Units as in :mod:`workbook.diagnostics.loyalty.result`; revenue is that of the 12 months to the
as-of date.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """Customers that a finding concerns, and what they bring a year."""

    customers: int
    revenue: float | None
    """None where it is not known.  What answers single out is rounded down to two figures, and
    None where it would tell who answered how."""
    rounded: bool = False
    """It is a sum of what answers single out, rounded down."""
    ids: tuple[str, ...] = ()
    """Who they are, most revenue first; empty where that would tell who answered how."""
    names: tuple[str, ...] = ()
    """The first of them by name, by id where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRevenue:
    """Revenue of those who answered, by what they answered, rounded down to two figures."""

    detractors: float
    passives: float
    promoters: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """Revenue behind findings; None where the finding is not there."""

    total: float | None = None
    """Of all customers, those with more returns than purchases at zero; of those who answered
    where there are no sales."""
    largest: Stake | None = None
    """The fewest customers that bring more than half of it, by size alone."""
    by_class: ClassRevenue | None = None
    """None where it would tell how one of them answered."""
    group: Stake | None = None
    """Customers of the group that is below all others."""
    gone: Stake | None = None
    """Customers of the year before who have not bought again, with what they brought then."""
    waiting: Stake | None = None
    """Customers whose complaint has been open for longer than ``Params.complaint_days``."""
    waiting_complaints: int = 0
    unheard: Stake | None = None
    """Customers known to be unhappy who have not complained."""
    driver: Stake | None = None
    """Customers whose latest mark of the first driver is low."""
    low_marks: Stake | None = None
    """Customers whose latest mark of anything is low."""
