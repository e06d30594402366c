"""The key figures of the financial diagnostic: of the first organisation, the client itself."""

from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import BaseName
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.key_figure import KeyFigure


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the key figures of the last year of the first organisation of the table."""
    lead = result.lead
    if lead is None:
        return ()
    years = result.years_of(lead.organisation)
    now = years[-1]
    before = years[-2] if len(years) > 1 and years[-2].year == now.year - 1 else None
    figures = [
        KeyFigure(name="ratios_scored", value=now.n_scored, unit="count"),
        KeyFigure(
            name="score_industry",
            label="industry",
            value=_mean(now, "industry"),
            previous=None if before is None else _mean(before, "industry"),
            unit="score",
        ),
        KeyFigure(
            name="score_all",
            label="all",
            value=_mean(now, "all"),
            previous=None if before is None else _mean(before, "all"),
            unit="score",
        ),
    ]
    revenue = next((row for row in now.lines if row.line == "revenue"), None)
    if revenue is not None:
        grown = next((row for row in now.growth if row.line == "revenue"), None)
        previous = None if grown is None else grown.before
        figures.append(
            KeyFigure(
                name="revenue",
                value=revenue.value,
                previous=previous,
                unit="money",
                measure="line",
                label="revenue",
            )
        )
    return tuple(figures)


def _mean(row: Organisation, base: BaseName) -> float | None:
    """Return the mean score against a base where it carries a verdict."""
    return None if row.verdict.against(base) is None else row.mean.against(base)
