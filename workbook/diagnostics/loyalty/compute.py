"""The loyalty diagnostic: checked tables in, one frozen result out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.after_complaint import after_complaint, stay_family
from workbook.diagnostics.loyalty.answers import (
    Answers,
    Headline,
    guarded,
    headline,
    small_waves,
    small_waves_in_whole,
)
from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.coding import Coding
from workbook.diagnostics.loyalty.comments import asked as anybody_wrote
from workbook.diagnostics.loyalty.comments import comment_bias, wrote_of
from workbook.diagnostics.loyalty.complaints import register
from workbook.diagnostics.loyalty.coverage import new_customers_rated, rated
from workbook.diagnostics.loyalty.criteria import changes, loyalty
from workbook.diagnostics.loyalty.disclosure import (
    SurveyFigures,
    told_of_marks,
    told_of_scores,
)
from workbook.diagnostics.loyalty.drivers import drivers
from workbook.diagnostics.loyalty.findings import page_two
from workbook.diagnostics.loyalty.follow_up import (
    complaint_list,
    contributions,
    silent_customers,
)
from workbook.diagnostics.loyalty.groups import divisions_of, groups, groups_family
from workbook.diagnostics.loyalty.index import headline_index
from workbook.diagnostics.loyalty.marks import Marks, marks
from workbook.diagnostics.loyalty.open_answers import QUESTIONS, open_answers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.promise import deeds, promise
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.sales import answer_revenue
from workbook.diagnostics.loyalty.satisfaction import (
    latest_low_marks,
    lowest_parameter,
    satisfaction,
)
from workbook.diagnostics.loyalty.staff import staff_family, staff_gaps
from workbook.diagnostics.loyalty.survey_result import Benchmark, IntervalKind, Weighted
from workbook.diagnostics.loyalty.theme_lead import leading_themes, theme_family
from workbook.diagnostics.loyalty.themes import summarise_themes, told_themes
from workbook.diagnostics.loyalty.touchpoints import audit
from workbook.diagnostics.loyalty.waves import twice_weights, waves
from workbook.diagnostics.loyalty.weighting import (
    answer_weights,
    revenue_family,
    units_of,
    weighted,
)
from workbook.diagnostics.told_figures import named
from workbook.stats import Family, Floats
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is read beside the tables."""

    code_frame: CodeFrame | None = None
    """Themes of the open answers; None: these are not coded."""
    coding: Coding | None = None
    """What people coded."""
    benchmarks: tuple[Benchmark, ...] = ()


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the findings of the loyalty diagnostic.

    A table or column that is not there leaves its section out and puts its name into
    :attr:`Result.absent`; data that are too few or do not vary give None where a value cannot
    be told.

    Raises
    ------
    InputError
        When more customers answered than ``Params.population`` says there are.
    ValueError
        When a table holds what the intake must have refused, or totals do not reconcile.
    """
    left_out, in_whole = _left_out(inputs), _in_whole(inputs)
    inputs = guarded(inputs)
    survey = inputs.tables.get("survey")
    head = None if survey is None else headline(survey, params)
    customer, staff = _sides(inputs, params)
    result = Result(
        benchmarks=sources.benchmarks,
        waves_left_out=left_out,
        waves_in_whole=in_whole,
        answers_by_name=inputs.answers_by_name,
    )
    if head is not None:
        result = _with_themes(result, head, sources, inputs=inputs, params=params)
        result = _with_survey(result, head, inputs=inputs, params=params)
    result = _with_criteria(result, inputs, params)
    result = _with_touchpoints(result, inputs, params)
    told = _told_only(customer, inputs)
    result = replace(
        result,
        complaints=register(inputs, told, params),
        silent_named=silent_customers(inputs, told, params),
    )
    result = _with_deeds(result, inputs, params)
    if customer is not None:
        result = _with_satisfaction(result, customer, inputs=inputs, params=params)
        if head is not None:
            result = _with_drivers(result, head.given, told or customer, params=params)
        if staff is not None:
            result = _with_staff(result, customer, staff, inputs=inputs, params=params)
    result = replace(result, absent=_absent(result, inputs, staff=staff))
    return page_two(result, params)


def _sides(inputs: Inputs, params: Params) -> tuple[Marks | None, Marks | None]:
    """Return marks by customers and by staff; None for a side that gave none."""
    table = inputs.tables.get("satisfaction")
    if table is None:
        return None, None
    customer, staff = marks(table, "customer", params), marks(table, "staff", params)
    return (None if customer.frame.empty else customer, None if staff.frame.empty else staff)


def _left_out(inputs: Inputs) -> tuple[str, ...]:
    """Return the named waves that hold too few people, where there are others."""
    survey = inputs.tables.get("survey")
    if survey is None:
        return ()
    small = small_waves(survey, inputs.anonymity_threshold)
    return () if set(small) == set(texts(survey, "wave")) else tuple(w for w in small if w)


def _in_whole(inputs: Inputs) -> bool:
    survey = inputs.tables.get("survey")
    return survey is None or small_waves_in_whole(survey, inputs.anonymity_threshold)


def _told_only(given: Marks | None, inputs: Inputs) -> Marks | None:
    """Return the marks of parameters that are told."""
    if given is None:
        return None
    return given.only(named(told_of_marks(given, inputs.anonymity_threshold), ""))


def _with_themes(
    result: Result, head: Headline, sources: Sources, *, inputs: Inputs, params: Params
) -> Result:
    frame, coding = sources.code_frame, sources.coding
    if frame is None:
        return result
    themes = summarise_themes(
        open_answers(head.rows, inputs, frame=frame, coding=coding),
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
        families=_tested(result, *theme_family(lead, params)),
    )


def _with_survey(result: Result, head: Headline, *, inputs: Inputs, params: Params) -> Result:
    given = head.given
    nps = headline_index(head, inputs=inputs, params=params)
    few = nps.interval is IntervalKind.TOO_FEW
    seen, done = waves(inputs, params, head=head), deeds(inputs, params)
    revenue = answer_revenue(given.frame, inputs)
    divisions = divisions_of(given.frame, inputs.tables.get("customers"))
    told = told_of_scores(
        SurveyFigures(
            given=given,
            rounds=[part.given for part in reversed(seen.rounds)],
            cuts=divisions,
            wrote=wrote_of(given) if anybody_wrote(given) else None,
            weights=answer_weights(given, revenue),
            twice=[twice_weights(b.given, a.given) for b, a in seen.pairs],
            deeds=done.rows() if done else {},
        ),
        threshold=inputs.anonymity_threshold,
    )
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
        families=_tested(
            result, seen.family, groups_family(found, params), *revenue_family(by, params)
        ),
    )


def _contributions(
    given: Answers, revenue: Floats | None, by: Sequence[Weighted], inputs: Inputs
) -> DataTable:
    """Return what accounts add to the index by revenue where few of them decide it."""
    thin = any(row.by == "revenue" and row.ci_low is None for row in by)
    return contributions(units_of(given, revenue).get("revenue") if thin else None, inputs)


def _with_criteria(result: Result, inputs: Inputs, params: Params) -> Result:
    found = loyalty(inputs, params)
    now = found.now
    result = replace(
        result,
        retention=found.retention,
        retention_before=found.retention_before,
        earned_growth=found.growth,
        key_factor=found.key_factor,
        key_factor_revenue=found.key_factor_revenue,
    )
    if now is None:
        return result
    return replace(
        result,
        criteria=now,
        criteria_before=found.before,
        criteria_changes=changes(now, found.before),
        loyalty_index=now.loyalty_index,
        recommended=now.recommended,
        regular=now.regular,
        existing_sales_share=now.existing_sales_share,
    )


def _with_satisfaction(result: Result, every: Marks, *, inputs: Inputs, params: Params) -> Result:
    told = told_of_marks(every, inputs.anonymity_threshold)
    customer = every.only(named(told, ""))
    covered = rated(customer, inputs)
    lowest = lowest_parameter(customer, params)
    return replace(
        result,
        lowest_marks=lowest.names,
        families=_tested(result, lowest.family),
        satisfaction=satisfaction(every, inputs, params, by_product=False, told=told),
        satisfaction_by_product=satisfaction(every, inputs, params, by_product=True, told=told),
        mark_bounds=customer.bounds,
        satisfaction_coverage=covered.share if covered else None,
        coverage=covered,
        new_coverage=new_customers_rated(customer, inputs, params),
        low_marks=len(latest_low_marks(customer)),
        complaint_list=complaint_list(customer, inputs, params),
    )


def _with_staff(
    result: Result, customer: Marks, staff: Marks, *, inputs: Inputs, params: Params
) -> Result:
    both = told_of_marks(customer, inputs.anonymity_threshold) & told_of_marks(
        staff, inputs.anonymity_threshold, whole=False
    )
    gaps = staff_gaps(customer, staff, params, told=both)
    return replace(result, staff_gap=gaps, families=_tested(result, staff_family(gaps, params)))


def _tested(result: Result, *found: Family | None) -> tuple[Family, ...]:
    """Return the families of a result with those just tested."""
    return (*result.families, *(family for family in found if family is not None))


def _with_drivers(result: Result, given: Answers, customer: Marks, *, params: Params) -> Result:
    found = drivers(given, customer, params)
    return replace(
        result,
        drivers=found.drivers,
        driver_leaders=found.leaders,
        drivers_r2=found.r2,
        drivers_n=found.n,
        driver_test=found.test,
        driver_check=found.check,
        families=_tested(result, *found.families(params)),
    )


def _with_deeds(result: Result, inputs: Inputs, params: Params) -> Result:
    found = after_complaint(inputs, params)
    return replace(
        result,
        complaint_retention=found.rows,
        complaint_retention_p=found.p_value,
        complaint_retention_outcome=found.outcome,
        complaint_retention_window=found.window,
        complaints_not_buying=found.not_buying,
        families=_tested(result, stay_family(found, params)),
    )


def _with_touchpoints(result: Result, inputs: Inputs, params: Params) -> Result:
    found = audit(inputs, params)
    return replace(
        result,
        touchpoints=found.touchpoints,
        touchpoint_raters=found.raters,
        touchpoint_alpha=found.alpha,
        touchpoint_agreement=found.agreement,
        weakest_touchpoints=found.weakest.names,
        families=_tested(result, found.weakest.family),
    )


def _absent(result: Result, inputs: Inputs, *, staff: Marks | None) -> tuple[str, ...]:
    """Names of the sections that no table or column speaks of."""
    survey = inputs.tables.get("survey")
    asked = survey is not None and any(has(survey, question) for question in QUESTIONS)
    there = {
        "survey": survey is not None,
        "groups": bool(result.groups),
        "waves": bool(result.waves),
        "comment_bias": asked,
        "open_answers": asked,
        "criteria": "sales" in inputs.tables,
        "satisfaction": bool(result.satisfaction),
        "staff_gap": bool(result.satisfaction) and staff is not None,
        "drivers": survey is not None and bool(result.satisfaction),
        "touchpoints": "touchpoints" in inputs.tables,
        "complaints": "complaints" in inputs.tables,
    }
    return tuple(name for name, is_there in there.items() if not is_there)
