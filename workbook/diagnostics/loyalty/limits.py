"""The one limitation of a loyalty report that could change its decision."""

from workbook.diagnostics.claims import Figure
from workbook.diagnostics.limitation import Limitation, first_of
from workbook.diagnostics.loyalty.headline import DRIVERS
from workbook.diagnostics.loyalty.survey_claims import Facts, told_index
from workbook.diagnostics.loyalty.survey_result import IntervalKind

FEW_ANSWERS = 30
"""Below so many a few people change the index by its whole interval: the project's own."""
LOW_RESPONSE = 0.3
"""A smaller part of customers, or of revenue, does not speak for the rest: the project's own."""
OF_THEMES = frozenset({"theme", "improvement"})
"""Findings that rest on the coding of open answers."""


def limitation(facts: Facts) -> Limitation | None:
    """Return what could change the decision of page 2; None where nothing is known to.

    Looks at the answer and the findings as told.
    """
    return first_of(RULES, facts)


def scale_doubted(facts: Facts) -> Limitation | None:
    """Return that the scores look like those of another scale."""
    nps = facts.result.nps
    if nps is None or not nps.probably_ten_scale:
        return None
    return Limitation(id="scale_doubted", figures={"n": nps.n})


def few_accounts(facts: Facts) -> Limitation | None:
    """Return that few accounts decide the index by revenue on which the answer rests."""
    answer, result = facts.result.answer, facts.result
    by = next((w for w in result.weighted if w.by == "revenue"), None)
    if answer is None or not answer.id.startswith("weighted") or by is None or by.n_eff is None:
        return None
    if by.n_eff >= facts.params.min_weighted_n:
        return None
    return Limitation(id="few_accounts", figures={"n": by.n, "n_eff": by.n_eff})


def few_answers(facts: Facts) -> Limitation | None:
    """Return that so few answered."""
    nps = facts.result.nps
    if nps is None or nps.interval is IntervalKind.CENSUS:
        return None
    if told_index(facts.result) is None:
        return Limitation(id="too_few", figures={"n": nps.n})
    if nps.n >= FEW_ANSWERS:
        return None
    figures = {"n": nps.n, "low": nps.ci_low, "high": nps.ci_high}
    return Limitation(id="few_answers", figures=figures)


def low_response(facts: Facts) -> Limitation | None:
    """Return that most customers, or most of the revenue, did not answer."""
    nps = facts.result.nps
    if nps is None:
        return None
    figures: dict[str, Figure] = {"rate": nps.response_rate, "revenue_share": nps.revenue_coverage}
    if nps.response_rate is not None and nps.response_rate < LOW_RESPONSE:
        return Limitation(id="low_response", figures=figures)
    if nps.revenue_coverage is not None and nps.revenue_coverage < LOW_RESPONSE:
        return Limitation(id="low_coverage", figures=figures)
    return None


def themes_unconfirmed(facts: Facts) -> Limitation | None:
    """Return that nobody has confirmed the themes on which a finding rests."""
    answers = facts.result.open_answers
    rests = OF_THEMES & {claim.id for claim in facts.result.findings}
    if answers is None or answers.coded_by_people or not rests:
        return None
    return Limitation(id="themes_unconfirmed", figures={"n": answers.n})


def no_survey(facts: Facts) -> Limitation | None:
    """Return that nobody was asked."""
    return Limitation(id="no_survey") if facts.result.nps is None else None


def association(facts: Facts) -> Limitation | None:
    """Return that what goes with the score need not move it, where a step rests on that."""
    driver = next((c for c in facts.result.findings if c.id in DRIVERS), None)
    if driver is None:
        return None
    return Limitation(id="association", figures={"parameter": driver.figures["parameter"]})


RULES = (
    scale_doubted,
    few_accounts,
    few_answers,
    low_response,
    themes_unconfirmed,
    no_survey,
    association,
)
"""Most important first."""
