"""The findings of the result in words; each with what to do about it."""

from collections.abc import Callable, Mapping

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.report.figures import (
    RatioFigures,
    ends,
    mean,
    score_of,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    FinancialView,
    all_listed,
    listed,
)
from workbook.diagnostics.financial_quartiles.report.growth import percent
from workbook.diagnostics.financial_quartiles.report.levers import ways
from workbook.diagnostics.financial_quartiles.report.statement_quality import advice
from workbook.report.finding import Finding, worded

Words = Mapping[str, object]


def findings(view: FinancialView) -> list[Finding]:
    """Return what the result found, most important first."""
    return [worded(view, claim, **words_of(view, claim)) for claim in view.result.findings]


def row_of(view: FinancialView, claim: Claim) -> Organisation:
    """Return the organisation and year that a claim is about."""
    about = (claim.figures["organisation"], claim.figures["year"])
    return next(r for r in view.result.organisations if (r.organisation, r.year) == about)


def words_of(view: FinancialView, claim: Claim) -> Words:
    """Return what only the report knows of a claim: labels, shares with their signs, lists."""
    found = _WORDS.get(claim.id)
    return _shares(view, claim) if found is None else found(view, claim)


def _shares(view: FinancialView, claim: Claim) -> Words:
    """Write the changes of a claim with their signs."""
    names = ("change", "revenue_change", "debt_change", "loans_change")
    return {
        name: percent(view, float(value))
        for name in names
        if isinstance(value := claim.figures.get(name), int | float)
    }


def _refused(view: FinancialView, claim: Claim) -> Words:
    return {"lines": all_listed(view, row_of(view, claim).refused_labels)}


def _missing(view: FinancialView, claim: Claim) -> Words:
    return {"lines": all_listed(view, row_of(view, claim).ask_for_labels)}


def _weak(view: FinancialView, claim: Claim) -> Words:
    row = row_of(view, claim)
    weak = row.weakest_ratios
    write, found = RatioFigures(view=view, ratio=weak[0]), weak[0].against(row.leading)
    return {
        "ratio": weak[0].label,
        "others": listed(view, [ratio.label for ratio in weak[1:]]),
        "value": write.own(),
        "median": write.value(found.median if found else None),
        "score": score_of(view, found),
        "whom": view.text(f"whom.{row.leading}"),
        "ways": ways(view, row, weak[0].ratio),
    }


def _left(view: FinancialView, claim: Claim) -> Words:
    row = row_of(view, claim)
    ratio = next(one for one in row.ratios if one.label == claim.figures["ratio"])
    write, found = RatioFigures(view=view, ratio=ratio), ratio.against(row.leading)
    return {"value": write.own(), "median": write.value(found.median if found else None)}


def _standing(view: FinancialView, claim: Claim) -> Words:
    row = row_of(view, claim)
    return {
        "change": mean(view, row.change),
        "own": mean(view, row.own_move),
        "others": mean(view, row.base_move),
        "verdict": view.text(f"changes.{row.change_verdict}"),
    }


def _articulation(view: FinancialView, claim: Claim) -> Words:
    checks = row_of(view, claim).articulation
    check = next(one for one in checks if one.check == claim.figures["check"])
    return {"advice": advice(view, check)}


def _rounding(view: FinancialView, claim: Claim) -> Words:
    return {"names": listed(view, [ratio.label for _, ratio in view.result.rounded_scores])}


def _rounded_statement(view: FinancialView, claim: Claim) -> Words:
    row = row_of(view, claim)
    return ends(view, row, row.leading) | {"whom": view.text(f"between_whom.{row.leading}")}


def _strong(view: FinancialView, claim: Claim) -> Words:
    row = row_of(view, claim)
    names = [ratio.label for ratio in row.best_ratios]
    return {"names": listed(view, names), "whom": view.text(f"whom.{row.leading}")}


_WORDS: Mapping[str, Callable[[FinancialView, Claim], Words]] = {
    "refused": _refused,
    "missing": _missing,
    "weak": _weak,
    "weak_plain": _weak,
    "weak_tied": _weak,
    "left": _left,
    "fallen": _standing,
    "fallen_by_others": _standing,
    "risen": _standing,
    "articulation": _articulation,
    "articulation_before": _articulation,
    "rounding": _rounding,
    "rounded_statement": _rounded_statement,
    "strong": _strong,
}
