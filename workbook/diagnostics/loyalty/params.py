"""What a consultant may tune in the loyalty diagnostic ([params.loyalty])."""

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticKnownError

Inside: TypeAlias = Annotated[float, Field(gt=0, lt=1)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
PositiveShare: TypeAlias = Annotated[float, Field(gt=0, le=1)]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]


def _no_less_than_tentative(value: float, info: ValidationInfo) -> float:
    bound = info.data.get("alpha_tentative")  # not there where it is itself out of range
    if bound is not None and value < bound:
        raise PydanticKnownError("greater_than_equal", {"ge": bound})
    return value


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Params:
    """Options of the loyalty diagnostic with their defaults and where these come from."""

    scale: Literal["0-10", "1-10"] = "0-10"
    """The scale of the question; the classes follow from it (``score_classes``)."""
    headline: Literal["all", "latest"] = "all"
    """Which answers the headline index covers: all rows of the table, or its latest wave with at
    least ``min_n`` answers (its latest wave where none has so many)."""
    population: AtLeastOne | None = None
    """Number of customers the survey stands for; None: not known."""
    min_n: AtLeastOne = 10
    """Fewer answers than this: the answers are shown, not an index (coverage by enumeration)."""
    confidence: Inside = 0.95
    complaint_share: PositiveShare = 0.10
    """Share of unhappy customers who complain: an assumption of the source."""
    told_by_satisfied: int = 5
    """A satisfied customer tells at most so many: an assumption of the source."""
    told_by_dissatisfied: int = 10
    """A dissatisfied customer tells at least so many: an assumption of the source."""
    complaint_days: AtLeastOne = 14
    """Days to answer a low mark: the project's own default."""
    satisfaction_scale: Literal["1-5", "1-10", "percent"] | None = None
    """The scale of the marks of satisfaction; None: decided on the whole column."""
    open_mark: float | None = None
    """Highest mark of open dissatisfaction as the scale writes it (percentages as a share 0-1);
    None: 2 of 1-5 (working_with_customers), 4 of 1-10, 40 %."""
    hidden_mark: float | None = None
    """Highest mark of hidden dissatisfaction, likewise; None: 3 of 1-5, 6 of 1-10, 60 %."""
    low_retention: Share = 0.5
    """Retention whose whole interval lies below this is a finding: the project's own default."""
    coverage_days: AtLeastOne = 90
    """A new customer of a product is to be asked within so many days of its first purchase."""
    silence_months: AtLeastOne = 3
    """A customer without a purchase for longer has fallen silent: the lifecycle window."""
    stay_months: AtLeastOne = 6
    """Who still buys is asked so many months after a complaint."""
    window_tolerance: Share = 0.20
    """The window of silence fits where at most this share of customers usually pause longer."""
    min_comments: AtLeastOne = 30
    """Fewer comments than this are printed, not counted by machine."""
    min_theme: AtLeastOne = 3
    """Fewer answers than this do not make a theme a finding: the project's own default."""
    min_weighted_n: AtLeastOne = 30
    """A smaller effective number of accounts carries no interval of a weighted index."""
    max_weight_spread: float = 1.25
    """Nor do weights whose heavier half lies further above the median, in logarithms: a sample
    of such accounts need not know of the largest ones (coverage by simulation)."""
    alpha_tentative: PositiveShare = 0.667
    alpha_reliable: Annotated[
        PositiveShare, AfterValidator(_no_less_than_tentative), Field(validate_default=True)
    ] = 0.80
    """Alpha of the raters of touchpoints from which conclusions are tentative, and reliable: the
    conventional reading (Krippendorff)."""
    bootstrap: int = 1000
    """Draws of the bootstrap interval of key drivers."""
    seed: int = 20250101

    @property
    def naming_confidence(self) -> float:
        """Confidence of each of the two families that name somebody: groups, and staff's gaps.

        Each gets half of the chance of error, so that of a report without anything to name at
        most 1 - confidence name any.
        """
        return round(1 - (1 - self.confidence) / 2, 9)
