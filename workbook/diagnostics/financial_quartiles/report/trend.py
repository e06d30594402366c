"""Chapter: the mean score year by year against both bases."""

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.score_zones import ScoreLine, score_lines
from workbook.diagnostics.financial_quartiles.report.shared import (
    FinancialView,
    lead,
    mean,
    points,
    source_line,
    told_base,
    verdict_of,
    years_of,
    zones,
)
from workbook.diagnostics.financial_quartiles.result import Organisation
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, Value


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the score by year."""
    row = lead(view)
    years = years_of(view, row.organisation) if row else []
    if row is None or len([y for y in years if told_base(y)]) < 2:
        return left_out(view, "trend")
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
        _chart(view, years),
        _table(view, years),
    ]


def _heading(view: FinancialView, row: Organisation, years: list[Organisation]) -> str:
    if row.change is not None and row.change_verdict is not None:
        return view.text(
            f"trend.heading.{row.change_verdict}", year=row.year, change=mean(view, row.change)
        )
    told = [y for y in years if told_base(y)]
    first, last = told[0], told[-1]
    return view.text(
        "trend.heading.plain", first=first.year, last=last.year,
        then=mean(view, _mean(first)), now=mean(view, _mean(last)),
    )  # fmt: skip


def _mean(row: Organisation) -> float | None:
    """Return the mean against the base whose verdict is told."""
    base = told_base(row)
    return None if base is None else getattr(row.mean, base)


def _whose(view: FinancialView, row: Organisation) -> list[Block]:
    """Say what of the change the organisation did and what the others."""
    if row.own_move is None:
        return []
    own, others = mean(view, row.own_move), mean(view, row.base_move)
    change = mean(view, row.change)
    return [Text((view.text("trend.whose", change=change, own=own, others=others),))]


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
            values=[getattr(y.mean, base) if getattr(y.verdict, base) else None for y in years],
            strong=base == "industry",
        )
        for base in ("industry", "all")
    ]
    drawn = [line for line in lines if any(v is not None for v in line.values)]

    def plot(figure: Figure) -> None:
        score_lines(
            figure.add_subplot(),
            [y.year for y in years],
            drawn,
            zones=zones(view),
            palette=view.palette,
            write=view.fmt("signed2"),
        )

    values = "; ".join(
        view.text(
            "trend.chart.one", year=y.year,
            industry=_told(view, y, "industry"), all=_told(view, y, "all"),
        )
        for y in years
    )  # fmt: skip
    return view.draw(
        plot,
        title=view.text("trend.chart.title"),
        alt=view.text("trend.chart.alt", values=values),
        note=source_line(view, view.text("trend.chart.note")),
        height=2.9,
    )


def _told(view: FinancialView, row: Organisation, base: str) -> str:
    """Write the mean against a base that gives a verdict; a dash without one."""
    return mean(view, getattr(row.mean, base) if getattr(row.verdict, base) else None)


def _table(view: FinancialView, years: list[Organisation]) -> Table:
    return Table(
        name="scores_by_year",
        title=view.text("trend.table"),
        columns=table_columns(
            view,
            ("year", "columns.year", ""),
            ("n", "columns.scored", "count"),
            ("total", "columns.total", "text"),
            ("industry", "columns.mean_industry", "text"),
            ("verdict", "columns.verdict_industry", ""),
            ("change", "columns.change", "text"),
            ("changed", "columns.change_verdict", ""),
            ("own", "columns.own_move", "text"),
            ("others", "columns.base_move", "text"),
            ("all", "columns.mean_all", "text"),
            ("verdict_all", "columns.verdict_all", ""),
        ),
        rows=[_row(view, y) for y in years],
        texts=view.texts,
        shown=12,
        note=source_line(view),
    )


def _row(view: FinancialView, row: Organisation) -> dict[str, Value]:
    changed = row.change_verdict
    return {
        "year": str(row.year),
        "n": row.n_scored,
        "total": points(view, row.total.industry) if row.verdict.industry else None,
        "industry": _told(view, row, "industry"),
        "verdict": verdict_of(view, row, "industry"),
        "change": mean(view, row.change),
        "changed": view.text(f"changes.{changed}") if changed else "–",
        "own": mean(view, row.own_move),
        "others": mean(view, row.base_move),
        "all": _told(view, row, "all"),
        "verdict_all": verdict_of(view, row, "all"),
    }
