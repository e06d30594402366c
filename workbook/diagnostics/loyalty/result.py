"""What the loyalty diagnostic finds: frozen records named as in the result file.

Units: NPS in points (-100 to 100), shares 0-1, marks 1-5, money in the engagement's currency,
intervals at ``Params.confidence``.  A value that cannot be told is None, never NaN.
"""

import datetime
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What a comparison allows to say."""

    UP = "up"
    DOWN = "down"
    CANNOT_TELL = "cannot_tell"


class IntervalKind(StrEnum):
    """Why an index has the interval it has."""

    SAMPLE = "sample"
    """Adjusted Wald."""
    FINITE = "finite"
    """Adjusted Wald narrowed by the finite population correction."""
    CENSUS = "census"
    """Everyone answered: no sampling interval."""
    TOO_FEW = "too_few"
    """Fewer than ``min_n`` answers: the answers are shown, not an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """NPS of a set of answers.  ``value`` and the bounds are None below ``min_n``."""

    n: int
    detractors: int
    passives: int
    promoters: int
    value: float | None
    se: float | None
    """Standard error of the raw index, points."""
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps:
    """The index of the headline answers (``Params.headline``: all rows or the latest wave)."""

    value: float | None
    se: float | None
    """Of the raw index, points, with the finite population correction where the base is known."""
    ci_low: float | None
    ci_high: float | None
    tango_low: float | None
    tango_high: float | None
    interval: IntervalKind
    n: int
    detractors: int
    passives: int
    promoters: int
    missing: int
    """Rows without a score: counted and excluded."""
    distribution: tuple[int, ...]
    """Answers per score, index 0..10."""
    population: int | None
    response_rate: float | None
    """n / population."""
    worst_low: float | None
    worst_high: float | None
    """Bounds if everyone who did not answer were a detractor / a promoter."""
    revenue_coverage: float | None
    """Revenue of the customers who answered / revenue of all customers."""
    probably_ten_scale: bool
    """A large sample without a single zero on the 0-10 scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """NPS of one segment, product, manager or channel."""

    by: str
    group: str
    n: int | None
    """None when suppressed."""
    detractors: int | None
    passives: int | None
    promoters: int | None
    value: float | None
    ci_low: float | None
    ci_high: float | None
    suppressed: bool
    """Below the anonymity threshold, or hidden so that such a group cannot be derived."""
    differs: Verdict
    """Against the rest of the survey, Holm over the groups of the same ``by``."""
    p_holm: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """NPS weighted another way."""

    by: str
    """``customer`` (every respondent once), ``account`` or ``revenue`` or ``weight``."""
    n: int
    value: float | None
    n_eff: float
    """Effective number of answers, (sum w)^2 / sum w^2."""
    se: float | None
    """Linearised standard error, points."""
    ci_low: float | None
    ci_high: float | None
    """None when n_eff < 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one account adds to the revenue-weighted index (shown when n_eff < 10)."""

    customer_id: str
    share: float
    score: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """NPS of one survey round, oldest first."""

    wave: str
    start: date | None
    """First answer of the wave."""
    n: int
    detractors: int
    passives: int
    promoters: int
    value: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wave against the wave before it."""

    wave: str
    against: str
    difference: float
    """Of the raw indices, points."""
    adjusted: float
    """Of the adjusted indices, points; the test is on this one."""
    se: float
    p_value: float
    ci_low: float
    ci_high: float
    verdict: Verdict
    paired_n: int
    """Customers who answered in both waves (0: none known)."""
    paired_difference: float | None
    paired_p_value: float | None
    paired_verdict: Verdict | None
    needed_n: int
    """Answers per wave that would detect 10 points with 80 % power."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """NPS of the answers with or without a comment."""

    n: int
    value: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBias:
    """How those who write differ from those who do not."""

    commented: Subset
    silent: Subset
    difference: float | None
    p_value: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme of the open answers; an answer may carry several."""

    theme: str
    """Id in the code frame."""
    label: str
    """Its name in the report's language."""
    question: str
    """``reason`` (why this score) or ``improvement`` (what would make it 10)."""
    n: int
    detractors: int
    passives: int
    promoters: int
    revenue: float | None
    """Yearly revenue of those who name it; None when revenue is not known."""
    quotes: tuple[tuple[str, int], ...]
    """Up to three answers with their score, shortest complete ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderAgreement:
    """Second coder against the first."""

    n: int
    alpha: float | None
    """Krippendorff's alpha with MASI distance; None when undefined."""
    kappas: tuple[tuple[str, float | None], ...]
    """Cohen's kappa per theme label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswers:
    """The two open questions."""

    n: int
    """Answers with words."""
    coded_by_people: int
    """Answers whose themes a person confirmed."""
    machine: bool
    """False below 30 comments without human coding: they are printed, not counted."""
    verbatim: tuple[tuple[str, str, int], ...]
    """(question, words, score) when ``machine`` is False."""
    agreement: CoderAgreement | None


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
    """Customers with a settlement in the period."""
    repeat_customers: int
    """Of them, customers with at least two purchases ever up to the end."""
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
    open: int
    """Marks 1-2: openly dissatisfied."""
    hidden: int
    """Marks 3: hidden dissatisfaction."""
    distribution: tuple[int, int, int, int, int]
    """Number of marks 1..5, so that ``open`` is the first two and ``hidden`` the third: marks
    between two steps and percentages count for the step (fifth) above."""
    coverage: float | None
    """Customers rated in the last 12 months / all customers (of a product: / its buyers of these
    months where sales name products)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissatisfied:
    """One line of the complaint list."""

    customer_id: str
    respondent_id: str
    product: str
    parameter: str
    mark: float
    date: datetime.date
    owner: str
    """The customer's manager where known."""
    deadline: datetime.date
    """Date of the mark plus ``Params.complaint_days``."""


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
    pairs: int = 0
    """Customers (or managers) marked from both sides, whose pairing the interval uses; 0: the
    two sides are independent samples (Welch)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """Share of the explained variance of the score that goes to one parameter."""

    parameter: str
    lmg: float
    """Shapley share of R^2; the drivers sum to R^2."""
    ci_low: float | None
    ci_high: float | None
    mean: float
    """Mean mark (performance)."""
    ordered_logit: float | None
    """Coefficient of the ordered logit check, per mark; None when it did not converge."""
    ordered_logit_p: float | None


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
    silent_estimate: int
    """Unhappy customers implied by the assumption: complaining / complaint_share."""
    low_marks: int | None
    """Customers with a mark of 3 or less in the same period; None without marks."""
    told_by_satisfied: int
    told_by_dissatisfied: int
    """Word of mouth, stated assumptions: at most 5, at least 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A published index of another company: a mark, never a target."""

    name: str
    value: float
    year: int | None
    n: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings.  None or an empty tuple where the table is missing (see ``absent``)."""

    nps: Nps | None
    small_answers: tuple[int, ...]
    """The scores themselves when there are fewer than ``min_n``."""
    groups: tuple[Group, ...]
    weighted: tuple[Weighted, ...]
    contributions: tuple[Contribution, ...]
    waves: tuple[Wave, ...]
    changes: tuple[Change, ...]
    change: Change | None
    """The latest wave against the one before it; with a previous engagement, the headline answers
    against that engagement's."""
    wave_unlabelled: int = 0
    """Answers without a wave in a table that has waves: in the headline, in no wave."""
    comment_bias: CommentBias | None
    open_answers: OpenAnswers | None
    themes: tuple[Theme, ...]
    uncoded_share: float | None
    criteria: Criteria | None
    criteria_before: Criteria | None
    key_factor: KeyFactor | None
    key_factor_revenue: float | None
    loyalty_index: float | None
    recommended: Share | None
    regular: Share | None
    existing_sales_share: float | None
    satisfaction: tuple[Satisfaction, ...]
    satisfaction_by_product: tuple[Satisfaction, ...]
    satisfaction_percent: bool
    """The marks are percentages (0-1) instead of 1-5."""
    satisfaction_coverage: float | None
    complaint_list: tuple[Dissatisfied, ...]
    staff_gap: tuple[StaffGap, ...]
    drivers: tuple[Driver, ...]
    drivers_r2: float | None
    drivers_n: int | None
    touchpoints: tuple[Touchpoint, ...]
    touchpoint_raters: int
    touchpoint_alpha: float | None
    """Ordinal agreement between raters; None when undefined or one rater."""
    complaints: Complaints | None
    benchmarks: tuple[Benchmark, ...]
    absent: tuple[str, ...]
    """Sections left out for want of a table or column: ``survey``, ``groups``, ``waves``,
    ``comment_bias``, ``open_answers``, ``criteria``, ``satisfaction``, ``staff_gap``, ``drivers``,
    ``touchpoints``, ``complaints``, in this order.  What is there but too small is not absent."""
