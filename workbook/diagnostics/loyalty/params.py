"""What a consultant may tune in the loyalty diagnostic ([params.loyalty])."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the loyalty diagnostic with their defaults and where these come from."""

    scale: Literal["0-10", "1-10"] = "0-10"
    """The scale of the question; the classes follow from it (``score_classes``)."""
    headline: Literal["all", "latest"] = "all"
    """Which answers the headline index covers: all rows of the table, or its latest wave with at
    least ``min_n`` answers (its latest wave where none has so many)."""
    population: int | None = None
    """Number of customers the survey stands for; None: not known."""
    min_n: int = 10
    """Fewer answers than this: the answers are shown, not an index (coverage by enumeration)."""
    confidence: float = 0.95
    complaint_share: float = 0.10
    """Share of unhappy customers who complain: an assumption of the source."""
    told_by_satisfied: int = 5
    """A satisfied customer tells at most so many: an assumption of the source."""
    told_by_dissatisfied: int = 10
    """A dissatisfied customer tells at least so many: an assumption of the source."""
    complaint_days: int = 14
    """Days to answer a low mark: the project's own default."""
    satisfaction_scale: Literal["1-5", "1-10", "percent"] | None = None
    """The scale of the marks of satisfaction; None: decided on the whole column."""
    open_mark: float | None = None
    """Highest mark of open dissatisfaction as the scale writes it (percentages as a share 0-1);
    None: 2 of 1-5 (working_with_customers), 4 of 1-10, 40 %."""
    hidden_mark: float | None = None
    """Highest mark of hidden dissatisfaction, likewise; None: 3 of 1-5, 6 of 1-10, 60 %."""
    low_retention: float = 0.5
    """Retention whose whole interval lies below this is a finding: the project's own default."""
    coverage_days: int = 90
    """A new customer of a product is to be asked within so many days of its first purchase."""
    silence_months: int = 3
    """A customer without a purchase for longer has fallen silent: the lifecycle window."""
    stay_months: int = 6
    """Who still buys is asked so many months after a complaint."""
    window_tolerance: float = 0.20
    """The window of silence fits where at most this share of customers usually pause longer."""
    min_comments: int = 30
    """Fewer comments than this are printed, not counted by machine."""
    min_theme: int = 3
    """Fewer answers than this do not make a theme a finding: the project's own default."""
    min_weighted_n: int = 30
    """A smaller effective number of accounts carries no interval of a weighted index."""
    max_weight_spread: float = 1.25
    """Nor do weights whose heavier half lies further above the median, in logarithms: a sample
    of such accounts need not know of the largest ones (coverage by simulation)."""
    bootstrap: int = 1000
    """Draws of the bootstrap interval of key drivers."""
    seed: int = 20250101

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise ValueError("confidence must lie between 0 and 1")
        if not 0 < self.complaint_share <= 1:
            raise ValueError("complaint_share must be above 0 and at most 1")
        if not 0 <= self.window_tolerance <= 1:
            raise ValueError("window_tolerance must lie between 0 and 1")
        for name in ("silence_months", "stay_months"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for name in (
            "min_n",
            "min_comments",
            "min_theme",
            "complaint_days",
            "coverage_days",
            "min_weighted_n",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if not 0 <= self.low_retention <= 1:
            raise ValueError("low_retention must lie between 0 and 1")
        if self.population is not None and self.population < 1:
            raise ValueError("population must be at least 1")

    @property
    def naming_confidence(self) -> float:
        """Confidence of each of the two families that name somebody: groups, and staff's gaps.

        Each gets half of the chance of error, so that of a report without anything to name at
        most 1 - confidence name any.
        """
        return round(1 - (1 - self.confidence) / 2, 9)
