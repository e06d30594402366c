"""One statement's ratios against the two bases: all companies, and the industry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple, Self

from workbook.diagnostics.financial_quartiles.exact_numbers import Exact, exact
from workbook.diagnostics.financial_quartiles.industries import is_industry
from workbook.diagnostics.financial_quartiles.organisation_result import SizeBasis
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.peer_base import Base, Quartiles
from workbook.diagnostics.financial_quartiles.ratio_result import (
    ALL,
    BASES,
    INDUSTRY,
    Band,
    BaseName,
)
from workbook.diagnostics.financial_quartiles.ratios import Ratio
from workbook.diagnostics.financial_quartiles.scoring import (
    Halves,
    QuartileCut,
    Scale,
    Steps,
)
from workbook.diagnostics.financial_quartiles.sizes import (
    ALL_SIZES,
    CURRENCY,
    size_of,
)
from workbook.diagnostics.financial_quartiles.values import Valued


class Gaps(NamedTuple):
    """The median of a ratio and its distances to the quartiles, in whole parts of one."""

    median: int
    below: int
    """To the lower quartile."""
    above: int
    of: int
    """So many parts make one."""

    @classmethod
    def among(cls, found: Quartiles) -> Self:
        """Return the gaps of quartiles."""
        low, median, high = (exact(value) for value in (found.q1, found.median, found.q3))
        of = lcm(low.denominator, median.denominator, high.denominator)
        below, above = (int(abs(edge - median) * of) for edge in (low, high))
        return cls(int(median * of), below, above, of)

    def to_median(self, top: int, bottom: int) -> float | None:
        """Return how far ``top / bottom`` is above the median, in units of the gap on its side.

        Each side has a unit of its own: ratios are skewed, and half of the companies are on either
        side of the median whatever the distance of the quartiles from it.  None where that gap is
        nil.

        Parameters
        ----------
        bottom
            Above nil.

        Examples
        --------
        >>> [Gaps(median=1, below=1, above=4, of=10).to_median(n, 10) for n in (0, 1, 3)]
        [-1.0, 0.0, 0.5]
        """
        off = top * self.of - self.median * bottom
        if not off:
            return 0.0
        gap = self.above if off > 0 else self.below
        return off / (gap * bottom) if gap else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """The quartiles of one ratio in one base, exact."""

    ratio: Ratio
    found: Quartiles
    scale: Scale
    median: Fraction
    """The median of the ratio."""
    steps: Steps
    gaps: "Gaps"

    def position(self, value: Fraction) -> float | None:
        """Return the distance to the median in units of the gap between it and the quartile there.

        Positive on the better side: -1 is the worse quartile, 0 the median, +1 the better one.
        None where the quartile on that side is the median itself.
        """
        told = self.gaps.to_median(value.numerator, value.denominator)
        return told if self.ratio.higher or not told else -told

    def score(self, value: Fraction) -> int:
        """Return the score of a value of the ratio."""
        return self.steps.score(value.numerator, value.denominator)

    def is_worse(self, value: Fraction) -> bool:
        """Return whether a value of the ratio is worse than the median."""
        return value < self.median if self.ratio.higher else value > self.median


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The size group of one statement, and how it was found."""

    group: str
    """``micro``, ``small``, ``medium``, ``large``; ``all`` where there is none."""
    basis: SizeBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """With whom one statement is compared."""

    okved: str
    """Empty when not known."""
    size: Size
    quartiles_by_base: Mapping[BaseName, Mapping[str, Yardstick]]
    """``all`` and ``industry`` -> ratio -> its quartiles."""


def known_okved(written: str) -> str:
    """Return the code of an industry, or an empty text when it is none."""
    code = written.strip()
    return code if is_industry(code) else ""


def size_group(
    revenue: Exact | None, base: Base | None, params: Params, currency: str = ""
) -> Size:
    """Return the size group of a company.

    Parameters
    ----------
    revenue
        In the engagement's currency.
    base
        Its bounds hold for amounts in its own currency only.
    params
        Own bounds, or the rate of the two currencies.
    currency
        The engagement's; empty: that of the base.
    """
    amount = None if revenue is None else float(revenue)
    if amount is None:
        return Size(group=ALL_SIZES, basis=SizeBasis.NO_REVENUE)
    if params.size_bounds:
        return Size(group=size_of(amount, params.size_bounds), basis=SizeBasis.OWN_BOUNDS)
    if base is None:
        return Size(group=ALL_SIZES, basis=SizeBasis.NO_BASE)
    if not base.size_bounds:
        return Size(group=ALL_SIZES, basis=SizeBasis.NO_BOUNDS)
    if params.base_rate and is_foreign(base, currency):
        converted = base.size_of(amount * params.base_rate)
        return Size(group=converted, basis=SizeBasis.CONVERTED)
    if is_foreign(base, currency):
        return Size(group=ALL_SIZES, basis=SizeBasis.OTHER_CURRENCY)
    return Size(group=base.size_of(amount), basis=SizeBasis.BASE)


