"""Records of when customers are lost: survival, competing risks, hazards.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.stats.data_table import DataTable, number, text, whole


class TimeDoubt(StrEnum):
    """Why nothing is told of how long customers stay."""

    ONE_MONTH = "one_month"
    """All losses lie in one month: the register has no history."""
    SHORT = "short"
    """Losses lie in fewer than ``Params.register_months``, and its first day is not stated."""
    LATE = "late"
    """Nearly all customers began before the register (``Params.late_share``)."""


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
