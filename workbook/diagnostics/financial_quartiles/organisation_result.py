"""Records of one organisation and year; money in the engagement's currency, shares 0-1."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from workbook.diagnostics.financial_quartiles.ratio_result import (
    Band,
    BaseName,
    Lever,
    PeerMoney,
    RatioRow,
    TippingPoint,
)
from workbook.diagnostics.financial_quartiles.verdicts import (
    ChangeVerdict,
    NoVerdict,
    OneStep,
    ScoreVerdict,
)

T = TypeVar("T")


class SizeBasis(StrEnum):
    """How the size group was found, or why there is none."""

    BASE = "base"
    """By the reference base's bounds, in the same currency."""
    OWN_BOUNDS = "own_bounds"
    """By ``Params.size_bounds``."""
    CONVERTED = "converted"
    """By the base's bounds, revenue converted at ``Params.base_rate``."""
    OTHER_CURRENCY = "other_currency"
    """None: the bounds are in another currency and no rate is given."""
    NO_BOUNDS = "no_bounds"
    """None: the base tells no bounds."""
    NO_REVENUE = "no_revenue"
    NO_BASE = "no_base"


REVENUE = "revenue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByBase(Generic[T]):
    """One finding against each base."""

    all: T
    industry: T

    def against(self, base: BaseName) -> T:
        """Return the finding against one base."""
        return self.industry if base == "industry" else self.all


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticulationCheck:
    """One articulation check."""

    check: str
    """``1600 = 1100 + 1200`` in codes of the form, in names of lines for plain names."""
    total: str
    parts: tuple[str, ...]
    """Names of the lines that were there."""
    labels: tuple[str, ...]
    """Names of the total and the parts in the engagement's language, the total first."""
    difference: float
    """Total less the sum of its parts, in the engagement's currency."""
    closes: bool
    """The difference is within the tolerance."""
    wrong_signs: tuple[str, ...]
    """Lines whose sign, turned, makes the check close; empty when none does."""
    wrong_sign_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """One line against the year before."""

    line: str
    label: str
    before: float
    now: float
    change: float | None
    """Share of the amount before (0.4811 is +48.11 %); None when the sign changed or it was nil."""
    times: float | None
    """Now divided by before; None as for ``change``."""
    as_times: bool
    """Told as "in 1.56 times" rather than in per cent (``Params.times_from``)."""
    from_prior_column: bool
    """``before`` is the prior-year column of this statement (restated and comparable); else it is
    the statement of the year before."""
    own_before: float | None
    """What the statement of the year before says itself; None without one."""
    wanted: str
    """``more`` where growth is good news, ``less`` where it is bad, empty where it depends."""

    @property
    def has_amount(self) -> bool:
        """One of the years has an amount in this line."""
        return bool(self.before or self.now)

    @property
    def is_good(self) -> bool | None:
        """The change is good news; None where it depends, or where there is no change to tell."""
        if not self.wanted or self.change is None:
            return None
        return (self.change >= 0) is (self.wanted == "more")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of a statement."""

    line: str
    label: str
    code: str
    """Code of the form; empty where the form has none."""
    value: float
    """In the engagement's currency."""
    derived: bool
    """Not given: it follows from other lines that must add up to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation in one year."""

    organisation: str
    year: int
    form: str
    """``full`` or ``simplified``."""
    okved: str
    """Empty when not known."""
    size: str
    """``micro``, ``small``, ``medium``, ``large``; ``all`` where there is none."""
    size_basis: SizeBasis
    ratios: tuple[RatioRow, ...]
    """Every ratio in the order of ratios.yaml; empty for a refused statement."""
    total: ByBase[int | None]
    """Sum of the scores; None when nothing is scored."""
    mean: ByBase[float | None]
    exact_mean: ByBase[Fraction | None]
    scored: ByBase[int]
    """Ratios with a score."""
    n_scored: int
    """Ratios with a score against the industry; against all where there is no industry."""
    verdict: ByBase[ScoreVerdict | None]
    no_verdict: ByBase[NoVerdict | None]
    missing_groups: tuple[str, ...]
    """Groups of ratios without any value."""
    ask_for: tuple[str, ...]
    """Lines to ask the client for, so that every ratio gets a value."""
    ask_for_labels: tuple[str, ...]
    needs_previous_year: bool
    """A ratio lacks the year before."""
    one_step: ByBase[OneStep]
    change: float | None = None
    """Mean against the industry less that of the year before (each against its year's base);
    None without a verdict in both years."""
    exact_change: Fraction | None = None
    change_verdict: ChangeVerdict | None = None
    """None also where the rounding of the statements could turn it."""
    own_move: float | None = None
    """What the organisation itself did of ``change``: the mean of this year's ratios on last year's
    quartiles, less last year's mean."""
    base_move: float | None = None
    """What the companies of the base did: the rest of ``change``, this year's mean less that of
    the same ratios on last year's quartiles (another size group or industry counts here)."""
    weakest: tuple[str, ...]
    """Ids of the ratios farthest below the median (``position``) among those that score below
    zero against the base that leads; several when they tie."""
    levers: tuple[Lever, ...]
    """What can be done about ``weakest``; only what helps, least money first."""
    moved: tuple[str, ...]
    """Lines of ``growth`` that tell the year: net profit, cash, short-term debt, as they are
    known; else revenue; else the line that changed most."""
    articulation: tuple[ArticulationCheck, ...]
    """Every check whose total and parts are known."""
    articulates: bool
    """All of them close."""
    flip: TippingPoint | None
    """Against the industry; against all companies where there is no verdict by industry."""
    flips: tuple[TippingPoint, ...]
    """Against each base that has a verdict."""
    peer_money: tuple[PeerMoney, ...]
    growth: tuple[Growth, ...]
    refused: tuple[str, ...]
    """Lines that may not be negative and are: no score."""
    refused_labels: tuple[str, ...]
    lines: tuple[StatementLine, ...]
    """The statement as it was read."""
    rounding_unit: float | None = None
    """What the statement, or that of the year before, is rounded to, in the engagement's currency;
    None where the lines are as exact as their unit."""
    mean_low: ByBase[float | None] = ByBase(all=None, industry=None)
    """Lowest mean score within the rounding; None where nothing is rounded."""
    mean_high: ByBase[float | None] = ByBase(all=None, industry=None)
    verdict_low: ByBase[ScoreVerdict | None] = ByBase(all=None, industry=None)
    """Worst verdict within the rounding; None without a verdict or where nothing is rounded."""
    verdict_high: ByBase[ScoreVerdict | None] = ByBase(all=None, industry=None)
    """Best verdict within the rounding."""
    from_period: str = ""
    """The earlier engagement whose file has this year; empty where this one's has it."""

    @property
    def told_base(self) -> BaseName | None:
        """The base whose verdict is told: the industry where it has one; None without any."""
        if self.verdict.industry is not None:
            return "industry"
        return "all" if self.verdict.all is not None else None

    def firm(self, base: BaseName) -> bool:
        """Return whether the verdict against a base is the same anywhere within the rounding."""
        return self.verdict_low.against(base) == self.verdict_high.against(base)

    def turns_by_rounding(self, point: TippingPoint) -> bool:
        """Return whether the rounding of one line alone could be the change of a tipping point."""
        return self.rounding_unit is not None and 2 * abs(point.change) <= self.rounding_unit

    def scored_against(self, base: BaseName) -> list[tuple[RatioRow, int]]:
        """Return the ratios that have a score against a base, with it."""
        return [
            (ratio, found.score)
            for ratio in self.ratios
            if (found := ratio.against(base)) is not None and found.score is not None
        ]

    def peers(self, base: BaseName) -> Band | None:
        """Return where the ratio with the most companies stands in a base.

        Its group of companies is the one that the report names for the whole base.
        """
        found = [band for ratio in self.ratios if (band := ratio.against(base)) is not None]
        return max(found, key=lambda band: band.n, default=None)

    def ways_to_median(self, ratio: str) -> list[PeerMoney]:
        """Return the lines that alone bring a ratio to the median, least money first.

        Less revenue lifts a margin in arithmetic only; nobody would want it.
        """
        return [way for way in self.peer_money if way.ratio == ratio and way.line != REVENUE]

    @property
    def grown(self) -> list[Growth]:
        """The lines of ``growth`` that have an amount in one of the years."""
        return [one for one in self.growth if one.has_amount]

    @property
    def weakest_ratios(self) -> list[RatioRow]:
        """The ratios of ``weakest``."""
        return [ratio for ratio in self.ratios if ratio.ratio in self.weakest]

    @property
    def best_ratios(self) -> list[RatioRow]:
        """The ratios in the best quarter of the base that leads."""
        found = ((ratio, ratio.against(self.leading)) for ratio in self.ratios)
        return [ratio for ratio, band in found if band is not None and band.in_best_quarter]

    @property
    def worst_ratios(self) -> list[RatioRow]:
        """The ratios in the worst quarter of the base that leads."""
        found = ((ratio, ratio.against(self.leading)) for ratio in self.ratios)
        return [ratio for ratio, band in found if band is not None and band.in_worst_quarter]

    @property
    def weakness_is_open(self) -> bool:
        """The rounding of the statement decides whether any ratio is below the median."""
        found = (r.against(self.leading) for r in self.weakest_ratios[:1] or self.ratios)
        return any(band.may_be_below for band in found if band is not None)

    @property
    def leading(self) -> BaseName:
        """The base that ratios are told against: of the verdict, or the one with quartiles."""
        if self.told_base is not None:
            return self.told_base
        return "industry" if any(r.industry is not None for r in self.ratios) else "all"
