"""Chapter: where each ratio stands among the companies of both bases."""

from itertools import groupby

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.quartile_bands import BandRow, QuartileBand, band_rows, bands_height
from workbook.diagnostics.financial_quartiles.organisation_result import BaseName
from workbook.diagnostics.financial_quartiles.report.figures import Figures
from workbook.diagnostics.financial_quartiles.report.groups import group_label, peer_group
from workbook.diagnostics.financial_quartiles.report.shared import (
    BASES,
    FinancialView,
    band,
    is_firm,
    lead,
    leading,
    listed,
    points,
    score_of,
    scored,
    source_line,
    verdict_of,
)
from workbook.diagnostics.financial_quartiles.result import Band, Organisation, RatioRow
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import GROUP, Table, Value

MOST_ROWS = 20
DISTANCES = (("better", "columns.to_better", "text"), ("worse", "columns.to_worse", "text"))
"""Columns of the table against the base whose verdict is told."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the standing of every ratio."""
    row = lead(view)
    if row is None or not row.ratios:
        return left_out(view, "standing")
    tables = [
        _table(view, row, base) for base in BASES if any(band(r, base) for r in row.ratios)
    ] or [_values(view, row)]
    return [
        Heading(
            text=_heading(view, row),
            short=view.text("short.standing"),
            caption=view.text("standing.caption", organisation=row.organisation, year=row.year),
            new_page=True,
        ),
        Text(tuple(_reading(view, row))),
        *_chart(view, row),
        Heading(text=view.text("standing.tables"), level=3, new_page=True),
        *tables,
    ]


def _heading(view: FinancialView, row: Organisation) -> str:
    base = leading(row)
    found = scored(row, base)
    if not found:
        k = sum(r.value is not None for r in row.ratios)
        return view.text("standing.heading.none", k=k, n=len(row.ratios))
    if k := sum(not is_firm(band(ratio, base)) for ratio, _ in found):
        return view.text(
            "standing.heading.rounded", k=len(found) - k, n=len(found), unit=row.rounding_unit
        )
    worst = sum(score == -2 for _, score in found)
    return view.text(
        f"standing.heading.{base}" if worst else f"standing.heading.{base}_none_worst",
        k=sum(score > 0 for _, score in found),
        n=len(found),
        worst=worst,
    )


def _reading(view: FinancialView, row: Organisation) -> list[str]:
    told = []
    for base in BASES:
        total, n = getattr(row.total, base), getattr(row.scored, base)
        if total is not None:
            verdict = verdict_of(view, row, base)
            told.append(
                view.text(f"standing.text.{base}", total=points(view, total), n=n, verdict=verdict)
            )
    for key, score in (("best", 2), ("worst", -2)):
        names = [
            ratio.label
            for ratio, s in scored(row, leading(row))
            if s == score and is_firm(band(ratio, leading(row)))
        ]
        if names:
            told.append(view.text(f"standing.text.{key}", names=listed(view, names), n=len(names)))
    return [" ".join(told)] if told else [view.text("standing.text.none")]


def _chart(view: FinancialView, row: Organisation) -> list[Chart]:
    if not any(band(ratio, base) for ratio in row.ratios for base in BASES):
        return []
    drawn = [ratio for ratio in row.ratios if ratio.value is not None] or list(row.ratios)
    rows = [
        _band_row(view, ratio, begins=i == 0)
        for _, members in groupby(drawn, lambda ratio: ratio.group)
        for i, ratio in enumerate(members)
    ]

    def plot(figure: Figure) -> None:
        band_rows(figure.add_subplot(), rows, palette=view.palette)

    base = leading(row)
    values = "; ".join(
        view.text(
            "standing.chart.one", label=r.label, value=Figures.of(view, r).value(r.value),
            score=points(view, found.score if (found := band(r, base)) else None),
        )
        for r in drawn
    )  # fmt: skip
    chart = view.draw(
        plot,
        title=view.text("standing.chart.title", organisation=row.organisation, year=row.year),
        alt=view.text(f"standing.chart.alt.{base}", values=values),
        note=source_line(view, view.text("standing.chart.note")),
        height=bands_height(len(rows)),
    )
    return [chart]


