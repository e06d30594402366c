"""Records of the portfolio: what is known of managers, regions …, and their losses beside it.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from enum import StrEnum


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
