"""Chapter: the organisations side by side, each in its last year."""

from dataclasses import replace
from functools import partial

from workbook.charts.chart import Chart
from workbook.charts.score_zones import ScoreRow, ScoreRows
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import RatioRow
from workbook.diagnostics.financial_quartiles.report.figures import (
    RatioFigures,
    mean,
    mean_against,
    mean_cell,
    points,
    score_of,
    total_in_industry,
    verdict_of,
    zones,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    source_line,
)
from workbook.report.blocks import Block, Heading, details
from workbook.report.cells import Value
from workbook.report.table import (
    Table,
    TableColumn,
)

COLUMNS = 5
"""Organisations of the table of ratios on the page."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on organisations side by side."""
    rows = list(view.result.latest)
    if len(rows) < 2:
        return view.left_out("organisations")
    return [
        Heading(
            text=_heading(view, rows),
            short=view.text("short.organisations"),
            caption=view.text("organisations.caption", n=len(rows)),
        ),
        *_chart(view, rows),
        _table(view, rows),
        *details(*_ratios(view, rows)),
    ]


def _heading(view: FinancialView, rows: list[Organisation]) -> str:
    first = view.result.best
    told = sum(row.verdict.industry is not None for row in rows)
    if first is None:
        return view.text("organisations.heading.none", n=len(rows))
    key = "one" if told == 1 else "best" if view.result.best_is_apart else "rounded"
    return view.text(
        f"organisations.heading_{key}", organisation=first.organisation,
        mean=mean(view, first.mean.industry), k=told, n=len(rows),
    )  # fmt: skip


def _chart(view: FinancialView, rows: list[Organisation]) -> list[Chart]:
    told = [row for row in rows if row.told_base][:SHOWN]
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

    values = "; ".join(f"{row.label}: {row.text}" for row in drawn)
    chart = view.draw(
        ScoreRows(
            rows=drawn,
            zones=zones(view),
            names=(view.text("against_short.industry"), view.text("against_short.all")),
            palette=view.palette,
            write=partial(points, view),
        ),
        title=view.text("organisations.chart.title"),
        alt=view.text("organisations.chart.alt", values=values),
        note=source_line(view, view.text("organisations.chart.note")),
    )
    return [chart]


def _right(view: FinancialView, row: Organisation) -> str:
    return view.text(
        "organisations.chart.one",
        industry=mean_against(view, row, "industry"),
        all=mean_against(view, row, "all"),
    )


def _table(view: FinancialView, rows: list[Organisation]) -> Table:
    return view.table(
        "organisations",
        rows,
        ("columns.organisation", lambda row: row.organisation, ""),
        ("columns.year", lambda row: str(row.year), ""),
        ("columns.scored", lambda row: row.n_scored, "count"),
        ("columns.total", lambda row: total_in_industry(view, row), "text"),
        ("columns.mean_industry", lambda row: mean_cell(row, "industry"), "signed2"),
        ("columns.verdict_industry", lambda row: verdict_of(view, row, "industry"), ""),
        ("columns.mean_all", lambda row: mean_cell(row, "all"), "signed2"),
        ("columns.verdict_all", lambda row: verdict_of(view, row, "all"), ""),
        title=view.text("organisations.table"),
        shown=SHOWN,
        note=source_line(view),
    )


def _ratios(view: FinancialView, rows: list[Organisation]) -> list[Block]:
    """Return the ratios with their scores, an organisation in each column."""
    shown = [row for row in rows if row.ratios][:COLUMNS]
    if not shown:
        return []
    notes = [view.text("organisations.ratios_note")]
    if len(shown) < len(rows):
        notes.append(view.text("organisations.ratios_more", n=len(shown), all=len(rows)))
    columns = [TableColumn(key="ratio", heading=view.text("columns.ratio"))]
    lines: list[dict[str, Value]] = [{"ratio": name.label} for name in view.result.ratios]
    for i, row in enumerate(shown):
        key, ratios = f"o{i}", {ratio.ratio: ratio for ratio in row.ratios}
        columns.append(TableColumn(key=key, heading=f"{row.organisation}, {row.year}", fmt="text"))
        for line, name in zip(lines, view.result.ratios, strict=True):
            line[key] = _cell(view, row, ratios.get(name.ratio))
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


def _cell(view: FinancialView, row: Organisation, ratio: RatioRow | None) -> Value:
    if ratio is None or ratio.value is None:
        return None
    cell = RatioFigures(view=view, ratio=ratio).figure(ratio.value)
    found = ratio.against(row.leading)
    if found is None or found.score is None:
        return cell
    told = view.text("organisations.cell", value=cell.text, score=score_of(view, found))
    return replace(cell, text=told)
