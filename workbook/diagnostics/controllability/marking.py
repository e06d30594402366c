"""The marks of each questionnaire: what a report shows before anything is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from workbook.diagnostics.controllability.answer_result import ItemResult, MarkMeaning
from workbook.diagnostics.controllability.answer_sheet import AnswerSheet, QuestionnaireAnswers
from workbook.diagnostics.controllability.items import items, off_items
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.profiles import profiles
from workbook.diagnostics.controllability.questionnaire import SCORES, Questionnaire
from workbook.diagnostics.controllability.questionnaire_result import (
    DescribedQuestionnaire,
    MarkedQuestionnaire,
)
from workbook.diagnostics.controllability.rounds import Rounds, rounds
from workbook.diagnostics.controllability.scores import (
    aspects,
    gaps,
    index,
    item_scores,
    mark_counts,
    sections,
)
from workbook.diagnostics.inputs import Inputs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marked:
    """One questionnaire with its marks and where they come from."""

    one: MarkedQuestionnaire
    asked: Questionnaire
    """With the items that are on."""
    rounds: Rounds


def marked(answers: QuestionnaireAnswers, inputs: Inputs, params: Params) -> Iterator[Marked]:
    """Yield the questionnaires to report with the marks of their latest wave.

    Raises
    ------
    ValueError
        When counts do not reconcile.
    """
    answered = answers.questionnaires()
    for name in dict.fromkeys(params.questionnaires or answered):
        whole = answers.names.get(name)
        if whole is None or name not in answered:
            continue
        asked = whole.asked(params.turned_on(name))
        found = rounds(asked, answers, inputs)
        yield Marked(
            one=_marked(whole, asked, found, inputs=inputs, params=params),
            asked=asked,
            rounds=found,
        )


def fields_of(record: DescribedQuestionnaire) -> dict[str, Any]:
    """Return a record's fields by name, for the record that is made of it."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _described(whole: Questionnaire, language: str) -> DescribedQuestionnaire:
    return DescribedQuestionnaire(
        id=whole.id,
        version=whole.version,
        title=whole.title[language],
        purpose=whole.purpose[language],
        source=whole.source[language],
        mark_meanings=tuple(
            MarkMeaning(mark=str(mark), meaning=whole.marks[mark][language]) for mark in SCORES
        ),
        aspects_note=whole.aspects_note[language] if whole.aspects_note else "",
    )


def _marked(
    whole: Questionnaire, asked: Questionnaire, told: Rounds, *, inputs: Inputs, params: Params
) -> MarkedQuestionnaire:
    sheet, language = told.latest, inputs.language
    found = items(sheet, asked, params=params, language=language, told=told.by_level)
    over = index(asked, {item.id: item.score for item in found if item.score is not None})
    marks = mark_counts(sheet.given.ravel())
    _reconcile(sheet, marks, found)
    return MarkedQuestionnaire(
        **fields_of(_described(whole, language)),
        wave=sheet.wave,
        n_items=len(asked.items),
        n_scored=over.n,
        n_respondents=len(sheet.people),
        n_marks=sum(marks.values()),
        index=over.items,
        index_sections=over.sections,
        marks=marks,
        dont_know=sum(item.dont_know for item in found),
        not_applicable=sum(item.not_applicable for item in found),
        blank=sum(item.blank for item in found),
        derived=sheet.derived,
        sections=sections(asked, found, language),
        aspects=aspects(asked.aspects, found, language),
        items=found,
        off=off_items(whole, asked, sheet=sheet, language=language),
        unscored=tuple(item.id for item in found if item.score is None),
        gaps=gaps(found),
        profiles=profiles(whole.whole(), asked, language),
    )


def _reconcile(sheet: AnswerSheet, marks: dict[str, int], found: Sequence[ItemResult]) -> None:
    """Check that every cell is counted once.

    Raises
    ------
    ValueError
        When it is not.
    """
    parts = sum(marks.values()) + sum(i.dont_know + i.not_applicable + i.blank for i in found)
    if parts != sheet.given.size or sum(i.n for i in found) != sum(marks.values()):
        raise ValueError(f"{parts} cells counted, {sheet.given.size} given")
    means = item_scores(sheet.scores)
    if any((i.score is None) != bool(np.isnan(m)) for i, m in zip(found, means, strict=True)):
        raise ValueError("items and marks do not agree")
