"""The controllability diagnostic: checked tables in, one frozen result out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np

from workbook.diagnostics.controllability.agreement_by_item import agenda, alpha, kappas
from workbook.diagnostics.controllability.answer_result import ItemResult, MarkMeaning
from workbook.diagnostics.controllability.answer_sheet import (
    AnswerSheet,
    QuestionnaireAnswers,
    read_answers,
    told_evidence,
)
from workbook.diagnostics.controllability.checks_result import CheckStatus
from workbook.diagnostics.controllability.contradictions import checks
from workbook.diagnostics.controllability.disclosure import by_level
from workbook.diagnostics.controllability.items import items, off_items
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.page_two import page_two
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.profiles import profiles
from workbook.diagnostics.controllability.questionnaire import SCORES, Questionnaire
from workbook.diagnostics.controllability.questionnaire_result import (
    DescribedQuestionnaire,
    MarkedQuestionnaire,
    QuestionnaireResult,
)
from workbook.diagnostics.controllability.result import ControlThresholds, Result
from workbook.diagnostics.controllability.scores import (
    aspects,
    gaps,
    index,
    item_scores,
    level_gap,
    levels,
    mark_counts,
    sections,
    straight,
)
from workbook.diagnostics.controllability.tested import all_places, families
from workbook.diagnostics.controllability.verdicts import extremes, level_test, standing
from workbook.diagnostics.controllability.waves import change, previous_sheet, wave_indexes
from workbook.diagnostics.controllability.waves_result import WaveChange
from workbook.diagnostics.inputs import Inputs
from workbook.stats.disclosure import Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The questionnaires that there are."""

    questionnaires: tuple[Questionnaire, ...]
    """In the order of their reports."""


