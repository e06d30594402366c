"""Records of the rules of segments and of whom they assign.

Units as in :mod:`workbook.diagnostics.segmentation_matrix.result`.
"""

from dataclasses import dataclass
from enum import StrEnum

from workbook.stats.data_table import DataTable, choice, number, parts, text


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


BOUND_VALUES = (
    text("customer_id", "A customer exactly on a strict bound."),
    text("segment", "Segment of the rule."),
    text("column", "Attribute that the rule asks for."),
    number("value", "The customer's value of it."),
)
"""Columns of :attr:`RuleCheck.bounds`."""


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


ASSIGNMENT = (
    text("customer_id", "A known customer."),
    text("segment", "Its segment.", optional=True),
    choice("belonging", "How it came to it, or why it has none.", Belonging),
    parts("near_misses", "Rules failed by exactly one condition (:class:`NearMiss`)."),
    parts("also_matches", "Later rules that hold too."),
    parts("unknown", "Attributes missing for the rules that could not be told."),
)
"""Columns of ``Result.assignment``, in the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheck:
    """Whether the rules are a segmentation at all."""

    rules: tuple[Rule, ...]
    overlaps: tuple[Overlap, ...]
    bounds: DataTable
    """Columns: :data:`BOUND_VALUES`."""
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
