"""What a consultant may tune in the churn-reasons diagnostic ([params.churn_reasons])."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the churn-reasons diagnostic with their defaults and where these come from."""

    min_losses: int = 10
    """Fewer losses than this: counts only, nothing about time and no back-test (the method)."""
    min_pair_n: int = 5
    """Customers who name both reasons of a pair that is shown (the method)."""
    cox_terms: tuple[str, ...] = ("segment", "region")
    """Columns of ``customers`` or ``lost_customers`` in the model of time, most wanted first; one
    that the number of losses cannot carry is left out."""
    cox_losses_per_term: int = 10
    """Losses that one coefficient needs (Peduzzi et al. 1995, J. Clin. Epidemiol. 48, 1503)."""
    cox_level_losses: int = 5
    """Losses of a level of its own; smaller levels are joined: the project's own default."""
    confidence: float = 0.95
    register_since: date | None = None
    """First day whose losses are in the table; None: the first day of the month of the earliest
    loss.  Customers of an earlier start were at risk unseen before it (late entry)."""
    complaint_share: float = 0.10
    """Share of leaving customers who complain: an assumption of the source."""
    blind_days: int = 30
    """Days before the loss that give no warning: the decision has been taken.  The project's own
    default; what is measured after the decision is a leak, not a predictor (the method)."""
    signal_step_days: int = 15
    """Days between two looks at a customer in the back-test: the project's own default."""
    signal_horizon_days: int = 365
    """How far back the back-test looks: the project's own default."""
    memory_days: int = 365
    """A complaint, mark or score counts so long: the project's own default."""
    turnover_window_days: int = 90
    """Recent sales that are set against the customer's own year before: the project's own."""
    turnover_drop: float = 0.5
    """Recent sales at most this part of the usual: the project's own default."""
    gap_factor: float = 2.0
    """Days since the last purchase above this many of the customer's own mean intervals: the
    project's own default."""
    gap_least_days: int = 14
    """A gap no longer than this is never a sign (weekends, holidays): the project's own."""
    min_purchases: int = 4
    """Purchase days before a customer has a rhythm of its own: the project's own default."""
    lines_window_days: int = 180
    """Product lines of so many days are set against as many days before: the project's own."""
    lines_drop: float = 0.5
    """Product lines left at most this part of those before: the project's own default."""
    low_mark: float = 3.0
    """Highest mark (1-5) that is a sign of dissatisfaction (the method); twice as much of marks
    1-10, a fifth part (60 %) of percentages."""
    detractor_score: int = 6
    """Highest score of a detractor (Reichheld 2003, Harvard Business Review 81/12)."""
    watch_rows: int = 200
    """Rows of the watch list; the rest is counted."""
    candidate_rows: int = 50
    """Rows of the win-back list; the rest is counted."""
    recency_half_life_days: int = 365
    """Time after which the chance to win a customer back counts half: the project's own."""

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise ValueError("confidence must lie between 0 and 1")
        if not 0 < self.complaint_share <= 1:
            raise ValueError("complaint_share must be above 0 and at most 1")
        positive = (
            "signal_step_days",
            "turnover_window_days",
            "lines_window_days",
            "recency_half_life_days",
            "memory_days",
            "cox_losses_per_term",
        )
        for name in positive:
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
