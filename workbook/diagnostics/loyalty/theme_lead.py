"""Which theme leads, where one does: near ties are told as ties."""

import math
from collections.abc import Sequence

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import LeadingThemes, Theme


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
    Nothing leads below ``Params.min_theme`` answers.
    """
    ranked = sorted(counts, key=lambda one: -one[1])
    if not ranked or ranked[0][1] < params.min_theme:
        return ()
    most = ranked[0][1]
    return tuple(
        theme
        for i, (theme, n) in enumerate(ranked)
        if i == 0 or (n > 0 and sign_p(most, n) >= 1 - params.confidence)
    )


def sign_p(more: int, fewer: int) -> float:
    """Return the two-sided p value of the sign test of two counts, ``more >= fewer``.

    Examples
    --------
    >>> sign_p(7, 6), round(sign_p(15, 4), 3)
    (1.0, 0.019)
    """
    n = more + fewer
    tail = sum(math.comb(n, k) for k in range(more, n + 1)) / 2**n
    return min(1.0, 2 * tail)
