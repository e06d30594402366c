"""What a correct report must find in the statements: counted here, in fractions."""

from fractions import Fraction
from typing import Any

from data_samples.generate.statements import Books, books, written
from data_samples.generate.statements_spec import TOTALS, Firm, Statements

Truth = dict[str, Any]
UNIT = 1000
QUICK = ("receivables", "short_term_investments", "cash")
"""Lines of the quick assets; one that a balance sheet with a total leaves out is nil."""


def truth(plan: Statements | None) -> Truth | None:
    """Return the known truth of all organisations; ratios as exact fractions in text."""
    if plan is None:
        return None
    return {
        "unit": UNIT,
        "organisations": {firm.name: _firm(firm) for firm in plan.firms},
        "contradictions": [found for firm in plan.firms for found in _contradictions(firm)],
    }


def _firm(firm: Firm) -> Truth:
    every = books(firm)
    return {
        "okved": firm.okved,
        "form": firm.form,
        "years": {str(year): _year(firm, every, year) for year in every if year >= firm.first},
    }


def _year(firm: Firm, every: Books, year: int) -> Truth:
    before = every.get(year - 1, {})
    found = ratios(every[year], before)
    return {
        "ratios": {name: None if value is None else str(value) for name, value in found.items()},
        "revenue_growth": _growth(every[year], before | written(firm, year, "prior_value")),
        "articulation": _differences(firm, year),
        "verdict": firm.verdicts.get(year),
        "change": firm.changes.get(year),
    }


def ratios(now: dict[str, int], before: dict[str, int]) -> dict[str, Fraction | None]:
    """Return the nine ratios of a year; None where a line is not there."""

    def of(top: tuple[str, ...], bottom: str, less: str = "") -> Fraction | None:
        whole = "current_assets" in now
        lines = [line for line in (*top, less) if line and not (whole and line in QUICK)]
        if bottom not in now or any(line not in now for line in lines):
            return None
        total = sum(now.get(line, 0) for line in top) - now.get(less, 0)
        return Fraction(total, now[bottom])

    mean = Fraction(now["assets"] + before["assets"], 2) if _both(now, before, "assets") else None
    return {
        "autonomy": of(("equity",), "assets"),
        "own_working_capital": of(("equity",), "current_assets", "non_current_assets"),
        "investment_coverage": of(("equity", "long_term_liabilities"), "assets"),
        "current_ratio": of(("current_assets",), "current_liabilities"),
        "quick_ratio": of(QUICK, "current_liabilities"),
        "cash_ratio": of(QUICK[1:], "current_liabilities"),
        "return_on_sales": of(("profit_from_sales",), "revenue"),
        "net_margin": of(("net_profit",), "revenue"),
        "roa": None if mean is None else now["net_profit"] / mean,
    }


def _both(now: dict[str, int], before: dict[str, int], line: str) -> bool:
    return line in now and line in before


def _growth(now: dict[str, int], before: dict[str, int]) -> str | None:
    """Return the growth of revenue against the prior-year column, else last year's statement."""
    if not _both(now, before, "revenue"):
        return None
    return str(Fraction(now["revenue"], before["revenue"]) - 1)


def _differences(firm: Firm, year: int) -> list[Truth]:
    """Return the totals that a slip keeps from being the sum of their parts."""
    said = written(firm, year, "value")
    found = []
    for total, parts in TOTALS[firm.form].items():
        given = [part for part in parts if part in said]
        off = said[total] - sum(said[part] for part in given) if given and total in said else 0
        if off:
            signs = [part for part in given if said[part] > 0 and off == -2 * said[part]]
            found.append({"total": total, "difference": off * UNIT, "wrong_signs": signs})
    return found


def _contradictions(firm: Firm) -> list[Truth]:
    """Return the prior-year figures that the statement of that year contradicts."""
    found: list[Truth] = []
    for year in range(firm.first + 1, max(books(firm)) + 1):
        own, given = written(firm, year - 1, "value"), written(firm, year, "prior_value")
        found += [
            {
                "organisation": firm.name,
                "line": line,
                "year": year - 1,
                "own": own[line] * UNIT,
                "given": given[line] * UNIT,
            }
            for line in given
            if given[line] != own[line]
        ]
    return found
