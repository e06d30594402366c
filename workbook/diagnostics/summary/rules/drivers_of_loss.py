"""Rule 3: what drives recommendation and is named as a reason of leaving as well."""

from collections.abc import Iterator
from typing import Any

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import Gate, has_history
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.rules.register_years import register_years

LEAST_LOSSES = 5
"""Losses that name the reason; fewer show nothing in common (the project's own)."""


def drivers_of_loss(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the first driver that stands beyond chance and has a preventable reason of its theme.

    All marks together must explain more of the score than chance would, and the driver's own
    interval must lie above what chance gives one.
    """
    churn, loyalty = facts.result("churn_reasons"), facts.result("loyalty")
    if churn is None or loyalty is None:
        return
    for driver in _beyond_chance(loyalty):
        reasons = _reasons_of(driver.parameter, facts)
        if reasons:
            yield _judged(driver, reasons[0], facts)
            return


def _beyond_chance(loyalty: Any) -> list[Any]:
    test = loyalty.driver_test
    if test is None or not test.beyond_chance:
        return []
    known = [d for d in loyalty.drivers if d.ci_low is not None and d.chance is not None]
    return [driver for driver in known if driver.ci_low > driver.chance]


def _reasons_of(parameter: str, facts: CrossFacts) -> list[Any]:
    """Return the preventable reasons of the parameter's theme, the dearest first."""
    theme = facts.links.theme_of(parameter)
    if theme is None:
        return []
    reasons = facts.result("churn_reasons").reasons
    found = [r for r in reasons if r.preventable and facts.links.is_of(theme, r.reason, r.label)]
    return sorted(found, key=lambda r: (-(r.revenue or 0.0), -r.any))


def _judged(driver: Any, reason: Any, facts: CrossFacts) -> Judged:
    churn = facts.result("churn_reasons")
    money, years = reason.revenue, register_years(churn, facts.inputs.as_of)
    effect = None
    if money is not None and years is not None:  # named alone, and its part of all losses
        effect = reason.revenue_sole / years, money / years
    return judge(
        Claim(
            id="driver_of_loss" if money is not None else "driver_of_loss_plain",
            figures={
                "parameter": driver.parameter,
                "mean": driver.mean,
                "reason": reason.label,
                "k": reason.any,
                "n": churn.lost.n,
                "money": money,
            },
            count=reason.any,
            population=churn.lost.n,
            customers=reason.any if churn.lost.n == churn.lost.customers else None,
            money=money,
            money_of=churn.lost.revenue,
            money_kind=None if money is None else MoneyKind.LOST,
            confidence=Confidence.TESTED,
            singled_out=(driver.parameter,),
            evidence="diagnostics",
            diagnostics=("loyalty", "churn_reasons"),
            effect_low=effect[0] if effect else None,
            effect_high=effect[1] if effect else None,
        ),
        has_history(reason.any, least=LEAST_LOSSES),
        Gate.HISTORY if churn.small else None,
    )