def is_foreign(base: Base, currency: str) -> bool:
    """Return whether amounts are in another currency than the base's bounds.

    Bounds of a base that tells no currency are those of Russian law, in roubles.
    """
    return bool(currency) and currency != (base.currency or CURRENCY)


def peers(
    base: Base | None,
    *,
    year: int,
    okved: str,
    size: Size,
    ratios: Sequence[Ratio],
    params: Params,
) -> Peers:
    """Return the quartiles that a statement of this year is compared with."""
    yardsticks: dict[BaseName, dict[str, Yardstick]] = {name: {} for name in BASES}
    for ratio in ratios if base is not None else ():
        for name in BASES if okved else (ALL,):
            found = _quartiles(
                base, name, year=year, okved=okved, size=size.group, ratio=ratio.id, params=params
            )
            if found is not None:
                yardsticks[name][ratio.id] = _yardstick(ratio, found, params.zone)
    return Peers(okved=okved, size=size, quartiles_by_base=yardsticks)


def _quartiles(
    base: Base | None,
    name: BaseName,
    *,
    year: int,
    okved: str,
    size: str,
    ratio: str,
    params: Params,
) -> Quartiles | None:
    """Return companies of the own size, in the industry or in all (as the source publishes them);
    of every size only where the base has none of the own.
    """
    if base is None:
        return None
    code = okved if name == INDUSTRY else ""
    # The own size comes before the own industry: the source compares a small company with small
    # ones, of a wider industry if need be, and quartiles differ more by size than by a digit.
    for group in dict.fromkeys((size, ALL_SIZES)):
        found = base.quartiles(
            year=year, okved=code, size=group, ratio=ratio, min_peers=params.min_peers
        )
        if found is not None:
            return found
    return None


_Key = tuple[str, bool, Quartiles, Fraction]
_known_yardsticks: dict[_Key, Yardstick] = {}
"""The same companies stand beside many organisations."""
_MOST_YARDSTICKS = 50_000


def _yardstick(ratio: Ratio, found: Quartiles, zone: Fraction) -> Yardstick:
    key = (ratio.id, ratio.higher, found, zone)
    known = _known_yardsticks.get(key)
    # An engagement may bring another ratio of the same id: the key alone does not tell them apart.
    if known is not None and known.ratio == ratio:
        return known
    if len(_known_yardsticks) >= _MOST_YARDSTICKS:
        _known_yardsticks.clear()
    _known_yardsticks[key] = made = _made(ratio, found, zone)
    return made


def _made(ratio: Ratio, found: Quartiles, zone: Fraction) -> Yardstick:
    halves: Halves | None = None
    if found.decimals is not None:
        # 0.65 may have been anything from 0.645 to 0.655.
        a, b, c = (Fraction(1, 2 * 10**places) for places in found.decimals)
        halves = (a, b, c)
    cut = QuartileCut(exact(found.q1), exact(found.median), exact(found.q3), zone)
    scale = Scale.of(cut, higher=ratio.higher, halves=halves)
    return Yardstick(
        ratio=ratio,
        found=found,
        scale=scale,
        median=exact(found.median),
        steps=scale.steps(),
        gaps=Gaps.among(found),
    )


def band(
    yardstick: Yardstick | None, one: Valued, within: tuple[int, int] | None = None
) -> Band | None:
    """Return where a ratio stands in a base; ``within``: its scores by the statement's rounding."""
    if yardstick is None:
        return None
    found, value = yardstick.found, one.value
    got = None if value is None else yardstick.steps.scored(value.numerator, value.denominator)
    return Band(
        q1=found.q1,
        median=found.median,
        q3=found.q3,
        n=found.n_valid,
        level=found.level,
        code=found.code,
        size=found.size,
        score=None if got is None else got.score,
        position=None if value is None else yardstick.position(value),
        to_better=None if got is None else got.to_better,
        to_worse=None if got is None else got.to_worse,
        rounding_decides=got is not None and len(got.possible) > 1,
        possible_scores=() if got is None else got.possible,
        score_low=None if within is None else within[0],
        score_high=None if within is None else within[1],
    )
