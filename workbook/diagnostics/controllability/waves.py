"""Index and items from wave to wave."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbook.diagnostics.controllability.answer_sheet import AnswerSheet, read_answers
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.scores import index, item_scores
from workbook.diagnostics.controllability.verdicts import arranged, direction
from workbook.diagnostics.controllability.waves_result import (
    ItemChange,
    WaveChange,
    WaveIndex,
    WaveTest,
)
from workbook.diagnostics.inputs import Inputs
from workbook.stats.regrouping import least_p, regrouped

_SAME = 1e-9


def wave_indexes(sheets: Sequence[AnswerSheet], asked: Questionnaire) -> tuple[WaveIndex, ...]:
    """Return the index of every wave in the order given."""
    return tuple(_index(sheet, asked) for sheet in sheets)


def previous_sheet(inputs: Inputs, asked: Questionnaire, names: Names) -> AnswerSheet | None:
    """Return the latest wave of the previous engagement, under its period.

    None without one, or where none holds enough people to be told.
    """
    before = inputs.previous
    if before is None or "answers" not in before.tables:
        return None
    answers = read_answers(before.tables["answers"], names)
    small = answers.small_waves(asked.id, inputs.anonymity_threshold)
    labels = [label for label in answers.waves(asked.id) if label not in small]
    if not labels:
        return None
    return replace(answers.sheet(asked, labels[-1]), wave=before.label)


def change(
    before: AnswerSheet, now: AnswerSheet, *, label: str, params: Params
) -> WaveChange | None:
    """Return what changed in the items that both waves have; None without any.

    Parameters
    ----------
    label
        How the later wave is called.
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
        before=float(first),
        now=float(second),
        difference=float(second - first),
        direction=course,
        n_items=len(made),
        before_respondents=len(before.people),
        now_respondents=len(now.people),
        both_respondents=len(before.names() & now.names()),
        improved=improved,
        worsened=worsened,
        same=len(made) - improved - worsened,
        items=tuple(sorted(made, key=lambda m: -round(abs(m.difference), 9))),
        test=_test(before, now, params, moved=course != "same"),
    )


def _test(before: AnswerSheet, now: AnswerSheet, params: Params, *, moved: bool) -> WaveTest | None:
    """Deal the sheets out anew: who answered twice swaps the own two, the others take turns."""
    there = [np.atleast_1d((~np.isnan(sheet.scores)).any(axis=0)) for sheet in (before, now)]
    names = [
        [person.name for person, known in zip(sheet.people, own, strict=True) if known]
        for sheet, own in zip((before, now), there, strict=True)
    ]
    scores = np.hstack([before.scores[:, there[0]], now.scores[:, there[1]]])
    later = np.arange(scores.shape[1]) >= len(names[0])
    # whoever answered twice has two columns that swap with each other only: their habits of
    # marking stay out of the comparison, as in a paired test
    place = {name: i for i, name in enumerate(names[0])}
    pairs = [(place[n], len(place) + i) for i, n in enumerate(names[1]) if n in place]
    found = regrouped(scores, arranged(scores, later, params, pairs))
    if found is None:
        return None
    told = moved and found.p_value < params.level_p_value
    least = least_p(later, pairs)
    return WaveTest(
        p_value=found.p_value,
        least_p_value=least,
        testable=least < params.level_p_value,
        told=told,
    )


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
