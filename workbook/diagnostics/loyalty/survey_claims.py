"""What the survey lets a report claim: the tile of the index, findings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    judge,
)
from workbook.diagnostics.gates import has_history, is_tested, says_something
from workbook.diagnostics.loyalty.money_claims import at_risk
from workbook.diagnostics.loyalty.open_answers_result import Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.stakes_result import Stake
from workbook.diagnostics.loyalty.standouts import (
    drivers_by_importance,
    first_driver,
    group_below,
    leading,
    weighs,
)
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at."""

    result: Result
    params: Params


Rule = Callable[[Facts], Judged | None]
ASK_DAYS = 14
"""Customers are asked what is wrong within so many days."""
PLAN_DAYS = 60
"""Changes are agreed on within so many days."""
PROCESS_DAYS = 90
"""A process is changed within so many days."""


def told_index(result: Result) -> Nps | None:
    """Return the index; None where there is none, or too few answered for one."""
    nps = result.nps
    return nps if nps is not None and nps.interval is not IntervalKind.TOO_FEW else None


def nps_tile(facts: Facts) -> Judged | None:
    """Tell the index with its interval and its change."""
    nps, change = told_index(facts.result), facts.result.change
    if nps is None:
        return None
    figures = {"value": nps.value, "ci_low": nps.ci_low, "ci_high": nps.ci_high, "n": nps.n}
    moved: dict[str, Figure] = {}
    if change is not None:
        moved = {
            "difference": change.difference,
            "wave": change.wave,
            "against": change.against,
            "verdict": change.verdict.value,
        }
    return judge(Claim(id="nps", figures={**figures, **moved}, measure=("nps", "")))


def fell(facts: Facts) -> Judged | None:
    """Tell that the index has fallen."""
    return _moved(facts, "fell", Verdict.DOWN)


def rose(facts: Facts) -> Judged | None:
    """Tell that the index has risen."""
    return _moved(facts, "rose", Verdict.UP)


def _moved(facts: Facts, key: str, verdict: Verdict) -> Judged | None:
    nps, change = told_index(facts.result), facts.result.change
    if nps is None or change is None or change.verdict is not verdict:
        return None
    figures: dict[str, Figure] = {
        "difference": change.difference,
        "wave": change.wave,
        "against": change.against,
        "value": change.value,
    }
    return judge(
        Claim(
            id=key,
            measure=("nps", ""),
            figures=figures,
            problem=verdict is Verdict.DOWN,
            confidence=Confidence.TESTED,
            evidence="waves",
            due_days=ASK_DAYS,
        )
    )


def revenue_disagrees(facts: Facts) -> Judged | None:
    """Say that the revenue votes the other way round than the customers do.

    It must not be chance that the accounts of most revenue score as they do (permutation), nor
    the turn of the sign where the weighted index has an interval.  At stake is the revenue of the
    largest customers, by size alone: who of them answered how is not told.
    """
    by = {w.by: w for w in facts.result.weighted}
    plain, weighted = by.get("customer"), by.get("revenue")
    if plain is None or weighted is None or plain.value is None or weighted.value is None:
        return None
    if not weighted.value < 0 < plain.value:
        return None
    sure = weighs(weighted, facts.params) and (weighted.ci_high is None or weighted.ci_high < 0)
    largest = facts.result.stakes.largest
    claim = Claim(
        id="weighted" if largest is None else "weighted_few",
        figures={
            "plain": plain.value,
            "weighted": weighted.value,
            "n": plain.n,
            "k": None if largest is None else largest.customers,
            "total": facts.result.stakes.total,
        },
        confidence=Confidence.TESTED if sure else Confidence.COUNTED,
        evidence="survey",
        due_days=ASK_DAYS,
    )
    told = at_risk(claim, largest, facts.result)
    if not facts.result.answers_by_name:
        told = replace(told, customer_ids=())
    return judge(told, is_tested(sure))


