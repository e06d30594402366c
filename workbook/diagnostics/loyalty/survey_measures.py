"""What the survey gives to be compared over periods: the index, its groups, the themes."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose
from typing import Final

import numpy as np
import pandas as pd

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import Answers, Headline, givers, guarded
from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.disclosure import SurveyFigures, told_of_scores
from workbook.diagnostics.loyalty.divisions import PERSON, Cell, divisions_of
from workbook.diagnostics.loyalty.groups import groups
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.measured import index_change, named_in
from workbook.diagnostics.loyalty.nps import POINTS
from workbook.diagnostics.loyalty.open_answers import coded_answers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.rounds import met_in, rounds
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_result import Change, Group
from workbook.diagnostics.loyalty.themes import themed
from workbook.diagnostics.loyalty.waves import waves
from workbook.diagnostics.periods.measure import Measure, Sample, Test, Tested, Unit
from workbook.diagnostics.periods.period import Period
from workbook.diagnostics.score_classes import DETRACTORS_TO
from workbook.stats import wilson

GROUPS: Final = "nps_groups"
"""Family of the groups of all cuts."""
_THEMES: Mapping[str, tuple[str, str]] = {
    "reason": ("theme_reason", "themes_reason"),
    "detractors": ("theme_detractors", "themes_detractors"),
    "improvement": ("theme_improvement", "themes_improvement"),
}
"""Of a question, or of the detractors' reasons: the measure and its family."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """The answers of one period that are compared with those of another."""

    period: Period[Params, Result, Sources]
    inputs: Inputs
    """Without waves of few people."""
    newest: Inputs
    """Likewise, of the newest period."""
    head: Headline

    @property
    def is_newest(self) -> bool:
        """Whether this is the period that looks back."""
        return self.inputs is self.newest

    def sample(self, given: Answers) -> Sample:
        """Return the class values of some answers, in points."""
        whose = named_in(givers(given.frame), self.period.label)
        return Sample(values=given.values * POINTS, givers=whose)


def survey_measures(period: Period[Params, Result, Sources]) -> Iterator[Measure]:
    """Return the figures of the answers that one period is compared by."""
    found = _survey(period)
    if found is None:
        return
    yield from _index(found)
    yield from _groups(found)
    yield from _themes(found)


def _survey(period: Period[Params, Result, Sources]) -> Survey | None:
    """Return the answers; None without any that may be told."""
    newest = guarded(period.newest.inputs if period.newest else period.inputs)
    inputs = next(one for one in newest.periods if one.as_of == period.inputs.as_of)
    head = met_in(inputs, newest, period.params)
    if head is None:
        return None
    return Survey(period=period, inputs=inputs, newest=newest, head=head)


def _index(survey: Survey) -> Iterator[Measure]:
    given, params = survey.head.given, survey.period.params
    if given.n < max(1, params.min_n):
        return
    # Of an earlier round as the chapter of waves has it: a sample, whatever its base was.
    wald = interval_of(given, params.population if survey.is_newest else None, params).wald
    yield Measure(
        name="nps",
        value=POINTS * given.counts.index,
        unit=Unit.POINTS,
        n=given.n,
        low=wald.low if wald else None,
        high=wald.high if wald else None,
        sample=survey.sample(given),
        test=_as_reported(_reported(survey)),
        rising=1,
        headline=True,
    )


def _reported(survey: Survey) -> Change | None:
    """Return the change that the report of the newest period tells."""
    if not survey.is_newest:
        return None
    if survey.period.known is not None:
        return survey.period.known.change
    return waves(survey.inputs, survey.period.params, head=survey.head).change


def _as_reported(change: Change | None) -> Test:
    """Return the test of waves; of the comparison that the report tells, with the report's p.

    That one is corrected for the other comparisons of waves.
    """

    def test(before: Sample, now: Sample, confidence: float) -> Tested:
        found = index_change(before, now, confidence)
        if change is None or not _alike(found, change):
            return found
        return replace(found, p_value=change.p_holm)

    return test


