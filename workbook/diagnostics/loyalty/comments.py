"""Comment bias: whether those who write a comment score differently from those who do not."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.loyalty.answers import Answers
from workbook.diagnostics.loyalty.nps import POINTS, count, difference, score
from workbook.diagnostics.loyalty.open_answers import QUESTIONS
from workbook.diagnostics.loyalty.open_answers_result import CommentBias, Subset
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Verdict, verdict

_NOBODY = Subset(n=None, value=None, ci_low=None, ci_high=None, suppressed=True)
HIDDEN = CommentBias(
    commented=_NOBODY,
    silent=_NOBODY,
    difference=None,
    p_value=None,
    verdict=Verdict.CANNOT_TELL,
)
"""Few wrote, or few did not."""


def comment_bias(given: Answers, params: Params, *, told: Collection[str]) -> CommentBias | None:
    """Return the index with and without a comment; None when nobody wrote or nothing was asked.

    A comment is an answer to either open question with at least one letter in it.

    Parameters
    ----------
    told
        ``commented``, ``silent``: where one may not be told, neither is.
    """
    if not asked(given):
        return None
    wrote = wrote_of(given)
    there = {name for name, rows in (("commented", wrote), ("silent", ~wrote)) if rows.any()}
    if not there <= {*told}:
        return HIDDEN
    commented, silent = count(given.scores[wrote]), count(given.scores[~wrote])
    enough = min(commented.n, silent.n) >= max(1, params.min_n)
    found = difference(silent, commented, confidence=params.confidence) if enough else None
    judged = Verdict.CANNOT_TELL
    if found is not None:
        judged = verdict(found.adjusted, found.p_value, confidence=params.confidence)
    return CommentBias(
        commented=_subset(given.scores[wrote], params),
        silent=_subset(given.scores[~wrote], params),
        difference=POINTS * found.raw if found else None,
        p_value=found.p_value if found else None,
        verdict=judged,
    )


def asked(given: Answers) -> bool:
    """Return whether anybody wrote a word."""
    return any(has(given.frame, question) for question in QUESTIONS)


def wrote_of(given: Answers) -> npt.NDArray[np.bool_]:
    """Return who wrote a comment."""
    wrote = np.zeros(given.n, dtype=bool)
    for question in QUESTIONS:
        words = texts(given.frame, question)
        wrote |= np.array([any(map(str.isalpha, text)) for text in words], dtype=bool)
    return wrote


def _subset(scores: npt.ArrayLike, params: Params) -> Subset:
    result = score(count(scores), params)
    return Subset(n=result.n, value=result.value, ci_low=result.ci_low, ci_high=result.ci_high)
