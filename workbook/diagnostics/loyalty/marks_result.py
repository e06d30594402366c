"""What customers mark: satisfaction, the staff's own view, drivers, touchpoints.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass
from enum import StrEnum

from workbook.diagnostics.loyalty.survey_result import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """Customers' marks for one parameter of one product ("" = all products)."""

    product: str
    parameter: str
    n: int
    mean: float | None
    ci_low: float | None
    ci_high: float | None
    """Of the mean by added marks, variance over customers; None below ``Params.min_n`` marks."""
    open: int
    """Openly dissatisfied: up to ``MarkBounds.open`` (2 of 5)."""
    hidden: int
    """Hidden dissatisfaction: above that, up to ``MarkBounds.hidden`` (3 of 5)."""
    good: int
    best: int
    """The top of the scale: 5 of 5, 9-10 of 10, above 80 %."""
    distribution: tuple[int, ...]
    """Number of marks by step, 1..5 or 1..10: marks between two steps count for the one above;
    percentages by fifths."""
    coverage: float | None
    """Customers rated in the last 12 months / all that bought in them (of a product: rated after
    its purchase / its buyers, where sales name products; without sales / all customers)."""
    n_eff: float | None = None
    """Independent marks that would tell as much; None where one customer gave all."""
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenMarks:
    """Marks that fewer people than the threshold gave, or that would let such be worked out."""

    product: str
    parameter: str
    n: None = None
    mean: None = None
    ci_low: None = None
    ci_high: None = None
    open: None = None
    hidden: None = None
    coverage: None = None
    suppressed: bool = True


class CoverageBase(StrEnum):
    """Of which customers coverage is a share."""

    BUYERS = "buyers"
    """Those that bought in the last 12 months."""
    CUSTOMERS = "customers"
    """All of the table ``customers``: there are no sales."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Customers rated in the last 12 months."""

    n: int
    base: int
    share: float
    of: CoverageBase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCoverage:
    """New customers of one product who were asked after their first purchase of it."""

    product: str
    n: int
    """First purchases of the last 12 months whose ``Params.coverage_days`` have passed."""
    rated: int
    """Of them, those followed by a mark within these days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffGap:
    """The customers' view against the staff's own view of one parameter."""

    parameter: str
    customer: float
    staff: float
    customer_n: int
    staff_n: int
    gap: float
    """staff - customer, marks."""
    ci_low: float | None
    ci_high: float | None
    differs: Verdict
    """Staff higher (up) or lower, by ``p_holm``."""
    p_holm: float = 1.0
    """Holm over the parameters."""
    pairs: int = 0
    """Customers (or managers) marked from both sides, whose pairing the interval uses; 0: the
    two sides are independent samples (Welch)."""
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenGap:
    """A parameter that few customers or few of the staff marked."""

    parameter: str
    customer: None = None
    staff: None = None
    gap: None = None
    ci_low: None = None
    ci_high: None = None
    differs: Verdict = Verdict.CANNOT_TELL
    suppressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """Share of the explained variance of the score that goes to one parameter."""

    parameter: str
    lmg: float
    """Shapley share of R^2; the drivers sum to R^2."""
    ci_low: float | None
    ci_high: float | None
    mean: float
    """Mean of all customers' marks (performance), as in ``satisfaction``."""
    ordered_logit: float | None
    """Coefficient of the ordered logit check, per mark; None when it did not converge."""
    ordered_logit_p: float | None
    chance: float | None = None
    """95th percentile (``Params.confidence``) of its share where scores are dealt out anew: what
    chance alone gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverTest:
    """Whether all marks together explain more of the score than chance would."""

    p_value: float
    """Permutation of the scores over respondents, those of one customer kept together."""
    beyond_chance: bool
    """p_value below 1 - ``Params.confidence``; else no driver is named."""
    r2_adjusted: float | None
    customers: int
    """Customers (respondents where they have none) behind the complete cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverCheck:
    """How far the ordered logit agrees with the importance.

    Its order is that of the sizes of its coefficients, each times the spread of its marks; its
    signs are held against those of the plain correlations of marks and score.
    """

    rank_correlation: float | None
    """Kendall's tau-b of the two orders, -1 to 1; None of a single parameter."""
    order_differs: tuple[str, ...]
    """Parameters at another place than by importance, most important first."""
    sign_differs: tuple[str, ...]
    """Parameters whose coefficient has another sign than their correlation, likewise."""


class Agreement(StrEnum):
    """What the agreement of raters allows."""

    HIGH = "high"
    """Conclusions (from ``Params.alpha_reliable`` on)."""
    MIDDLE = "middle"
    """Tentative ones (from ``Params.alpha_tentative`` on)."""
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """Marks of one touchpoint."""

    category: str
    touchpoint: str
    n: int
    poor: int
    normal: int
    wow: int
    previous_balance: float | None
    """(wow - poor) / n in the period before; None where it is not told, or not named alike."""
    balance: float
    """(wow - poor) / n."""
    comments: tuple[str, ...]
    ci_low: float | None = None
    ci_high: float | None = None
    """Of the balance by added marks, variance over raters; None below two raters."""
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditBefore:
    """The audit of the period before, beside which this one stands."""

    against: str
    """Its period."""
    all: int
    """Touchpoints told now."""
    unmatched: int
    """Of them, those of which that audit has none of the same category and name."""
    other_language: bool
    """That audit names its touchpoints in another language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenTouchpoint:
    """A touchpoint marked by fewer raters than the threshold, in an audit of more."""

    category: str
    touchpoint: str
    n: None = None
    poor: None = None
    normal: None = None
    wow: None = None
    balance: None = None
    suppressed: bool = True
