"""The controllability diagnostic: checked tables in, one frozen result out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from workbook.diagnostics.controllability.agreement_by_item import agenda, alpha, kappas
from workbook.diagnostics.controllability.answer_sheet import (
    AnswerSheet,
    read_answers,
    told_evidence,
)
from workbook.diagnostics.controllability.checks_result import CheckStatus
from workbook.diagnostics.controllability.contradictions import checks
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.marking import Marked, fields_of, marked
from workbook.diagnostics.controllability.page_two import page_two
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.questionnaire_result import (
    QuestionnaireResult,
)
from workbook.diagnostics.controllability.result import ControlThresholds, Result
from workbook.diagnostics.controllability.rounds import Rounds
from workbook.diagnostics.controllability.scores import (
    index,
    item_scores,
    level_gap,
    levels,
    straight,
)
from workbook.diagnostics.controllability.tested import all_places, families
from workbook.diagnostics.controllability.verdicts import extremes, level_test, standing
from workbook.diagnostics.controllability.waves import change, wave_indexes
from workbook.diagnostics.controllability.waves_result import WaveChange
from workbook.diagnostics.inputs import Inputs
from workbook.stats.disclosure import Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The questionnaires that there are."""

    questionnaires: tuple[Questionnaire, ...]
    """In the order of their reports."""


TESTED = (CheckStatus.CONTRADICTION, CheckStatus.CONSISTENT)


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
    made = tuple(
        _judged(one, inputs=inputs, params=params) for one in marked(answers, inputs, params)
    )
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


def _judged(found: Marked, *, inputs: Inputs, params: Params) -> QuestionnaireResult:
    one, asked, rounds = found.one, found.asked, found.rounds
    sheet = rounds.latest
    said = checks(one.id, one.items, inputs=inputs, params=params)
    parts, sides = [s.id for s in one.sections], [a.aspect for a in one.aspects]
    weakest, strongest = (_at(parts, place) for place in extremes(one.sections))
    worst, best = (_at(sides, place) for place in extremes(one.aspects))
    alike = straight(sheet, params)
    low = params.unmanaged_below
    return QuestionnaireResult(
        **fields_of(one),
        alpha=alpha(sheet.scores, params),
        kappas=kappas(sheet.scores),
        agenda=agenda(one.items),
        levels=levels(rounds.by_level),
        level_gap=level_gap(one.items),
        evidence=told_evidence(sheet.evidence, inputs.verbatims),
        waves=wave_indexes(rounds.every, asked),
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
        tested_checks=sum(c.status in TESTED for c in said),
        straight_respondents=int(alike.sum()),
        index_without_straight=_without(sheet, asked, alike, inputs.anonymity_threshold),
    )


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


def _change(found: Rounds, inputs: Inputs, params: Params) -> WaveChange | None:
    """Return the latest wave against the last of earlier periods, else against the one before."""
    now = found.latest
    before = found.earlier[-1:] or found.waves[-2:-1]
    if not before:
        return None
    label = now.wave or inputs.label
    return change(before[0], now, label=label, against_period=found.before, params=params)


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
