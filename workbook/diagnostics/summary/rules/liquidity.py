"""Rule 9: revenue lost and at risk against the money that pays the bills."""

from collections.abc import Iterator, Mapping
from typing import Any

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import fits
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.summary.rules.sales_and_statement import sales_years

MONTHS = 12
"""The money lasts less than the year that the revenue is told for (the project's own)."""


def liquidity(facts: CrossFacts) -> Iterator[Judged]:
    """Yield for how long the money lasts if revenue lost and at risk is missing for good.

    What is missing is its gross profit, costs as they are.  The liquid money of the latest
    statement (cash and short-term investments) is set against it and against short-term debt; what
    it lost or gained in that year goes on.  Nothing is told where the money lasts a year or
    longer, and where sales and statement contradict each other the two cannot be compared.
    """
    financial, money = facts.result("financial_quartiles"), facts.money
    lead = None if financial is None else financial.lead
    if lead is None or money is None or not money.tellable or not money.at_risk + money.lost:
        return
    lines = {line.line: line.value for line in lead.lines}
    liquid, debt = _liquid(lines), lines.get("current_liabilities")
    if liquid is None or not debt or not lines.get("revenue") or "gross_profit" not in lines:
        return
    gross = (money.at_risk + money.lost) * lines["gross_profit"] / lines["revenue"]
    outflow = gross - _inflow(financial.years_of(lead.organisation), lead.year)
    if outflow <= 0 or liquid >= outflow:
        return
    last = sales_years(facts)[-1:]
    yield judge(
        Claim(
            id="liquidity",
            figures={
                "year": str(lead.year),
                "cash": liquid,
                "debt": debt,
                "cover": liquid / debt,
                "money": money.at_risk + money.lost,
                "gross": gross,
                "outflow": outflow / MONTHS,
                "months": liquid / outflow * MONTHS,
            },
            customers=money.at_risk_customers + money.lost_customers,
            money=money.at_risk,
            money_of=money.revenue,
            money_kind=MoneyKind.AT_RISK,
            confidence=Confidence.ASSUMED,
            evidence="money",
            diagnostics=facts.present(
                "financial_quartiles", "segmentation_matrix", "churn_reasons"
            ),
            due_days=30,
        ),
        fits(facts.inputs.as_of.year - lead.year <= 1),
        fits(not any(year.contradicts for year in last)),
    )


def _liquid(lines: Mapping[str, float]) -> float | None:
    """Return cash and short-term investments; None where cash is not known."""
    cash = lines.get("cash")
    return None if cash is None else cash + lines.get("short_term_investments", 0.0)


def _inflow(years: list[Any], year: int) -> float:
    """Return what the liquid money gained in a year; 0 where the year before is not known."""
    known = {one.year: _liquid({line.line: line.value for line in one.lines}) for one in years}
    now, before = known.get(year), known.get(year - 1)
    return 0.0 if now is None or before is None else now - before
