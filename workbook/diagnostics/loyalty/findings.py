"""Page 2 of the loyalty report: headline, tiles and findings as claims that passed their gates.

Each rule looks at one part of the result and makes a claim or none.  The order of :data:`RULES`
is the order of importance among findings without money; those with money come first, the dearest
first.  Words are the view's.
"""

from collections.abc import Iterable
from dataclasses import replace

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    MoneyKind,
    judge,
    sorted_out,
    told_findings,
)
from workbook.diagnostics.gates import has_history, is_tested, says_something
from workbook.diagnostics.loyalty.headline import HEADS, TILES, Facts, Rule
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.standouts import (
    drivers_by_importance,
    group_below,
    leading,
    lowest_mark,
    told_marks,
    touchpoints_by_balance,
    weakest_touchpoint,
    weighs,
)
from workbook.diagnostics.loyalty.survey_result import Verdict

_WEIGHT = {Confidence.TESTED: 1.0, Confidence.COUNTED: 0.9, Confidence.ASSUMED: 0.1}
"""Money counts for less where less stands behind it; only the order follows from it."""


def page_two(result: Result, params: Params) -> Result:
    """Return the result with its headline, tiles and findings."""
    facts = Facts(result=result, params=params)
    heads, no_heads = sorted_out(rule(facts) for rule in HEADS)
    tiles, no_tiles = sorted_out(rule(facts) for rule in TILES)
    told, refused = told_findings(rule(facts) for rule in RULES)
    return replace(
        result,
        answer=heads[0] if heads else None,
        tiles=tiles,
        findings=by_importance(told),
        refused_findings=(*refused, *no_tiles, *no_heads),
    )


