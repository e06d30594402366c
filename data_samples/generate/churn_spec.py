"""What is planted in the table ``lost_customers``: facts only, no randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Why a customer leaves: the truth, what the customer says, and where this happens."""

    reasons: tuple[str, ...]
    """Ids of the true reasons."""
    said: tuple[str, ...] = ()
    """Ids of the stated reasons; empty: the true ones."""
    weight: float = 1.0
    where: Mapping[str, float] = field(default_factory=dict)
    """Region or segment -> multiplier of the weight."""
    gone_to: Mapping[str, float] = field(default_factory=dict)
    """Weights of the destinations: competitor, freelancer, in_house, none."""
    sudden: bool = False
    """Left without buying less before, for nothing at the client was the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Churn:
    """The lost customers of one engagement."""

    cells: Mapping[tuple[str, str], tuple[int, ...]]
    """(manager, region) -> how many are lost of each segment, in the order of the market."""
    first_number: int
    start: date
    end: date
    """First and last possible day of a loss."""
    since: tuple[int, int]
    """Years in which the relations began, first and last."""
    stories: tuple[Story, ...]
    revenue: Mapping[str, tuple[int, int]]
    """Segment -> lowest and highest revenue of a year."""
    orders: Mapping[str, float]
    """Segment -> orders of a year before the fall."""
    lead: tuple[int, int]
    """Days from the beginning of the fall to the loss, least and most."""
    stages: Mapping[str, float]
    competitors: Mapping[str, float]
    returns: Mapping[str, float]
    """Destination -> share that comes back."""
    offers: Mapping[str, float]
    complained: float
    """Share that had complained."""
    interviewed: Mapping[str, float]
    """Segment -> share with an exit interview."""
    slips: Mapping[str, str]
    """Id of a reason -> the wrong spelling that one row has."""
    strata: tuple[str, ...]
    """Columns that a fair comparison of the managers holds equal."""
    name_stems: tuple[str, ...] = ()
    in_books: bool = True
    """Whether the customers are in ``customers`` and ``sales`` too."""
