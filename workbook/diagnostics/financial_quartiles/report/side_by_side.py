"""Chapter: the organisations side by side, each in its last year."""

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.score_zones import ScoreRow, rows_height, score_rows
from workbook.diagnostics.financial_quartiles.organisation_result import ByBase
from workbook.diagnostics.financial_quartiles.report.figures import Figures
from workbook.diagnostics.financial_quartiles.report.shared import (
    SHOWN,
    FinancialView,
    band,
    leading,
    mean,
    points,
    score_of,
    source_line,
    told_base,
    verdict_of,
    zones,
)
from workbook.diagnostics.financial_quartiles.result import Organisation, RatioRow
from workbook.report.blocks import Block, Heading
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, TableColumn, Value

COLUMNS = 5
"""Organisations of the table of ratios on the page."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on organisations side by side."""
    rows = list(view.result.latest)
    if len(rows) < 2:
        return left_out(view, "organisations")
    return [
        Heading(
            text=_heading(view, rows),
            short=view.text("short.organisations"),
            caption=view.text("organisations.caption", n=len(rows)),
        ),
        *_chart(view, rows),
        _table(view, rows),
        *_ratios(view, rows),
    ]


def best(rows: list[Organisation]) -> Organisation | None:
    """Return the organisation with the highest mean against its industry."""
    told = [row for row in rows if row.verdict.industry is not None]
    return max(told, key=lambda row: row.mean.industry or 0.0, default=None)


def _heading(view: FinancialView, rows: list[Organisation]) -> str:
    first = best(rows)
    told = sum(row.verdict.industry is not None for row in rows)
    if first is None:
        return view.text("organisations.heading.none", n=len(rows))
    key = "one" if told == 1 else "best" if _apart(first, rows) else "rounded"
    return view.text(
        f"organisations.heading_{key}", organisation=first.organisation,
        mean=mean(view, first.mean.industry), k=told, n=len(rows),
    )  # fmt: skip


def _apart(first: Organisation, rows: list[Organisation]) -> bool:
    """Tell whether the best mean stays the best anywhere within the rounding of the statements."""
    others = [row for row in rows if row is not first and row.verdict.industry is not None]
    if all(row.mean_low.industry is None for row in (first, *others)):
        return True
    return all(_end(first.mean_low, first) >= _end(row.mean_high, row) for row in others)


def _end(end: ByBase[float | None], row: Organisation) -> float:
    return (row.mean.industry or 0.0) if end.industry is None else end.industry


def _told(view: FinancialView, row: Organisation, base: str) -> str:
    return mean(view, getattr(row.mean, base) if getattr(row.verdict, base) else None)


def _chart(view: FinancialView, rows: list[Organisation]) -> list[Chart]:
    told = [row for row in rows if told_base(row)][:SHOWN]
    if not told:
        return []
    drawn = [
        ScoreRow(
            label=row.organisation,
            strong=row.mean.industry if row.verdict.industry else None,
            other=row.mean.all if row.verdict.all else None,
            text=_right(view, row),
        )
        for row in told
    ]

    def plot(figure: Figure) -> None:
        score_rows(
            figure.add_subplot(),
            drawn,
            zones=zones(view),
            palette=view.palette,
            write=lambda v: points(view, int(v)),
        )

    values = "; ".join(f"{row.label}: {row.text}" for row in drawn)
    chart = view.draw(
        plot,
        title=view.text("organisations.chart.title"),
        alt=view.text("organisations.chart.alt", values=values),
        note=source_line(view, view.text("organisations.chart.note")),
        height=rows_height(len(drawn)),
    )
    return [chart]


def _right(view: FinancialView, row: Organisation) -> str:
    return view.text(
        "organisations.chart.one",
        industry=_told(view, row, "industry"),
        all=_told(view, row, "all"),
    )


def _table(view: FinancialView, rows: list[Organisation]) -> Table:
    return Table(
        name="organisations",
        title=view.text("organisations.table"),
        columns=table_columns(
            view,
            ("organisation", "columns.organisation", ""),
            ("year", "columns.year", ""),
            ("n", "columns.scored", "count"),
            ("total", "columns.total", "text"),
            ("industry", "columns.mean_industry", "text"),
            ("verdict", "columns.verdict_industry", ""),
            ("all", "columns.mean_all", "text"),
            ("verdict_all", "columns.verdict_all", ""),
        ),
        rows=[_row(view, row) for row in rows],
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view),
    )


def _row(view: FinancialView, row: Organisation) -> dict[str, Value]:
    return {
        "organisation": row.organisation,
        "year": str(row.year),
        "n": row.n_scored,
        "total": points(view, row.total.industry) if row.verdict.industry else None,
        "industry": _told(view, row, "industry"),
        "verdict": verdict_of(view, row, "industry"),
        "all": _told(view, row, "all"),
        "verdict_all": verdict_of(view, row, "all"),
    }


def _ratios(view: FinancialView, rows: list[Organisation]) -> list[Block]:
    """Return the ratios with their scores, an organisation in each column."""
    shown = [row for row in rows if row.ratios][:COLUMNS]
    if not shown:
        return []
    columns = [TableColumn(key="ratio", heading=view.text("columns.ratio"))]
    columns += [
        TableColumn(key=f"o{i}", heading=f"{row.organisation}, {row.year}", fmt="text")
        for i, row in enumerate(shown)
    ]
    by_ratio = [{ratio.ratio: ratio for ratio in row.ratios} for row in shown]
    lines: list[dict[str, Value]] = []
    for name in view.result.ratios:
        line: dict[str, Value] = {"ratio": name.label}
        for i, (row, ratios) in enumerate(zip(shown, by_ratio, strict=True)):
            line[f"o{i}"] = _cell(view, row, ratios.get(name.ratio))
        lines.append(line)
    notes = [view.text("organisations.ratios_note")]
    if len(shown) < len(rows):
        notes.append(view.text("organisations.ratios_more", n=len(shown), all=len(rows)))
    table = Table(
        name="organisations_ratios",
        title=view.text("organisations.ratios"),
        columns=columns,
        rows=lines,
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, *notes),
    )
    return [table]


def _cell(view: FinancialView, row: Organisation, ratio: RatioRow | None) -> str | None:
    if ratio is None or ratio.value is None:
        return None
    value = Figures.of(view, ratio).value(ratio.value)
    found = band(ratio, leading(row))
    if found is None or found.score is None:
        return value
    return view.text("organisations.cell", value=value, score=score_of(view, found))
