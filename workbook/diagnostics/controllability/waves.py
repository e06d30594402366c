"""Index and items from wave to wave."""

from collections.abc import Sequence

import numpy as np

from workbook.diagnostics.controllability.answer_sheet import AnswerSheet
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.regrouped_waves import WaveMarks, wave_test
from workbook.diagnostics.controllability.scores import index, item_scores
from workbook.diagnostics.controllability.verdicts import direction
from workbook.diagnostics.controllability.waves_result import (
    ItemChange,
    WaveChange,
    WaveIndex,
    WaveTest,
)

_SAME = 1e-9


def wave_indexes(sheets: Sequence[AnswerSheet], asked: Questionnaire) -> tuple[WaveIndex, ...]:
    """Return the index of every wave in the order given."""
    return tuple(_index(sheet, asked) for sheet in sheets)


def change(
    before: AnswerSheet, now: AnswerSheet, *, label: str, params: Params, against_period: str = ""
) -> WaveChange | None:
    """Return what changed in the items that both waves have; None without any.

    Parameters
    ----------
    label
        How the later wave is called.
    against_period
        The period of the earlier one; "" where it is of the same.
    """
    made = [
        ItemChange(
            item=item,
            before=float(first),
            now=float(second),
            difference=float(second - first),
            before_n=int((~np.isnan(before.scores[row])).sum()),
            now_n=int((~np.isnan(now.scores[row])).sum()),
        )
        for row, (item, first, second) in enumerate(
            zip(now.items, item_scores(before.scores), item_scores(now.scores), strict=True)
        )
        if not np.isnan(first) and not np.isnan(second)
    ]
    if not made:
        return None
    first, second = np.mean([m.before for m in made]), np.mean([m.now for m in made])
    course = direction(float(second - first), params)
    improved = sum(m.difference > _SAME for m in made)
    worsened = sum(m.difference < -_SAME for m in made)
    return WaveChange(
        wave=label,
        against=before.wave,
        against_period=against_period,
        before=float(first),
        now=float(second),
        difference=float(second - first),
        direction=course,
        n_items=len(made),
        only_before=_scored(before) - len(made) + len(before.unknown),
        only_now=_scored(now) - len(made),
        before_respondents=len(before.people),
        now_respondents=len(now.people),
        both_respondents=len(before.names() & now.names()),
        improved=improved,
        worsened=worsened,
        same=len(made) - improved - worsened,
        items=tuple(sorted(made, key=lambda m: -round(abs(m.difference), 9))),
        test=_test(before, now, params, moved=course != "same"),
    )


def marks_of(sheet: AnswerSheet) -> WaveMarks:
    """Return the marks of a wave as they are tested."""
    people = tuple(person.name for person in sheet.people)
    return WaveMarks(items=sheet.items, people=people, scores=sheet.scores)


def _test(before: AnswerSheet, now: AnswerSheet, params: Params, *, moved: bool) -> WaveTest | None:
    found = wave_test(marks_of(before), marks_of(now), params)
    if found is None:
        return None
    return WaveTest(
        p_value=found.p_value,
        least_p_value=found.least_p_value,
        testable=found.least_p_value < params.level_p_value,
        told=moved and found.p_value < params.level_p_value,
    )


def _scored(sheet: AnswerSheet) -> int:
    return int((~np.isnan(sheet.scores)).any(axis=1).sum())


def _index(sheet: AnswerSheet, asked: Questionnaire) -> WaveIndex:
    scores = item_scores(sheet.scores)
    found = index(asked, dict(zip(sheet.items, scores.tolist(), strict=True)))
    return WaveIndex(
        wave=sheet.wave,
        n_respondents=len(sheet.people),
        n_items=found.n,
        index=found.items,
        index_sections=found.sections,
    )
