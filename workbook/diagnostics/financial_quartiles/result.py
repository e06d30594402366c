"""What the financial diagnostic finds: frozen records named as in the result file.

Units: money in the engagement's currency, shares 0-1, ratios in their own unit, scores -2 to +2.
A value that cannot be told is None, never NaN.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.financial_quartiles.organisation_result import (
    ArticulationCheck,
    ByBase,
    ChangeVerdict,
    Growth,
    NoVerdict,
    OneStep,
    Organisation,
    ScoreVerdict,
    SizeBasis,
    StatementLine,
)
from workbook.diagnostics.financial_quartiles.peer_base import Effective
from workbook.diagnostics.financial_quartiles.ratio_result import (
    Band,
    Lever,
    PeerMoney,
    RatioRow,
    TippingPoint,
    Undefined,
)
from workbook.stats import Family

__all__ = [
    "ArticulationCheck",
    "Band",
    "BaseFacts",
    "ByBase",
    "ChangeVerdict",
    "Contradiction",
    "Growth",
    "Lever",
    "NoVerdict",
    "OneStep",
    "Organisation",
    "OtherCountry",
    "PeerMoney",
    "Point",
    "Rate",
    "RatioGroup",
    "RatioName",
    "RatioRow",
    "Result",
    "ScoreVerdict",
    "Series",
    "SizeBasis",
    "StatementLine",
    "Thresholds",
    "TippingPoint",
    "Undefined",
    "VerdictZone",
]


class OtherCountry(StrEnum):
    """Whether the organisations are of another country than the base's companies."""

    NO = "no"
    PERHAPS = "perhaps"
    """The currencies differ, and the engagement's country is not told."""
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Units of the base's currency per unit of the engagement's."""

    value: float
    day: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFacts:
    """The reference base that was compared with."""

    hash: str
    built: date | None
    source: str
    synthetic: bool
    """The companies of the base are invented."""
    rounded: bool
    """Its quartiles are rounded: typed in by hand as somebody published them."""
    years: tuple[int, ...]
    currency: str
    """Of its size bounds; empty when it does not tell."""
    country: str
    """Of its companies; empty when it does not tell."""
    size_bounds: tuple[float, ...]
    """Highest revenue of micro, small and medium companies; empty when it has none."""
    other_currency: bool
    """The engagement is in another currency."""
    other_country: OtherCountry
    """The engagement's organisations are of another country."""
    rate: Rate | None
    """What revenue was converted by, for the size group."""
    effective: tuple[Effective, ...]
    """How many ratios of their own kind a year's are worth; empty for a typed base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictZone:
    """The mean scores of one verdict."""

    verdict: ScoreVerdict
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What verdicts and claims were decided by; named as in ``Params``."""

    median_zone: float
    same_within: float
    much_from: float
    min_ratios: int
    min_peers: int
    whole_group: int
    tolerance: int
    times_from: float
    material_change: float
    zones: tuple[VerdictZone, ...]
    """Worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioName:
    """One ratio in the engagement's language."""

    ratio: str
    label: str
    meaning: str
    group: str
    direction: str
    formula: str
    """Over names of lines."""
    wording: str
    """The formula over the lines' names in the engagement's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioGroup:
    """One group of ratios in the engagement's language."""

    group: str
    label: str
    ratios: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A prior-year figure that is not what the statement of that year says."""

    organisation: str
    line: str
    label: str
    year: int
    """The year that the figure is about."""
    own: float
    """What that year's own statement says."""
    given: float
    """What the next year's statement gives as prior year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year of an organisation's series."""

    year: int
    all: float | None
    """Mean score against all companies; None without a verdict."""
    industry: float | None
    verdict: ByBase[ScoreVerdict | None]
    n_scored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Mean scores of one organisation by year; years that are not there are left out."""

    organisation: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings.  None or an empty tuple where it cannot be told (see ``absent``)."""

    organisations: tuple[Organisation, ...]
    """By organisation in the order of the file, then by year."""
    series: tuple[Series, ...]
    ratios: tuple[RatioName, ...]
    groups: tuple[RatioGroup, ...]
    prior_contradictions: tuple[Contradiction, ...]
    base: BaseFacts | None
    thresholds: Thresholds
    absent: tuple[str, ...]
    """What is left out for want of data: ``statements``, ``base``, ``industry``, ``scores``,
    ``change``, ``growth``, ``peer_money``, in this order."""
    answer: Claim | None = None
    """The headline of page 2."""
    tiles: tuple[Claim, ...] = ()
    """Key figures of page 2, most important first."""
    findings: tuple[Claim, ...] = ()
    """What the report found, most important first."""
    refused_findings: tuple[Refusal, ...] = ()
    """What is not told, and why."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""

    @property
    def latest(self) -> tuple[Organisation, ...]:
        """The last year of each organisation, for comparisons side by side."""
        last = {row.organisation: row for row in self.organisations}
        return tuple(last.values())
