"""What the segmentation matrix finds: frozen records named as in the result file.

Units: shares and coefficients of variation 0-1 and above, money in the engagement's currency,
time in days, intervals at ``Params.confidence``.  A value that cannot be told is None, never NaN.
"""

from dataclasses import dataclass

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.claims import Refusal as ClaimRefusal
from workbook.diagnostics.segmentation_matrix.deals_result import (
    BoardCell,
    BoardCounts,
    BoardEvent,
    ControlPoint,
    FunnelBasis,
    FunnelCohort,
    FunnelStage,
    Leak,
    ManagerPoints,
    OverduePoint,
    Refusal,
    Snapshot,
)
from workbook.diagnostics.segmentation_matrix.differences import WeakSegment
from workbook.diagnostics.segmentation_matrix.kpi_result import (
    CustomerKpi,
    DepartmentKpi,
    KpiBasis,
    ManagerKpi,
    OnlyRepeat,
    ProductTotal,
    Silent,
)
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    Assignment,
    GroupMaturity,
    MatrixCell,
    Maturity,
    Neighbour,
    OffTarget,
    OffTargetUse,
    PartTotal,
    RangeGap,
    RuleCheck,
    Segment,
    SingleProduct,
    WhiteSpace,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.value_result import (
    AbcBasis,
    AbcCustomer,
    ClassPeriod,
    Counts,
    CustomerStatus,
    LifecycleBasis,
    LifecycleCounts,
    LifecycleWindow,
    Migration,
    NineField,
    XyzBasis,
    XyzCounts,
    XyzCustomer,
)
from workbook.stats import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something that limits what the tables say."""

    code: str
    """Key of its sentence in the texts of the diagnostic (``warnings.<code>``)."""
    n: int | None
    names: tuple[str, ...]
    """Customers, segments or products it is about; at most twenty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings.  None or an empty tuple where it cannot be told (see ``absent``)."""

    customers_n: int
    """Known customers: of ``customers`` and of ``sales``."""
    segments: tuple[Segment, ...]
    assignment: tuple[Assignment, ...]
    rule_check: RuleCheck | None
    matrix: tuple[MatrixCell, ...]
    maturity: tuple[Maturity, ...]
    maturity_groups: tuple[GroupMaturity, ...]
    """Every customer in one group; the means below run over those that bought within the year."""
    mean_maturity: float | None
    pooled_maturity: float | None
    maturity_n: int
    maturity_excluded: int
    """Customers that bought within the year and have no segment or target products."""
    white_space: tuple[WhiteSpace, ...]
    white_space_parts: WhiteSpaceParts | None
    """None: no targets, or no sales of products that could show what is used."""
    white_space_total: PartTotal | None
    """The five parts together; each customer counted once."""
    offers_recorded: bool
    """False: there are no offers, and nobody can say what was never offered."""
    weak_segment: WeakSegment | None
    """The segment that uses least of its target products, where a test tells it from the others."""
    buying: int
    """Customers that something more can be sold to: bought within the year and not lost."""
    off_target: OffTarget | None
    off_target_uses: tuple[OffTargetUse, ...]
    range_gaps: tuple[RangeGap, ...]
    neighbours: tuple[Neighbour, ...]
    """Largest value x never offered first."""
    single_product: tuple[SingleProduct, ...]
    products_per_customer: float | None
    """Mean products in use of customers with a sale in the window."""
    abc: tuple[AbcCustomer, ...]
    abc_counts: Counts | None
    abc_basis: AbcBasis | None
    abc_sensitive: tuple[AbcCustomer, ...]
    """Customers whose class depends on the rule."""
    abc_history: tuple[ClassPeriod, ...]
    xyz: tuple[XyzCustomer, ...]
    xyz_counts: XyzCounts | None
    xyz_basis: XyzBasis | None
    nine_field: tuple[NineField, ...]
    lifecycle_counts: LifecycleCounts | None
    lifecycle_counts_before: LifecycleCounts | None
    lifecycle: tuple[CustomerStatus, ...]
    lifecycle_basis: LifecycleBasis | None
    lifecycle_window: LifecycleWindow | None
    turnover_managers: tuple[ManagerKpi, ...]
    """Managers over ``Params.window_months``, the window of ABC and of customers' turnover."""
    turnover: ManagerKpi | None
    """Their total."""
    turnover_basis: KpiBasis | None
    kpi_managers: tuple[ManagerKpi, ...]
    """Managers over ``Params.kpi_months``."""
    kpi_total: ManagerKpi | None
    kpi_basis: KpiBasis | None
    department: tuple[DepartmentKpi, ...]
    products: tuple[ProductTotal, ...]
    migration: Migration | None
    customers: tuple[CustomerKpi, ...]
    silent: tuple[Silent, ...]
    """A customers gone silent, largest amount first."""
    only_repeat: tuple[OnlyRepeat, ...]
    board: tuple[BoardCell, ...]
    board_counts: tuple[BoardCounts, ...]
    events: tuple[BoardEvent, ...]
    funnel: tuple[FunnelStage, ...]
    funnel_basis: FunnelBasis | None
    leak: Leak | None
    """None: no stage can be named (one event per deal, few deals, a tie)."""
    funnel_cohorts: tuple[FunnelCohort, ...]
    snapshot: tuple[Snapshot, ...]
    refusals: tuple[Refusal, ...]
    control_points: tuple[ControlPoint, ...]
    manager_points: tuple[ManagerPoints, ...]
    overdue_points: tuple[OverduePoint, ...]
    warnings: tuple[Caution, ...]
    absent: tuple[str, ...]
    """Sections left out for want of a table or column: ``segments``, ``targets``, ``abc``,
    ``xyz``, ``lifecycle``, ``kpi``, ``migration``, ``board``, ``funnel``, ``refusals``,
    ``control_points``, in this order."""
    answer: Claim | None = None
    """The headline of page 2."""
    tiles: tuple[Claim, ...] = ()
    """Key figures, most telling first; at most four are told."""
    findings: tuple[Claim, ...] = ()
    """By money at stake and what it rests on, then by number; the largest first."""
    refused_findings: tuple[ClaimRefusal, ...] = ()
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""
