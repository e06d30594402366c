"""What a consultant may tune in the segmentation matrix ([params.segmentation_matrix])."""

from dataclasses import dataclass
from typing import Literal

STAGES = ("presentation", "proposal", "contract", "payment", "delivery", "closing")
"""Sales stages of the source, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the segmentation matrix with their defaults and where these come from."""

    window_months: int = 12
    """Full months to the as-of date of ABC, maturity and customers' turnover (the method)."""
    abc_measure: Literal["amount", "margin"] = "amount"
    """What customers are ranked by."""
    abc_bounds: tuple[float, float] = (50, 80)
    """Cumulative percentages of A and B (the source: first 50 %, 51 to 79 %, the rest)."""
    abc_rule: Literal["start", "end"] = "start"
    """``start``: the share before the customer decides; ``end``: the share including it."""
    xyz_bucket: Literal["month", "quarter"] = "month"
    """Length of the periods whose sums are compared."""
    xyz_bounds: tuple[float, float] = (10, 25)
    """Largest coefficients of variation of X and Y, per cent (the source; Y is implied)."""
    xyz_deviation: Literal["population", "sample", "corrected"] = "population"
    """``population`` (divides by n), ``sample`` (n - 1) or ``corrected`` (times 1 + 1/4n)."""
    xyz_window_months: int = 12
    """Months to the as-of date whose complete buckets are measured."""
    xyz_from: Literal["since_first", "full"] = "since_first"
    """``since_first``: from the customer's first bucket; ``full``: the whole window."""
    xyz_min_buckets: int = 4
    """Fewer buckets give no class (the method)."""
    lifecycle_months: int = 3
    """Window of the lifecycle statuses (the method)."""
    window_tolerance: float = 0.2
    """The window does not fit when more than this share of active customers usually pauses longer,
    or of those called lost one window ago bought again (the method)."""
    longest_window_months: int = 24
    """Longest window tried when a fitting one is looked for: the project's own default."""
    min_intervals: int = 3
    """Intervals between purchases from which on a customer has a usual one (the method)."""
    silent_times: float = 2.0
    """A customer is silent beyond its habit after so many of its usual intervals: the project's
    own default."""
    kpi_months: int | None = None
    """Months to the as-of date that the KPI tables look at; None: the lifecycle window (the
    method)."""
    only_repeat_share: float = 0.9
    """Growth is of repeat sales alone when they are more than this part of sales: the project's
    own default."""
    min_manager_sales: int = 10
    """Repeat sales from which on a manager's growth is told: the project's own default."""
    renewed_rule: Literal["period", "gap"] = "period"
    """``period``: nothing bought in the window before; ``gap``: lost on the day before a sale."""
    used_months: int | Literal["ever"] = 12
    """A product is used when sold within so many months, or ``"ever"``."""
    reoffer_months: int = 6
    """A refused product may be offered again after so many months (the method)."""
    valuable_products: int = 3
    """Products in use of a most valuable customer, beside classes A and X (the method)."""
    min_buyers: int = 5
    """Buyers of a segment that a potential value needs (the method)."""
    large_share: float = 0.10
    """A customer with this part of the turnover is a concentration of its own (IFRS 8.34)."""
    discrimination_share: float = 0.9
    """Above this share of one XYZ class the classes do not tell customers apart (the method)."""
    min_row: int = 10
    """Row shares of a migration table need so many customers (the method)."""
    stages: tuple[str, ...] = STAGES
    """Stages of a sale in order, as written in ``offers``."""
    min_left: int = 10
    """Entries that left a stage, and deals with more than one event, from which on a leak of the
    funnel is told: the project's own default."""
    deal_history_share: float = 0.5
    """Part of the closed deals whose way through the stages must be recorded before a leak is
    told: the project's own default."""
    confidence: float = 0.95
    bootstrap: int = 400
    """Draws behind each interval of a coefficient of variation: the project's own default."""
    history_periods: int = 4
    """Past windows whose classes are shown beside today's: the project's own default."""

    @property
    def kpi_window_months(self) -> int:
        """Months of the KPI tables."""
        return self.lifecycle_months if self.kpi_months is None else self.kpi_months

    def __post_init__(self) -> None:
        _check_bounds(self)
        _check_months(self)
        for name in ("confidence", "window_tolerance", "only_repeat_share", "deal_history_share"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"{name} must lie between 0 and 1")
        if len(set(self.stages)) != len(self.stages) or not self.stages:
            raise ValueError("stages must be different names")


def _check_bounds(params: Params) -> None:
    for name in ("abc_bounds", "xyz_bounds"):
        low, high = getattr(params, name)
        if not 0 < low < high:
            raise ValueError(f"{name} must be two rising numbers above 0")
    if params.abc_bounds[1] >= 100:
        raise ValueError("abc_bounds must lie below 100")


def _check_months(params: Params) -> None:
    least_one = (
        "window_months", "xyz_window_months", "lifecycle_months", "reoffer_months",
        "longest_window_months", "min_intervals", "min_manager_sales", "min_left",
    )  # fmt: skip
    for name in least_one:
        if getattr(params, name) < 1:
            raise ValueError(f"{name} must be at least 1")
    if params.kpi_months is not None and params.kpi_months < 1:
        raise ValueError("kpi_months must be at least 1")
    if params.used_months != "ever" and params.used_months < 1:
        raise ValueError('used_months must be at least 1, or "ever"')
