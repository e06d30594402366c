"""Records of the board, the funnel, refusals and control points.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from workbook.stats.data_table import DataTable, choice, day, flag, number, text, whole


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


BOARD = (
    text("customer_id", "A customer."),
    text("product", "A target product, or one with a sale or an offer."),
    choice("status", "Where they stand.", CellStatus),
    day("date", "Day of the event that decides.", optional=True),
    day("due_date", "Next step of an offer or contract, be it status or mark.", optional=True),
    flag("overdue", "That day has passed."),
    whole("overdue_days", "Since the due date.", unit="days", optional=True),
    flag("no_next_step", "Open without a due date."),
    text("segment", "Segment of the customer.", optional=True),
    text("manager", "Of the deal, else responsible for the customer.", optional=True),
    number("amount", "Sold within the window of use, or offered.", unit="money", optional=True),
    text("stage", "Of the deciding deal, or of the one that the mark tells of.", optional=True),
    text("reason", "Of a refusal, be it status or mark.", optional=True),
    day("reoffer", "A refused product may be offered again from this day.", optional=True),
    choice(
        "mark",
        "Of a product in use: offer, contract or refused, when that came after the last sale.",
        CellStatus,
        optional=True,
    ),
    day("mark_date", "Day of the mark.", optional=True),
    number("mark_amount", "Amount of the deal of the mark.", unit="money", optional=True),
)
"""Columns of ``Result.board``: every target cell and every cell with a sale or an offer, by
segment, customer and product."""


def under_way(board: DataTable) -> "pd.Series[bool]":
    """Return in which cells an offer or contract is under way, beside a product in use or alone."""
    return deal_status(board).isin(list(PENDING))


def open_cells(board: DataTable) -> DataTable:
    """Return the cells with an offer or a contract under way."""
    return board.where(under_way(board))


def late_cells(board: DataTable) -> DataTable:
    """Return the cells under way whose next step is overdue, or not known."""
    cells = open_cells(board)
    return cells.where(cells["overdue"] | cells["no_next_step"])


def deal_status(board: DataTable) -> "pd.Series[Any]":
    """Return where the latest deal of each cell stands; NaN where sales alone speak."""
    own = board["status"].where(~board["status"].isin(list(_NO_DEAL)))
    return board["mark"].where(board["mark"].notna(), own)


def deal_amount(board: DataTable) -> "pd.Series[float]":
    """Return the amount of that deal."""
    return board["amount"].where(board["mark"].isna(), board["mark_amount"])


BOARD_EVENTS = (
    text("customer_id", "A customer."),
    text("product", "A product offered to it."),
    day("date", "Day of the event."),
    choice("event", "What it makes of the cell.", CellStatus),
    text("stage", "Stage of the deal.", optional=True),
    text("reason", "Reason of a refusal.", optional=True),
    text("manager", "Who made it.", optional=True),
    number("amount", "Offered or sold.", unit="money", optional=True),
    text("deal_id", "The deal.", optional=True),
)
"""Columns of ``Result.events``: all events of the cells with an offer."""


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
    won: int
    """Of the closed."""
    with_history: int
    """Closed deals with more than one event: their way through the stages is recorded."""
    order: str
    """Where the order of the stages is from: ``options``, ``deals`` (as they went through them)
    or ``unknown``."""
    told: dt.date | None = None
    """Day up to which the last report told of the register; None: no report has."""
    earlier: int = 0
    """Deals of the register that have not moved since then: not in the funnel."""
    years: float = 1.0
    """From the first quarter with a deal of the funnel to the last; at least one."""


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
class RefusalCount:
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


OVERDUE_POINTS = (
    text("customer_id", "A customer with an overdue control point; oldest first."),
    text("point", "The control point."),
    day("due_date", "When it was due."),
    whole("days", "Since then.", unit="days"),
    text("manager", "Of the point, else responsible for the customer.", optional=True),
    text("product", "What it is about.", optional=True),
)
"""Columns of ``Result.overdue_points``."""
