"""The scale of the question of recommendation: stars are never taken for scores of 0-10."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.problems import error, listed, warning

_ENOUGH = 10
"""Answers from which on a scale without its upper part is no chance."""
_FEWEST = 3
_STARS, _SEVEN = 5, 7
"""Highest answers of scales of five and of seven."""


def score_scale_problems(
    frame: pd.DataFrame, place: Location, conventions: Conventions
) -> list[Problem]:
    """Return an error for a survey, or a wave of it, that nobody answered above 5 (or 7).

    Parameters
    ----------
    frame
        Table ``survey``; index: row of the file.
    place
        The column of scores.

    Fewer than ten answers give a warning.  A declared scale settles it.
    """
    if conventions.score_scale:
        return []
    short = ((wave, scores) for wave, scores in _parts(frame) if _is_short(scores))
    wave, scores = next(short, ("", None))
    if scores is None:
        return []
    make = error if len(scores) >= _ENOUGH else warning
    return [
        make(
            "wave_scale_unclear" if wave else "score_scale_unclear",
            replace(place, row=int(scores.index[0])),
            count=len(scores),
            values=listed(sorted(scores.unique()), most=12),
            high=int(scores.max()),
            wave=wave,
        )
    ]


def _parts(frame: pd.DataFrame) -> Iterator[tuple[str, "pd.Series[int]"]]:
    """Return the scores of the survey, then of every wave with enough of them."""
    scores = frame["score"].dropna()
    yield "", scores
    if "wave" in frame:
        for wave, part in scores.groupby(frame["wave"]):
            if len(part) >= _ENOUGH:
                yield str(wave), part


def _is_short(scores: "pd.Series[int]") -> bool:
    """Return whether scores look like those of a shorter scale: 1-5, 0-5, 1-7."""
    if len(scores) < _FEWEST:
        return False
    high = scores.max()
    return bool(high <= _STARS or (high <= _SEVEN and scores.min() > 0))
