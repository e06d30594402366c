"""Records of what a survey finds: the index, its comparisons, the open answers.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.diagnostics.score_classes import ScoreClasses
from workbook.stats.data_table import number, text


class Verdict(StrEnum):
    """What a comparison allows to say."""

    UP = "up"
    DOWN = "down"
    CANNOT_TELL = "cannot_tell"


def verdict(value: float, p_value: float | None, *, confidence: float) -> Verdict:
    """Return up or down when the test at 1 - confidence tells, else that it cannot.

    Examples
    --------
    >>> [verdict(-8.0, p, confidence=0.95).value for p in (0.01, 0.2, None)]
    ['down', 'cannot_tell', 'cannot_tell']
    """
    if p_value is None or p_value >= 1 - confidence or value == 0:
        return Verdict.CANNOT_TELL
    return Verdict.UP if value > 0 else Verdict.DOWN


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
    n_eff: float | None = None
    """Independent answers that would tell as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps:
    """The index of the headline answers (``Params.headline``: all rows or the latest wave)."""

    value: float | None
    se: float | None
    """Of the raw index, points; over customers where some answered more than once, with the finite
    population correction where the base is known."""
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
    scale: str
    """``0-10`` or ``1-10``, as declared."""
    classes: ScoreClasses
    """First and last score of each class on that scale."""
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
    customers: int | None = None
    """Different customers who answered; None where the survey names none."""
    n_eff: float | None = None
    """Independent answers that would tell as much: n where no customer answered twice."""


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
    """Against the rest of the survey, Holm over all groups of all cuts."""
    p_holm: float | None
    repeats: str = ""
    """The ``by`` of a cut that tells this group too: it has the very same answers as a group, or a
    group that differs the same way holds all answers of a person (a manager of one region)."""
    n_eff: float | None = None
    """Independent answers that would tell as much; None when suppressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """NPS weighted another way."""

    by: str
    """``customer`` (every respondent once), ``account`` or ``revenue`` or ``weight``."""
    n: int | None
    """None when suppressed, as all figures."""
    value: float | None
    n_eff: float | None
    """Effective number of answers, (sum w)^2 / sum w^2."""
    se: float | None
    """Linearised standard error over customers, points."""
    ci_low: float | None
    ci_high: float | None
    """None when n_eff < 10; by revenue and weight when n_eff < ``Params.min_weighted_n`` or the
    weights spread further than ``Params.max_weight_spread``."""
    p_value: float | None = None
    """By revenue: permutation of the indices over accounts (two-sided), that revenue has nothing
    to do with them."""
    suppressed: bool = False
    """It would tell what one account answered, or what few people did."""


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
    """None below ``min_n`` answers: the wave carries no index."""
    ci_low: float | None
    ci_high: float | None
    interval: IntervalKind
    n_eff: float | None = None
    """Independent answers that would tell as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wave against the latest wave before it that carries an index.

    One test: the adjusted difference with its variance over customers across both waves.  Where
    no customer answered twice it is the z test, where all did the paired one.
    """

    wave: str
    against: str
    value: float
    """Index of ``wave``, points."""
    against_value: float
    headline: bool
    """The answers of ``wave`` are those of the headline index."""
    difference: float
    """Of the raw indices, points."""
    adjusted: float
    """Of the adjusted indices, points; the test is on this one."""
    se: float
    p_value: float
    """Of this comparison alone."""
    ci_low: float
    ci_high: float
    verdict: Verdict
    """By ``p_holm``."""
    paired_n: int
    """Customers who answered in both waves (0: none known)."""
    paired_difference: float | None
    """Mean change of these customers alone."""
    paired_p_value: float | None
    paired_verdict: Verdict | None
    needed_n: int
    """Answers per wave, of customers who did not answer before, that would detect 10 points with
    80 % power."""
    p_holm: float = 1.0
    """Holm over all comparisons of waves."""
    effect: float = 1.0
    """Variance over customers by that of independent answers: below 1 where the same customers
    answered in both waves, above 1 where several answers came from one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A published index of another company: a mark, never a target."""

    name: str
    value: float
    year: int | None
    n: int | None
    source: str


CONTRIBUTIONS = (
    text("customer_id", "The customer."),
    text("name", "As the table customers has it; empty where it has none."),
    number("share", "Of the revenue of those who answered.", unit="0-1"),
    number("value", "Its own index: promoters less detractors of its answers.", unit="points"),
    number("points", "Share times value: their sum is the weighted index.", unit="points"),
)
"""A row per account: what it adds to the index by revenue."""
