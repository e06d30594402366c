"""Records of segments, targets and white space.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Need(StrEnum):
    """What a segment is meant to buy."""

    TARGET = "target"
    OPTIONAL = "optional"
    NONE = ""


class Belonging(StrEnum):
    """How a customer came to its segment, or why it has none."""

    RULE = "rule"
    """By the first rule that holds."""
    GIVEN = "given"
    """Named in the customers table (no rules there)."""
    UNASSIGNED = "unassigned"
    """No rule holds."""
    UNDETERMINED = "undetermined"
    """An attribute that an earlier rule asks for is missing."""


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
class Condition:
    """One condition of a rule as written in the table of segments."""

    column: str
    test: str
    """``> 1000``, ``< 150``, ``yes`` or a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One segment's rule and what it catches."""

    order: int
    segment: str
    purpose: str | None
    conditions: tuple[Condition, ...]
    holds: int
    """Customers for whom it holds, whether or not an earlier rule won."""
    assigned: int
    unknown: int
    """Customers for whom it cannot be told."""
    near: int
    """Customers without segment who fail exactly one of its conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two rules that hold for the same customers; the first of them wins."""

    first: str
    second: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundValue:
    """A customer exactly on a strict bound."""

    customer_id: str
    segment: str
    column: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAttribute:
    """An attribute to ask for."""

    column: str
    n: int
    """Customers left undetermined because it is missing."""
    missing: int
    """Customers without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A rule failed by exactly one condition."""

    segment: str
    column: str
    test: str
    found: str
    """The customer's own value as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One customer's segment."""

    customer_id: str
    segment: str | None
    belonging: Belonging
    near_misses: tuple[NearMiss, ...]
    also_matches: tuple[str, ...]
    """Later rules that hold too."""
    unknown: tuple[str, ...]
    """Attributes missing for the rules that could not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheck:
    """Whether the rules are a segmentation at all."""

    rules: tuple[Rule, ...]
    overlaps: tuple[Overlap, ...]
    bounds: tuple[BoundValue, ...]
    missing: tuple[MissingAttribute, ...]
    unassigned: int
    undetermined: int
    near: int
    """Unassigned customers with a near miss."""
    no_purpose: tuple[str, ...]
    never_reached: tuple[str, ...]
    """Segments whose rule holds for somebody but never wins: earlier rules take everyone."""
    empty: tuple[str, ...]
    """Segments whose rule holds for nobody."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """One customer's share of its target products in use."""

    customer_id: str
    segment: str | None
    covered: int
    wanted: int
    used: int
    """Products in use, target or not."""
    value: float | None
    """None: no segment or no target product."""
    group: MaturityGroup


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


class Part(StrEnum):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpace:
    """A target product that a customer does not use; by part, the most promising first."""

    customer_id: str
    product: str
    part: Part
    value: float | None
    """Potential a year: median spend of the segment's buyers on it in the last twelve months;
    None below ``Params.min_buyers``."""
    buyers: int
    """Customers of the segment that bought it in these twelve months."""
    segment: str
    abc: str | None
    status: str | None
    """Lifecycle status of the customer."""
    state: str
    """Board status of the cell: ``not offered``, ``offer``, ``contract``, ``refused``,
    ``lapsed``."""
    last_contact: date | None
    """Latest sale, offer or control point of the customer."""
    reoffer: date | None
    """A refused product may be offered again from this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffTarget:
    """Products in use that are neither target nor optional for the customer's segment."""

    n: int
    """Cells (customer x product)."""
    customers: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OffTargetUse:
    """One such cell."""

    customer_id: str
    segment: str
    product: str
    amount: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleProduct:
    """A customer with one product line in use, largest revenue first."""

    customer_id: str
    product: str
    amount: float
    share: float | None
    """Of the turnover of the window."""
