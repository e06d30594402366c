"""Records of the KPI tables: managers, the department, customers.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass

from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus, Window
from workbook.stats.data_table import choice, day, flag, number, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiBasis:
    """What a table of sales by kind rests on."""

    months: int
    window: Window
    before: Window | None
    """The window that it is compared with: as long, to the last day of the period before, else
    right before; None where the data do not reach its beginning."""
    shared_months: int = 0
    """Months that lie in both, where the period before is nearer than the window is long."""
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
    amount_before: float | None = None
    """Sold in the window that it is compared with; None where the data do not reach it."""

    @property
    def is_new(self) -> bool:
        """Nothing was sold of it in the window compared."""
        return self.amount_before == 0 and self.amount > 0


CUSTOMERS = (
    text("customer_id", "A known customer; largest amount first."),
    text("name", "Its name.", optional=True),
    text("segment", "Its segment.", optional=True),
    text("manager", "Who is responsible for it now.", optional=True),
    choice("status", "Lifecycle status at the as-of date.", LifecycleStatus),
    choice(
        "status_before", "The same one lifecycle window earlier.", LifecycleStatus, optional=True
    ),
    choice("abc", "ABC class of the window.", "ABC", optional=True),
    choice("abc_before", "ABC class of the window before.", "ABC", optional=True),
    choice("xyz", "XYZ class; none of lost customers.", "XYZ", optional=True),
    whole("tenure_days", "Since registration or first purchase.", unit="days", optional=True),
    whole("used", "Products in use; none where no sale names a product.", optional=True),
    whole("wanted", "Target products of its segment.", optional=True),
    number("amount", "Sold in the window, after returns.", unit="money"),
    number("amount_before", "The same in the window before.", unit="money", optional=True),
    whole("primary", "First sales: documents."),
    number("primary_sum", "Their sum.", unit="money"),
    whole("repeat", "Repeat sales: document x product lines."),
    number("repeat_sum", "Their sum.", unit="money"),
    whole("new_direction", "Sales of products new to the customer."),
    number("new_direction_sum", "Their sum.", unit="money"),
    day("last_sale", "Last purchase.", optional=True),
    whole("open_offers", "Cells of the board with an offer or contract under way."),
    day("next_step", "Earliest day at which one of them is due.", optional=True),
    whole("refusals", "Offers that it refused, ever."),
    text("last_refusal_stage", "Stage of the latest refusal.", optional=True),
    text("last_refusal_reason", "Reason of the latest refusal.", optional=True),
    whole("complaints", "Complaints in the window.", optional=True),
    number(
        "last_mark",
        "Latest satisfaction mark as given, 1-5 or 1-10 (percentages as their twentieth part); "
        "none where answers may not be told by name.",
        optional=True,
    ),
    flag("most_valuable", "Classes A and X and enough products in use."),
)
"""Columns of ``Result.customers``."""


A_MOVES = (
    text("customer_id", "A customer that left class A or came into it; largest change first."),
    choice(
        "before", "ABC class of the window compared; none: no sales in it.", "ABC", optional=True
    ),
    choice("now", "ABC class of this window.", "ABC", optional=True),
    number("amount_before", "Sold in the window compared.", unit="money", optional=True),
    number("amount", "Sold in this window.", unit="money"),
)
"""Columns of ``Result.a_moves``."""


SILENT_CUSTOMERS = (
    text("customer_id", "An A customer, of this window or the one before, gone silent."),
    choice("class_", "The better of its classes in these windows.", "ABC"),
    number("amount", "Sold in the better of the two windows.", unit="money"),
    day("last_sale", "Last purchase."),
    whole("silent_days", "Days since then.", unit="days"),
    number("usual_days", "Its own median interval between purchase days.", unit="days"),
    number("overdue", "Silence over that interval, times.", unit="1"),
)
"""Columns of ``Result.silent``, largest amount first."""


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
