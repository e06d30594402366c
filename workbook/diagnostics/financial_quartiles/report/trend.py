"""Chapter: the mean score year by year against both bases."""

from workbook.charts.chart import Chart
from workbook.charts.score_zones import ScoreLine, ScoreLines
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import BASES
from workbook.diagnostics.financial_quartiles.report.figures import (
    mean,
    mean_against,
    mean_cell,
    total_in_industry,
    verdict_of,
    zones,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    source_line,
)
from workbook.diagnostics.financial_quartiles.report.restated import score_words
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import spare
from workbook.report.table import Table


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the score by year."""
    row = view.result.lead
    years = view.result.years_of(row.organisation) if row else []
    if row is None or len([y for y in years if y.told_base]) < 2:
        return view.left_out("trend")
    return [
        Heading(
            text=_heading(view, row, years),
            short=view.text("short.trend"),
            caption=view.text(
                "trend.caption", organisation=row.organisation, first=years[0].year, last=row.year
            ),
        ),
        *_whose(view, row),
        *_gaps(view, years),
        *_restated(view, row),
        _chart(view, years),
        *details(_table(view, years)),
    ]


def _heading(view: FinancialView, row: Organisation, years: list[Organisation]) -> str:
    if row.change is not None and row.change_verdict is not None:
        return view.text(
            f"trend.heading.{row.change_verdict}", year=row.year, change=mean(view, row.change)
        )
    told = [y for y in years if y.told_base]
    first, last = told[0], told[-1]
    return view.text(
        "trend.heading.plain", first=first.year, last=last.year,
        then=mean(view, _mean(first)), now=mean(view, _mean(last)),
    )  # fmt: skip


def _mean(row: Organisation) -> float | None:
    """Return the mean against the base whose verdict is told."""
    base = row.told_base
    return None if base is None else row.mean.against(base)


def _whose(view: FinancialView, row: Organisation) -> list[Block]:
    """Say what of the change the organisation did and what the others."""
    if row.own_move is None:
        return []
    own, others = mean(view, row.own_move), mean(view, row.base_move)
    change = mean(view, row.change)
    return [Text((view.text("trend.whose", change=change, own=own, others=others),))]


def _restated(view: FinancialView, row: Organisation) -> list[Block]:
    """Say what restated accounts did to the scores of earlier years, and whose years are shown."""
    own = [one for one in view.result.restated if one.organisation == row.organisation]
    told = [words for one in own for words in score_words(view, one)]
    return [Text(tuple(told))] if told else []


def _gaps(view: FinancialView, years: list[Organisation]) -> list[Block]:
    """Name the years without a verdict and why."""
    told = [
        view.text("trend.gap", year=y.year, why=view.text(f"why.{y.no_verdict.industry}"))
        for y in years
        if y.verdict.industry is None and y.no_verdict.industry is not None
    ]
    return [Text((" ".join(told),))] if told else []


def _chart(view: FinancialView, years: list[Organisation]) -> Chart:
    lines = [
        ScoreLine(
            name=view.text(f"against_short.{base}"),
            values=[y.mean.against(base) if y.verdict.against(base) else None for y in years],
            strong=base == "industry",
        )
        for base in BASES
    ]
    drawn = [line for line in lines if any(v is not None for v in line.values)]

    values = "; ".join(
        view.text(
            "trend.chart.one", year=y.year,
            industry=mean_against(view, y, "industry"), all=mean_against(view, y, "all"),
        )
        for y in years
    )  # fmt: skip
    return view.draw(
        ScoreLines(
            years=[y.year for y in years],
            lines=drawn,
            zones=zones(view),
            palette=view.palette,
            write=view.fmt("signed2"),
        ),
        title=view.text("trend.chart.title"),
        alt=view.text("trend.chart.alt", values=values),
        note=source_line(view, view.text("trend.chart.note")),
    )


def _table(view: FinancialView, years: list[Organisation]) -> Table:
    return view.table(
        "scores_by_year",
        years,
        ("columns.year", lambda y: str(y.year), ""),
        ("columns.scored", lambda y: y.n_scored, spare("count")),
        ("columns.total", lambda y: total_in_industry(view, y), "text"),
        ("columns.mean_industry", lambda y: mean_cell(y, "industry"), "signed2"),
        ("columns.verdict_industry", lambda y: verdict_of(view, y, "industry"), ""),
        ("columns.change", lambda y: y.change, "signed2"),
        ("columns.change_verdict", lambda y: _changed(view, y), ""),
        ("columns.own_move", lambda y: y.own_move, spare("signed2", 2)),
        ("columns.base_move", lambda y: y.base_move, spare("signed2", 2)),
        ("columns.mean_all", lambda y: mean_cell(y, "all"), "signed2"),
        ("columns.verdict_all", lambda y: verdict_of(view, y, "all"), ""),
        title=view.text("trend.table"),
        shown=SHOWN,
        note=source_line(view),
    )


def _changed(view: FinancialView, row: Organisation) -> str:
    return view.text(f"changes.{row.change_verdict}") if row.change_verdict else "–"
