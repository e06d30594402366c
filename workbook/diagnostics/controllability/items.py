"""Every item with its marks over all respondents, and the items that were not asked."""

import numpy as np

from workbook.diagnostics.controllability.answer_result import ItemResult, OffItem
from workbook.diagnostics.controllability.answer_sheet import AnswerSheet
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Item, Level, Mark, Questionnaire
from workbook.diagnostics.controllability.scores import mean
from workbook.stats import Floats


def items(
    sheet: AnswerSheet,
    questionnaire: Questionnaire,
    *,
    params: Params,
    language: str,
    told: AnswerSheet | None = None,
) -> tuple[ItemResult, ...]:
    """Return every item that is on, in the order of the questionnaire.

    Parameters
    ----------
    told
        The marks that may be told by level; None: all.
    """
    section_of = {item.id: s.id for s in questionnaire.sections for item in s.items}
    seen = told or sheet
    levels = {level: seen.scores[:, seen.of(level)] for level in Level}
    return tuple(
        _item(
            asked,
            section=section_of[asked.id],
            given=list(sheet.given[row]),
            marks=sheet.scores[row],
            management=levels[Level.MANAGEMENT][row],
            line=levels[Level.LINE][row],
            weight=params.weight(questionnaire.id, asked.id, asked.weight),
            language=language,
        )
        for row, asked in enumerate(questionnaire.items)
    )


def _item(
    asked: Item,
    *,
    section: str,
    given: list[str],
    marks: Floats,
    management: Floats,
    line: Floats,
    weight: float,
    language: str,
) -> ItemResult:
    known = marks[~np.isnan(marks)]
    above, below = mean(management), mean(line)
    several = len(known) > 1
    return ItemResult(
        id=asked.id,
        section=section,
        aspect=asked.aspect,
        wording=asked.wording[language],
        guidance=asked.guidance[language],
        recommendation=asked.recommendation[language],
        metric=asked.metric[language],
        n=len(known),
        score=mean(marks),
        agreement=agreeing_pairs(known) if several else None,
        plus=given.count(Mark.PLUS),
        half=given.count(Mark.HALF),
        minus=given.count(Mark.MINUS),
        dont_know=given.count(Mark.DONT_KNOW),
        not_applicable=given.count(Mark.NOT_APPLICABLE),
        blank=given.count(""),
        spread=float(known.std()) if several else None,
        low=float(known.min()) if len(known) else None,
        high=float(known.max()) if len(known) else None,
        management=above,
        management_n=_marked(management),
        line=below,
        line_n=_marked(line),
        gap=None if above is None or below is None else above - below,
        weight=weight,
    )


def _marked(marks: Floats) -> int | None:
    """Count the marks of a level; None where there are none that may be told."""
    return int((~np.isnan(marks)).sum()) or None


def agreeing_pairs(marks: Floats) -> float:
    """Return the share of pairs of marks (at least two) that are the same.

    Examples
    --------
    >>> round(agreeing_pairs(np.array([1.0, 1.0, 0.0])), 3)  # one of three pairs
    0.333
    """
    counts = np.unique(marks, return_counts=True)[1].astype(float)
    n = len(marks)
    return float((counts * (counts - 1)).sum() / (n * (n - 1)))


def off_items(
    whole: Questionnaire, asked: Questionnaire, *, sheet: AnswerSheet, language: str
) -> tuple[OffItem, ...]:
    """Return the items that are not on, with the marks they were given nevertheless."""
    on = {item.id for item in asked.items}
    return tuple(
        OffItem(
            item=item.id,
            wording=item.wording[language],
            repeats=item.repeats,
            answers=sheet.off.get(item.id, 0),
        )
        for item in whole.items
        if item.id not in on
    )
