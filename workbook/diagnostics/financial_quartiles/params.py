"""What a consultant may tune in the financial diagnostic ([params.financial_quartiles])."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from workbook.diagnostics.financial_quartiles.industries import is_industry

Band = Literal["rounded", "strict"]
Unit = Literal[1, 1000, 1_000_000]
Liabilities = Literal["gross", "net_1530"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the financial diagnostic with their defaults and where these come from."""

    band: Band = "rounded"
    """``rounded``: a mean is "about the same" when its two printed digits say at most 0.11, as the
    source prints it (1/9 is 0.11); ``strict``: when the mean itself is at most 0.11."""
    min_peers: int = 30
    """Fewest companies of an industry before a wider one is taken (the method)."""
    okved: str = ""
    """Industry of every organisation; empty: what ``statements`` says of each."""
    size_bounds: tuple[int, ...] = ()
    """Highest yearly revenue of micro, small and medium companies, in the engagement's currency;
    empty: those of the reference base, in the same currency or by ``base_rate``."""
    base_rate: float = 0.0
    """Units of the reference base's currency per unit of the engagement's, to find the size group
    by the base's bounds; 0: not given."""
    base_rate_date: str = ""
    """The day of the rate, as the report names it; needed with ``base_rate``."""
    base_rate_source: str = ""
    """Who published the rate; needed with ``base_rate``."""
    country: str = ""
    """Country of the organisations (ISO 3166, two letters); empty: not told, then another currency
    than the base's is taken for perhaps another country."""
    unit: Unit = 1000
    """What one unit of the statements is worth (statutory forms: thousands)."""
    current_liabilities: Liabilities = "gross"
    """``gross``, or ``net_1530``: deferred income is taken off short-term liabilities in every
    ratio over them.  A blank line 1530 is nil."""
    min_ratios: int = 6
    """Fewer scored ratios give no verdict (the method)."""
    tolerance: int = 4000
    """What the two sides of an articulation check may differ by, in the engagement's currency
    (4 thousand, the method); never less than four units of the last digit that is given."""
    times_from: float = 1.5
    """From so many times on a growth is told as "in 1.56 times": the source tells 49.72 % in per
    cent and 1.56 in times."""
    median_zone: float = 0.05
    """Part of the way from the median to a quartile that still scores 0 (the source)."""
    same_within: float = 0.11
    """Largest mean score, and change of it, that is "about the same" (the source)."""
    much_from: float = 1.0
    """Beyond this mean score, or change of it, it is "significantly" (the source)."""
    whole_group: int = 3
    """A group of so many ratios without any score gives no verdict (the method)."""
    material_change: float = 0.10
    """Share of last year's amount from which a change of a line is told as a finding; smaller ones
    stand in the growth table."""

    def __post_init__(self) -> None:
        self._check_words()
        self._check_numbers()
        _check_bounds(self.size_bounds)
        self._check_rate()

    def _check_words(self) -> None:
        for name, allowed in (
            ("band", get_args(Band)),
            ("unit", get_args(Unit)),
            ("current_liabilities", get_args(Liabilities)),
        ):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}")
        if self.okved and not is_industry(self.okved):
            raise ValueError("okved must be a code such as 68.20.2, or the letter of a section")
        if self.country and not re.fullmatch(r"[A-Z]{2}", self.country):
            raise ValueError("country must be two capital letters such as SK")

    def _check_numbers(self) -> None:
        for name in ("min_peers", "min_ratios", "whole_group"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if self.tolerance < 0:
            raise ValueError("tolerance must not be negative")
        if self.times_from <= 1:
            raise ValueError("times_from must be above 1")
        if not 0 <= self.median_zone < 1:
            raise ValueError("median_zone must be at least 0 and below 1")
        if not 0 < self.same_within < self.much_from:
            raise ValueError("same_within must be above 0 and below much_from")
        if self.material_change <= 0:
            raise ValueError("material_change must be above 0")

    def _check_rate(self) -> None:
        if self.base_rate < 0:
            raise ValueError("base_rate must be above 0")
        if self.base_rate and not (self.base_rate_date and self.base_rate_source):
            raise ValueError("base_rate needs base_rate_date and base_rate_source")

    @property
    def same(self) -> Fraction:
        """:attr:`same_within` as it is written."""
        return Fraction(repr(float(self.same_within)))

    @property
    def much(self) -> Fraction:
        """:attr:`much_from` as it is written."""
        return Fraction(repr(float(self.much_from)))

    @property
    def zone(self) -> Fraction:
        """:attr:`median_zone` as it is written."""
        return Fraction(repr(float(self.median_zone)))


def _check_bounds(bounds: tuple[int, ...]) -> None:
    if bounds and (len(bounds) != 3 or not 0 < bounds[0] < bounds[1] < bounds[2]):
        raise ValueError("size_bounds must be three rising amounts")
