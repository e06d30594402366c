"""Records of the KPI tables: managers, the department, customers.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass
from datetime import date

from workbook.diagnostics.segmentation_matrix.value_result import Status, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiBasis:
    """What a table of sales by kind rests on."""

    months: int
    window: Window
    before: Window | None
    """The window before; None where the data do not reach its beginning."""
    kinds_known: bool
    """The data begin at least a lifecycle window earlier than the window; else customers of
    earlier years look as if they bought for the first time."""
    kinds_known_before: bool
    """The same of the window before."""
    repeat_share: float | None
    """Repeat sales of the total; None where the kinds are not known or nothing was sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerKpi:
    """One manager in the KPI window; sales by document, statuses by the manager of today."""

    manager: str | None
    """None: unassigned."""
    potential: int
    primary: int
    """First sales: customers."""
    lost: int
    """Customers lost in the window: at its end and not at its beginning."""
    lost_stock: int
    """All customers lost at its end, whenever they were lost."""
    renewed: int
    """Customers lost at its beginning and not at its end."""
    customers: int
    primary_sum: float
    repeat: int
    """Repeat sales: document x product lines."""
    repeat_sum: float
    new_direction: int
    new_direction_sum: float
    returns_sum: float
    """Returns, negative; part of none of the three sums."""
    total: float
    """The four sums."""
    total_before: float | None
    """The same in the window before; None where the data do not reach."""
    growth: float | None
    """Change of the total as a share of that before; None where that is not positive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentKpi:
    """One of the eight figures of the sales department."""

    kpi: str
    """``initial_phase``, ``first_sales``, ``conversion``, ``repeat_sales``, ``new_directions``,
    ``class_a``, ``lost``, ``renewed``; the last two are flows of the window."""
    n: int | None
    amount: float | None
    share: float | None
    base: int | None
    """Prospects that the share is of."""
    ci_low: float | None
    ci_high: float | None
    n_before: int | None
    amount_before: float | None
    share_before: float | None
    base_before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTotal:
    """Sold of one product in the window."""

    product: str | None
    amount: float
    customers: int
    abc: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerKpi:
    """One customer's row of the large table."""

    customer_id: str
    name: str | None
    segment: str | None
    manager: str | None
    status: Status
    status_before: Status | None
    abc: str | None
    abc_before: str | None
    xyz: str | None
    tenure_days: int | None
    used: int | None
    """Products in use; None where no sale names a product."""
    wanted: int | None
    amount: float
    amount_before: float | None
    primary: int
    primary_sum: float
    repeat: int
    repeat_sum: float
    new_direction: int
    new_direction_sum: float
    last_sale: date | None
    open_offers: int
    next_step: date | None
    refusals: int
    last_refusal_stage: str | None
    last_refusal_reason: str | None
    complaints: int | None
    last_mark: float | None
    """Latest satisfaction mark as given, 1-5 or 1-10 (percentages as their twentieth part); None
    where answers may not be told by name."""
    most_valuable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """An A customer of this window or the one before that has gone silent."""

    customer_id: str
    class_: str
    """The better of its classes in this window and the one before."""
    amount: float
    """Sold in the better of the two windows."""
    last_sale: date
    silent_days: int
    usual_days: float
    """Its own median interval between purchase days."""
    overdue: float
    """Silence over that interval, times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyRepeat:
    """A manager whose growth is repeat sales alone."""

    manager: str
    growth: float
    """Change of the total against the window before."""
    repeat_growth: float
    primary_sum: float
    new_direction_sum: float
    repeat_share: float
    """Repeat sales of the three sums."""
    repeat: int
    """Repeat sales in the window: document x product lines."""
    customers: int
    """The portfolio of today."""
    enough: bool
    """At least ``Params.min_manager_sales`` repeat sales: fewer are not told of a person."""
