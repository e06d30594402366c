"""What the report found, most important first; each with what to do about it."""

from collections.abc import Callable

from workbook.diagnostics.financial_quartiles.result import ChangeVerdict, Organisation
from workbook.views.financial_quartiles.figures import Figures
from workbook.views.financial_quartiles.growth import amounts, growth_words, main_growth
from workbook.views.financial_quartiles.moves import flip_change, near_flip
from workbook.views.financial_quartiles.shared import (
    FinancialView,
    all_listed,
    band,
    lead,
    leading,
    listed,
    mean,
    points,
    scored,
    told_base,
    verdict_words,
    ways,
    weakest,
)
from workbook.views.financial_quartiles.trust import advice, broken, checks_made, rounded
from workbook.views.finding import Finding, finding

FEWEST = 3
"""Findings that the summary page has."""
_WORSE = (ChangeVerdict.WORSENED, ChangeVerdict.MUCH_WORSENED)
_IMPROVED = (ChangeVerdict.IMPROVED, ChangeVerdict.MUCH_IMPROVED)


def _refused(view: FinancialView) -> Finding | None:
    row = next((r for r in view.result.latest if r.refused), None)
    return _refusal(view, row) if row is not None and row is lead(view) else None


def _refused_elsewhere(view: FinancialView) -> Finding | None:
    row = next((r for r in view.result.latest if r.refused), None)
    return _refusal(view, row) if row is not None and row is not lead(view) else None


def _refusal(view: FinancialView, row: Organisation) -> Finding:
    return finding(
        view, "refused", organisation=row.organisation, year=row.year,
        lines=all_listed(view, row.refused_labels),
    )  # fmt: skip


def _missing(view: FinancialView) -> Finding | None:
    """Return the lines to ask for, where they are why there is no verdict."""
    row = lead(view)
    if row is None or not row.ask_for or row.verdict.industry is not None:
        return None
    return _lacking(view, row)


def _missing_elsewhere(view: FinancialView) -> Finding | None:
    """Return the lines to ask of the first other organisation that lacks a verdict for them."""
    for row in view.result.latest[1:]:
        if row.ask_for and row.verdict.industry is None:
            return _lacking(view, row)
    return None


def _lacking(view: FinancialView, row: Organisation) -> Finding:
    return finding(
        view, "missing", organisation=row.organisation, year=row.year,
        k=sum(r.value is not None for r in row.ratios), n=len(row.ratios),
        lines=all_listed(view, row.ask_for_labels), lines_n=len(row.ask_for),
    )  # fmt: skip


def _weak(view: FinancialView) -> Finding | None:
    row = lead(view)
    ratio = weakest(row) if row else None
    if row is None or ratio is None:
        return None
    base = leading(row)
    found = band(ratio, base)
    if found is None:
        return None
    told = ways(view, row, ratio.ratio)
    write = Figures.of(view, ratio)
    return finding(
        view, "weak" if told else "weak_plain", ratio=ratio.label, value=write.value(ratio.value),
        median=write.value(found.median), score=points(view, found.score), ways=told,
        whom=view.say(f"whom.{base}"),
    )  # fmt: skip


def _fallen(view: FinancialView) -> Finding | None:
    row = lead(view)
    if row is None or row.change_verdict not in _WORSE:
        return None
    return finding(
        view, "fallen", year=row.year, change=mean(view, row.change),
        verdict=view.say(f"changes.{row.change_verdict}"),
    )  # fmt: skip


def _risen(view: FinancialView) -> Finding | None:
    row = lead(view)
    if row is None or row.change_verdict not in _IMPROVED:
        return None
    return finding(
        view, "risen", problem=False, year=row.year, change=mean(view, row.change),
        verdict=view.say(f"changes.{row.change_verdict}"),
    )  # fmt: skip


def _articulation(view: FinancialView) -> Finding | None:
    found = broken(view)
    if not found:
        return None
    row, check = found[0]
    return finding(
        view, "articulation", organisation=row.organisation, year=row.year, check=check.check,
        difference=abs(check.difference), advice=advice(view, check), n=len(found),
    )  # fmt: skip


def _flip(view: FinancialView) -> Finding | None:
    row = lead(view)
    flip = near_flip(row) if row else None
    if flip is None:
        return None
    return finding(
        view, "flip", problem=False, line=flip.label, change=flip_change(view, flip),
        verdict=verdict_words(view, flip.verdict), to=verdict_words(view, flip.to),
    )  # fmt: skip


def _contradictions(view: FinancialView) -> Finding | None:
    found = view.result.prior_contradictions
    if not found:
        return None
    first = found[0]
    return finding(
        view, "contradictions", n=len(found), organisation=first.organisation, line=first.label,
        year=first.year, own=first.own, given=first.given,
    )  # fmt: skip


def _rounding(view: FinancialView) -> Finding | None:
    found = rounded(view)
    if not found:
        return None
    names = listed(view, [ratio.label for _, ratio in found])
    return finding(view, "rounding", problem=False, n=len(found), names=names)


def _strong(view: FinancialView) -> Finding | None:
    row = lead(view)
    if row is None or told_base(row) is None:
        return None
    base = leading(row)
    names = [ratio.label for ratio, score in scored(row, base) if score == 2]
    if not names:
        return None
    return finding(
        view, "strong", problem=False, n=len(names), names=listed(view, names),
        whom=view.say(f"whom.{base}"),
    )  # fmt: skip


def _growth(view: FinancialView) -> Finding | None:
    row = lead(view)
    grown = main_growth(row) if row else None
    if row is None or grown is None:
        return None
    return finding(
        view, "growth", problem=False, line=grown.label, year=row.year,
        growth=growth_words(view, grown), **amounts(view, grown),
    )  # fmt: skip


def _no_base(view: FinancialView) -> Finding | None:
    if view.result.base is not None:
        return None
    return finding(view, "no_base", n=len(view.result.ratios))


def _synthetic(view: FinancialView) -> Finding | None:
    base = view.result.base
    if base is None or not base.synthetic:
        return None
    return finding(view, "synthetic", problem=False, years=len(base.years))


def _checks(view: FinancialView) -> Finding | None:
    if broken(view):
        return None
    return finding(view, "checks", problem=False, n=checks_made(view))


def _values(view: FinancialView) -> Finding:
    row = lead(view)
    ratios = row.ratios if row else ()
    k = sum(ratio.value is not None for ratio in ratios)
    return finding(view, "values", problem=False, k=k, n=len(view.result.ratios))


Rule = Callable[[FinancialView], Finding | None]
RULES: tuple[Rule, ...] = (
    _refused, _missing, _no_base, _weak, _fallen, _articulation, _flip, _contradictions,
    _refused_elsewhere, _missing_elsewhere, _risen, _synthetic, _strong, _rounding, _growth,
)  # fmt: skip


def findings(view: FinancialView) -> list[Finding]:
    """Return what the report found, most important first; never fewer than three."""
    found = [one for rule in RULES if (one := rule(view)) is not None]
    spare = (_checks, _values)
    for rule in spare:
        if len(found) < FEWEST and (one := rule(view)) is not None:
            found.append(one)
    return found
