"""What the tables of a segmentation are made of: facts only, no randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One rule of the table ``segments`` and what its customers are meant to buy."""

    name: str
    purpose: str | None
    conditions: Mapping[str, str]
    """Column of ``customers`` -> ``>1000``, ``<150``, ``yes``, ``no`` or a value,
    or several values with ``;`` between them."""
    target: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """How the client's people offer and how the offers end."""

    since: date
    """The first day on which deals were recorded."""
    stages: tuple[str, ...]
    """The six stages in order, in the client's words."""
    recorded: float
    """Share of first purchases that have a won deal."""
    lost: Mapping[str, float]
    """Segment -> share of products never bought that were offered in vain."""
    open: Mapping[str, float]
    """Segment -> share of products never bought that are on offer now."""
    reasons: tuple[Mapping[str, float], ...]
    """Weights of the reasons of refusal, by stage."""
    sources: Mapping[str, float]
    competitors: tuple[str, ...]
    overdue: Mapping[str, float] = field(default_factory=dict)
    """Manager -> share of open deals whose next step is overdue; 0.2 for the others."""
    without_step: float = 0.14
    """Open deals without a next step."""
    without_stage: float = 0.08
    """Lost deals of which only the refusal was written down, without its stage."""
    without_reason: float = 0.09
    back: float = 0.06
    """Deals that go back from the contract to the proposal."""
    deal_format: str = ""
    """Empty: deals have no number."""
    untouched: tuple[tuple[str, str], ...] = ()
    """(segment, product) that nobody ever offers."""
    round_to: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The control points of the work with customers."""

    points: tuple[tuple[str, bool], ...]
    """(name, whether it is about a product)."""
    count: int
    overdue: Mapping[str, float]
    """Manager -> share of past points that were never done; 0.08 for the others."""
    segments: tuple[str, ...] = ()
    """Only customers of these segments have control points; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """The four tables of one engagement."""

    segments: tuple[Segment, ...]
    products: tuple[str, ...]
    dealing: Dealing
    contacts: Contacts
    either: tuple[str, ...] = ("industry", "activity")
    """Columns of which one has to fit where a rule names an industry."""
    types: tuple[str, str] | None = None
    """Words for a company and a person, where the type of customer is to be added."""

    def segment(self, name: str | None) -> Segment | None:
        """Return the segment called ``name``."""
        return next((s for s in self.segments if s.name == name), None)