def by_importance(told: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims with money first, by money times confidence; the others as they come."""
    return tuple(sorted(told, key=lambda c: -(c.money or 0.0) * _WEIGHT[c.confidence]))


def _fell(facts: Facts) -> Judged | None:
    return _moved(facts, "fell", Verdict.DOWN)


def _rose(facts: Facts) -> Judged | None:
    return _moved(facts, "rose", Verdict.UP)


def _moved(facts: Facts, key: str, verdict: Verdict) -> Judged | None:
    change = facts.result.change
    if change is None or change.verdict is not verdict:
        return None
    figures: dict[str, Figure] = {
        "difference": change.difference,
        "wave": change.wave,
        "against": change.against,
    }
    return judge(
        Claim(
            id=key,
            figures=figures,
            problem=verdict is Verdict.DOWN,
            confidence=Confidence.TESTED,
        )
    )


def _weighted(facts: Facts) -> Judged | None:
    """Say that the revenue votes the other way round than the customers do.

    It must not be chance that the accounts of most revenue score as they do (permutation), nor
    the turn of the sign where the weighted index has an interval.
    """
    by = {w.by: w for w in facts.result.weighted}
    plain, weighted = by.get("customer"), by.get("revenue")
    if plain is None or weighted is None or plain.value is None or weighted.value is None:
        return None
    if not weighted.value < 0 < plain.value:
        return None
    figures = {"plain": plain.value, "weighted": weighted.value, "n": plain.n}
    sure = weighs(weighted, facts.params) and (weighted.ci_high is None or weighted.ci_high < 0)
    return judge(
        Claim(
            id="weighted",
            figures=figures,
            confidence=Confidence.TESTED if sure else Confidence.COUNTED,
        ),
        is_tested(sure),
    )


def _group(facts: Facts) -> Judged | None:
    worst = group_below(facts.result)
    if worst is None:
        return None
    return judge(
        Claim(
            id="group",
            figures={"by": worst.by, "group": worst.group, "value": worst.value, "n": worst.n},
            confidence=Confidence.TESTED,
            singled_out=(worst.group,),
        ),
        has_history(worst.n or 0, least=facts.params.min_n),
    )


def _retention(facts: Facts) -> Judged | None:
    """Tell that most of last year's customers did not come back, where that is sure."""
    kept = facts.result.retention
    if kept is None or kept.kept == kept.before:
        return None
    figures = {
        "gone": kept.before - kept.kept,
        "before": kept.before,
        "revenue": kept.revenue_gone,
    }
    low = kept.ci_high is not None and kept.ci_high < facts.params.low_retention
    return judge(
        Claim(
            id="retention",
            figures=figures,
            count=kept.before - kept.kept,
            population=kept.before,
            customers=kept.before - kept.kept,
            money=kept.revenue_gone,
            money_of=kept.revenue_before,
            money_kind=MoneyKind.LOST,
            confidence=Confidence.TESTED,
        ),
        is_tested(low),
    )


def _if_named(facts: Facts, customers: int | None) -> int | None:
    """Return the customers behind answers; None where the survey names respondents only."""
    nps = facts.result.nps
    return customers if nps is not None and nps.customers is not None else None


def _theme(facts: Facts) -> Judged | None:
    """Name what critics write of most: told only where no other theme is near it."""
    lead = leading(facts.result, "reason")
    answers = facts.result.open_answers
    if not lead or answers is None:
        return None
    return judge(
        Claim(
            id="theme",
            figures={"theme": lead[0].label, "n": lead[0].detractors},
            count=lead[0].detractors,
            population=answers.n,
            customers=_if_named(facts, lead[0].detractor_customers),
        ),
        is_tested(len(lead) == 1),
    )


def _driver(facts: Facts) -> Judged | None:
    """Name the driver that goes with the score more than any other.

    All marks together must explain more than chance would, and the data must tell the first from
    each other one.
    """
    drivers, test = drivers_by_importance(facts.result), facts.result.driver_test
    if not drivers or test is None:
        return None
    first = drivers[0]
    apart = test.beyond_chance and len(facts.result.driver_leaders) == 1
    return judge(
        Claim(
            id="driver",
            figures={"parameter": first.parameter, "mean": first.mean},
            confidence=Confidence.TESTED if apart else Confidence.COUNTED,
            singled_out=(first.parameter,),
        ),
        says_something(by_definition=len(drivers) == 1),
        is_tested(apart),
    )


def _marks(facts: Facts) -> Judged | None:
    """Count the low marks; the lowest parameter is named where its test tells it apart."""
    worst = lowest_mark(facts.result)
    low = facts.result.low_marks
    if not low:
        return None
    figures: dict[str, Figure] = {"n": low, "days": facts.params.complaint_days}
    population = sum(s.n for s in told_marks(facts.result))
    if worst is None:
        return judge(Claim(id="marks_alike", figures=figures, count=low, population=population))
    return judge(
        Claim(
            id="marks",
            figures={**figures, "parameter": worst.parameter},
            count=low,
            population=population,
            confidence=Confidence.TESTED,
            singled_out=(worst.parameter,),
        ),
        has_history(worst.n, least=facts.params.min_n),
    )


def _unheard(facts: Facts) -> Judged | None:
    """Count the customers who are known to be unhappy: measured, where the iceberg is assumed."""
    complaints = facts.result.complaints
    if complaints is None or not complaints.silent_unhappy:
        return None
    n = complaints.silent_unhappy
    heard = complaints.complaining_customers
    return judge(
        Claim(
            id="unheard",
            figures={"n": n, "days": facts.params.complaint_days},
            count=n,
            population=(complaints.customers or n + heard) - heard,
            customers=n,
        )
    )


def _register(facts: Facts) -> Judged | None:
    complaints = facts.result.complaints
    if complaints is None or not complaints.n or complaints.process_mended is None:
        return None
    return judge(
        Claim(
            id="register",
            figures={"n": complaints.n, "mended": complaints.process_mended},
            problem=complaints.process_mended < complaints.n,
            count=complaints.process_mended,
            population=complaints.n,
            customers=complaints.complaining_customers,
        )
    )


def _improvement(facts: Facts) -> Judged | None:
    lead = leading(facts.result, "improvement")
    answers = facts.result.open_answers
    if not lead or answers is None:
        return None
    return judge(
        Claim(
            id="improvement",
            figures={"theme": lead[0].label, "n": lead[0].n},
            count=lead[0].n,
            population=answers.n,
            customers=_if_named(facts, lead[0].customers),
        ),
        is_tested(len(lead) == 1),
    )


def _touchpoint(facts: Facts) -> Judged | None:
    """Count the touchpoints that put off; the worst is named where its test tells it apart."""
    points = touchpoints_by_balance(facts.result)
    poor, worst = [t for t in points if t.balance < 0], weakest_touchpoint(facts.result)
    if not poor:
        return None
    if worst is None:
        return judge(
            Claim(
                id="touchpoints_alike",
                figures={"n": len(poor), "all": len(points)},
                count=len(poor),
                population=len(points),
            )
        )
    return judge(
        Claim(
            id="touchpoint",
            figures={"n": len(poor), "worst": worst.touchpoint},
            count=len(poor),
            population=len(points),
            confidence=Confidence.TESTED,
            singled_out=(worst.touchpoint,),
        )
    )


def _uncertain(facts: Facts) -> Judged | None:
    change = facts.result.change
    if change is None or change.verdict is not Verdict.CANNOT_TELL:
        return None
    figures: dict[str, Figure] = {
        "wave": change.wave,
        "against": change.against,
        "n": change.needed_n,
    }
    return judge(Claim(id="uncertain", figures=figures, problem=False))


RULES: tuple[Rule, ...] = (
    _fell,
    _rose,
    _retention,
    _weighted,
    _group,
    _theme,
    _driver,
    _marks,
    _unheard,
    _register,
    _improvement,
    _touchpoint,
    _uncertain,
)
