"""What the survey finds: the index and its comparisons, themes, drivers, promise and deed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.diagnostics.cells import texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import (
    Answers,
    Headline,
    small_waves,
    small_waves_in_whole,
)
from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.coding import Coding
from workbook.diagnostics.loyalty.comments import asked as anybody_wrote
from workbook.diagnostics.loyalty.comments import comment_bias, wrote_of
from workbook.diagnostics.loyalty.disclosure import (
    SurveyFigures,
    told_of_scores,
)
from workbook.diagnostics.loyalty.divisions import divisions_of
from workbook.diagnostics.loyalty.drivers import drivers
from workbook.diagnostics.loyalty.follow_up import (
    contributions,
)
from workbook.diagnostics.loyalty.groups import groups, groups_family
from workbook.diagnostics.loyalty.index import headline_index
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.open_answers import told_answers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.promise import deeds, promise
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.sales import answer_revenue
from workbook.diagnostics.loyalty.survey_result import Benchmark, IntervalKind, Weighted
from workbook.diagnostics.loyalty.theme_lead import leading_themes, theme_family
from workbook.diagnostics.loyalty.themes import summarise_themes, told_themes
from workbook.diagnostics.loyalty.wave_changes import twice_weights
from workbook.diagnostics.loyalty.waves import waves
from workbook.diagnostics.loyalty.weighting import (
    answer_weights,
    revenue_family,
    units_of,
    weighted,
)
from workbook.diagnostics.told_figures import named
from workbook.stats import Floats
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is read beside the tables."""

    code_frame: CodeFrame | None = None
    """Themes of the open answers; None: these are not coded."""
    coding: Coding | None = None
    """What people coded."""
    benchmarks: tuple[Benchmark, ...] = ()


def with_survey(result: Result, head: Headline, *, inputs: Inputs, params: Params) -> Result:
    """Return the result with what the scores say."""
    given = head.given
    nps = headline_index(head, inputs=inputs, params=params)
    few = nps.interval is IntervalKind.TOO_FEW
    seen, done = waves(inputs, params, head=head), deeds(inputs, params)
    revenue = answer_revenue(given.frame, inputs)
    divisions = divisions_of(given.frame, inputs.tables.get("customers"))
    asked = SurveyFigures(
        given=given,
        rounds=[part.given for part in reversed(seen.rounds)],
        cuts=divisions,
        wrote=wrote_of(given) if anybody_wrote(given) else None,
        weights=answer_weights(given, revenue),
        twice=[twice_weights(b.given, a.given) for b, a in seen.pairs],
        deeds=done.rows() if done else {},
    )
    # All figures of scores are audited together: two that tell nobody apart may do so as a pair.
    told = told_of_scores(asked, threshold=inputs.anonymity_threshold)
    seen = seen.told(named(told, "twice"))
    by = weighted(
        given, revenue, params, told=named(told, "weighted"), by_name=inputs.answers_by_name
    )
    found = groups(given, divisions, params=params, told=told)
    return replace(
        result,
        nps=nps,
        small_answers=tuple(sorted(int(s) for s in given.scores)) if few else (),
        groups=found,
        weighted=by,
        contributions=_contributions(given, revenue, by, inputs),
        waves=seen.waves,
        changes=seen.changes,
        change=seen.change,
        wave_unlabelled=seen.unlabelled,
        comment_bias=comment_bias(given, params, told=named(told, "comment")),
        promise=promise(done, told=named(told, "deed")),
        families=result.families_with(
            seen.family, groups_family(found, params), *revenue_family(by, params)
        ),
    )


def _contributions(
    given: Answers, revenue: Floats | None, by: Sequence[Weighted], inputs: Inputs
) -> DataTable:
    """Return what accounts add to the index by revenue where few of them decide it."""
    thin = any(row.by == "revenue" and row.ci_low is None for row in by)
    return contributions(units_of(given, revenue).get("revenue") if thin else None, inputs)


def with_themes(
    result: Result, head: Headline, sources: Sources, *, inputs: Inputs, params: Params
) -> Result:
    """Return the result with the themes of the open answers."""
    frame, coding = sources.code_frame, sources.coding
    if frame is None:
        return result
    themes = summarise_themes(
        told_answers(head.rows, inputs, frame=frame, coding=coding),
        coding=coding,
        frame=frame,
        language=inputs.language,
        params=params,
    )
    shown = told_themes(themes.themes, inputs.anonymity_threshold)
    lead = leading_themes(shown, params) if shown else None
    return replace(
        result,
        open_answers=themes.open_answers,
        themes=shown,
        uncoded_share=themes.uncoded_share,
        leading_themes=lead,
        families=result.families_with(*theme_family(lead, params)),
    )


def with_drivers(result: Result, given: Answers, customer: Marks, *, params: Params) -> Result:
    """Return the result with what goes with the score among the marks."""
    found = drivers(given, customer, params)
    return replace(
        result,
        drivers=found.drivers,
        driver_leaders=found.leaders,
        drivers_r2=found.r2,
        drivers_n=found.n,
        driver_test=found.test,
        driver_check=found.check,
        families=result.families_with(*found.families(params)),
    )


def left_out_waves(inputs: Inputs) -> tuple[str, ...]:
    """Return the named waves that hold too few people, where there are others."""
    survey = inputs.tables.get("survey")
    if survey is None:
        return ()
    small = small_waves(survey, inputs.anonymity_threshold)
    return () if set(small) == set(texts(survey, "wave")) else tuple(w for w in small if w)


def left_out_in_whole(inputs: Inputs) -> bool:
    """Return whether the answers of these waves stay in the figures of the whole."""
    survey = inputs.tables.get("survey")
    return survey is None or small_waves_in_whole(survey, inputs.anonymity_threshold)
