"""What the financial diagnostic finds: frozen records named as in the result file.

Units: money in the engagement's currency, shares 0-1, ratios in their own unit, scores -2 to +2.
A value that cannot be told is None, never NaN.
"""

from dataclasses import dataclass
from datetime import date

from workbook.diagnostics.financial_quartiles.organisation_result import (
    ByBase,
    ChangeVerdict,
    Check,
    Growth,
    Line,
    NoVerdict,
    OneStep,
    Organisation,
    Verdict,
)
from workbook.diagnostics.financial_quartiles.standing_result import (
    Band,
    Flip,
    PeerMoney,
    RatioRow,
    Undefined,
)

__all__ = [
    "Band",
    "BaseFacts",
    "ByBase",
    "ChangeVerdict",
    "Check",
    "Contradiction",
    "Flip",
    "Group",
    "Growth",
    "Line",
    "NoVerdict",
    "OneStep",
    "Organisation",
    "PeerMoney",
    "Point",
    "RatioName",
    "RatioRow",
    "Result",
    "Series",
    "Undefined",
    "Verdict",
]


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
class Group:
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
    verdict: ByBase[Verdict | None]
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
    groups: tuple[Group, ...]
    prior_contradictions: tuple[Contradiction, ...]
    base: BaseFacts | None
    absent: tuple[str, ...]
    """What is left out for want of data: ``statements``, ``base``, ``industry``, ``scores``,
    ``change``, ``growth``, ``peer_money``, in this order."""

    @property
    def latest(self) -> tuple[Organisation, ...]:
        """The last year of each organisation, for comparisons side by side."""
        last = {row.organisation: row for row in self.organisations}
        return tuple(last.values())
