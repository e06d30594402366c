"""What a consultant may tune in the segmentation matrix ([params.segmentation_matrix])."""

from dataclasses import dataclass
from typing import Literal

STAGES = ("presentation", "proposal", "contract", "payment", "delivery", "closing")
"""Sales stages of the source, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the segmentation matrix with their defaults and where these come from."""

    window_months: int = 12
    """Full months to the as-of date that ABC, maturity and KPI tables look at (the method)."""
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
    confidence: float = 0.95
    bootstrap: int = 400
    """Draws behind each interval of a coefficient of variation: the project's own default."""
    history_periods: int = 4
    """Past windows whose classes are shown beside today's: the project's own default."""

    def __post_init__(self) -> None:
        _check_bounds(self)
        _check_months(self)
        if not 0 < self.confidence < 1:
            raise ValueError("confidence must lie between 0 and 1")
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
    for name in ("window_months", "xyz_window_months", "lifecycle_months", "reoffer_months"):
        if getattr(params, name) < 1:
            raise ValueError(f"{name} must be at least 1")
    if params.used_months != "ever" and params.used_months < 1:
        raise ValueError('used_months must be at least 1, or "ever"')
