"""One statement's ratios against the two bases: all companies, and the industry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbook.base.base import Base, Quartiles
from workbook.base.industry import is_okved, sections
from workbook.base.sizes import ALL_SIZES, size_of
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.ratios import Ratio
from workbook.diagnostics.financial_quartiles.scoring import Cut, Halves, Scale, exact
from workbook.diagnostics.financial_quartiles.standing_result import Band
from workbook.diagnostics.financial_quartiles.values import Valued

ALL, INDUSTRY = "all", "industry"
BASES = (ALL, INDUSTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """The quartiles of one ratio in one base, exact."""

    ratio: Ratio
    found: Quartiles
    scale: Scale

    @property
    def median(self) -> Fraction:
        """The median of the ratio."""
        return exact(self.found.median)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """With whom one statement is compared."""

    okved: str
    """Empty when not known."""
    size: str
    sticks: Mapping[str, Mapping[str, Yardstick]]
    """``all`` and ``industry`` -> ratio -> its quartiles."""


def known_okved(written: str) -> str:
    """Return the code of an industry, or an empty text when it is none."""
    code = written.strip()
    return code if is_okved(code) or code in sections() else ""


def size_group(revenue: Fraction | None, base: Base | None, params: Params) -> str:
    """Return the size group of a company; revenue in currency."""
    amount = None if revenue is None else float(revenue)
    if params.size_bounds:
        return size_of(amount, params.size_bounds)
    return size_of(amount) if base is None else base.size_of(amount)


def peers(
    base: Base | None,
    *,
    year: int,
    okved: str,
    size: str,
    ratios: Sequence[Ratio],
    params: Params,
) -> Peers:
    """Return the quartiles that a statement of this year is compared with."""
    sticks: dict[str, dict[str, Yardstick]] = {name: {} for name in BASES}
    for ratio in ratios if base is not None else ():
        for name in BASES if okved else (ALL,):
            found = _quartiles(
                base, name, year=year, okved=okved, size=size, ratio=ratio.id, params=params
            )
            if found is not None:
                sticks[name][ratio.id] = _stick(ratio, found)
    return Peers(okved=okved, size=size, sticks=sticks)


def _quartiles(
    base: Base | None,
    name: str,
    *,
    year: int,
    okved: str,
    size: str,
    ratio: str,
    params: Params,
) -> Quartiles | None:
    """Return companies of the own size in the industry, of every size in all industries."""
    if base is None:
        return None
    code = okved if name == INDUSTRY else ""
    first = size if name == INDUSTRY else ALL_SIZES
    for group in dict.fromkeys((first, ALL_SIZES)):
        found = base.quartiles(
            year=year, okved=code, size=group, ratio=ratio, min_peers=params.min_peers
        )
        if found is not None:
            return found
    return None


def _stick(ratio: Ratio, found: Quartiles) -> Yardstick:
    halves: Halves | None = None
    if found.decimals is not None:
        a, b, c = (Fraction(1, 2 * 10**places) for places in found.decimals)
        halves = (a, b, c)
    cut = Cut(exact(found.q1), exact(found.median), exact(found.q3))
    scale = Scale.of(cut, higher=ratio.higher, halves=halves)
    return Yardstick(ratio=ratio, found=found, scale=scale)


def band(stick: Yardstick | None, one: Valued) -> Band | None:
    """Return where a ratio stands in a base."""
    if stick is None:
        return None
    got = None if one.value is None else stick.scale.scored(one.value)
    found = stick.found
    return Band(
        q1=found.q1,
        median=found.median,
        q3=found.q3,
        n=found.n_valid,
        level=found.level,
        code=found.code,
        size=found.size,
        score=None if got is None else got.score,
        to_better=None if got is None or got.to_better is None else float(got.to_better),
        to_worse=None if got is None or got.to_worse is None else float(got.to_worse),
        rounding_decides=got is not None and len(got.possible) > 1,
        possible_scores=() if got is None else got.possible,
    )
