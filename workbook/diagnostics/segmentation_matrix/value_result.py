"""Records of ABC, XYZ, lifecycle, migration and KPI tables.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.stats.data_table import choice, day, flag, number, text, whole


class LifecycleStatus(StrEnum):
    """Lifecycle status, in the order in which it is tested."""

    POTENTIAL = "potential"
    """Registered, never bought."""
    LOST = "lost"
    """Nothing bought within the window, or since the end of the contract."""
    NEW = "new"
    """First bought within the window."""
    RENEWED = "renewed"
    """Bought again after a window without."""
    REGULAR = "regular"


class Demand(StrEnum):
    """Intermittent-demand pattern (Syntetos and Boylan 2005)."""

    SMOOTH = "smooth"
    INTERMITTENT = "intermittent"
    ERRATIC = "erratic"
    LUMPY = "lumpy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days that a table looks at, both included."""

    first: date
    last: date
    complete: bool
    """False: the data start later than the window."""


ABC_CUSTOMERS = (
    text("customer_id", "A customer with sales in the window; largest total first."),
    number("total", "Sold, or earned, in the window.", unit="money"),
    number("share_before", "Part of the base before the customer and its ties.", unit="0-1"),
    choice("class_", "ABC class.", "ABC"),
    choice("other_class", "What the other rule (end of start) would say.", "ABC"),
    flag("non_positive", "The total is 0 or less."),
    flag("tied", "Another customer has the same total."),
)
"""Columns of ``Result.abc`` and ``Result.abc_sensitive``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbcBasis:
    """What the classes rest on."""

    window: Window
    measure: str
    base: float
    """Sum of the positive totals."""
    n: int
    """Customers with a line in the window: those that have a class."""
    buyers: int
    """Buying customers: with a purchase in the window."""
    returns_only: int
    """With returns in the window and no purchase: not buying."""
    zero_only: int
    """With nothing but lines of 0.00 in the window: not buying."""
    non_positive: int
    no_sales: int
    """Known customers without a line in the window: no class."""
    straddling: int
    """Tied customers whose block lies across a bound."""
    a_amount: float
    b_amount: float
    c_amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AbcCounts:
    """Customers by ABC class."""

    A: int
    B: int
    C: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPeriod:
    """Classes of one past window, oldest first; the last is today's."""

    window: Window
    A: int
    B: int
    C: int
    amount: float
    """Of all customers, after returns: the turnover (or margin) of the window."""


XYZ_CUSTOMERS = (
    text("customer_id", "A customer with a line in the window."),
    whole("n", "Buckets measured."),
    number("cv", "Coefficient of variation of its buckets.", unit="1", optional=True),
    number("ci_low", "Lower bound of the coefficient.", unit="1", optional=True),
    number("ci_high", "Upper bound; none where so few buckets tell none.", unit="1", optional=True),
    choice(
        "class_",
        "XYZ class; none with too few buckets, no positive mean or a status without one.",
        "XYZ",
        optional=True,
    ),
    flag("past", "The customer is lost: its class is history."),
    flag("crosses", "The interval reaches over a bound: the class may be chance."),
    choice("demand", "Pattern of demand (Syntetos and Boylan 2005).", Demand, optional=True),
)
"""Columns of ``Result.xyz``, in the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XyzCounts:
    """Customers by XYZ class."""

    X: int
    Y: int
    Z: int
    none: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another way to tell customers apart, worked out beside the classes."""

    name: str
    """``month``, ``quarter`` (the source's bounds), ``wide_month``, ``wide_quarter`` (50 and
    100 %) or ``demand`` (Syntetos-Boylan)."""
    counts: tuple[tuple[str, int], ...]
    """(class or pattern, customers)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XyzBasis:
    """What the classes rest on."""

    window: Window
    bucket: str
    buckets: int
    deviation: str
    crossing: int
    """Classified customers whose interval reaches over a bound."""
    largest_share: float | None
    """Share of the most frequent class among the classified."""
    largest_class: str | None
    discriminates: bool
    """False: more than ``Params.discrimination_share`` are in one class."""
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NineField:
    """One field of ABC x XYZ; ``xyz`` None: no XYZ class."""

    abc: str
    xyz: str | None
    n: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleCounts:
    """Customers by status; they add up to all known customers."""

    potential: int
    new: int
    regular: int
    renewed: int
    lost: int


CUSTOMER_STATUSES = (
    text("customer_id", "A known customer."),
    choice("status", "Lifecycle status at the as-of date.", LifecycleStatus),
    choice(
        "previous",
        "The same one lifecycle window earlier; none where it was not known then.",
        LifecycleStatus,
        optional=True,
    ),
    day("last_sale", "Last purchase.", optional=True),
    flag("contract_ended", "Lost in any window: nothing bought since its contract ended."),
    flag("registered", "Lost in any window: in the register of losses and not returned."),
)
"""Columns of ``Result.lifecycle``, in the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleBasis:
    """What the statuses rest on."""

    months: int
    rule: str
    since: date
    """First day of the window (the day after the bound)."""
    silence_possible: bool
    """False: the data start within the window, so nobody can have bought nothing for it."""
    identifiable: bool
    """False: the data start less than two windows before the as-of date (new and renewed)."""
    contract_ended: int
    """Lost customers whose contract ended and who have bought nothing since."""
    contract_running: int
    """Customers that bought nothing within the window and are kept by a running contract."""
    illegal: int
    """Moves since the window before that the definitions do not allow; 0 but for the ``gap``
    rule."""
    before: date | None = None
    """Day of the statuses that today's are compared with; None where they were not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleWindow:
    """Whether the window matches the customers' own rhythm, by two back-tests.

    Pooled intervals are length-biased (who buys often counts often), so a customer counts once,
    by the median of its own intervals.
    """

    own_median_days: float | None
    """Median of the customers' own median intervals; None where nobody bought twice."""
    with_interval: int
    """Customers with at least one interval between purchases."""
    share_longer: float | None
    """Of active customers with an interval, those whose own median is longer than the window."""
    longer: int
    longer_of: int
    share_returned: float | None
    """Of customers without a purchase for a window one window ago, those who bought since."""
    returned: int
    returned_of: int
    fits: bool | None
    """False: either share is above ``Params.window_tolerance``; None: neither can be told."""
    fitting_months: int | None
    """Smallest window under which both hold, up to ``Params.longest_window_months``; longer than
    the window in use where that does not fit."""
    called: str
    """``lost`` where the window fits, else ``silent``: what reports call customers without a
    purchase within it."""
    named: str
    """What those of status ``lost`` are called together: as ``called``, but ``either`` where the
    register of losses adds some that are not silent."""
    silent: int
    """Customers of status ``lost`` that bought nothing for the window, in the register of losses
    or not; those whose contract ended are lost by that."""
    silent_before: int | None = None
    """The same on the day that today is compared with; None where it was not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Customers who went from one class to another; equal names are those who stayed."""

    before: str
    now: str
    n: int
    row: int
    """All customers of ``before``."""
    share: float | None
    """n of row; None below ``Params.min_row``."""
    amount_before: float
    amount_now: float
    net: float
    """Value moved: ``amount_now`` less ``amount_before``."""
    row_net: float
    """The same over all customers of ``before``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """Moves since the day or window that is compared; ``none``: no class."""

    abc: tuple[Move, ...]
    xyz: tuple[Move, ...]
    lifecycle: tuple[Move, ...]
    abc_before: Window | None = None
    """Window of the ABC classes before."""
    lifecycle_before: date | None = None
    """Day of the statuses before."""
