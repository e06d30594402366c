"""Money of the claims: what the customers concerned bring, and what a step may keep of it."""

from dataclasses import replace

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.effect import Effect, expecting, share_of
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.stakes_result import Stake


def keeping(result: Result, revenue: float | None) -> Effect | None:
    """Return what is kept of revenue at risk where these customers stay.

    At the rate at which customers of the year before have not bought again; None where sales do
    not reach back so far.
    """
    kept = result.retention
    if kept is None or kept.ci_low is None or kept.ci_high is None:
        return None
    return share_of(revenue, 1 - kept.ci_high, 1 - kept.ci_low)


def at_risk(claim: Claim, stake: Stake | None, result: Result) -> Claim:
    """Return the claim with the customers concerned and their revenue, which is at risk."""
    if stake is None:
        return claim
    revenue = stake.revenue or None
    told = replace(
        claim,
        figures={
            **claim.figures,
            "revenue": revenue,
            "customers": stake.customers,
            "worth": "over" if stake.rounded else "plain",
        },
        customers=stake.customers,
        customer_ids=stake.ids,
        money=revenue,
        money_of=result.stakes.total,
        money_kind=None if revenue is None else MoneyKind.AT_RISK,
    )
    return expecting(told, keeping(result, revenue))


def told_with(claim: Claim, stake: Stake | None, result: Result) -> Claim:
    """Return the claim with revenue that only describes it: no part of it is said to be at risk."""
    told = at_risk(claim, stake, result)
    kind = None if told.money is None else MoneyKind.REVENUE
    return replace(told, money_kind=kind, effect_low=None, effect_high=None)
