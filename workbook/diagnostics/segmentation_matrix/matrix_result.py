"""Records of segments, targets and white space.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass
from enum import StrEnum

from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus
from workbook.stats.data_table import choice, day, number, text, whole


class Need(StrEnum):
    """What a segment is meant to buy."""

    TARGET = "target"
    OPTIONAL = "optional"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment in the order of the rules; customers without one are the last row."""

    segment: str | None
    """None: customers of no segment (unassigned and undetermined)."""
    n: int
    amount: float | None
    """Sold to its customers in the window; None without sales."""
    share: float | None
    """Of all that was sold in the window."""
    mean_maturity: float | None
    pooled_maturity: float | None
    maturity_n: int
    """Customers with a maturity that bought within the last twelve months."""
    covered: int
    wanted: int
    """Sums over these customers of covered and of target products."""
    white_space: int
    """Open cells: a target product that could be sold to an active customer."""
    white_space_value: float | None
    """Sum of their potential that can be told; None where there are such cells and none can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One segment x product of the target matrix."""

    segment: str
    product: str
    need: Need
    customers: int
    """Of the segment."""
    users: int | None
    """Of them, using the product; None where no sale names a product."""
    amount: float | None
    """Sold to them within the window of use."""


class MaturityGroup(StrEnum):
    """Whose maturity it is; each customer is in one group, and means run over the first two."""

    ACTIVE = "active"
    """Bought within the last twelve months and is not lost."""
    LOST = "lost"
    """Bought within the last twelve months, lost by its lifecycle status."""
    FORMER = "former"
    """Bought earlier only."""
    PROSPECTS = "prospects"
    """Never bought."""


MATURITY = (
    text("customer_id", "A known customer."),
    text("segment", "Its segment.", optional=True),
    whole("covered", "Target products in use."),
    whole("wanted", "Target products of the segment."),
    whole("used", "Products in use, target or not."),
    number(
        "value", "Covered of wanted; none without segment or target.", unit="0-1", optional=True
    ),
    choice("group", "Whose maturity it is.", MaturityGroup),
)
"""Columns of ``Result.maturity``, in the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMaturity:
    """Maturity of the customers of one group."""

    group: MaturityGroup
    n: int
    """Customers of the group."""
    maturity_n: int
    """Of them, with a segment and target products."""
    mean: float | None
    pooled: float | None


class WhiteSpacePart(StrEnum):
    """What a cell of white space means for sales; only ``open`` can be sold now."""

    OPEN = "open"
    """Active customer, never offered or lapsed, or refused and due to be offered again."""
    PIPELINE = "pipeline"
    """Active customer, in offer or contract already."""
    REFUSED = "refused"
    """Active customer, refused and not yet due."""
    LOST = "lost"
    """Customer that stopped buying: to be won back first."""
    PROSPECTS = "prospects"
    """Never bought anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTotal:
    """Sum of one part of the white space."""

    cells: int
    """Pairs of customer and product."""
    customers: int
    value: float | None
    """Potential a year of the cells that have one; None where there are cells and none has."""
    valued: int
    """Cells with a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpaceParts:
    """The parts of the white space; every cell is in exactly one."""

    open: PartTotal
    pipeline: PartTotal
    refused: PartTotal
    lost: PartTotal
    prospects: PartTotal


WHITE_SPACE = (
    text("customer_id", "A customer that does not use a target product."),
    text("product", "That product."),
    choice("part", "What it means for sales; only open can be sold now.", WhiteSpacePart),
    number(
        "value",
        "Potential a year: median spend of the segment's buyers on it in the last twelve months; "
        "none below Params.min_buyers.",
        unit="money",
        optional=True,
    ),
    whole("buyers", "Customers of the segment that bought it in these twelve months."),
    text("segment", "Segment of the customer."),
    choice("abc", "ABC class of the customer.", "ABC", optional=True),
    choice("status", "Lifecycle status of the customer.", LifecycleStatus, optional=True),
    choice("state", "Status of the cell on the board.", CellStatus),
    day("last_contact", "Latest sale, offer or control point.", optional=True),
    day("reoffer", "A refused product may be offered again from this day.", optional=True),
)
"""Columns of ``Result.white_space``: by part, the most promising first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffTarget:
    """Products in use that are neither target nor optional for the customer's segment."""

    n: int
    """Cells (customer x product)."""
    customers: int
    amount: float


OFF_TARGET_USES = (
    text("customer_id", "A customer."),
    text("segment", "Its segment."),
    text("product", "A product in use, neither target nor optional for the segment."),
    number("amount", "Sold within the window of use.", unit="money"),
)
"""Columns of ``Result.off_target_uses``, largest amount first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeGap:
    """A product that sales, offers and targets disagree about."""

    product: str
    kind: str
    """``not_targeted``: sold, target of no segment; ``not_sold``: target, never sold."""
    customers: int
    """Buyers, or customers who should have it."""
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A product that part of a segment buys and that was never offered to others that buy."""

    segment: str
    product: str
    need: Need
    buyers: int
    """Customers of the segment that bought it in the last twelve months."""
    others: int
    """Active customers of the segment who did not."""
    never_offered: int
    """Of them, with neither sale nor offer ever."""
    value: float | None
    """Median spend of the buyers; None below ``Params.min_buyers``."""
    potential: float | None
    """That value for each customer never offered it."""


SINGLE_PRODUCT = (
    text("customer_id", "A customer with one product in use; largest turnover first."),
    text("product", "That product."),
    number("amount", "Its turnover in the window.", unit="money"),
    number("share", "Part of all turnover.", unit="0-1", optional=True),
)
"""Columns of ``Result.single_product``."""
