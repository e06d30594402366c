"""Which words the figures of a questionnaire deserve: every threshold is a field of Params."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.controllability.answer_sheet import Sheet
from workbook.diagnostics.controllability.judgement_result import LevelTest, LevelVerdict
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Level, Mark
from workbook.stats import Floats, permutation_p, seeded

Bools: TypeAlias = npt.NDArray[np.bool_]
MANAGED = "controllability"
"""Questionnaire whose marks say "managed"; the others have their own meaning of the marks."""
_MOST_EXACT = 5000
"""Arrangements of respondents that are gone through one by one; beyond, seeded draws."""
_CLOSE = 1e-9


class _Ranked(Protocol):
    @property
    def index(self) -> float | None: ...


def standing(questionnaire: str, index: float | None, params: Params) -> str:
    """Return the words an index deserves: ``unmanaged``, ``partly``, ``managed``.

    ``plain`` where the marks mean something else, "" without an index.
    """
    if index is None:
        return ""
    if questionnaire != MANAGED:
        return "plain"
    if index < params.unmanaged_below:
        return "unmanaged"
    return "managed" if index > params.managed_above else "partly"


def mark_of(score: float | None, params: Params) -> str:
    """Return the mark that a mean mark is told as; "" without one.

    ``+`` from ``claimed_score`` on, ``-`` below ``unmanaged_below``, ``+/-`` between: a mean is
    told as ``+`` exactly where it counts as a claim.

    >>> [mark_of(score, Params()) for score in (0.7, 0.5, 0.38, 0.2)]
    ['+', '+/-', '+/-', '-']
    """
    if score is None:
        return ""
    if is_claimed(score, params):
        return Mark.PLUS.value
    return Mark.MINUS.value if score < params.unmanaged_below - _CLOSE else Mark.HALF.value


def is_claimed(score: float, params: Params) -> bool:
    """Tell whether a mean mark claims that the item is managed."""
    return score >= params.claimed_score - _CLOSE


def alpha_reading(value: float | None, reason: str, params: Params) -> str:
    """Return the conventional reading of alpha: ``low``, ``middle``, ``high``.

    ``complete`` where all marks are equal, ``alone`` where too few overlap.
    """
    if value is None:
        return "complete" if reason == "complete_agreement" else "alone"
    if value < params.alpha_tentative:
        return "low"
    return "high" if value >= params.alpha_reliable else "middle"


def direction(difference: float, params: Params) -> str:
    """Return where an index went: ``up``, ``down``, ``same``."""
    if abs(difference) < params.wave_difference:
        return "same"
    return "up" if difference > 0 else "down"


def extremes(ranked: Sequence[_Ranked]) -> tuple[int | None, int | None]:
    """Return the places of the one lowest and the one highest index; None where two share it."""
    known = [(part.index, place) for place, part in enumerate(ranked) if part.index is not None]
    order = sorted(known)
    if len(order) < 2 or order[-1][0] - order[0][0] < _CLOSE:
        return None, None
    low = order[0][1] if order[1][0] - order[0][0] > _CLOSE else None
    high = order[-1][1] if order[-1][0] - order[-2][0] > _CLOSE else None
    return low, high


def level_test(sheet: Sheet, params: Params) -> LevelTest | None:
    """Return whether management and line staff differ; None where one of them gave no mark.

    Who is management is permuted over the respondents; the statistic is the mean over items
    marked by both of the difference of their mean marks.  With few respondents even the clearest
    difference has no small p-value: nothing can be told then, and that is the verdict.
    """
    marked = (~np.isnan(sheet.scores)).any(axis=0)
    above, below = sheet.of(Level.MANAGEMENT) & marked, sheet.of(Level.LINE) & marked
    if not above.any() or not below.any():
        return None
    scores = sheet.scores[:, above | below]
    who = above[above | below]
    n, k = len(who), int(who.sum())
    seen = _difference(scores, who)
    if seen is None:
        return None
    ways = math.comb(n, k)
    exact = ways <= _MOST_EXACT
    found = [
        abs(d)
        for d in (_difference(scores, w) for w in _ways(scores, k, exact, params))
        if d is not None
    ]
    extreme = sum(d >= abs(seen) - _CLOSE for d in found)
    p_value = extreme / len(found) if exact else permutation_p(abs(seen), found)
    least = (2 if 2 * k == n else 1) / ways
    return LevelTest(
        difference=seen,
        p_value=p_value,
        least_p_value=least,
        management_n=k,
        line_n=n - k,
        verdict=_level_verdict(seen, p_value, least, params),
    )


def _level_verdict(difference: float, p_value: float, least: float, params: Params) -> LevelVerdict:
    if abs(difference) < params.level_difference:
        return LevelVerdict.ALIKE
    if least >= params.level_p_value:
        return LevelVerdict.UNTESTABLE
    if p_value >= params.level_p_value:
        return LevelVerdict.CHANCE
    return LevelVerdict.HIGHER if difference > 0 else LevelVerdict.LOWER


def _ways(scores: Floats, k: int, exact: bool, params: Params) -> Iterator[Bools]:
    """Yield which k of the respondents are management: every way, or draws seeded by the marks."""
    n = scores.shape[1]
    if exact:
        for chosen in combinations(range(n), k):
            who = np.zeros(n, dtype=bool)
            who[list(chosen)] = True
            yield who
        return
    chance = seeded(np.nan_to_num(scores, nan=-1.0), seed=params.seed)
    start = np.arange(n) < k
    for _ in range(params.bootstrap):
        yield chance.permutation(start)


def _difference(scores: Floats, management: Bools) -> float | None:
    """Return the mean difference over the items that both sides marked; None without any."""
    above, below = _means(scores[:, management]), _means(scores[:, ~management])
    both = above - below
    known = both[~np.isnan(both)]
    return float(known.mean()) if len(known) else None


def _means(scores: Floats) -> Floats:
    count = (~np.isnan(scores)).sum(axis=1)
    total = np.nansum(scores, axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))
