"""Records of what customers do and feel: loyalty criteria, marks, drivers, complaints.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.diagnostics.loyalty.survey_result import Verdict


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
    """Loyalty criteria of the 12 months to the as-of date, and of the 12 months before."""

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
    """(wow - poor) / n of the previous audit."""
    balance: float
    """(wow - poor) / n."""
    comments: tuple[str, ...]
    ci_low: float | None = None
    ci_high: float | None = None
    """Of the balance by added marks, variance over raters; None below two raters."""
    suppressed: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the complaint register."""

    step: str
    """registered, cause_found, cause_removed, process_mended."""
    n: int
    share: float
    median_days: float | None = None
    """From the complaint to this step, where the register holds dates instead of yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """The register of complaints and the iceberg under it."""

    n: int
    registered: int | None
    """Complaints that took the step; None when the register has no such column."""
    cause_found: int | None
    cause_removed: int | None
    process_mended: int | None
    steps: tuple[Step, ...]
    closed: int
    median_days: float | None
    """From the complaint to its closing."""
    start: date
    end: date
    """The 12 months to the as-of date that are counted."""
    complaint_share: float
    """Assumed share of unhappy customers who complain."""
    complaining_customers: int
    """Different customers whom the register names."""
    unnamed: int
    """Complaints without a customer: of anybody, so they count in ``n`` only."""
    customers: int | None
    """Customers known to the engagement, or ``Params.population``; None where neither is."""
    unhappy_estimate: int | None
    """Unhappy customers implied by the assumption: complaining / complaint_share.  None where the
    data refute it, or where the number of customers is not known."""
    silent_estimate: int | None
    """Of them, those who did not complain; None likewise."""
    assumption_refuted: bool
    """More customers would be unhappy than there are."""
    silent_unhappy: int | None
    """Customers with a low mark or score in the period and no complaint; None where neither marks
    nor scores name customers, or where few would be told of.  Who they are is not told."""
    low_marks: int | None
    """Customers with a low mark in the same period; None without marks, or where few gave any."""
    told_by_satisfied: int
    told_by_dissatisfied: int
    """Word of mouth, stated assumptions: at most 5, at least 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRetention:
    """Customers after a complaint that was handled, or was not."""

    handled: bool | None
    """None: the register does not say."""
    n: int
    """Customers who complained while they were buying."""
    kept: int | None
    """Of them, known to still buy ``Params.stay_months`` later; None where the window of silence
    does not fit."""
    gone: int | None
    """Of them, fallen silent before; of the others that day is yet to come.  None likewise."""
    share: float | None
    """Still buying by then, Kaplan-Meier, 0-1; None of fewer than ``Params.min_n``."""
    ci_low: float | None
    ci_high: float | None
    """Log-log interval; Wilson where the share is 0 or 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceWindow:
    """How long a silence makes a customer silent, held against the customers' own pauses."""

    months: int
    own_median_days: float | None
    """Median of the customers' own median pauses; None when nobody has bought three times."""
    share_longer: float | None
    """Customers whose own median pause is longer than the window, 0-1."""
    fits: bool | None


class StayOutcome(StrEnum):
    """What can be told of the customers who complained."""

    DIFFER = "differ"
    """Handled and not handled differ by more than chance would explain."""
    CANNOT_TELL = "cannot_tell"
    """They cannot be told apart."""
    ONE = "one"
    """Only one of the two has enough customers, or the register does not say."""
    TOO_FEW = "too_few"
    NO_FIT = "no_fit"
    """The window of silence does not fit the customers' pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterComplaint:
    """What became of the customers who complained."""

    rows: tuple[ComplaintRetention, ...] = ()
    p_value: float | None = None
    """Log-rank test of handled against not handled; None where it cannot be tested."""
    outcome: StayOutcome | None = None
    """None without complaints of customers who bought."""
    window: SilenceWindow | None = None
    not_buying: int = 0
    """Customers who complained without having bought, or after they had fallen silent."""


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