_TESTED = (CheckStatus.CONTRADICTION, CheckStatus.CONSISTENT)


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the findings of the controllability diagnostic.

    Raises
    ------
    ValueError
        When counts do not reconcile.
    """
    frame = inputs.tables.get("answers")
    if frame is None:
        return Result()
    answers = read_answers(frame, Names(questionnaires=sources.questionnaires))
    answered = answers.questionnaires()
    chosen = [q for q in dict.fromkeys(params.questionnaires or answered) if q in answered]
    made = tuple(_one(name, answers, inputs=inputs, params=params) for name in chosen)
    told = page_two(made, params)
    return Result(
        questionnaires=made,
        unlabelled=answers.unlabelled(),
        unknown_questionnaires=answers.unknown(),
        absent=_absent(made),
        thresholds=ControlThresholds(
            **{f.name: getattr(params, f.name) for f in fields(ControlThresholds)}
        ),
        answer=told.answer,
        tiles=told.tiles,
        findings=told.findings,
        refused_findings=told.refused,
        limitation=told.limitation,
        families=families(made, params),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rounds:
    """The answers to one questionnaire, wave by wave."""

    waves: tuple[AnswerSheet, ...]
    """Those of enough people, oldest first."""
    left_out: tuple[str, ...]
    """Labels of the others."""
    before: AnswerSheet | None
    """The latest wave of the previous engagement."""
    by_level: AnswerSheet
    """The latest wave with the marks that may be told by level."""

    @property
    def latest(self) -> AnswerSheet:
        return self.waves[-1]


def _one(
    name: str, answers: QuestionnaireAnswers, *, inputs: Inputs, params: Params
) -> QuestionnaireResult:
    whole = answers.names.get(name)
    if whole is None:
        raise ValueError(f"no questionnaire {name}")
    asked = whole.asked(params.turned_on(name))
    rounds = _rounds(asked, answers, inputs)
    marked = _marked(whole, asked, rounds, inputs=inputs, params=params)
    return _judged(marked, asked, rounds, inputs=inputs, params=params)


def _rounds(asked: Questionnaire, answers: QuestionnaireAnswers, inputs: Inputs) -> _Rounds:
    threshold = inputs.anonymity_threshold
    labels, small = answers.waves(asked.id), answers.small_waves(asked.id, threshold)
    # where every wave is small, the latest is told as a whole: there is nothing else to tell
    kept = [label for label in labels if label not in small] or [labels[-1]]
    waves = tuple(answers.sheet(asked, label) for label in kept)
    return _Rounds(
        waves=waves,
        left_out=tuple(label for label in labels if label not in kept),
        before=previous_sheet(inputs, asked, answers.names),
        by_level=by_level(waves[-1], threshold),
    )


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
    whole: Questionnaire, asked: Questionnaire, rounds: _Rounds, *, inputs: Inputs, params: Params
) -> MarkedQuestionnaire:
    sheet, language = rounds.latest, inputs.language
    found = items(sheet, asked, params=params, language=language, told=rounds.by_level)
    over = index(asked, {item.id: item.score for item in found if item.score is not None})
    marks = mark_counts(sheet.given.ravel())
    _reconcile(sheet, marks, found)
    return MarkedQuestionnaire(
        **_fields(_described(whole, language)),
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


def _judged(
    one: MarkedQuestionnaire, asked: Questionnaire, rounds: _Rounds, *, inputs: Inputs,
    params: Params,
) -> QuestionnaireResult:  # fmt: skip
    sheet, before = rounds.latest, rounds.before
    said = checks(one.id, one.items, inputs=inputs, params=params)
    parts, sides = [s.id for s in one.sections], [a.aspect for a in one.aspects]
    weakest, strongest = (_at(parts, place) for place in extremes(one.sections))
    worst, best = (_at(sides, place) for place in extremes(one.aspects))
    alike = straight(sheet, params)
    low = params.unmanaged_below
    return QuestionnaireResult(
        **_fields(one),
        alpha=alpha(sheet.scores, params),
        kappas=kappas(sheet.scores),
        agenda=agenda(one.items),
        levels=levels(rounds.by_level),
        level_gap=level_gap(one.items),
        evidence=told_evidence(sheet.evidence, inputs.verbatims),
        waves=wave_indexes([*([before] if before else []), *rounds.waves], asked),
        waves_left_out=rounds.left_out,
        change=_change(rounds, inputs, params),
        checks=said,
        contradictions=tuple(c for c in said if c.status is CheckStatus.CONTRADICTION),
        unknown_items=sheet.unknown,
        standing=standing(one.id, one.index, params),
        low_items=sum(i.score is not None and i.score < low for i in one.items),
        weakest_section=weakest,
        strongest_section=strongest,
        weakest_aspect=worst,
        strongest_aspect=best,
        places=all_places(one.items, one.sections, one.aspects, params),
        level_test=level_test(rounds.by_level, params),
        tested_checks=sum(c.status in _TESTED for c in said),
        straight_respondents=int(alike.sum()),
        index_without_straight=_without(sheet, asked, alike, inputs.anonymity_threshold),
    )


def _fields(record: DescribedQuestionnaire) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _at(ids: Sequence[str], place: int | None) -> str:
    return "" if place is None else ids[place]


def _without(
    sheet: AnswerSheet, asked: Questionnaire, left_out: Bools, threshold: int
) -> float | None:
    """Return the index of the other respondents; None where it would tell the marks of few."""
    if min(left_out.sum(), (~left_out).sum()) < threshold:
        return None
    means = item_scores(sheet.scores[:, ~left_out])
    return index(asked, dict(zip(sheet.items, means.tolist(), strict=True))).items


def _change(rounds: _Rounds, inputs: Inputs, params: Params) -> WaveChange | None:
    """Return the latest wave against the previous engagement, else against the wave before."""
    now = rounds.latest
    if rounds.before is not None:
        return change(rounds.before, now, label=now.wave or inputs.label, params=params)
    for earlier, later in list(pairwise(rounds.waves))[-1:]:
        return change(earlier, later, label=later.wave, params=params)
    return None


def _absent(made: Sequence[QuestionnaireResult]) -> tuple[str, ...]:
    if not made:
        return ("answers",)
    there = {
        "agreement": any(one.kappas is not None for one in made),
        "levels": any(one.levels for one in made),
        "waves": any(one.change is not None for one in made),
        "contradictions": any(check.base for one in made for check in one.checks),
    }
    return tuple(name for name, known in there.items() if not known)


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
