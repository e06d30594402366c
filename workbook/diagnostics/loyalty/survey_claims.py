"""What the survey lets a report claim: headlines, the tile of the index, findings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    judge,
)
from workbook.diagnostics.gates import has_history, is_tested, says_something
from workbook.diagnostics.loyalty.open_answers_result import Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.standouts import (
    drivers_by_importance,
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


def _told_index(result: Result) -> Nps | None:
    nps = result.nps
    return nps if nps is not None and nps.interval is not IntervalKind.TOO_FEW else None


def changed(facts: Facts) -> Judged | None:
    """Tell the change between the latest waves, or that it cannot be told."""
    nps, change = _told_index(facts.result), facts.result.change
    if nps is None or change is None:
        return None
    figures: dict[str, Figure] = {
        "value": change.value,
        "difference": change.difference,
        "wave": change.wave,
        "against": change.against,
    }
    sure = change.verdict is not Verdict.CANNOT_TELL
    return judge(
        Claim(
            id=change.verdict.value,
            figures=figures,
            problem=change.verdict is Verdict.DOWN,
            confidence=Confidence.TESTED if sure else Confidence.COUNTED,
        )
    )


def alone(facts: Facts) -> Judged | None:
    """Tell the index by itself."""
    nps = _told_index(facts.result)
    if nps is None:
        return None
    return judge(
        Claim(
            id="alone",
            figures={
                "value": nps.value,
                "n": nps.n,
                "promoters": nps.promoters,
                "detractors": nps.detractors,
            },
            count=nps.promoters + nps.detractors,
            population=nps.n,
        )
    )


def too_few(facts: Facts) -> Judged | None:
    """Say that too few answered for an index."""
    nps = facts.result.nps
    return None if nps is None else judge(Claim(id="too_few", figures={"n": nps.n}, problem=False))


def no_survey(facts: Facts) -> Judged | None:
    """Say that there was no survey."""
    return judge(Claim(id="none", figures={}, problem=False))


def nps_tile(facts: Facts) -> Judged | None:
    """Tell the index with its interval and its change."""
    nps, change = _told_index(facts.result), facts.result.change
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
    return judge(Claim(id="nps", figures={**figures, **moved}))


def fell(facts: Facts) -> Judged | None:
    """Tell that the index has fallen."""
    return _moved(facts, "fell", Verdict.DOWN)


def rose(facts: Facts) -> Judged | None:
    """Tell that the index has risen."""
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


def revenue_disagrees(facts: Facts) -> Judged | None:
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


def group(facts: Facts) -> Judged | None:
    """Name the group that is most surely below all others."""
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
    return _named_theme("theme", facts, lead, n=first.detractors, customers=customers)


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


def improvement(facts: Facts) -> Judged | None:
    """Name what would make it a 10: told only where no other wish is near it."""
    lead = leading(facts.result, "improvement")
    if not lead:
        return None
    customers = _if_named(facts, lead[0].customers)
    return _named_theme("improvement", facts, lead, n=lead[0].n, customers=customers)


def uncertain(facts: Facts) -> Judged | None:
    """Say that a change cannot be told, and how many answers would tell it."""
    change = facts.result.change
    if change is None or change.verdict is not Verdict.CANNOT_TELL:
        return None
    figures: dict[str, Figure] = {
        "wave": change.wave,
        "against": change.against,
        "n": change.needed_n,
    }
    return judge(Claim(id="uncertain", figures=figures, problem=False))
