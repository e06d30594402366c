"""What a consultant may tune in the churn-reasons diagnostic ([params.churn_reasons])."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from workbook.language.languages import in_all

Inside: TypeAlias = Annotated[float, Field(gt=0, lt=1)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Positive: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative: TypeAlias = Annotated[int, Field(ge=0)]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Params:
    """Options of the churn-reasons diagnostic with their defaults and where these come from."""

    min_losses: NotNegative = 10
    """Fewer losses than this: counts only, nothing about time and no back-test (the method)."""
    known_share: Share = 0.95
    """Least part of the portfolio at risk whose manager, region … is known for a comparison by it
    (the method): known for the lost alone, every group would seem to lose too many."""
    most_unjudged: Share = 0.2
    """Largest part of losses whose reasons nobody has judged, for a share of preventable ones in
    the headline (the method)."""
    share_headline: Share = 0.9
    """From this preventable share on the headline names the dearest reason instead: the share
    says more of the list of reasons than of the customers.  The project's own default."""
    min_reason_n: NotNegative = 3
    """Losses that name a reason that is told as the most frequent: the project's own default."""
    min_pair_n: NotNegative = 5
    """Customers who name both reasons of a pair that is shown (the method)."""
    moved_places: NotNegative = 2
    """Places by which the portfolio must change a group's rank for the report to tell of it: the
    project's own default."""
    cox_terms: tuple[str, ...] = ("segment", "region")
    """Columns of ``customers`` or ``lost_customers`` in the model of time, most wanted first; one
    that the number of losses cannot carry is left out."""
    cox_losses_per_term: AtLeastOne = 10
    """Losses that one coefficient needs (Peduzzi et al. 1995, J. Clin. Epidemiol. 48, 1503)."""
    cox_level_losses: NotNegative = 5
    """Losses of a level of its own; smaller levels are joined: the project's own default."""
    confidence: Inside = 0.95
    register_since: date | None = None
    """First day whose losses are in the table; None: the first day of the month of the earliest
    loss.  Customers of an earlier start were at risk unseen before it (late entry)."""
    register_months: AtLeastOne = 12
    """Calendar months over which losses are spread at least, for the first day of the register
    to be guessed from the earliest loss (the method)."""
    late_share: Share = 0.95
    """From this part on of customers that began before the register, no duration is told: nearly
    nobody was seen from the beginning.  The project's own default."""
    silent_months: AtLeastOne = 3
    """A customer that bought nothing for longer is silent (window of the lifecycle, the source)."""
    complaint_share: Annotated[float, Field(gt=0, le=1)] = 0.10
    """Share of leaving customers who complain: an assumption of the source."""
    blind_days: NotNegative = 30
    """Days before the loss that give no warning: the decision has been taken.  The project's own
    default; what is measured after the decision is a leak, not a predictor (the method)."""
    signal_step_days: AtLeastOne = 15
    """Days between two looks at a customer in the back-test: the project's own default."""
    signal_horizon_days: NotNegative = 365
    """How far back the back-test looks: the project's own default."""
    least_ratio: Annotated[float, Field(ge=1, allow_inf_nan=False)] = 2.0
    """A signal warns when it is on before losses at least so many times as often as among
    customers who stay: the project's own default."""
    memory_days: AtLeastOne = 365
    """A complaint, mark or score counts so long: the project's own default."""
    turnover_window_days: AtLeastOne = 90
    """Recent sales that are set against the customer's own year before: the project's own."""
    turnover_drop: Positive = 0.5
    """Recent sales at most this part of the usual: the project's own default."""
    gap_factor: Positive = 2.0
    """Days since the last purchase above this many of the customer's own mean intervals: the
    project's own default."""
    gap_least_days: NotNegative = 14
    """A gap no longer than this is never a sign (weekends, holidays): the project's own."""
    min_purchases: NotNegative = 4
    """Purchase days before a customer has a rhythm of its own: the project's own default."""
    lines_window_days: AtLeastOne = 180
    """Product lines of so many days are set against as many days before: the project's own."""
    lines_drop: Positive = 0.5
    """Product lines left at most this part of those before: the project's own default."""
    low_mark: Positive = 3.0
    """Highest mark (1-5) that is a sign of dissatisfaction (the method); twice as much of marks
    1-10, a fifth part (60 %) of percentages."""
    detractor_score: int = 6
    """Highest score of a detractor (Reichheld 2003, Harvard Business Review 81/12)."""
    contact_words: tuple[str, ...] = in_all(lambda language: language.deals.contact_stems)
    """Beginnings of words that make a control point one of kind contact: the project's own."""
    document_words: tuple[str, ...] = in_all(lambda language: language.deals.document_stems)
    """Beginnings of words that make it one of a document, whatever else it says."""
    recency_half_life_days: AtLeastOne = 365
    """Time after which the chance to win a customer back counts half: the project's own."""
