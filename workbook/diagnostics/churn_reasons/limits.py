"""The one limitation of a churn report that could change its decision."""

from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.limitation import Limitation, first_of

LEAST_VERIFIED = 0.8
"""Reasons rest on what was recorded where fewer than this part was verified: the project's own."""


def limitation(result: Result) -> Limitation | None:
    """Return what could change the decision of page 2; None where nothing is known to."""
    return first_of(RULES, result) if result.base.n else None


def few_losses(result: Result) -> Limitation | None:
    """Return that so few losses bear no comparison."""
    if not result.counts_only:
        return None
    return Limitation(id="few_losses", figures={"n": result.base.n})


def register_guessed(result: Result) -> Limitation | None:
    """Return that nobody knows since when losses are recorded, where a rate is told."""
    lost = result.lost
    if lost.since_known or lost.at_risk is None:
        return None
    return Limitation(id="register_guessed", figures={"n": lost.n, "at_risk": lost.at_risk})


def unverified(result: Result) -> Limitation | None:
    """Return that most reasons are as recorded, and how often they proved others."""
    sure = result.verified
    if sure is None:
        return Limitation(id="never_verified", figures={"n": result.base.n})
    if sure.share is None or sure.share >= LEAST_VERIFIED:
        return None
    figures = {"open": sure.base - sure.n, "n": sure.base}
    if not sure.differs:
        return Limitation(id="unverified", figures=figures)
    more = {"differs": sure.differs, "compared": sure.compared}
    return Limitation(id="unverified_differ", figures=figures | more)


def no_portfolio(result: Result) -> Limitation | None:
    """Return that the customers who stayed are not known."""
    if result.lost.at_risk is not None:
        return None
    return Limitation(id="no_portfolio", figures={"n": result.base.n})


RULES = (few_losses, register_guessed, unverified, no_portfolio)
"""Most important first."""
