"""Scores of items and the index by items, sections and management aspects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.controllability.answer_result import (
    AspectResult,
    Gap,
    HiddenLevel,
    ItemResult,
    LevelIndex,
    SectionResult,
)
from workbook.diagnostics.controllability.answer_sheet import AnswerSheet
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import (
    SCORES,
    Item,
    Level,
    Questionnaire,
    Words,
)
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Both forms of the index, 0-1; None without a scored item."""

    items: float | None
    sections: float | None
    n: int
    """Items with a score."""


def mean(values: Floats) -> float | None:
    """Return the mean of what is known; None of nothing.

    Examples
    --------
    >>> mean(np.array([1.0, np.nan, 0.5])), mean(np.array([np.nan]))
    (0.75, None)
    """
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def item_scores(scores: Floats) -> Floats:
    """Return the mean mark of each item (rows), NaN where no mark counts.

    Examples
    --------
    >>> item_scores(np.array([[1.0, 0.5, np.nan], [np.nan, np.nan, np.nan]])).tolist()
    [0.75, nan]
    """
    count = (~np.isnan(scores)).sum(axis=1)
    total = np.nansum(scores, axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))


def index(questionnaire: Questionnaire, scores: Mapping[str, float]) -> Index:
    """Return the index of items' scores.

    Parameters
    ----------
    scores
        Score by item id; an item that is not there (or NaN) is left out.
    """
    parts = [_of(section.items, scores) for section in questionnaire.sections]
    every = np.concatenate(parts)  # by items each item weighs the same, by sections each section
    means = [m for m in map(mean, parts) if m is not None]
    return Index(
        items=mean(every),
        sections=float(np.mean(means)) if means else None,
        n=int((~np.isnan(every)).sum()),
    )


def mark_counts(given: Iterable[str]) -> dict[str, int]:
    """Return how often each mark that counts was given, best first.

    Examples
    --------
    >>> mark_counts(["-", "+", "don't know", "+"])
    {'+': 2, '+/-': 0, '-': 1}
    """
    words = list(given)
    return {str(mark): words.count(mark) for mark in SCORES}


def sections(
    questionnaire: Questionnaire, found: Sequence[ItemResult], language: str
) -> tuple[SectionResult, ...]:
    """Return the index of every section."""
    made: list[SectionResult] = []
    for section in questionnaire.sections:
        own = [item for item in found if item.section == section.id]
        made.append(
            SectionResult(
                id=section.id,
                title=section.title[language],
                index=mean(_scores(own)),
                n=_scored(own),
                n_items=len(own),
                marks=_marks(own),
            )
        )
    return tuple(made)


def aspects(
    names: Mapping[str, Words], found: Sequence[ItemResult], language: str
) -> tuple[AspectResult, ...]:
    """Return the index of every aspect that has an item."""
    made: list[AspectResult] = []
    for aspect, name in names.items():
        own = [item for item in found if item.aspect == aspect]
        if own:
            made.append(
                AspectResult(
                    aspect=aspect,
                    name=name[language],
                    index=mean(_scores(own)),
                    n=_scored(own),
                    n_items=len(own),
                    marks=_marks(own),
                )
            )
    return tuple(made)


def gaps(found: Sequence[ItemResult]) -> tuple[Gap, ...]:
    """Return the items that are not wholly managed, by (1 - score) x weight, then as asked."""
    made = [
        Gap(
            item=item.id,
            priority=(1 - item.score) * item.weight,
            score=item.score,
            weight=item.weight,
        )
        for item in found
        if item.score is not None and item.score < 1
    ]
    return tuple(sorted(made, key=lambda gap: -gap.priority))  # equals stay in the order asked


def straight(sheet: AnswerSheet, params: Params) -> npt.NDArray[np.bool_]:
    """Return which respondents gave one and the same mark to every item they marked.

    Of at least ``straight_items`` items; shape (people,).
    """
    marked = ~np.isnan(sheet.scores)
    # what is left out is no other mark: it must neither be the lowest nor the highest
    low = np.where(marked, sheet.scores, np.inf).min(axis=0, initial=np.inf)
    high = np.where(marked, sheet.scores, -np.inf).max(axis=0, initial=-np.inf)
    return np.asarray((marked.sum(axis=0) >= params.straight_items) & (low == high))


def levels(sheet: AnswerSheet) -> tuple[LevelIndex | HiddenLevel, ...]:
    """Return the index of each level that has respondents.

    Parameters
    ----------
    sheet
        As :func:`workbook.diagnostics.controllability.disclosure.by_level` leaves it.
    """
    made: list[LevelIndex | HiddenLevel] = []
    # where no item may be told by level, not even how many people a level has is told
    told = not np.isnan(sheet.scores).all()
    for level in Level:
        of = sheet.of(level)
        if of.any() and not told:
            made.append(HiddenLevel(level=level.value))
        elif of.any():
            scores = item_scores(sheet.scores[:, of])
            made.append(
                LevelIndex(
                    level=level.value,
                    n_respondents=int(of.sum()),
                    n=int((~np.isnan(scores)).sum()),
                    index=mean(scores),
                    marks=mark_counts(sheet.given[:, of].ravel()),
                )
            )
    return tuple(made)


def level_gap(found: Sequence[ItemResult]) -> float | None:
    """Return the mean of management - line over the items that both levels marked."""
    known = [item.gap for item in found if item.gap is not None]
    return float(np.mean(known)) if known else None


def _of(asked: Sequence[Item], scores: Mapping[str, float]) -> Floats:
    return np.array([scores.get(item.id, np.nan) for item in asked], dtype=float)


def _scores(found: Sequence[ItemResult]) -> Floats:
    return np.array([np.nan if i.score is None else i.score for i in found], dtype=float)


def _scored(found: Sequence[ItemResult]) -> int:
    return sum(item.score is not None for item in found)


def _marks(found: Sequence[ItemResult]) -> dict[str, int]:
    counts = [(item.plus, item.half, item.minus) for item in found]
    return {str(mark): sum(row[i] for row in counts) for i, mark in enumerate(SCORES)}
