"""The controllability diagnostic: checked tables in, one frozen result out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np

from workbook.diagnostics.controllability.agreement_by_item import agenda, alpha, kappas
from workbook.diagnostics.controllability.answer_result import ItemResult, MarkMeaning
from workbook.diagnostics.controllability.answer_sheet import Answers, Sheet, read_answers
from workbook.diagnostics.controllability.checks_result import CheckStatus
from workbook.diagnostics.controllability.contradictions import checks
from workbook.diagnostics.controllability.disclosure import by_level
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.page_two import page_two
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.profiles import profiles
from workbook.diagnostics.controllability.questionnaire import SCORES, Questionnaire
from workbook.diagnostics.controllability.result import QuestionnaireResult, Result, Thresholds
from workbook.diagnostics.controllability.scores import (
    aspects,
    gaps,
    index,
    item_scores,
    items,
    level_gap,
    levels,
    mark_counts,
    off_items,
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
        thresholds=Thresholds(**{f.name: getattr(params, f.name) for f in fields(Thresholds)}),
        answer=told.answer,
        tiles=told.tiles,
        findings=told.findings,
        refused_findings=told.refused,
        families=families(made, params),
    )


def _one(name: str, answers: Answers, *, inputs: Inputs, params: Params) -> QuestionnaireResult:
    whole = answers.names.get(name)
    if whole is None:
        raise ValueError(f"no questionnaire {name}")
    asked = whole.asked(params.turned_on(name))
    threshold = inputs.anonymity_threshold
    labels, small = answers.waves(name), answers.small_waves(name, threshold)
    kept = [label for label in labels if label not in small] or [labels[-1]]
    waves = [answers.sheet(asked, label) for label in kept]
    before = previous_sheet(inputs, asked, answers.names)
    sheet = waves[-1]
    levelled = by_level(sheet, threshold)
    language = inputs.language
    found = items(sheet, asked, params=params, language=language, told=levelled)
    scored = {item.id: item.score for item in found if item.score is not None}
    over = index(asked, scored)
    said = checks(name, found, inputs=inputs, params=params)
    marks = mark_counts(sheet.given.ravel())
    _reconcile(sheet, marks, found)
    parts, sides = sections(asked, found, language), aspects(asked.aspects, found, language)
    weakest, strongest = (_at([s.id for s in parts], place) for place in extremes(parts))
    worst, best = (_at([a.aspect for a in sides], place) for place in extremes(sides))
    alike = straight(sheet, params)
    return QuestionnaireResult(
        id=name,
        version=whole.version,
        title=whole.title[language],
        purpose=whole.purpose[language],
        source=whole.source[language],
        mark_meanings=_meanings(whole, language),
        aspects_note=whole.aspects_note[language] if whole.aspects_note else "",
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
        sections=parts,
        aspects=sides,
        items=found,
        off=off_items(whole, asked, sheet=sheet, language=language),
        unscored=tuple(item.id for item in found if item.score is None),
        gaps=gaps(found),
        profiles=profiles(whole.whole(), asked, language),
        alpha=alpha(sheet.scores, params),
        kappas=kappas(sheet.scores),
        agenda=agenda(found),
        levels=levels(levelled),
        level_gap=level_gap(found),
        evidence=sheet.evidence,
        waves=wave_indexes([*([before] if before else []), *waves], asked),
        waves_left_out=tuple(label for label in labels if label not in kept),
        change=_change(waves, before, inputs, params),
        checks=said,
        contradictions=tuple(c for c in said if c.status is CheckStatus.CONTRADICTION),
        unknown_items=sheet.unknown,
        standing=standing(name, over.items, params),
        low_items=sum(score < params.unmanaged_below for score in scored.values()),
        weakest_section=weakest,
        strongest_section=strongest,
        weakest_aspect=worst,
        strongest_aspect=best,
        places=all_places(found, parts, sides, params),
        level_test=level_test(levelled, params),
        tested_checks=sum(c.status in _TESTED for c in said),
        straight_respondents=int(alike.sum()),
        index_without_straight=_without(sheet, asked, alike, threshold),
    )


def _at(ids: Sequence[str], place: int | None) -> str:
    return "" if place is None else ids[place]


def _without(sheet: Sheet, asked: Questionnaire, left_out: Bools, threshold: int) -> float | None:
    """Return the index of the other respondents; None where it would tell the marks of few."""
    if min(left_out.sum(), (~left_out).sum()) < threshold:
        return None
    means = item_scores(sheet.scores[:, ~left_out])
    return index(asked, dict(zip(sheet.items, means.tolist(), strict=True))).items


def _meanings(questionnaire: Questionnaire, language: str) -> tuple[MarkMeaning, ...]:
    return tuple(
        MarkMeaning(mark=str(mark), meaning=questionnaire.marks[mark][language]) for mark in SCORES
    )


def _change(
    waves: Sequence[Sheet], before: Sheet | None, inputs: Inputs, params: Params
) -> WaveChange | None:
    """Return the latest wave against the previous engagement, else against the wave before."""
    now = waves[-1]
    if before is not None:
        return change(before, now, label=now.wave or inputs.label, params=params)
    for earlier, later in list(pairwise(waves))[-1:]:
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


def _reconcile(sheet: Sheet, marks: dict[str, int], found: Sequence[ItemResult]) -> None:
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