def group(facts: Facts) -> Judged | None:
    """Name the group that is most surely below all others."""
    worst = group_below(facts.result)
    if worst is None:
        return None
    claim = Claim(
        id="group",
        measure=(f"nps_{worst.by}", worst.group),
        figures={
            "by": worst.by,
            "group": worst.group,
            "value": worst.value,
            "n": worst.n,
        },
        confidence=Confidence.TESTED,
        singled_out=(worst.group,),
        evidence="groups",
        due_days=PLAN_DAYS,
    )
    return judge(
        at_risk(claim, facts.result.stakes.group, facts.result),
        has_history(worst.n or 0, least=facts.params.min_n),
    )


def detractors(facts: Facts) -> Judged | None:
    """Tell what detractors bring, as a sum, where that tells nobody's answer."""
    nps, by_class = told_index(facts.result), facts.result.stakes.by_class
    if nps is None or by_class is None or not by_class.detractors:
        return None
    claim = Claim(
        id="detractors",
        figures={"n": nps.detractors, "of": nps.n},
        count=nps.detractors,
        population=nps.n,
        evidence="survey",
        due_days=ASK_DAYS,
    )
    stake = Stake(customers=nps.detractors, revenue=by_class.detractors, rounded=True)
    told = at_risk(claim, stake, facts.result)
    # Answers are customers only where none of them gave two.
    return judge(told if nps.customers == nps.n else replace(told, customers=None))


def _if_named(facts: Facts, customers: int | None) -> int | None:
    """Return the customers behind answers; None where the survey names respondents only."""
    nps = facts.result.nps
    return customers if nps is not None and nps.customers is not None else None


def theme(facts: Facts) -> Judged | None:
    """Name what critics write of most: told only where no other theme is near it."""
    lead = leading(facts.result, "reason")
    if not lead:
        return None
    first = lead[0]
    customers = _if_named(facts, first.detractor_customers)
    found = _named_theme("theme", facts, lead, n=first.detractors, customers=customers)
    return _of_measure("theme_detractors", found, first)


def _of_measure(name: str, claim: Judged | None, theme: Theme) -> Judged | None:
    return replace(claim, measure=(name, theme.label)) if isinstance(claim, Claim) else claim


def _named_theme(
    name: str, facts: Facts, lead: Sequence[Theme], *, n: int, customers: int | None
) -> Judged | None:
    """Judge the claim that names the first of the leading themes: it must lead alone."""
    answers = facts.result.open_answers
    if answers is None:
        return None
    claim = Claim(
        id=name,
        figures={"theme": lead[0].label, "n": n},
        count=n,
        population=answers.n,
        customers=customers,
        evidence="open_answers",
        due_days=PLAN_DAYS,
    )
    return judge(claim, is_tested(len(lead) == 1))


def driver(facts: Facts) -> Judged | None:
    """Name the driver that goes with the score more than any other.

    All marks together must explain more than chance would, and the data must tell the first from
    each other one.
    """
    drivers, test = drivers_by_importance(facts.result), facts.result.driver_test
    if not drivers or test is None:
        return None
    first, apart = drivers[0], first_driver(facts.result) is not None
    low = facts.result.stakes.driver
    claim = Claim(
        id="driver" if low is None else "driver_low",
        measure=("satisfaction", first.parameter),
        figures={"parameter": first.parameter, "mean": first.mean},
        confidence=Confidence.TESTED if apart else Confidence.COUNTED,
        singled_out=(first.parameter,),
        evidence="drivers",
        due_days=PROCESS_DAYS,
    )
    return judge(
        at_risk(claim, low, facts.result),
        says_something(by_definition=len(drivers) == 1),
        is_tested(apart),
    )


def improvement(facts: Facts) -> Judged | None:
    """Name what would make it a 10: told only where no other wish is near it."""
    lead = leading(facts.result, "improvement")
    if not lead:
        return None
    customers = _if_named(facts, lead[0].customers)
    found = _named_theme("improvement", facts, lead, n=lead[0].n, customers=customers)
    return _of_measure("theme_improvement", found, lead[0])
