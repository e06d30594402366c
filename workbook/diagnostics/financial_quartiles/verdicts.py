"""Verdicts, and how means of scores become them, in fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class ScoreVerdict(StrEnum):
    """The mean score in words."""

    MUCH_BETTER = "significantly_better"
    BETTER = "better"
    SAME = "about_the_same"
    WORSE = "worse"
    MUCH_WORSE = "significantly_worse"


class ChangeVerdict(StrEnum):
    """The change of the industry's mean score in words."""

    MUCH_IMPROVED = "significantly_improved"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSENED = "worsened"
    MUCH_WORSENED = "significantly_worsened"


class NoVerdict(StrEnum):
    """Why there is no verdict."""

    REFUSED = "refused"
    """A line that is never negative is: the statement is not scored."""
    NO_BASE = "no_base"
    """There is no reference base."""
    NO_BASE_YEAR = "no_base_year"
    """The base has no quartiles of this year."""
    NO_INDUSTRY = "no_industry"
    """The organisation's industry is not known."""
    GROUP_MISSING = "group_missing"
    """A whole group of ratios has no score."""
    TOO_FEW = "too_few"
    """Fewer than ``Params.min_ratios`` ratios have a score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStep:
    """What the verdict would be if one ratio moved by one score; None: it would stay."""

    better: str | None
    worse: str | None


class VerdictLimits(NamedTuple):
    """Where the verdicts part."""

    same: Fraction = Fraction(11, 100)
    """Largest mean that is "about the same" (the source)."""
    much: Fraction = Fraction(1)
    """Beyond it a mean is "significantly" better or worse (the source)."""


SOURCE = VerdictLimits()


ROUNDED = Fraction(1, 200)
"""What a mean may be above a bound and still be printed as the bound."""


def printed(mean: Fraction) -> Fraction:
    """Return a mean as it is printed with two decimals, halves away from zero.

    >>> printed(Fraction(1, 9)), printed(Fraction(-1, 8))
    (Fraction(11, 100), Fraction(-13, 100))
    """
    whole = int(abs(mean) * 100 + Fraction(1, 2))
    return Fraction(whole if mean >= 0 else -whole, 100)


@lru_cache(maxsize=4096)
def verdict(mean: Fraction, band: str, limits: VerdictLimits = SOURCE) -> ScoreVerdict:
    """Return the verdict of a mean score.

    Parameters
    ----------
    mean
        Mean of the scores, -2 to +2.
    band
        ``rounded`` or ``strict`` (:attr:`Params.band`).
    limits
        Bounds of the verdicts.

    Examples
    --------
    >>> str(verdict(Fraction(1, 9), "rounded")), str(verdict(Fraction(1, 9), "strict"))
    ('about_the_same', 'better')
    """
    # Only the bound of "about the same" is read from the printed mean: 1/9 is told as 0.11 and
    # must not be called more than 0.11.  The outer bound is a whole score and has no such case.
    middle = printed(mean) if band == "rounded" else mean
    if mean > limits.much:
        return ScoreVerdict.MUCH_BETTER
    if middle > limits.same:
        return ScoreVerdict.BETTER
    if middle >= -limits.same:
        return ScoreVerdict.SAME
    return ScoreVerdict.WORSE if mean >= -limits.much else ScoreVerdict.MUCH_WORSE


def change_verdict(
    difference: Fraction, band: str, limits: VerdictLimits = SOURCE
) -> ChangeVerdict:
    """Return the verdict of the difference of two years' mean scores."""
    middle = printed(difference) if band == "rounded" else difference
    if abs(middle) <= limits.same:
        return ChangeVerdict.UNCHANGED
    if difference > 0:
        return ChangeVerdict.MUCH_IMPROVED if difference > limits.much else ChangeVerdict.IMPROVED
    return ChangeVerdict.MUCH_WORSENED if difference < -limits.much else ChangeVerdict.WORSENED


def mean(scores: Sequence[int]) -> Fraction | None:
    """Return the mean of scores, each of equal weight; None of none."""
    return Fraction(sum(scores), len(scores)) if scores else None


def one_step(scores: Sequence[int], band: str, limits: VerdictLimits = SOURCE) -> OneStep:
    """Return the verdicts if one ratio moved by one score."""
    now = mean(scores)
    if now is None:
        return OneStep(better=None, worse=None)
    step = Fraction(1, len(scores))
    here = verdict(now, band, limits)
    up = verdict(now + step, band, limits) if min(scores) < 2 else here
    down = verdict(now - step, band, limits) if max(scores) > -2 else here
    return OneStep(better=None if up == here else up, worse=None if down == here else down)
