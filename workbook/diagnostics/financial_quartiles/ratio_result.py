"""Records of where one ratio of one organisation stands in the reference base.

A *score* is -2 to +2 by quartile; *better* is always the direction that the ratio itself declares.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

BaseName = Literal["industry", "all"]
INDUSTRY: BaseName = "industry"
ALL: BaseName = "all"
BASES: tuple[BaseName, BaseName] = (INDUSTRY, ALL)
"""In the order in which they are told."""


class Undefined(StrEnum):
    """Why a ratio has no value."""

    ZERO_DENOMINATOR = "zero_denominator"
    NO_SHORT_TERM_DEBT = "no_short_term_debt"
    """The denominator is short-term liabilities, and there are none."""
    MISSING_LINES = "missing_lines"
    NO_PREVIOUS_YEAR = "no_previous_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One ratio among the companies of one base; values in the ratio's own unit."""

    q1: float
    median: float
    q3: float
    n: int
    """Companies of the group whose ratio is defined."""
    level: str
    """``all``, ``section`` or the number of OKVED digits, ``2`` to ``6``: the level used."""
    code: str
    """OKVED code or section used; empty for all."""
    size: str
    """``micro``, ``small``, ``medium``, ``large`` or ``all``."""
    score: int | None
    """-2 to +2; None when the ratio has no value."""
    position: float | None
    """Distance to the median in units of the median–quartile gap on its side, positive where
    better (-1 is the worse quartile); None without a value or where that gap is nil."""
    to_better: float | None
    """How far the ratio is from the next better score, 0 or more; None at +2 or without score."""
    to_worse: float | None
    """How far the ratio is from the next worse score, 0 or more; None at -2 or without score."""
    rounding_decides: bool
    """The quartiles are rounded, and unrounded ones could give another score."""
    possible_scores: tuple[int, ...]
    """Scores that quartiles within their rounding could give, rising."""
    score_low: int | None = None
    """Lowest score within the rounding of the statement; None where it is not rounded."""
    score_high: int | None = None

    @property
    def is_firm(self) -> bool:
        """The score is the same anywhere within the rounding of the statement."""
        return self.score_low == self.score_high

    @property
    def in_best_quarter(self) -> bool:
        """The ratio is in the best quarter, anywhere within the rounding of the statement."""
        return self.score == 2 and self.is_firm

    @property
    def in_worst_quarter(self) -> bool:
        """The ratio is in the worst quarter, anywhere within the rounding of the statement."""
        return self.score == -2 and self.is_firm

    @property
    def may_be_below(self) -> bool:
        """The rounding of the statement decides whether the ratio scores below zero."""
        if self.score_low is None or self.score_high is None:
            return False
        return self.score_low < 0 <= self.score_high


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioRow:
    """One ratio of one organisation and year."""

    ratio: str
    """Id of the ratio."""
    label: str
    """Its name in the engagement's language."""
    group: str
    """Id of its group."""
    direction: str
    """``higher`` or ``lower``: which is better."""
    formula: str
    value: float | None
    exact: Fraction | None
    """The value as it was scored."""
    in_per_cent: bool
    """Told, with its quartiles, in per cent; else as a plain number."""
    decimals: int
    """Decimal places that the value and its quartiles are told with."""
    score: int | None
    """The score against the industry; against all companies where there is no industry."""
    all: Band | None
    """None: the base has no quartiles for the year."""
    industry: Band | None
    """None: no industry is known, or the base has none."""
    rounding_decides: bool
    """The score (:attr:`score`) depends on the rounding of the base's quartiles."""
    undefined: Undefined | None
    missing: tuple[str, ...]
    """Lines to ask for, where they are why the ratio has no value."""
    missing_labels: tuple[str, ...]
    """Their names in the engagement's language, in the same order."""
    value_low: float | None = None
    """Lowest value within the rounding of the statement; None where it is not rounded, or where
    the denominator may be nil."""
    value_high: float | None = None

    def against(self, base: BaseName) -> Band | None:
        """Return where the ratio stands in a base."""
        return self.industry if base == "industry" else self.all


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoint:
    """The smallest change of one statement line that changes the verdict; checked by scoring the
    changed statement again.  Only the named line moves: no other line is adjusted to it, and the
    group of companies compared with stays the same.
    """

    base: str
    """``all`` or ``industry``."""
    line: str
    label: str
    change: float
    """Signed, in the engagement's currency."""
    value: float
    """What the line is now."""
    relative: float | None
    """The change as a share of the line; None of a line of nil."""
    verdict: str
    """Verdict as it is."""
    to: str
    """Verdict after the change."""

    @property
    def against(self) -> BaseName:
        """The base, by its name."""
        return "industry" if self.base == "industry" else "all"

    @property
    def is_far(self) -> bool:
        """The change is larger than the line itself."""
        return self.relative is not None and abs(self.relative) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One thing that a manager can do, and what it takes to bring a ratio to the median by it
    alone.  Both sides of the balance sheet move with it.
    """

    ratio: str
    lever: str
    """Id of the lever (``collect``, ``sell_stock``, ``lengthen`` …)."""
    line: str
    """The line that it works on."""
    label: str
    amount: float
    """What reaches the median, or all that the line has, in the engagement's currency."""
    share: float | None
    """Of the line; None of a line that has no amount."""
    reaches: bool
    """The amount brings the ratio to the median; False: even all of the line would not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerMoney:
    """What the median of the peers would mean in money: one line, all others as they are."""

    ratio: str
    base: str
    """``industry``, or ``all`` where there is no industry."""
    median: float
    line: str
    label: str
    direction: str
    """``more`` or ``less`` of the line's amount (an expense by its amount, whatever its sign)."""
    change: float
    """Signed change of the line, in the engagement's currency."""
    amount: float
    """The change without its sign."""
