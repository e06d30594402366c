"""What can be done about the weakest ratio: the chapter, and the words of a lever."""

from workbook.diagnostics.financial_quartiles.organisation_result import Organisation
from workbook.diagnostics.financial_quartiles.ratio_result import Lever, RatioRow
from workbook.diagnostics.financial_quartiles.report.figures import RatioFigures
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    SHOWN,
    FinancialView,
    listed,
    source_line,
)
from workbook.report.blocks import Block, Heading, Text

TOLD = 3
"""Levers that a sentence lists."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on what can be done."""
    row = view.result.lead
    if row is None or not row.scored_against(row.leading):
        return view.left_out("moves")
    weak = row.weakest_ratios
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
    if row.weakness_is_open:
        return view.text("moves.heading.rounded", unit=row.rounding_unit)
    n = len(row.scored_against(row.leading))
    if not weak:
        return view.text("moves.heading.none", n=n)
    write, found = RatioFigures(view=view, ratio=weak[0]), weak[0].against(row.leading)
    return view.text(
        "moves.heading.weak", ratio=weak[0].label, value=write.own(),
        median=write.value(found.median if found else None),
    )  # fmt: skip


def _reading(view: FinancialView, row: Organisation, weak: list[RatioRow]) -> list[Block]:
    if row.weakness_is_open:
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
    table = view.table(
        "levers",
        row.levers,
        ("columns.ratio", lambda lever: labels[lever.ratio], ""),
        ("moves.levers.what", lambda lever: view.text(f"levers.name.{lever.lever}"), ""),
        ("moves.levers.amount", lambda lever: lever.amount, "money"),
        ("moves.levers.share", lambda lever: lever.share, "pct"),
        ("moves.levers.reaches", lambda lever: _reaches(view, lever), ""),
        title=view.text("moves.levers.title"),
        shown=SHOWN,
        note=source_line(view, view.text("moves.levers.note")),
    )
    return [table]


def _reaches(view: FinancialView, lever: Lever) -> str:
    return view.text("moves.levers.enough" if lever.reaches else "moves.levers.short")


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
