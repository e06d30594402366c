"""Which theme leads, where one does: near ties are told as ties."""

import math
from collections.abc import Sequence

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import LeadingThemes, Theme

SEVERAL = 3
"""From so many themes on the first one is chosen from several."""


def leading_themes(themes: Sequence[Theme], params: Params) -> LeadingThemes:
    """Return the themes that lead among detractors and among wishes."""
    reasons = [t for t in themes if t.question == "reason"]
    wishes = [t for t in themes if t.question == "improvement"]
    return LeadingThemes(
        detractors=_leaders([(t.theme, t.detractors) for t in reasons], params),
        improvement=_leaders([(t.theme, t.n) for t in wishes], params),
    )


def _leaders(counts: Sequence[tuple[str, int]], params: Params) -> tuple[str, ...]:
    """Return the most frequent theme and those that cannot be told from it, most frequent first.

    Of the answers that name one of two themes half would name each if both were alike: the exact
    sign test.  Answers that name both count on both sides, which only makes it more careful.
    That the first of several equal themes leads the second is rare enough for a one-sided test
    (simulated with 3 to 10 equal themes: in 0-3 % of surveys); of two themes either may come
    first, so that the test has two sides.  Nothing leads below ``Params.min_theme`` answers.
    """
    ranked = sorted((one for one in counts if one[1] > 0), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < params.min_theme:
        return ()
    most, sides = ranked[0][1], 2 if len(ranked) == SEVERAL - 1 else 1
    return tuple(
        theme
        for i, (theme, n) in enumerate(ranked)
        if i == 0 or sides * sign_p(most, n) >= 1 - params.confidence
    )


def sign_p(more: int, fewer: int) -> float:
    """Return the one-sided p value of the sign test that ``more`` exceeds ``fewer``.

    Examples
    --------
    >>> round(sign_p(7, 6), 3), round(sign_p(15, 4), 3)
    (0.5, 0.01)
    """
    n = more + fewer
    ways = sum(math.comb(n, k) for k in range(more, n + 1))
    return float(ways / 2**n)
