"""Records of who was lost and when: portfolios, survival, competing risks, hazards.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.stats.data_table import DataTable, number, text, whole


class FunnelZone(StrEnum):
    """Where a group lies in the funnel of what its portfolio lets expect."""

    FAR_ABOVE = "far_above"
    """More losses than the 99.8 % limit."""
    ABOVE = "above"
    """More than the 95 % limit: one group in 40 by chance, see ``Group.differs``."""
    WITHIN = "within"
    BELOW = "below"
    FAR_BELOW = "far_below"
    CANNOT_TELL = "cannot_tell"
    """No portfolio to compare with, too few losses in all, or nobody else in its strata."""


class Missing(StrEnum):
    """Why losses are not compared by manager, region and the like."""

    COLUMN = "column"
    """No table has it."""
    PORTFOLIO = "portfolio"
    """No table names a customer that was not lost."""
    LOST_ONLY = "lost_only"
    """It is known of lost customers alone."""
    PARTLY = "partly"
    """It is known of less than ``Params.known_share`` of the portfolio, or of fewer than
    ``Params.min_losses`` lost customers."""
    FEW_LOSSES = "few_losses"
    """Fewer than ``Params.min_losses``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What is known of the managers, regions … of the portfolio at risk."""

    dimension: str
    known: int
    """Relationships at risk for which it is known."""
    of: int
    """Relationships at risk; 0: no portfolio."""
    share: float | None
    known_lost: int
    """Losses for which it is known."""
    lost: int
    """Losses of the portfolio at risk; without a portfolio, all."""
    missing: Missing | None
    """None: losses are compared by it."""


class TimeDoubt(StrEnum):
    """Why nothing is told of how long customers stay."""

    ONE_MONTH = "one_month"
    """All losses lie in one month: the register has no history."""
    SHORT = "short"
    """Losses lie in fewer than ``Params.register_months``, and its first day is not stated."""
    LATE = "late"
    """Nearly all customers began before the register (``Params.late_share``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLosses:
    """Losses of one manager, region … beside the portfolio they come from.

    ``expected`` is what this portfolio would lose in its time at risk if its customers left as
    those of the whole company do, day by day, in the strata ``standardised_by`` (indirect
    standardisation by exposure).  Rows of one dimension: highest ``shrunk`` first, those without
    a portfolio by losses.
    """

    dimension: str
    """manager, region, segment, product (the customer's main one), stage, competitor."""
    group: str
    """"" : not known."""
    lost: int
    """Losses; with a portfolio those since ``Lost.since``."""
    share: float
    """Of all losses."""
    revenue: float | None
    active_at_start: int | None = None
    """Relationships on the first day of the register; None: no portfolio known."""
    at_risk: int | None = None
    """Relationships at any time since."""
    customer_years: float | None = None
    """Time that they were at risk: from their beginning or the register's first day to the loss,
    the end of the contract or the as-of date; after a return again."""
    rate: float | None = None
    """lost / at_risk (raw)."""
    expected: float | None = None
    ratio: float | None = None
    """lost / expected."""
    shrunk: float | None = None
    """Ratio shrunk towards 1, averaged over how far groups may differ."""
    ci_low: float | None = None
    ci_high: float | None = None
    """Of ``shrunk``, for one group at a time."""
    low_95: float | None = None
    high_95: float | None = None
    low_998: float | None = None
    high_998: float | None = None
    """Funnel: ratios of the fewest and the most losses (whole numbers) that chance alone keeps
    in at least 95 % and 99.8 % of such portfolios."""
    beyond_95: float | None = None
    """Chance that such a portfolio lies beyond its 95 % limits though it is like the others."""
    rank_raw: int | None = None
    """1: highest raw rate."""
    rank_adjusted: int | None = None
    """1: highest shrunk ratio."""
    verdict: FunnelZone = FunnelZone.CANNOT_TELL
    p_value: float | None = None
    """Exact, two-sided (mid-p), of its losses among those at risk on the day of every loss."""
    p_holm: float | None = None
    """Holm over every group of every dimension compared; the same customers count once."""
    differs: bool = False
    """``p_holm`` says that more or fewer losses than expected are not chance."""
    stands_out: bool = False
    """It differs by more losses, and does not repeat another: it may be named."""
    repeats: str = ""
    """Dimension in which the same customers, or for a person a differing group that holds them
    all, are told of; "" : none."""
    standardised_by: tuple[str, ...] = ()
    """Columns whose strata gave ``expected``; (): the company as a whole.  A column most of
    whose levels belong to one group each (a manager per region) is left out: the two cannot be
    told apart."""

    @property
    def told_as(self) -> str:
        """Key of its verdict in words: what its test does not bear out is ``chance``.

        ``repeats`` where another dimension tells of the same customers.
        """
        if self.differs:
            return "repeats" if self.repeats else self.verdict.value
        inside = self.verdict in (FunnelZone.WITHIN, FunnelZone.CANNOT_TELL)
        return self.verdict.value if inside else "chance"


SURVIVAL = (
    number("time", "Days of relationship at which customers were lost.", unit="days"),
    whole("at_risk", "Customers under observation just before."),
    whole("lost", "Of them, lost on this day."),
    number("survival", "Share still there afterwards (Kaplan-Meier).", unit="0-1"),
    number("se", "Greenwood's; missing where nobody is left.", unit="0-1", optional=True),
    number("ci_low", "Lower end of the log-log interval.", unit="0-1", optional=True),
    number("ci_high", "Its upper end.", unit="0-1", optional=True),
)
"""Columns of a survival curve, earliest day first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalCurve:
    """The curve of one group of a column."""

    by: str
    group: str
    n: int
    lost: int
    median: float | None
    points: DataTable
    """:data:`SURVIVAL`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalQuartile:
    """When a quarter, half, three quarters of the customers are lost."""

    share: float
    """0.25, 0.5, 0.75 lost."""
    time: float | None
    """None: not reached yet."""
    ci_low: float | None
    ci_high: float | None
    """None: open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalBasis:
    """What the time analyses rest on."""

    n: int
    """Relationships with a known start."""
    lost: int
    late: int
    """Of them, begun before the register: at risk from its first day only."""
    start_unknown: int
    """Relationships left out: no start date, registration or sale."""
    since: date
    origin: float
    """Days of relationship from which the curve counts: 0, or the first day by which enough
    customers were under observation (late entry); survival is conditional on reaching it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """Test of the groups of a column leaving at the same speed."""

    by: str
    groups: int
    joined: int
    """Groups that expect less than one loss each, taken together as one."""
    chi2: float
    df: int
    permuted: bool
    """A group expects fewer than five losses: ``p_value`` comes from dealing customers out anew,
    not from ``chi2``."""
    p_value: float
    p_holm: float
    """Over all columns tested."""
    differ: bool
    """``p_holm`` says that they do not."""


INCIDENCE = (
    text("reason", "Id of the reason."),
    text("label", "Its name in the report's language."),
    number("time", "Days of relationship.", unit="days"),
    number("value", "Share of all customers lost for it by then.", unit="0-1"),
    number(
        "naive",
        "1 - Kaplan-Meier of this reason alone, which overstates: shown to warn.",
        unit="0-1",
    ),
)
"""Columns of the losses by reason and time (competing risks), most frequent reason first.

A loss with k reasons counts 1/k for each, so that the reasons sum to 1 - survival.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoxTerm:
    """One level of a column against the reference level (Efron ties)."""

    term: str
    """``column: level``."""
    column: str
    level: str
    """"*": all small levels together."""
    reference: str
    coefficient: float
    se: float
    hazard_ratio: float
    ci_low: float
    ci_high: float
    p_value: float
    ph_p_value: float | None
    """Proportional hazards: correlation of the Schoenfeld residuals with the rank of time."""
