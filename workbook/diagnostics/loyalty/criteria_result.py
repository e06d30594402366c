"""Whether customers come back: criteria, retention and the split of growth, promise and deed.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A number of customers and their share of the base it is taken from."""

    n: int
    base: int
    share: float | None
    ci_low: float | None
    ci_high: float | None
    """Wilson interval."""
    revenue: float | None
    revenue_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Loyalty criteria of the 12 months to the as-of date, or of those they are compared with."""

    start: date
    end: date
    customers: int
    """All customers who have ever bought by the end, in the data: whoever left is among them."""
    buyers: int
    """Of them, customers with a settlement in the period."""
    repeat_customers: int
    """Of the buyers, customers with at least two purchases in the 24 months to the end."""
    loyalty_index: float | None
    """repeat / all, 0-1."""
    source_index: float | None
    """The same upside down, all / repeat, as the original text writes it."""
    recommended: Share | None
    """New customers that came on recommendation; None without the column."""
    regular: Share
    """Customers that bought in at least three of the four quarters."""
    existing_sales_share: float | None
    """Sales to customers that had bought before the period / all sales."""
    sales: float
    repeat_sales: float = 0.0
    """Sales of the period to the repeat customers."""
    existing_sales: float | None = None
    """Sales to customers that had bought before the period; None when no earlier sale is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """One criterion in this year and in the year before."""

    criterion: str
    """``repeat``, ``recommended``, ``regular``, ``existing``."""
    share: float | None
    before: float | None
    change: float | None
    """Percentage points; None where one of the two is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Of the customers who bought in the year before, those who bought again in this one."""

    before: int
    kept: int
    share: float
    ci_low: float | None
    ci_high: float | None
    kept_window: int
    """Of them, customers who bought in the last ``window_months`` as well."""
    window_months: int
    revenue_before: float
    """Their net sales in the year before."""
    revenue_kept: float
    """Their net sales in this year."""
    revenue_share: float | None
    """Net revenue retention: kept / before; above 1 where they bought more."""
    revenue_gone: float
    """Net sales, in the year before, of those who did not buy again."""
    gone_registered: int | None = None
    """Of those, customers in the register of losses; None for an earlier year, or without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedGrowth:
    """The change of net sales between two years: grown + shrunk + lost + new = now - before."""

    value: float | None
    """Net revenue retention + share of new sales on recommendation - 1; None where nobody asks."""
    net_revenue_retention: float
    revenue_before: float
    revenue_now: float
    kept: float
    """What customers of both years spent in both."""
    grown: float
    shrunk: float
    lost: float
    new_recommended: float | None
    new_other: float
    """New customers and those back after more than a year; all new ones where nobody asks."""


class KeyFactor(StrEnum):
    """Which criterion moves revenue most."""

    REPEAT = "repeat"
    RECOMMENDED = "recommended"
    REGULAR = "regular"
    EXISTING = "existing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceWindow:
    """How long a silence makes a customer silent, held against the customers' own pauses."""

    months: int
    own_median_days: float | None
    """Median of the customers' own median pauses; None when nobody has bought three times."""
    share_longer: float | None
    """Customers whose own median pause is longer than the window, 0-1."""
    fits: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What promoters and detractors did after they had answered."""

    promoters: int
    """Customers whose latest score is a promoter's."""
    promoters_named: int | None
    """Of them, named in the sales as recommenders; None where no recommender is a customer."""
    detractors: int
    promoters_followed: int | None
    """Of the promoters, those who bought when they answered, longer ago than the window.  None, as
    each further figure, where few people would be told of."""
    promoters_left: int | None
    """Of these, fallen silent since; None where the window of silence does not fit."""
    detractors_followed: int | None
    detractors_left: int | None
    window: SilenceWindow