def _alike(found: Tested, change: Change) -> bool:
    """Return whether two comparisons are one."""
    told = ((found.difference, change.difference), (found.low, change.ci_low))
    return all(one is not None and isclose(one, other, abs_tol=1e-9) for one, other in told)


def _groups(survey: Survey) -> Iterator[Measure]:
    given = survey.head.given
    divisions = divisions_of(given.frame, survey.inputs.tables.get("customers"))
    seen: set[frozenset[Hashable]] = set()
    # The same answers under two names (a manager's only region) are compared once.
    for group in sorted(_told_groups(survey, divisions), key=lambda g: g.by == PERSON):
        if group.suppressed or group.value is None or not group.group:
            continue
        inside = given.frame.loc[divisions[group.by] == group.group]
        rows = frozenset(inside.index)
        if rows in seen:
            continue
        seen.add(rows)
        yield Measure(
            name=f"nps_{group.by}",
            label=group.group,
            value=group.value,
            unit=Unit.POINTS,
            n=group.n,
            low=group.ci_low,
            high=group.ci_high,
            sample=survey.sample(replace(given, frame=inside)),
            test=index_change,
            family=GROUPS,
            rising=1,
            of_person=group.by == PERSON,
        )


def _told_groups(survey: Survey, divisions: "Mapping[str, pd.Series[str]]") -> tuple[Group, ...]:
    """Return the groups as the report of this period tells them, or would."""
    known = survey.period.known
    if survey.is_newest and known is not None:
        return known.groups
    own, params = survey.head.given, survey.period.params
    every = rounds(survey.inputs, params, head=survey.head).all
    asked = SurveyFigures(given=own, rounds=[one.given for one in reversed(every)], cuts=divisions)
    told: frozenset[Cell] = told_of_scores(asked, threshold=survey.inputs.anonymity_threshold)
    return groups(own, divisions, params=params, told=told)


def _themes(survey: Survey) -> Iterator[Measure]:
    frame, coding = survey.period.sources.code_frame, survey.period.sources.coding
    if frame is None:
        return
    answers = coded_answers(
        survey.head.rows, coding=coding, frame=frame, language=survey.inputs.language
    )
    rows = themed(answers, survey.period.params)
    reasons = rows.loc[rows["question"] == "reason"]
    parts = {
        "reason": reasons,
        "detractors": reasons.loc[(reasons["score"] <= DETRACTORS_TO).fillna(False).astype(bool)],
        "improvement": rows.loc[rows["question"] == "improvement"],
    }
    newest = survey.period.newest
    asked = frame if newest is None else newest.sources.code_frame or frame
    for kind, part in parts.items():
        yield from _shares(survey, part, kind=kind, asked=asked)


def _shares(
    survey: Survey, part: pd.DataFrame, *, kind: str, asked: CodeFrame
) -> Iterator[Measure]:
    """Return the share of some answers that name each theme.

    Parameters
    ----------
    asked
        The code frame of the newest period: a theme that only one of two frames has was asked of
        one period alone, and is not compared.
    """
    frame = survey.period.sources.code_frame
    if frame is None:
        return
    name, family = _THEMES[kind]
    for theme in set(asked.ids) - set(frame.ids):
        yield Measure(name=name, key=theme, value=None, unit=Unit.SHARE, absent_is_zero=True)
    found = {theme for themes in part["theme"] for theme in themes} & set(asked.ids)
    for theme in frame.in_order(found):
        named = np.array([theme in themes for themes in part["theme"]], dtype=np.float64)
        interval = wilson(int(named.sum()), len(part), confidence=survey.period.params.confidence)
        yield Measure(
            name=name,
            label=asked.label(theme, survey.newest.language),
            key=theme,
            value=float(named.mean()),
            unit=Unit.SHARE,
            n=len(part),
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            sample=Sample(values=named, givers=part["customer"].tolist()),
            family=family,
            absent_is_zero=True,
        )
