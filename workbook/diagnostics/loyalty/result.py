"""What the loyalty diagnostic finds: frozen records named as in the result file.

Units: NPS in points (-100 to 100), shares 0-1, marks as ``mark_bounds.scale`` has them, money in
the engagement's currency, intervals at ``Params.confidence``.  A value that cannot be told is
None, never NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.customer_ledger.ledger_result import StateCounts
from workbook.diagnostics.limitation import Limitation
from workbook.diagnostics.loyalty.before_result import Before
from workbook.diagnostics.loyalty.complaints_result import (
    COMPLAINT_LIST,
    SILENT_NAMED,
    ComplaintRetention,
    Complaints,
    StayOutcome,
)
from workbook.diagnostics.loyalty.criteria_result import (
    Criteria,
    CriterionChange,
    EarnedGrowth,
    KeyFactor,
    Promise,
    Retention,
    Share,
    SilenceWindow,
)
from workbook.diagnostics.loyalty.marks_result import (
    Agreement,
    AuditBefore,
    Coverage,
    Driver,
    DriverCheck,
    DriverTest,
    HiddenGap,
    HiddenMarks,
    HiddenTouchpoint,
    NewCoverage,
    Satisfaction,
    StaffGap,
    Touchpoint,
)
from workbook.diagnostics.loyalty.open_answers_result import (
    CommentBias,
    LeadingThemes,
    OpenAnswers,
    Theme,
)
from workbook.diagnostics.loyalty.stakes_result import Stakes
from workbook.diagnostics.loyalty.survey_result import (
    CONTRIBUTIONS,
    Benchmark,
    Change,
    Group,
    Nps,
    Wave,
    Weighted,
)
from workbook.diagnostics.mark_scale import MarkBounds, MarkScale
from workbook.stats import Family
from workbook.stats.data_table import DataTable

COURSE = 3
"""Waves with an index that make a course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings.  None or an empty tuple where the table is missing (see ``absent``)."""

    KEYED: ClassVar[Mapping[str, str]] = MappingProxyType({"weighted": "by"})
    """Records that the result file keeps by one of their fields."""

    nps: Nps | None = None
    small_answers: tuple[int, ...] = ()
    """The scores themselves when there are fewer than ``min_n``."""
    groups: tuple[Group, ...] = ()
    weighted: tuple[Weighted, ...] = ()
    answers_by_name: bool = False
    """Answers may be told by name (``Inputs.answers_by_name``): the lists of whom to call are not
    empty for that alone."""
    contributions: DataTable = field(default_factory=lambda: DataTable.empty(CONTRIBUTIONS))
    """What each account adds to the index by revenue, where few decide it; by name only."""
    waves: tuple[Wave, ...] = ()
    changes: tuple[Change, ...] = ()
    change: Change | None = None
    """The latest two waves that carry an index; with earlier periods, the headline answers against
    like ones of the last of them."""
    period_before: str = ""
    """Label of the period before, whatever it holds; empty in a first one."""
    wave_unlabelled: int = 0
    """Answers without a wave in a table that has waves: in the headline, in no wave."""
    waves_left_out: tuple[str, ...] = ()
    """Waves of fewer people than the threshold: none of them is told by itself."""
    waves_in_whole: bool = True
    """Whether the answers of waves left out count in the figures of the whole."""
    comment_bias: CommentBias | None = None
    open_answers: OpenAnswers | None = None
    themes: tuple[Theme, ...] = ()
    uncoded_share: float | None = None
    leading_themes: LeadingThemes | None = None
    """None without counted themes."""
    criteria: Criteria | None = None
    criteria_before: Criteria | None = None
    key_factor: KeyFactor | None = None
    key_factor_revenue: float | None = None
    loyalty_index: float | None = None
    recommended: Share | None = None
    regular: Share | None = None
    existing_sales_share: float | None = None
    satisfaction: tuple[Satisfaction | HiddenMarks, ...] = ()
    satisfaction_by_product: tuple[Satisfaction | HiddenMarks, ...] = ()
    mark_bounds: MarkBounds | None = None
    """Scale of the marks of satisfaction, and which of them are low."""
    satisfaction_coverage: float | None = None
    coverage: Coverage | None = None
    """What that share is of."""
    new_coverage: tuple[NewCoverage, ...] = ()
    """Who was asked after a first purchase, by product."""
    low_marks: int = 0
    """Latest marks of each customer that are low: to be handled like complaints."""
    complaint_list: DataTable = field(default_factory=lambda: DataTable.empty(COMPLAINT_LIST))
    """These marks by name."""
    silent_named: DataTable = field(default_factory=lambda: DataTable.empty(SILENT_NAMED))
    """Customers who are unhappy and have not complained, by name."""
    staff_gap: tuple[StaffGap | HiddenGap, ...] = ()
    drivers: tuple[Driver, ...] = ()
    driver_leaders: tuple[str, ...] = ()
    """The first driver and those that the data cannot tell from it, most important first; all
    where the marks explain no more than chance would (``driver_test``)."""
    drivers_r2: float | None = None
    drivers_n: int | None = None
    touchpoints: tuple[Touchpoint | HiddenTouchpoint, ...] = ()
    touchpoint_raters: int = 0
    touchpoint_alpha: float | None = None
    """Ordinal agreement between raters; None when undefined or one rater."""
    touchpoint_agreement: Agreement | None = None
    """How that reads."""
    touchpoints_before: AuditBefore | None = None
    """The audit of the period before; None without one."""
    complaints: Complaints | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    absent: tuple[str, ...] = ()
    """Sections left out for want of a table or column: ``survey``, ``groups``, ``waves``,
    ``comment_bias``, ``open_answers``, ``criteria``, ``satisfaction``, ``staff_gap``, ``drivers``,
    ``touchpoints``, ``complaints``, in this order.  What is there but too small is not absent."""
    criteria_changes: tuple[CriterionChange, ...] = ()
    retention: Retention | None = None
    """None with less than 24 months of sales."""
    customer_states: StateCounts | None = None
    """Who is lost by the customer ledger, to set beside the retention."""
    retention_before: Retention | None = None
    """The same a year earlier (at the end of the period before, where there is one); None where
    sales do not reach back two years from then."""
    before_until: date | None = None
    """End of the 12 months that criteria and retention are compared with, where these end with the
    period before and not a year ago."""
    earned_growth: EarnedGrowth | None = None
    stakes: Stakes = field(default_factory=Stakes)
    """Revenue behind what is found."""
    limitation: Limitation | None = None
    """What could change the decision (``limitations.<id>``)."""
    answer: Claim | None = None
    """The headline of page 2: the first of several that passes its gates."""
    tiles: tuple[Claim, ...] = ()
    """The first four are told."""
    findings: tuple[Claim, ...] = ()
    """Most important first."""
    refused_findings: tuple[Refusal, ...] = ()
    lowest_marks: tuple[str, ...] = ()
    """The parameter of the lowest mean mark and those that the data cannot tell from it, lowest
    first; one name only: it is the lowest.  Parameters of fewer than ``min_n`` marks are left out.
    """
    weakest_touchpoints: tuple[str, ...] = ()
    """Likewise, the touchpoint of the lowest balance."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""

    complaint_retention: tuple[ComplaintRetention, ...] = ()
    """Handled before not handled; empty without complaints of buying customers."""
    complaint_retention_p: float | None = None
    """Log-rank of handled against not handled; None where it cannot be tested."""
    complaint_retention_outcome: StayOutcome | None = None
    complaint_retention_window: SilenceWindow | None = None
    complaints_not_buying: int = 0
    """Customers who complained without having bought, or after they had fallen silent."""
    driver_test: DriverTest | None = None
    """None without drivers."""
    driver_check: DriverCheck | None = None
    """None where the ordered logit did not converge."""
    before: Before | None = None
    """Key figures of the period before; None of a first one."""
    promise: Promise | None = None
    """None where survey or sales name no customers."""

    @property
    def has_course(self) -> bool:
        """Return whether the index has a course over time: of two points a sentence tells all."""
        return sum(wave.value is not None for wave in self.waves) >= COURSE

    @property
    def satisfaction_percent(self) -> bool:
        """Return whether marks are percentages."""
        return self.mark_bounds is not None and self.mark_bounds.scale is MarkScale.PERCENT

    def families_with(self, *found: Family | None) -> tuple[Family, ...]:
        """Return what was tested together, with what has just been tested after it."""
        return (*self.families, *(family for family in found if family is not None))
