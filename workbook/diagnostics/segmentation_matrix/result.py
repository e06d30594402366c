"""What the segmentation matrix finds: frozen records named as in the result file.

Units: shares and coefficients of variation 0-1 and above, money in the engagement's currency,
time in days, intervals at ``Params.confidence``.  A value that cannot be told is None, never NaN.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.customer_ledger.ledger_result import StateCounts
from workbook.diagnostics.limitation import Limitation
from workbook.diagnostics.segmentation_matrix.competitors import CompetitorBasis, CompetitorDeals
from workbook.diagnostics.segmentation_matrix.contribution import Contribution
from workbook.diagnostics.segmentation_matrix.deals_result import (
    BOARD,
    BOARD_EVENTS,
    OVERDUE_POINTS,
    BoardCounts,
    ControlPoint,
    FunnelBasis,
    FunnelCohort,
    FunnelStage,
    Leak,
    ManagerPoints,
    RefusalCount,
    Snapshot,
)
from workbook.diagnostics.segmentation_matrix.differences import WeakSegment
from workbook.diagnostics.segmentation_matrix.kpi_result import (
    A_MOVES,
    CUSTOMERS,
    SILENT_CUSTOMERS,
    DepartmentKpi,
    KpiBasis,
    ManagerKpi,
    OnlyRepeat,
    ProductTotal,
)
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    MATURITY,
    OFF_TARGET_USES,
    SINGLE_PRODUCT,
    WHITE_SPACE,
    GroupMaturity,
    MatrixCell,
    Neighbour,
    OffTarget,
    PartTotal,
    RangeGap,
    Segment,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.next_dates import NEXT_DATES, ManagerDates
from workbook.diagnostics.segmentation_matrix.offer_sources import OfferSource, SourceDifference
from workbook.diagnostics.segmentation_matrix.rules_result import ASSIGNMENT, RuleCheck
from workbook.diagnostics.segmentation_matrix.value_result import (
    ABC_CUSTOMERS,
    CUSTOMER_STATUSES,
    XYZ_CUSTOMERS,
    AbcBasis,
    AbcCounts,
    ClassPeriod,
    LifecycleBasis,
    LifecycleCounts,
    LifecycleWindow,
    Migration,
    NineField,
    XyzBasis,
    XyzCounts,
)
from workbook.diagnostics.segmentation_matrix.win_rate import WinRate
from workbook.stats import Family
from workbook.stats.data_table import DataTable


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
    """All findings.  None or nothing where it cannot be told (see ``absent``).

    What has a row per customer, cell or event is a table; its columns are declared beside the
    records of the same part.
    """

    customers_n: int = 0
    """Known customers: of every table that names some (the customer ledger)."""
    customer_states: StateCounts | None = None
    """How the lost come together, as every report has them; None without sales."""
    segments: tuple[Segment, ...] = ()
    assignment: DataTable = field(default_factory=partial(DataTable.empty, ASSIGNMENT))
    rule_check: RuleCheck | None = None
    matrix: tuple[MatrixCell, ...] = ()
    maturity: DataTable = field(default_factory=partial(DataTable.empty, MATURITY))
    maturity_groups: tuple[GroupMaturity, ...] = ()
    """Every customer in one group; the means below run over those that bought within the year."""
    mean_maturity: float | None = None
    pooled_maturity: float | None = None
    maturity_n: int = 0
    maturity_excluded: int = 0
    """Customers that bought within the year and have no segment or target products."""
    white_space: DataTable = field(default_factory=partial(DataTable.empty, WHITE_SPACE))
    white_space_parts: WhiteSpaceParts | None = None
    """None: no targets, or no sales of products that could show what is used."""
    white_space_total: PartTotal | None = None
    """The five parts together; each customer counted once."""
    offers_recorded: bool = False
    """False: there are no offers, and nobody can say what was never offered."""
    weak_segment: WeakSegment | None = None
    """The segment that uses least of its target products, where a test tells it from the others."""
    buying: int = 0
    """Customers that something more can be sold to: bought within the year and not lost."""
    off_target: OffTarget | None = None
    off_target_uses: DataTable = field(default_factory=partial(DataTable.empty, OFF_TARGET_USES))
    range_gaps: tuple[RangeGap, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    """Largest value x never offered first."""
    single_product: DataTable = field(default_factory=partial(DataTable.empty, SINGLE_PRODUCT))
    products_per_customer: float | None = None
    """Mean products in use of customers with a sale in the window."""
    abc: DataTable = field(default_factory=partial(DataTable.empty, ABC_CUSTOMERS))
    abc_counts: AbcCounts | None = None
    abc_basis: AbcBasis | None = None
    abc_sensitive: DataTable = field(default_factory=partial(DataTable.empty, ABC_CUSTOMERS))
    """Customers whose class depends on the rule."""
    abc_history: tuple[ClassPeriod, ...] = ()
    xyz: DataTable = field(default_factory=partial(DataTable.empty, XYZ_CUSTOMERS))
    xyz_counts: XyzCounts | None = None
    xyz_basis: XyzBasis | None = None
    nine_field: tuple[NineField, ...] = ()
    lifecycle_counts: LifecycleCounts | None = None
    lifecycle_counts_before: LifecycleCounts | None = None
    lifecycle: DataTable = field(default_factory=partial(DataTable.empty, CUSTOMER_STATUSES))
    lifecycle_basis: LifecycleBasis | None = None
    lifecycle_window: LifecycleWindow | None = None
    turnover_managers: tuple[ManagerKpi, ...] = ()
    """Managers over ``Params.window_months``, the window of ABC and of customers' turnover."""
    turnover: ManagerKpi | None = None
    """Their total."""
    turnover_basis: KpiBasis | None = None
    kpi_managers: tuple[ManagerKpi, ...] = ()
    """Managers over ``Params.kpi_months``."""
    kpi_total: ManagerKpi | None = None
    kpi_basis: KpiBasis | None = None
    department: tuple[DepartmentKpi, ...] = ()
    products: tuple[ProductTotal, ...] = ()
    migration: Migration | None = None
    customers: DataTable = field(default_factory=partial(DataTable.empty, CUSTOMERS))
    a_moves: DataTable = field(default_factory=partial(DataTable.empty, A_MOVES))
    """Customers that left class A or came into it since the window compared."""
    silent: DataTable = field(default_factory=partial(DataTable.empty, SILENT_CUSTOMERS))
    """A customers gone silent, largest amount first."""
    silent_registered: tuple[str, ...] = ()
    """Those of them that the client's register of losses lists already."""
    only_repeat: tuple[OnlyRepeat, ...] = ()
    board: DataTable = field(default_factory=partial(DataTable.empty, BOARD))
    board_counts: tuple[BoardCounts, ...] = ()
    events: DataTable = field(default_factory=partial(DataTable.empty, BOARD_EVENTS))
    funnel: tuple[FunnelStage, ...] = ()
    funnel_basis: FunnelBasis | None = None
    leak: Leak | None = None
    """None: no stage can be named (one event per deal, few deals, a tie)."""
    win_rate: WinRate | None = None
    """None without a closed deal."""
    funnel_cohorts: tuple[FunnelCohort, ...] = ()
    snapshot: tuple[Snapshot, ...] = ()
    refusals: tuple[RefusalCount, ...] = ()
    sources: tuple[OfferSource, ...] = ()
    """Most deals first, the unrecorded last; nothing where no deal names its source."""
    source_difference: SourceDifference | None = None
    """The source that a test tells from the others."""
    competitors: tuple[CompetitorDeals, ...] = ()
    """Most lost deals first."""
    competitor_basis: CompetitorBasis | None = None
    contribution: Contribution | None = None
    """None: no margin, no costs to serve, or none of a period within the window."""
    next_dates: DataTable = field(default_factory=partial(DataTable.empty, NEXT_DATES))
    next_dates_managers: tuple[ManagerDates, ...] = ()
    control_points: tuple[ControlPoint, ...] = ()
    points_told: date | None = None
    """Day up to which the last report told of control points; those due and done by then are left
    out."""
    manager_points: tuple[ManagerPoints, ...] = ()
    overdue_points: DataTable = field(default_factory=partial(DataTable.empty, OVERDUE_POINTS))
    warnings: tuple[Caution, ...] = ()
    absent: tuple[str, ...] = ()
    """Sections left out for want of a table or column: ``segments``, ``targets``, ``abc``,
    ``xyz``, ``lifecycle``, ``kpi``, ``migration``, ``board``, ``funnel``, ``refusals``,
    ``control_points``, ``sources``, ``competitors``, ``contribution``, ``next_dates``, in this
    order."""
    answer: Claim | None = None
    """The headline of page 2."""
    tiles: tuple[Claim, ...] = ()
    """Key figures, most telling first; at most four are told."""
    findings: tuple[Claim, ...] = ()
    """By money at stake and what it rests on, then by number; the largest first."""
    refused_findings: tuple[Refusal, ...] = ()
    limitation: Limitation | None = None
    """What could change the decision of page 2 (``limitations.<id>``)."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""
