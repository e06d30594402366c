"""The loyalty diagnostic: checked tables in, one frozen result out."""

from dataclasses import replace

from workbook.diagnostics.cells import has
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.after_complaint import after_complaint, stay_family
from workbook.diagnostics.loyalty.answers import (
    guarded,
    headline,
)
from workbook.diagnostics.loyalty.before import before
from workbook.diagnostics.loyalty.complaints import register
from workbook.diagnostics.loyalty.coverage import new_customers_rated, rated
from workbook.diagnostics.loyalty.criteria import changes, loyalty
from workbook.diagnostics.loyalty.disclosure import (
    told_of_marks,
)
from workbook.diagnostics.loyalty.findings import page_two
from workbook.diagnostics.loyalty.follow_up import (
    complaint_list,
    silent_customers,
)
from workbook.diagnostics.loyalty.marks import Marks, marks
from workbook.diagnostics.loyalty.open_answers import QUESTIONS
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.satisfaction import (
    latest_low_marks,
    lowest_parameter,
    satisfaction,
)
from workbook.diagnostics.loyalty.staff import staff_family, staff_gaps
from workbook.diagnostics.loyalty.stakes import with_stakes
from workbook.diagnostics.loyalty.survey import (
    Sources,
    left_out_in_whole,
    left_out_waves,
    with_drivers,
    with_survey,
    with_themes,
)
from workbook.diagnostics.loyalty.touchpoints import audit
from workbook.diagnostics.told_figures import Told, named


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
    left_out, in_whole = left_out_waves(inputs), left_out_in_whole(inputs)
    inputs = guarded(inputs)
    survey = inputs.tables.get("survey")
    head = None if survey is None else headline(survey, params)
    customer, staff = _sides(inputs, params)
    result = Result(
        benchmarks=sources.benchmarks,
        waves_left_out=left_out,
        waves_in_whole=in_whole,
        answers_by_name=inputs.answers_by_name,
        period_before=inputs.previous.label if inputs.previous else "",
    )
    if head is not None:
        result = with_themes(result, head, sources, inputs=inputs, params=params)
        result = with_survey(result, head, inputs=inputs, params=params)
    result = _with_criteria(result, inputs, params)
    result = _with_touchpoints(result, inputs, params)
    allowed = told_of_marks(customer, inputs.anonymity_threshold) if customer else frozenset()
    told = customer.only(named(allowed, "")) if customer else None
    result = replace(
        result,
        complaints=register(inputs, told, params),
        silent_named=silent_customers(inputs, told, params),
    )
    result = _with_deeds(result, inputs, params)
    if customer is not None and told is not None:
        result = _with_satisfaction(
            result, customer, told, allowed=allowed, inputs=inputs, params=params
        )
        if head is not None:
            result = with_drivers(result, head.given, told, params=params)
        if staff is not None:
            gaps = allowed & told_of_marks(staff, inputs.anonymity_threshold, whole=False)
            result = _with_staff(result, customer, staff, told=gaps, params=params)
    result = replace(result, absent=_absent(result, inputs, staff=staff))
    given = None if head is None else head.given
    result = with_stakes(result, inputs, params, given=given, marks=told)
    result = replace(result, before=before(result, inputs, params))
    return page_two(result, params)


def _sides(inputs: Inputs, params: Params) -> tuple[Marks | None, Marks | None]:
    """Return marks by customers and by staff; None for a side that gave none."""
    table = inputs.tables.get("satisfaction")
    if table is None:
        return None, None
    customer, staff = marks(table, "customer", params), marks(table, "staff", params)
    return (None if customer.frame.empty else customer, None if staff.frame.empty else staff)


def _with_criteria(result: Result, inputs: Inputs, params: Params) -> Result:
    found = loyalty(inputs, params)
    now = found.now
    result = replace(
        result,
        retention=found.retention,
        customer_states=inputs.ledger.counts if found.retention is not None else None,
        retention_before=found.retention_before,
        before_until=found.before_until,
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
        criteria_changes=changes(now, found.before, of_period=inputs.previous is not None),
        loyalty_index=now.loyalty_index,
        recommended=now.recommended,
        regular=now.regular,
        existing_sales_share=now.existing_sales_share,
    )


def _with_satisfaction(
    result: Result, every: Marks, customer: Marks, *, allowed: Told, inputs: Inputs, params: Params
) -> Result:
    """Return the result with the customers' marks: ``every`` one, and those that are told."""
    covered = rated(customer, inputs)
    lowest = lowest_parameter(customer, params)
    return replace(
        result,
        lowest_marks=lowest.names,
        families=result.families_with(lowest.family),
        satisfaction=satisfaction(every, inputs, params, by_product=False, told=allowed),
        satisfaction_by_product=satisfaction(every, inputs, params, by_product=True, told=allowed),
        mark_bounds=customer.bounds,
        satisfaction_coverage=covered.share if covered else None,
        coverage=covered,
        new_coverage=new_customers_rated(customer, inputs, params),
        low_marks=len(latest_low_marks(customer)),
        complaint_list=complaint_list(customer, inputs, params),
    )


def _with_staff(
    result: Result, customer: Marks, staff: Marks, *, told: Told, params: Params
) -> Result:
    gaps = staff_gaps(customer, staff, params, told=told)
    return replace(
        result, staff_gap=gaps, families=result.families_with(staff_family(gaps, params))
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
        families=result.families_with(stay_family(found, params)),
    )


def _with_touchpoints(result: Result, inputs: Inputs, params: Params) -> Result:
    found = audit(inputs, params)
    return replace(
        result,
        touchpoints=found.touchpoints,
        touchpoint_raters=found.raters,
        touchpoint_alpha=found.alpha,
        touchpoint_agreement=found.agreement,
        touchpoints_before=found.before,
        weakest_touchpoints=found.weakest.names,
        families=result.families_with(found.weakest.family),
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
