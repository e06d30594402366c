"""The one limitation of the answer: the first rule that applies to what page 2 decides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.financial_quartiles.accounts import OF_ACCOUNTS
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.limitation import Limitation, first_of

_OLD_MONTHS = 9
"""Months since the end of its year from which on a statement is old: the project's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What the rules look at."""

    result: Result
    row: Organisation
    as_of: date


def limitation(result: Result, *, as_of: date, findings: tuple[Claim, ...]) -> Limitation | None:
    """Return the limitation that could change the decision; None without one.

    What the accounts themselves say hangs on their age, a place among others on who these are.
    """
    row = result.lead
    if row is None:
        return None
    facts = LimitFacts(result=result, row=row, as_of=as_of)
    first = next((claim.id for claim in findings if claim.problem), "")
    rules = (_old, *OF_BASE) if first in OF_ACCOUNTS else (*OF_BASE, _old)
    return first_of(rules, facts)


def _old(facts: LimitFacts) -> Limitation | None:
    """Tell that the last statement is of a year long past."""
    year, today = facts.row.year, facts.as_of
    months = 12 * (today.year - year - 1) + today.month
    if months < _OLD_MONTHS:
        return None
    return Limitation(id="old", figures={"year": year, "months": months})


def _synthetic(facts: LimitFacts) -> Limitation | None:
    base = facts.result.base
    told = base is not None and base.synthetic and facts.row.told_base is not None
    return Limitation(id="synthetic") if told else None


def _foreign(facts: LimitFacts) -> Limitation | None:
    base = facts.result.base
    if base is None or base.other_country == "no" or facts.row.told_base is None:
        return None
    named = "foreign" if base.country else "foreign_unknown"
    return Limitation(id=named, figures={"country": base.country})


def _between(facts: LimitFacts) -> Limitation | None:
    base = facts.row.told_base
    if base is None or facts.row.firm(base):
        return None
    return Limitation(id="rounded", figures={"unit": facts.row.rounding_unit})


OF_BASE: tuple[Callable[[LimitFacts], Limitation | None], ...] = (_synthetic, _foreign, _between)
