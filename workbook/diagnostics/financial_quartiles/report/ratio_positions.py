"""Chapter: where each ratio stands among the companies of both bases."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby

from workbook.charts.chart import Chart
from workbook.charts.quartile_bands import BandRow, QuartileBand, QuartileBands
from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import (
    BASES,
    Band,
    BaseName,
    RatioRow,
)
from workbook.diagnostics.financial_quartiles.report.figures import (
    RatioFigures,
    points,
    score_of,
    verdict_of,
)
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    FinancialView,
    group_label,
    listed,
    source_line,
)
from workbook.diagnostics.financial_quartiles.report.peers import peer_group
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Value, Written
from workbook.report.table import (
    GROUP,
    Table,
)

MOST_ROWS = 20


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on the standing of every ratio."""
    row = view.result.lead
    if row is None or not row.ratios:
        return view.left_out("standing")
    return [
        Heading(
            text=_heading(view, row),
            short=view.text("short.standing"),
            caption=view.text("standing.caption", organisation=row.organisation, year=row.year),
        ),
        Text(tuple(_reading(view, row))),
        *_exhibits(view, row),
    ]


def _exhibits(view: FinancialView, row: Organisation) -> list[Block]:
    """Return the chart with the tables behind it, or the tables where nothing can be drawn."""
    chart, behind = _chart(view, row), _tables(view, row)
    return [*chart, *details(*behind)] if chart else behind


def _tables(view: FinancialView, row: Organisation) -> list[Block]:
    against = [base for base in BASES if any(r.against(base) for r in row.ratios)]
    tables = [_table(view, row, base) for base in against] or [_values(view, row)]
    return [Heading(text=view.text("standing.tables"), level=3), *tables]


def _heading(view: FinancialView, row: Organisation) -> str:
    base = row.leading
    found = row.scored_against(base)
    if not found:
        k = sum(r.value is not None for r in row.ratios)
        return view.text("standing.heading.none", k=k, n=len(row.ratios))
    if k := sum(not band.is_firm for ratio, _ in found if (band := ratio.against(base))):
        return view.text(
            "standing.heading.rounded", k=len(found) - k, n=len(found), unit=row.rounding_unit
        )
    worst = len(row.worst_ratios)
    return view.text(
        f"standing.heading.{base}" if worst else f"standing.heading.{base}_none_worst",
        k=sum(score > 0 for _, score in found),
        n=len(found),
        worst=worst,
    )


def _reading(view: FinancialView, row: Organisation) -> list[str]:
    told = []
    for base in BASES:
        total, n = row.total.against(base), row.scored.against(base)
        if total is not None:
            verdict = verdict_of(view, row, base)
            told.append(
                view.text(f"standing.text.{base}", total=points(view, total), n=n, verdict=verdict)
            )
    for key, ratios in (("best", row.best_ratios), ("worst", row.worst_ratios)):
        if ratios:
            names = listed(view, [ratio.label for ratio in ratios])
            told.append(view.text(f"standing.text.{key}", names=names, n=len(ratios)))
    return [" ".join(told)] if told else [view.text("standing.text.none")]


def _chart(view: FinancialView, row: Organisation) -> list[Chart]:
    if not any(ratio.against(base) for ratio in row.ratios for base in BASES):
        return []
    drawn = [ratio for ratio in row.ratios if ratio.value is not None] or list(row.ratios)
    rows = [
        _band_row(view, ratio, begins=i == 0)
        for _, members in groupby(drawn, lambda ratio: ratio.group)
        for i, ratio in enumerate(members)
    ]

    base = row.leading
    values = "; ".join(
        view.text(
            "standing.chart.one", label=r.label, value=RatioFigures(view=view, ratio=r).own(),
            score=points(view, found.score if (found := r.against(base)) else None),
        )
        for r in drawn
    )  # fmt: skip
    chart = view.draw(
        QuartileBands(rows=rows, palette=view.palette),
        title=view.text("standing.chart.title", organisation=row.organisation, year=row.year),
        alt=view.text(f"standing.chart.alt.{base}", values=values),
        note=source_line(view, view.text("standing.chart.note")),
    )
    return [chart]


