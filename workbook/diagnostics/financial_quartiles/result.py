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
    Organisation,
)
from workbook.diagnostics.financial_quartiles.peer_base import Effective
from workbook.diagnostics.financial_quartiles.ratio_result import (
    RatioRow,
)
from workbook.diagnostics.financial_quartiles.restated_result import EarlierYear, RestatedYear
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict
from workbook.diagnostics.limitation import Limitation
from workbook.stats import Family


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
class VerdictThresholds:
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
    thresholds: VerdictThresholds
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
    limitation: Limitation | None = None
    """What could change the decision of page 2 (``limitations.<id>``)."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""
    restated: tuple[RestatedYear, ...] = ()
    """Years that read otherwise than in the last engagement's file that has them."""
    earlier_years: tuple[EarlierYear, ...] = ()
    """Years that only earlier engagements' files have, used or not."""

    @property
    def latest(self) -> tuple[Organisation, ...]:
        """The last year of each organisation, for comparisons side by side."""
        last = {row.organisation: row for row in self.organisations}
        return tuple(last.values())

    @property
    def lead(self) -> Organisation | None:
        """The last year of the first organisation: the one that the report is about."""
        return next(iter(self.latest), None)

    @property
    def best(self) -> Organisation | None:
        """The organisation with the highest mean against its industry, of those with a verdict."""
        found = [(row, row.exact_mean.industry) for row in self.latest if row.verdict.industry]
        known = [(row, mean) for row, mean in found if mean is not None]
        return max(known, key=lambda pair: pair[1], default=(None, None))[0]

    @property
    def best_is_apart(self) -> bool:
        """The best mean stays the best anywhere within the rounding of the statements."""
        first = self.best
        others = [row for row in self.latest if row is not first and row.verdict.industry]
        if first is None or all(row.mean_low.industry is None for row in (first, *others)):
            return first is not None
        lowest = _end(first.mean_low, first)
        return all(lowest >= _end(row.mean_high, row) for row in others)

    @property
    def checks_made(self) -> int:
        """Articulation checks that the statements allow."""
        return sum(len(row.articulation) for row in self.organisations)

    @property
    def broken_checks(self) -> list[tuple[Organisation, ArticulationCheck]]:
        """The checks that do not close, the latest year first."""
        found = [(row, c) for row in self.organisations for c in row.articulation if not c.closes]
        return sorted(found, key=lambda pair: -pair[0].year)

    @property
    def rounded_scores(self) -> list[tuple[Organisation, RatioRow]]:
        """The ratios of the last years whose score hangs on the rounding of the base."""
        return [(row, r) for row in self.latest for r in row.ratios if r.rounding_decides]

    def years_of(self, organisation: str) -> list[Organisation]:
        """Return the years of one organisation, earliest first."""
        return [row for row in self.organisations if row.organisation == organisation]


def _end(end: ByBase[float | None], row: Organisation) -> float:
    """Return an end of the mean's range; of an exact statement the mean itself."""
    return (row.mean.industry or 0.0) if end.industry is None else end.industry
