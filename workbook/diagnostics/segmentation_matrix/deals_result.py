"""Records of the board, the funnel, refusals and control points.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class CellStatus(StrEnum):
    """Where a customer stands with a product, in order."""

    NOT_TARGET = "not target"
    NOT_OFFERED = "not offered"
    OFFER = "offer"
    CONTRACT = "contract"
    IN_USE = "in use"
    REFUSED = "refused"
    LAPSED = "lapsed"


PENDING = (CellStatus.OFFER, CellStatus.CONTRACT)
"""What is under way and may have a day when the next step is due."""
_NO_DEAL = (
    CellStatus.NOT_TARGET,
    CellStatus.NOT_OFFERED,
    CellStatus.IN_USE,
    CellStatus.LAPSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCell:
    """One customer x product: every target cell and every cell with a sale or an offer."""

    customer_id: str
    product: str
    status: CellStatus
    date: dt.date | None
    """Of the event that decides."""
    due_date: dt.date | None
    """Of ``offer`` and ``contract`` only, be it status or mark."""
    overdue: bool
    overdue_days: int | None
    """Since the due date; None where it is not overdue."""
    no_next_step: bool
    """Open without a due date."""
    segment: str | None
    manager: str | None
    amount: float | None
    """Sold within the window of use, or offered."""
    stage: str | None
    """Of the deciding deal, or of the one that the mark tells of."""
    reason: str | None
    """Of a refusal, be it status or mark."""
    reoffer: dt.date | None
    mark: CellStatus | None
    """Of a product in use: ``offer``, ``contract`` or ``refused``, when that came after the last
    sale.  It stays in use."""
    mark_date: dt.date | None
    mark_amount: float | None

    @property
    def offer(self) -> CellStatus | None:
        """Where the latest deal of the cell stands; None where sales alone speak."""
        return self.mark or (None if self.status in _NO_DEAL else self.status)

    @property
    def offered(self) -> float | None:
        """Amount of that deal."""
        return self.amount if self.mark is None else self.mark_amount

    @property
    def under_way(self) -> bool:
        """An offer or a contract is under way in this cell, beside a product in use or alone."""
        return self.offer in PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardEvent:
    """One event of a cell; all of them are in the appendix."""

    customer_id: str
    product: str
    date: dt.date
    event: CellStatus
    stage: str | None
    reason: str | None
    manager: str | None
    amount: float | None
    deal_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCounts:
    """Cells (not deals) of the board by status, and what is overdue."""

    status: CellStatus
    n: int
    marked: int
    """Of them, with a later offer, contract or refusal (in use only)."""
    overdue: int
    no_next_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStage:
    """Entries into one stage; advanced, lost, still and back add up to entered."""

    stage: str
    entered: int
    advanced: int
    lost: int
    still: int
    back: int
    customers: int
    amount: float | None
    """Of the entries; None where no deal has an amount."""
    amount_advanced: float | None
    amount_lost: float | None
    amount_still: float | None
    amount_back: float | None
    rate: float | None
    """Advanced of those that left the stage; None when none did."""
    ci_low: float | None
    ci_high: float | None
    median_days: float | None
    """Time in the stage of those that left it."""
    left: int
    n_eff: float | None = None
    """Independent entries that ``left`` is worth: those of one customer are not independent."""
    unnamed: int = 0
    """Of ``left``, entries without a customer: each deal counts as a customer of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelBasis:
    """What the funnel rests on."""

    deals: int
    closed: int
    with_history: int
    """Closed deals with more than one event: their way through the stages is recorded."""
    order: str
    """Where the order of the stages is from: ``options``, ``deals`` (as they went through them)
    or ``unknown``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakStage:
    """The stage at which most is lost, of all stages."""

    stage: str
    lost: int
    left: int
    amount: float | None
    """Of the lost deals; None where one of them has no amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Where most deals and where most money are lost; the two may differ."""

    lost: int
    """Lost deals of all stages and of none."""
    amount: float | None
    """Theirs; None where one of them has no amount."""
    by_count: LeakStage | None
    """None: a tie, or too few entries left the stage."""
    by_money: LeakStage | None
    """None: a tie, or an amount is missing."""
    agree: bool
    """Both are the same stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelCohort:
    """Deals by the quarter of their first event."""

    cohort: str
    """``2025-Q1``."""
    entered: int
    won: int
    lost: int
    open: int
    amount: float | None
    amount_won: float | None
    rate: float | None
    """Won of closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Open deals by stage today: a state, not a conversion."""

    stage: str
    n: int
    amount: float | None
    overdue: int
    no_next_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One field of stage x reason."""

    stage: str | None
    """None: not recorded."""
    reason: str | None
    n: int
    amount: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPoint:
    """One kind of control point, all managers."""

    point: str
    n: int
    """All, also those due after the as-of date or without a date."""
    due: int
    """Due before the as-of date: what can be overdue."""
    done: int
    late: int
    """Done after the due date."""
    overdue: int
    """Not done and due before the as-of date."""
    median_late_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerPoints:
    """One manager's control points and open offers."""

    manager: str | None
    n: int
    due: int
    """Due before the as-of date: what can be overdue."""
    overdue: int
    overdue_share: float | None
    """Of all (n)."""
    oldest: dt.date | None
    overdue_offers: int
    no_next_step: int
    p_value: float | None = None
    """Chance of overdue points so far from the others', were all alike, corrected for all
    managers; customers are what is dealt out.  None: too few customers, or nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverduePoint:
    """One overdue control point, oldest first."""

    customer_id: str
    point: str
    due_date: dt.date
    days: int
    manager: str | None
    product: str | None