def _band_row(view: FinancialView, ratio: RatioRow, *, begins: bool) -> BandRow:
    write = RatioFigures(view=view, ratio=ratio)

    def drawn(base: BaseName) -> QuartileBand | None:
        found = ratio.against(base)
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
        text=write.own() if ratio.value is not None else view.text("no_value"),
        bands=(drawn("industry"), drawn("all")),
        begins_group=begins,
    )


def _label(view: FinancialView, ratio: RatioRow) -> str:
    if ratio.direction == "higher":
        return ratio.label
    return view.text("lower_is_better", label=ratio.label)


def _table(view: FinancialView, row: Organisation, base: BaseName) -> Table:
    leads = base == row.leading
    pairs = [(ratio, ratio.against(base)) for ratio in row.ratios]
    first = next(found for _, found in pairs if found)
    table = view.table(
        f"standing_{base}",
        pairs,
        ("columns.ratio", lambda pair: _label(view, pair[0]), ""),
        ("columns.value", lambda pair: _own(view, pair[0]), "text"),
        ("columns.q1", _quartile(view, lambda found: found.q1), "text"),
        ("columns.median", _quartile(view, lambda found: found.median), "text"),
        ("columns.q3", _quartile(view, lambda found: found.q3), "text"),
        ("columns.peers", lambda pair: pair[1].n if pair[1] else None, "count"),
        ("columns.score", lambda pair: _score(view, pair[1]) if pair[1] else None, "text"),
        *(_distances(view) if leads else ()),
        title=view.text(f"standing.table.{base}", group=peer_group(view, first)),
        shown=MOST_ROWS,
        note=source_line(view, *_notes(view, row, base)),
    )
    return _grouped(view, table, row) if leads else table


_Pair = tuple[RatioRow, Band | None]
_Getter = Callable[[_Pair], Value]


def _quartile(view: FinancialView, of: Callable[[Band], float]) -> _Getter:
    """Return what writes a quartile as the value of its ratio is written."""

    def write(pair: _Pair) -> Value:
        ratio, found = pair
        return None if found is None else RatioFigures(view=view, ratio=ratio).figure(of(found))

    return write


def _distances(view: FinancialView) -> list[tuple[str, _Getter, str]]:
    """Return the columns of the table against the base whose verdict is told."""

    def writing(of: Callable[[Band], float | None]) -> _Getter:
        def write(pair: _Pair) -> Value:
            ratio, found = pair
            write = RatioFigures(view=view, ratio=ratio)
            return None if found is None else write.distance(of(found))

        return write

    return [
        ("columns.to_better", writing(lambda found: found.to_better), "text"),
        ("columns.to_worse", writing(lambda found: found.to_worse), "text"),
    ]


def _notes(view: FinancialView, row: Organisation, base: BaseName) -> list[str]:
    told = [view.text("standing.table.distances")] if base == row.leading else []
    if any(found.rounding_decides for r in row.ratios if (found := r.against(base))):
        told.append(view.text("standing.table.rounded"))
    return told


def _grouped(view: FinancialView, table: Table, row: Organisation) -> Table:
    """Return a table of the ratios with the name of each group above its rows."""
    rows: list[Mapping[str, Value]] = []
    pairs = zip(row.ratios, table.rows, strict=True)
    for group, members in groupby(pairs, lambda pair: pair[0].group):
        rows.append({GROUP: group_label(view, group)})
        rows += [line for _, line in members]
    return replace(table, rows=rows)


def _own(view: FinancialView, ratio: RatioRow) -> Value:
    figures = RatioFigures(view=view, ratio=ratio)
    return figures.figure(ratio.value) if ratio.value is not None else None


def _score(view: FinancialView, found: Band) -> Value:
    """Return the score, marked where the rounding of the quartiles decides it."""
    told = score_of(view, found)
    if found.rounding_decides:
        told = view.text("standing.rounded", score=told)
    return Written(found.score, "signed_count", told) if found.is_firm else told


def _values(view: FinancialView, row: Organisation) -> Table:
    """Return the values alone, where no base is at hand."""
    table = view.table(
        "standing_values",
        row.ratios,
        ("columns.ratio", lambda ratio: _label(view, ratio), ""),
        ("columns.value", lambda ratio: _own(view, ratio), "text"),
        title=view.text("standing.table.values"),
        shown=MOST_ROWS,
        note=source_line(view),
    )
    return _grouped(view, table, row)
