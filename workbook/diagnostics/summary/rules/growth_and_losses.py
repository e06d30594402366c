"""Rule 5: a manager who grows by repeat sales alone while more of the portfolio leaves."""

from collections.abc import Iterator
from typing import Any

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import Gate
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.rules.register_years import register_years


def growth_and_losses(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the manager of whom both tests say so; one test alone is its own report's matter."""
    matrix, churn = facts.result("segmentation_matrix"), facts.result("churn_reasons")
    if matrix is None or churn is None:
        return
    grown = _grown(matrix)
    for losses in churn.by:
        if losses.dimension == "manager" and losses.stands_out and losses.group in grown:
            yield _judged(grown[losses.group], losses, facts)


def _grown(matrix: Any) -> dict[str, Claim]:
    """Return by manager what the segmentation tells of growth by repeat sales, tested."""
    told: list[Claim] = [c for c in (matrix.answer, *matrix.findings) if c is not None]
    return {
        name: claim
        for claim in told
        if claim.id == "only_repeat" and claim.confidence is Confidence.TESTED
        for name in claim.singled_out
    }


def _judged(grown: Claim, losses: Any, facts: CrossFacts) -> Judged:
    churn = facts.result("churn_reasons")
    money = losses.revenue
    low, high = _effect(losses, register_years(churn, facts.inputs.as_of))
    return judge(
        Claim(
            id="growth_and_losses" if money is not None else "growth_and_losses_plain",
            figures={
                "manager": losses.group,
                "growth": grown.figures["growth"],
                "share": grown.figures["share"],
                "lost": losses.lost,
                "portfolio": losses.at_risk,
                "expected": losses.expected,
                "money": money,
            },
            count=losses.lost,
            population=losses.at_risk,
            customers=losses.lost,
            money=money,
            money_of=churn.lost.revenue,
            money_kind=None if money is None else MoneyKind.LOST,
            confidence=Confidence.TESTED,
            singled_out=(losses.group,),
            evidence="diagnostics",
            diagnostics=("segmentation_matrix", "churn_reasons"),
            effect_low=low,
            effect_high=high,
        ),
        Gate.HISTORY if churn.small else None,
    )


def _effect(losses: Any, years: float | None) -> tuple[float | None, float | None]:
    """Return what a year's losses beyond the expected ones brought, by the interval of the ratio.

    Of a ratio r the part 1 - 1/r is beyond what the portfolio lets expect.
    """
    if None in (years, losses.revenue, losses.ci_low, losses.ci_high):
        return None, None
    low, high = (
        max(0.0, 1 - 1 / ratio) * losses.revenue / years if ratio > 0 else 0.0
        for ratio in (losses.ci_low, losses.ci_high)
    )
    return low, high
