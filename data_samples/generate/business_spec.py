"""What a sample engagement without a survey is made of: customers by kind, services by rhythm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_samples.generate.answers_spec import Answers
from data_samples.generate.rows import Cell
from data_samples.generate.segmentation_spec import Segmentation
from data_samples.generate.spec import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Customers of one kind."""

    count: int
    fields: tuple[tuple[str, str], ...]
    """Possible (industry, activity) pairs."""
    employees: tuple[int, int]
    branches: float
    """Share with branches."""
    types: tuple[str, ...]
    founded: tuple[int, int]
    names: tuple[str, ...]
    """Forms of a name with a place for the stem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A product line and the rhythm in which it is bought."""

    name: str
    rhythm: str
    """``monthly``, ``quarterly``, ``yearly``, ``project`` (four invoices in five months) or
    ``occasional`` (two to four times a year)."""
    price: int
    """Of one invoice to a customer with 100 employees."""
    power: float
    """How the price grows with the number of employees."""
    margin: float
    """Share of the price."""
    spread: float = 0.0
    """How much equal invoices differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """A manager; ``settled``: has only customers of long standing, who buy what they bought."""

    name: str
    weight: float
    growth: float = 1.05
    """Factor on every price from one year to the next."""
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """How many customers come, go, pause and have not bought yet."""

    potential: int
    new: int
    """First bought in the last quarter."""
    renewed: int
    joined: int
    """First bought after the first half-year and before the last quarter."""
    left: int
    leaver_size: int
    """Customers who leave, pause or come late have fewer employees than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """The large customer that stopped buying: place in the list of customers and last month."""

    rank: int
    manager: str
    last: date
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pocket:
    """A service that only some customers of a segment buy and that nobody offers there."""

    segment: str
    service: str
    buyers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostToServe:
    """What serving customers costs, as a share of the margin of the quarter."""

    usual: tuple[float, float]
    """Least and most."""
    segment: str
    """The segment whose customers are dearer to serve than the others."""
    dear: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """One engagement with customers, sales and the tables of a segmentation."""

    id: str
    language: str
    as_of: date
    first_day: date
    """Of the sales."""
    id_format: str
    kinds: tuple[Kind, ...]
    given: tuple[tuple[int, Mapping[str, Cell]], ...]
    """(place in the list of customers, attributes that are as they are on purpose)."""
    stems: tuple[str, ...]
    regions: Mapping[str, float]
    services: tuple[Service, ...]
    default: str
    """What a customer without another beginning buys first."""
    sellers: tuple[Seller, ...]
    lives: Lives
    silent: Silent
    pocket: Pocket
    plan: Segmentation
    answers: Answers
    costs: CostToServe
    layouts: tuple[Layout, ...]

    @property
    def count(self) -> int:
        """Number of customers."""
        return sum(kind.count for kind in self.kinds)
