"""What a consultant may tune in the segmentation matrix ([params.segmentation_matrix])."""

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticKnownError

Inside: TypeAlias = Annotated[float, Field(gt=0, lt=1)]
Share: TypeAlias = Annotated[float, Field(gt=0, le=1)]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]
NotNegative: TypeAlias = Annotated[int, Field(ge=0)]
Positive: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percentage: TypeAlias = Annotated[float, Field(gt=0, lt=100)]


def _rising(bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = bounds
    if high <= low:
        raise PydanticKnownError("greater_than", {"gt": low})
    return bounds


def _months(months: int | str) -> int | str:
    if isinstance(months, int) and months < 1:
        raise PydanticKnownError("greater_than_equal", {"ge": 1})
    return months


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise ValueError("the names are not different")
    return names


STAGES = ("presentation", "proposal", "contract", "payment", "delivery", "closing")
"""Sales stages of the source, in order."""


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Params:
    """Options of the segmentation matrix with their defaults and where these come from."""

    window_months: AtLeastOne = 12
    """Full months to the as-of date of ABC, maturity and customers' turnover (the method)."""
    abc_measure: Literal["amount", "margin"] = "amount"
    """What customers are ranked by."""
    abc_bounds: Annotated[tuple[Percentage, Percentage], AfterValidator(_rising)] = (50, 80)
    """Cumulative percentages of A and B (the source: first 50 %, 51 to 79 %, the rest)."""
    abc_rule: Literal["start", "end"] = "start"
    """``start``: the share before the customer decides; ``end``: the share including it."""
    xyz_bucket: Literal["month", "quarter"] = "month"
    """Length of the periods whose sums are compared."""
    xyz_bounds: Annotated[tuple[Positive, Positive], AfterValidator(_rising)] = (10, 25)
    """Largest coefficients of variation of X and Y, per cent (the source; Y is implied)."""
    xyz_deviation: Literal["population", "sample", "corrected"] = "population"
    """``population`` (divides by n), ``sample`` (n - 1) or ``corrected`` (times 1 + 1/4n)."""
    xyz_window_months: AtLeastOne = 12
    """Months to the as-of date whose complete buckets are measured."""
    xyz_from: Literal["since_first", "full"] = "since_first"
    """``since_first``: from the customer's first bucket; ``full``: the whole window."""
    xyz_min_buckets: AtLeastOne = 4
    """Fewer buckets give no class (the method)."""
    lifecycle_months: AtLeastOne = 3
    """Window of the lifecycle statuses (the method)."""
    window_tolerance: Inside = 0.2
    """The window does not fit when more than this share of active customers usually pauses longer,
    or of those called lost one window ago bought again (the method)."""
    longest_window_months: AtLeastOne = 24
    """Longest window tried when a fitting one is looked for: the project's own default."""
    min_intervals: AtLeastOne = 3
    """Intervals between purchases from which on a customer has a usual one (the method)."""
    silent_times: Positive = 2.0
    """A customer is silent beyond its habit after so many of its usual intervals: the project's
    own default."""
    kpi_months: AtLeastOne | None = None
    """Months to the as-of date that the KPI tables look at; None: the lifecycle window (the
    method)."""
    only_repeat_share: Inside = 0.9
    """Growth is of repeat sales alone when they are more than this part of sales: the project's
    own default."""
    min_manager_sales: AtLeastOne = 10
    """Repeat sales from which on a manager's growth is told: the project's own default."""
    renewed_rule: Literal["period", "gap"] = "period"
    """``period``: nothing bought in the window before; ``gap``: lost on the day before a sale."""
    used_months: Annotated[int | Literal["ever"], AfterValidator(_months)] = 12
    """A product is used when sold within so many months, or ``"ever"``."""
    reoffer_months: AtLeastOne = 6
    """A refused product may be offered again after so many months (the method)."""
    complaint_days: AtLeastOne = 14
    """Days within which an open complaint is to be answered: as in the loyalty report."""
    soon_days: AtLeastOne = 30
    """Customers' dates so many days ahead are counted as soon: the project's own default."""
    valuable_products: NotNegative = 3
    """Products in use of a most valuable customer, beside classes A and X (the method)."""
    min_buyers: NotNegative = 5
    """Buyers of a segment that a potential value needs (the method)."""
    large_share: Share = 0.10
    """A customer with this part of the turnover is a concentration of its own (IFRS 8.34)."""
    discrimination_share: Share = 0.9
    """Above this share of one XYZ class the classes do not tell customers apart (the method)."""
    min_row: NotNegative = 10
    """Row shares of a migration table need so many customers (the method)."""
    stages: Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_different)] = STAGES
    """Stages of a sale in order, as written in ``offers``."""
    min_left: AtLeastOne = 10
    """Entries that left a stage, and deals with more than one event, from which on a leak of the
    funnel is told: the project's own default."""
    deal_history_share: Inside = 0.5
    """Part of the closed deals whose way through the stages must be recorded before a leak is
    told: the project's own default."""
    confidence: Inside = 0.95
    bootstrap: AtLeastOne = 400
    """Draws behind each interval of a coefficient of variation: the project's own default."""
    history_periods: NotNegative = 4
    """Past windows whose classes are shown beside today's: the project's own default."""

    @property
    def kpi_window_months(self) -> int:
        """Months of the KPI tables."""
        return self.lifecycle_months if self.kpi_months is None else self.kpi_months
