"""How ratios, scores and verdicts are written."""

from dataclasses import dataclass, replace

from workbook.charts.score_zones import HIGH, LOW, Zone
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import Band, BaseName, RatioRow
from workbook.diagnostics.financial_quartiles.report.financial_view import FinancialView
from workbook.report.cells import Written

_IN_PER_CENT, _OF_ONE = "pct1", "dec3"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioFigures:
    """Writes the value, the quartiles and the distances of one ratio, all alike."""

    view: FinancialView
    ratio: RatioRow

    def value(self, value: float | None) -> str:
        """Write a value or a quartile."""
        numbers = self.view.texts.numbers
        if self.ratio.in_per_cent:
            return numbers.percent(value, self.ratio.decimals)
        return numbers.decimal(value, self.ratio.decimals)

    def figure(self, value: float | None) -> Written:
        """Return the cell of a value or a quartile."""
        fmt = _IN_PER_CENT if self.ratio.in_per_cent else _OF_ONE
        return Written(value, fmt, self.value(value))

    def own(self) -> str:
        """Write the value of the ratio itself."""
        return self.value(self.ratio.value)

    def distance(self, value: float | None) -> str:
        """Write a distance of 0 or more, in percentage points where values are percentages."""
        if value is None:
            return "–"
        size = value * 100 if self.ratio.in_per_cent else value
        least = 10.0**-self.ratio.decimals
        numbers = self.view.texts.numbers
        small = 0 < size < least / 2
        written = numbers.decimal(least if small else size, self.ratio.decimals)
        told = f"<\u00a0{written}" if small else written
        return self.view.text("percentage_points", value=told) if self.ratio.in_per_cent else told


def points(view: FinancialView, score: int | None) -> str:
    """Write a score or a sum of scores with its sign; a dash when there is none."""
    return view.texts.numbers.decimal(score, 0, sign=True)


def mean(view: FinancialView, value: float | None) -> str:
    """Write a mean score with its sign and two decimals."""
    return view.texts.write(value, "signed2")


def score_cell(view: FinancialView, score: int | None) -> Written:
    """Return the cell of a score or a sum of scores."""
    return Written(score, "signed_count", points(view, score))


def mean_cell(row: Organisation, base: BaseName) -> float | None:
    """Return the mean against a base that gives a verdict."""
    return row.mean.against(base) if row.verdict.against(base) else None


def mean_against(view: FinancialView, row: Organisation, base: BaseName) -> str:
    """Write the mean against a base that gives a verdict; a dash without one."""
    return mean(view, mean_cell(row, base))


def total_in_industry(view: FinancialView, row: Organisation) -> Written | None:
    """Return the sum of the scores against an industry that gives a verdict."""
    return score_cell(view, row.total.industry) if row.verdict.industry else None


def score_of(view: FinancialView, found: Band | None) -> str:
    """Write the score of a ratio, with both ends where the statement's rounding parts them."""
    if found is None or found.score is None or found.is_firm:
        return points(view, None if found is None else found.score)
    low, high = points(view, found.score_low), points(view, found.score_high)
    return view.text("score_between", low=low, high=high)


def verdict_words(view: FinancialView, verdict: str | None) -> str:
    """Return the words of a verdict; those of no verdict without one."""
    return view.text(f"verdicts.{verdict}") if verdict else view.text("verdicts.none")


def verdict_of(view: FinancialView, row: Organisation, base: BaseName) -> str:
    """Return the words of a verdict, or of both ends where the statement's rounding parts them."""
    if row.firm(base):
        return verdict_words(view, row.verdict.against(base))
    return view.text("verdicts.between", **ends(view, row, base))


def ends(view: FinancialView, row: Organisation, base: BaseName) -> dict[str, str]:
    """Return the words of the worst and the best verdict within the statement's rounding."""
    return {
        "low": verdict_words(view, row.verdict_low.against(base)),
        "high": verdict_words(view, row.verdict_high.against(base)),
    }


def zones(view: FinancialView) -> list[Zone]:
    """Return the zones of the verdicts, worst first; the outer ones reach the chart's edge."""
    found = [
        Zone(low=one.low, high=one.high, name=view.text(f"verdicts.{one.verdict}"))
        for one in view.result.thresholds.zones
    ]
    found[0] = replace(found[0], low=LOW)
    found[-1] = replace(found[-1], high=HIGH)
    return found