def _band_row(view: FinancialView, ratio: RatioRow, *, begins: bool) -> BandRow:
    write = Figures.of(view, ratio)

    def drawn(base: BaseName) -> QuartileBand | None:
        found = band(ratio, base)
        if found is None:
            return None
        return QuartileBand(
            q1=found.q1,
            median=found.median,
            q3=found.q3,
            texts=(write.value(found.q1), write.value(found.median), write.value(found.q3)),
            right=view.text(f"standing.chart.{base}", score=points(view, found.score)),
        )

    return BandRow(
        label=_label(view, ratio),
        value=ratio.value,
        text=write.value(ratio.value) if ratio.value is not None else view.text("no_value"),
        bands=(drawn("industry"), drawn("all")),
        begins_group=begins,
    )


def _label(view: FinancialView, ratio: RatioRow) -> str:
    if ratio.direction == "higher":
        return ratio.label
    return view.text("lower_is_better", label=ratio.label)


def _table(view: FinancialView, row: Organisation, base: BaseName) -> Table:
    first = next(found for ratio in row.ratios if (found := band(ratio, base)))
    return Table(
        name=f"standing_{base}",
        title=view.text(f"standing.table.{base}", group=peer_group(view, first)),
        columns=table_columns(
            view,
            ("ratio", "columns.ratio", ""),
            ("value", "columns.value", "text"),
            ("q1", "columns.q1", "text"),
            ("median", "columns.median", "text"),
            ("q3", "columns.q3", "text"),
            ("n", "columns.peers", "count"),
            ("score", "columns.score", "text"),
            *(DISTANCES if base == leading(row) else ()),
        ),
        rows=_grouped(view, row, base)
        if base == leading(row)
        else [_line(view, ratio, band(ratio, base)) for ratio in row.ratios],
        texts=view.texts,
        shown=MOST_ROWS,
        note=source_line(view, *_notes(view, row, base)),
    )


def _notes(view: FinancialView, row: Organisation, base: BaseName) -> list[str]:
    told = [view.text("standing.table.distances")] if base == leading(row) else []
    if any(found.rounding_decides for r in row.ratios if (found := band(r, base))):
        told.append(view.text("standing.table.rounded"))
    return told


def _grouped(view: FinancialView, row: Organisation, base: BaseName) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    for group, members in groupby(row.ratios, lambda ratio: ratio.group):
        rows.append({GROUP: group_label(view, group)})
        rows += [_line(view, ratio, band(ratio, base)) for ratio in members]
    return rows


def _line(view: FinancialView, ratio: RatioRow, found: Band | None) -> dict[str, Value]:
    write = Figures.of(view, ratio)
    told: dict[str, Value] = {
        "ratio": _label(view, ratio),
        "value": write.value(ratio.value) if ratio.value is not None else None,
    }
    if found is None:
        return told
    return told | {
        "q1": write.value(found.q1),
        "median": write.value(found.median),
        "q3": write.value(found.q3),
        "n": found.n,
        "score": _score(view, found),
        "better": write.distance(found.to_better),
        "worse": write.distance(found.to_worse),
    }


def _score(view: FinancialView, found: Band) -> str:
    """Return the score, marked where the rounding of the quartiles decides it."""
    told = score_of(view, found)
    return view.text("standing.rounded", score=told) if found.rounding_decides else told


def _values(view: FinancialView, row: Organisation) -> Table:
    """Return the values alone, where no base is at hand."""
    return Table(
        name="standing_values",
        title=view.text("standing.table.values"),
        columns=table_columns(
            view, ("ratio", "columns.ratio", ""), ("value", "columns.value", "text")
        ),
        rows=_grouped(view, row, "all"),
        texts=view.texts,
        shown=MOST_ROWS,
        note=source_line(view),
    )
