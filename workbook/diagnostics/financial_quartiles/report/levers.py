"""What can be done about the weakest ratio: the chapter, and the words of a lever."""

from workbook.diagnostics.financial_quartiles.report.figures import Figures
from workbook.diagnostics.financial_quartiles.report.shared import (
    SHOWN,
    FinancialView,
    band,
    lead,
    leading,
    listed,
    scored,
    source_line,
)
from workbook.diagnostics.financial_quartiles.result import Lever, Organisation, RatioRow
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, table_columns
from workbook.report.table import Table, Value

TOLD = 3
"""Levers that a sentence lists."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on what can be done."""
    row = lead(view)
    if row is None or not scored(row, leading(row)):
        return left_out(view, "moves")
    weak = [ratio for ratio in row.ratios if ratio.ratio in row.weakest]
    return [
        Heading(
            text=_heading(view, row, weak),
            short=view.text("short.moves"),
            caption=view.text("moves.caption", currency=view.engagement.currency),
        ),
        *_reading(view, row, weak),
        *_table(view, row),
    ]


def _heading(view: FinancialView, row: Organisation, weak: list[RatioRow]) -> str:
    if _open(row, weak):
        return view.text("moves.heading.rounded", unit=row.rounding_unit)
    n = len(scored(row, leading(row)))
    if not weak:
        return view.text("moves.heading.none", n=n)
    write, found = Figures.of(view, weak[0]), band(weak[0], leading(row))
    return view.text(
        "moves.heading.weak", ratio=weak[0].label, value=write.value(weak[0].value),
        median=write.value(found.median if found else None),
    )  # fmt: skip


def _open(row: Organisation, weak: list[RatioRow]) -> bool:
    """Tell whether the statement's rounding decides if any ratio is below the median."""
    found = [one for r in weak[:1] or row.ratios if (one := band(r, leading(row))) is not None]
    return any(
        one.score_low is not None and one.score_high is not None
        and one.score_low < 0 <= one.score_high
        for one in found
    )  # fmt: skip


def _reading(view: FinancialView, row: Organisation, weak: list[RatioRow]) -> list[Block]:
    if _open(row, weak):
        return [Text((view.text("moves.rounded"),))]
    if not weak:
        return [Text((view.text("moves.none"),))]
    told = [view.text("moves.why", others=listed(view, [r.label for r in weak[1:]]), n=len(weak))]
    if not row.levers:
        told.append(view.text("moves.no_way"))
    return [Text(tuple(told))]


def _table(view: FinancialView, row: Organisation) -> list[Block]:
    if not row.levers:
        return []
    labels = {ratio.ratio: ratio.label for ratio in row.ratios}
    table = Table(
        name="levers",
        title=view.text("moves.levers.title"),
        columns=table_columns(
            view,
            ("ratio", "columns.ratio", ""),
            ("what", "moves.levers.what", ""),
            ("amount", "moves.levers.amount", "money"),
            ("share", "moves.levers.share", "pct"),
            ("reaches", "moves.levers.reaches", ""),
        ),
        rows=[_row(view, lever, labels) for lever in row.levers],
        texts=view.texts,
        shown=SHOWN,
        note=source_line(view, view.text("moves.levers.note")),
    )
    return [table]


def _row(view: FinancialView, lever: Lever, labels: dict[str, str]) -> dict[str, Value]:
    return {
        "ratio": labels[lever.ratio],
        "what": view.text(f"levers.name.{lever.lever}"),
        "amount": lever.amount,
        "share": lever.share,
        "reaches": view.text("moves.levers.enough" if lever.reaches else "moves.levers.short"),
    }


def lever_words(view: FinancialView, one: Lever) -> str:
    """Say what to do, with its amount and the part of the line that it is."""
    key = "levers.of_line" if one.share is not None else "levers.alone"
    return view.text(
        key,
        what=view.text(f"levers.{one.lever}", amount=one.amount),
        share=one.share,
        line=one.label,
    )


def ways(view: FinancialView, row: Organisation, ratio: str) -> str:
    """Say the levers that bring a ratio to the median, least money first."""
    found = [one for one in row.levers if one.ratio == ratio and one.reaches]
    return view.text("money.or").join(lever_words(view, one) for one in found[:TOLD])
