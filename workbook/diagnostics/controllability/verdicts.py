"""Which words the figures of a questionnaire deserve: every threshold is a field of Params."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from workbook.diagnostics.controllability.agreement_result import LevelItem, LevelTest, LevelVerdict
from workbook.diagnostics.controllability.answer_sheet import AnswerSheet
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE, Level, Mark
from workbook.stats import Floats, seeded
from workbook.stats.regrouping import (
    Bools,
    Pairs,
    Regrouped,
    arrangements,
    least_p,
    regrouped,
)

_CLOSE = 1e-9
"""Means of marks are multiples of a half over a count: closer than this they are the same, and a
mean of two thirds is not below two thirds."""


class _Ranked(Protocol):
    @property
    def index(self) -> float | None: ...


def standing(questionnaire: str, index: float | None, params: Params) -> str:
    """Return the words an index deserves: ``unmanaged``, ``partly``, ``managed``.

    ``plain`` where the marks mean something else, "" without an index.

    Examples
    --------
    >>> [standing("controllability", index, Params()) for index in (0.2, 0.5, 0.9, None)]
    ['unmanaged', 'partly', 'managed', '']
    >>> standing("strategy_factors", 0.2, Params())
    'plain'
    """
    if index is None:
        return ""
    if questionnaire != MAIN_QUESTIONNAIRE:  # other questionnaires mean other things
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
    """Return whether a mean mark claims that the item is managed."""
    return score >= params.claimed_score - _CLOSE


def alpha_reading(value: float | None, reason: str, params: Params) -> str:
    """Return the conventional reading of alpha: ``low``, ``middle``, ``high``.

    ``complete`` where all marks are equal, ``alone`` where too few overlap.

    Examples
    --------
    >>> [alpha_reading(alpha, "", Params()) for alpha in (0.5, 0.7, 0.8)]
    ['low', 'middle', 'high']
    >>> alpha_reading(None, "complete_agreement", Params())
    'complete'
    """
    if value is None:
        return "complete" if reason == "complete_agreement" else "alone"
    if value < params.alpha_tentative:
        return "low"
    return "high" if value >= params.alpha_reliable else "middle"


def direction(difference: float, params: Params) -> str:
    """Return where an index went: ``up``, ``down``, ``same``.

    Examples
    --------
    >>> [direction(points, Params()) for points in (0.1, -0.1, 0.0004)]
    ['up', 'down', 'same']
    """
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


def level_test(sheet: AnswerSheet, params: Params) -> LevelTest | None:
    """Return whether management and line staff differ; None where one of them gave no mark.

    Who is management is permuted over the respondents; the statistic is the mean over items
    marked by both of the difference of their mean marks.  With few respondents even the clearest
    difference has no small p-value: nothing can be told then, and that is the verdict.  The items
    are tested on the same arrangements.
    """
    marked = (~np.isnan(sheet.scores)).any(axis=0)
    above, below = sheet.of(Level.MANAGEMENT) & marked, sheet.of(Level.LINE) & marked
    if not above.any() or not below.any():
        return None
    scores, who = sheet.scores[:, above | below], above[above | below]
    found = regrouped(scores, arranged(scores, who, params))
    if found is None:
        return None
    least = least_p(who)
    return LevelTest(
        difference=found.difference,
        p_value=found.p_value,
        least_p_value=least,
        management_n=int(who.sum()),
        line_n=int((~who).sum()),
        testable=least < params.level_p_value,
        verdict=_level_verdict(found.difference, found.p_value, least, params),
        items=_level_items(sheet.items, found, params),
    )


def arranged(scores: Floats, first: Bools, params: Params, pairs: Pairs = ()) -> Bools:
    """Return the arrangements of respondents into two groups, seeded by their marks."""
    # a gap is no mark of 0: the same marks with other gaps draw other arrangements
    chance = seeded(np.nan_to_num(scores, nan=-1.0), first, seed=params.seed)
    return arrangements(first, chance, pairs=pairs, draws=params.bootstrap)


def _level_items(names: Sequence[str], found: Regrouped, params: Params) -> tuple[LevelItem, ...]:
    made = [
        LevelItem(item=name, gap=float(gap), p_value=float(p), told=bool(p < params.level_p_value))
        for name, gap, p in zip(names, found.gaps, found.p_values, strict=True)
        if not np.isnan(gap)
    ]
    return tuple(sorted(made, key=lambda item: -round(abs(item.gap), 9)))


def _level_verdict(difference: float, p_value: float, least: float, params: Params) -> LevelVerdict:
    if abs(difference) < params.level_difference:  # too small to matter, whatever its p-value
        return LevelVerdict.ALIKE
    if least >= params.level_p_value:
        return LevelVerdict.UNTESTABLE
    if p_value >= params.level_p_value:
        return LevelVerdict.CHANCE
    return LevelVerdict.HIGHER if difference > 0 else LevelVerdict.LOWER
